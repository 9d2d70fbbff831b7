"""What is held back, by comments, a file of suppressions or overrides; and what never is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from metalint import api, fixing, report
from metalint.formats.source import CHUNK
from metalint.model import Problem, Severity, Suppressed

EDGE = "text/edge-space"


def found(
    folder: Path, name: str, text: str, encoding: str = "utf-8", platform: str = "dcat-us", **options: object
) -> dict[str, list[str]]:
    """Return what is reported of a file and what is held back, as `line rule`; only some rules are looked at."""
    (folder / name).write_bytes(text.encode(encoding))
    asked = api.Options(platform=platform, show_suppressed=True, **options)  # type: ignore[arg-type]
    told: dict[str, list[str]] = {"reported": [], "held": []}
    for problem in api.check([str(folder / name)], asked).problems():
        if problem.rule in (EDGE, "description/missing", "record/unreadable") or problem.rule.startswith(
            "suppression/"
        ):
            told["held" if problem.suppressed else "reported"].append(f"{problem.line} {problem.rule}")
    return told


NOTE = f"metalint: ignore[{EDGE}] as the office writes it"
YAML = {
    "beside the value": (f"title: ' a '  # {NOTE}\ndescription: ' b '\n", [1], [2]),
    "by itself, for the next key": (f"description: b\n# {NOTE}\ntitle: ' a '\nkeyword: [' b ']\n", [3], [4]),
    "with other comments between": (f"# {NOTE}\n# a remark\n\ntitle: ' a '\ndescription: ' b '\n", [4], [5]),
    "for all that is in a key": (f"# {NOTE}\nkeyword:\n- ' a '\n- ' b '\ntitle: ' c '\n", [3, 4], [5]),
    "for an item": (f"- title: ' a '\n# {NOTE}\n- title: ' b '\n  keyword: [' c ']\n- title: ' d '\n", [3, 4], [1, 5]),
    "for an item in an item": (f"keyword:\n- ' a '\n# {NOTE}\n- ' b '\n- ' c '\n", [4], [2, 5]),
    "behind a deeper block": (f"contactPoint:\n  fn: ' a '\n  # {NOTE}\ntitle: ' b '\n", [4], [2]),
    "beside a block's sign": (f"description: >-  # {NOTE}\n  a\n  b \ntitle: ' c '\n", [1], [4]),
    "in another document": (f"title: ' a '\n---\n# {NOTE}\ntitle: ' b '\n---\ntitle: ' c '\n", [4], [1, 6]),
    "behind a mark": (f"---\ntitle: ' a ' # {NOTE}\n", [2], []),
    "in a text it is none": (f"title: ' a # {NOTE}'\nkeyword: ['b']\n", [], [1]),
    "in a block it is none": (f"description: |-\n  a\n  # {NOTE}\ntitle: ' b '\n", [], [4]),
    "glued to a value it is none": (f"title: ' a '\ndescription: b#{NOTE.replace(' ', '')}\n", [], [1]),
    "in a list on one line": (f"keyword: [' a ',  # {NOTE}\n ' b ']\n", [1], [2]),
    "with an anchor": (f"title: &t ' a '  # {NOTE}\ndescription: *t\n", [1], [2]),
}  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("case", YAML)
def test_a_comment_of_yaml_holds_back_what_it_is_about(case: str, encoding: str, end: str, tmp_path: Path) -> None:
    text, held, reported = YAML[case]
    told = found(tmp_path, "a.yaml", text.replace("\n", end), encoding)
    assert told["held"] == [f"{line} {EDGE}" for line in held]
    assert [line for line in told["reported"] if line.endswith(EDGE)] == [f"{line} {EDGE}" for line in reported]
    assert not any("suppression/" in line for line in told["reported"])


def test_what_is_missing_is_held_back_where_its_record_begins(tmp_path: Path) -> None:
    text = "# metalint: ignore[description/missing] a list of names\n- title: a\n  keyword: [x]\n- title: b\n"
    told = found(tmp_path, "a.yaml", text, platform="ckan")
    assert told == {"held": ["2 description/missing"], "reported": ["4 description/missing"]}


XML = {
    "before a record": (f"<l><!-- {NOTE} -->\n<r>\n<title> a </title></r>\n<r><title> b </title></r></l>", [3], [4]),
    "before an element": (f"<l><r>\n<!-- {NOTE} --><title> a </title>\n<description> b </description></r></l>", [2], [3]),
    "all on one line": (f"<l><!-- {NOTE} --><r><title> a </title></r><r><title> b </title></r></l>", [1], [1]),
    "two, one behind the other": (f"<l><!-- {NOTE} --><!--metalint: ignore[description/missing]-->\n<r><title> a </title></r><r><notes>b</notes></r></l>", [2], []),
    "in CDATA it is none": (f"<l><r><title><![CDATA[ a <!-- {NOTE} -->]]></title><x>b</x></r></l>", [], [1]),
}  # fmt: skip


@pytest.mark.parametrize("case", XML)
def test_a_comment_of_xml_holds_back_the_next_element(case: str, tmp_path: Path) -> None:
    text, held, reported = XML[case]
    told = found(tmp_path, "a.xml", text, platform="ckan" if "notes" in text else "dcat-us")
    assert [line for line in told["held"] if line.endswith(EDGE)] == [f"{line} {EDGE}" for line in held]
    assert [line for line in told["reported"] if line.endswith(EDGE)] == [f"{line} {EDGE}" for line in reported]
    assert not any("suppression/" in line for line in told["reported"])


def test_a_comment_is_found_wherever_the_file_is_cut_in_reading(tmp_path: Path) -> None:
    for shift in range(12):
        head = "# " + "x" * (CHUNK - 12 - shift) + "\n# metalint:"
        text = f"{head} ignore[{EDGE}] reason\ntitle: ' a '\n"
        assert found(tmp_path, "a.yaml", text)["held"] == [f"3 {EDGE}"]


@pytest.mark.parametrize(
    ("comment", "line"),
    [
        (f"ignore[{EDGE}, license/missing] x", "2 suppression/unused"),
        ("ignore[text/edge] x", "2 suppression/unknown-rule"),
        ("ignore[] x", "2 suppression/malformed"),
        ("ignore text", "2 suppression/malformed"),
        ("ignore[record/unreadable] x", "2 suppression/malformed"),
        ("ignore[license/misssing, text] x", "2 suppression/unknown-rule"),
    ],
)
def test_what_is_wrong_with_a_comment_is_a_problem(comment: str, line: str, tmp_path: Path) -> None:
    told = found(tmp_path, "a.yaml", f"description: b\n# metalint: {comment}\ntitle: ' a '\nlicense: x\n")
    assert [one for one in told["reported"] if "suppression" in one] == [line]


def test_a_comment_about_a_rule_that_is_off_is_not_called_unused(tmp_path: Path) -> None:
    text = "# metalint: ignore[title, text] x\ntitle: 花蓮港市公園\n"
    assert "1 suppression/unused" in found(tmp_path, "a.yaml", text)["reported"]
    selected = found(tmp_path, "a.yaml", text, select=("title/missing", "suppression"))
    assert selected["reported"] == [], "of a family, rules were left out by hand"
    assert found(tmp_path, "a.yaml", text, ignore=("suppression",))["reported"] == []


@pytest.mark.parametrize("name", ["metalint.toml", ".metalint-ignore.yaml"])
def test_what_could_not_be_read_is_never_held_back(name: str, tmp_path: Path) -> None:
    side = "'1':\n  '*':\n    rules: [record]\n    reason: x\n"
    overrides = '[[overrides]]\nfiles = ["*.jsonl"]\nignore = ["all"]\nreason = "x"\n[severity]\nrecord = "info"\n'
    (tmp_path / name).write_text(side if name.startswith(".") else overrides, "utf-8")
    asked = api.Options(platform="dcat-us", today=None)
    (tmp_path / "a.jsonl").write_text('{"title": \n', "utf-8")
    done = api.check([str(tmp_path / "a.jsonl")], asked)
    assert [(one.rule, one.severity) for one in done.problems() if one.rule == "record/unreadable"] == [
        ("record/unreadable", Severity.ERROR)
    ]


def test_a_file_that_cannot_be_opened_is_told_whatever_is_held_back(tmp_path: Path) -> None:
    (tmp_path / "metalint.toml").write_text('ignore = ["all"]\n', "utf-8")
    assert [path for path, _ in api.check([str(tmp_path / "none.json")], api.Options()).unreadable]


SIDE = """\
A-1:
  /title:
    rules: [text/edge-space]
    reason: confirmed
  /distribution/*/title:
  - rules: text
    reason: as its owner writes it
A-2:
  '*':
    rules: [text/edge-space]
    reason: confirmed
"""


def test_a_file_of_suppressions_is_by_record_and_pointer(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".metalint-ignore.yaml").write_text(SIDE, "utf-8")
    inner = [{"title": " c "}, {"title": " d "}]
    records = [
        {"identifier": "A-1", "title": " a ", "description": " b ", "distribution": inner},
        {"identifier": "A-2", "title": " a ", "description": " b "},
        {"identifier": "A-3", "title": " a "},
    ]
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    told = found(folder, "a.json", json.dumps(records, indent=1))
    assert sorted(told["held"]) == sorted([f"4 {EDGE}", f"8 {EDGE}", f"11 {EDGE}", f"17 {EDGE}", f"18 {EDGE}"])
    assert [line for line in told["reported"] if line.endswith(EDGE)] == [f"5 {EDGE}", f"22 {EDGE}"]


def test_what_is_of_no_use_is_said_only_where_all_it_is_about_was_checked(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".metalint-ignore.yaml").write_text(SIDE, "utf-8")
    for name in ("A-1", "A-2"):
        record = {"identifier": name, "title": "花蓮港市公園", "description": "公園之位置。"}
        (tmp_path / f"{name}.json").write_text(json.dumps(record), "utf-8")

    def unused(*names: str) -> list[tuple[int, str]]:
        done = api.check([str(tmp_path / name) for name in names], api.Options(platform="dcat-us"))
        return [(one.line, one.message.split()[-3]) for one in done.problems() if one.rule == "suppression/unused"]

    every = [(3, EDGE), (6, "text"), (10, EDGE)]
    assert unused(".") == every
    assert unused("A-1.json") == [], "the others may need it"
    assert unused("A-1.json", "A-2.json") == every


def test_severities_differ_by_record_and_pointer(tmp_path: Path) -> None:
    (tmp_path / "metalint.toml").write_text(
        '[[overrides]]\nrecords = ["A-*"]\npointers = ["/title"]\nseverity = { text = "error" }\n', "utf-8"
    )
    records = [{"identifier": name, "title": " a ", "description": " b "} for name in ("A-1", "B-1")]
    (tmp_path / "a.json").write_text(json.dumps(records), "utf-8")
    done = api.check([str(tmp_path / "a.json")], api.Options(platform="dcat-us"))
    heavy = [
        (one.record, one.pointer) for one in done.problems() if one.rule == EDGE and one.severity > Severity.WARNING
    ]
    assert heavy == [("A-1", ("title",))]
    assert done.worst() is Severity.ERROR


def test_what_goes_to_the_disk_comes_back_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "IN_MEMORY", 0)
    problem = Problem("a", 1, 1, EDGE, 1, 2, Severity.INFO, "m", "h", "r", "t", ("title",))
    held = problem._replace(suppressed=Suppressed("why", "metalint.toml", 3))
    kept = report.Report()
    kept.shows_suppressed = True
    kept.add([problem, held])
    assert list(kept.problems()) == [problem, held]
    assert (kept.suppressed, kept.counts.total(), kept.listed) == (1, 1, 2)
    kept.close()


def test_fix_leaves_alone_what_is_suppressed_and_follows_the_configuration(tmp_path: Path) -> None:
    files = {
        ".git/x": "",
        "metalint.toml": (
            'platform = "dcat-us"\nignore = ["text/full-width"]\nexclude = ["draft.yaml"]\n'
            f'[fix]\nunsafe = ["text"]\nsafe = ["{EDGE}"]\n'
        ),
        "a.yaml": f"- title: ' a '  # {NOTE}\n  description: ' b '\n- title: ' ｃ１ '\n",
        "draft.yaml": "title: ' d '\n",
        "b.json": '{"identifier": "B-1", "title": " b ", "description": " c "}',
        ".metalint-ignore.yaml": "B-1:\n  /title:\n    rules: text\n    reason: x\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    done = list(fixing.fix([str(tmp_path)], api.Options(), fixing.How(write=True)))
    assert [Path(one.path).name for one in done] == ["a.yaml", "b.json"]
    assert (tmp_path / "a.yaml").read_text(
        "utf-8"
    ) == f"- title: ' a '  # {NOTE}\n  description: 'b'\n- title: 'ｃ１'\n"
    assert (tmp_path / "b.json").read_text("utf-8") == '{"identifier": "B-1", "title": " b ", "description": "c"}'
    (tmp_path / "metalint.toml").write_text(files["metalint.toml"].replace(f'safe = ["{EDGE}"]\n', ""), "utf-8")
    (tmp_path / "a.yaml").write_text(files["a.yaml"], "utf-8")
    assert [sum(one.rules.values()) for one in fixing.fix([str(tmp_path)], api.Options(), fixing.How())] == [0, 0]
    (tmp_path / "metalint.toml").write_text("slect = []\n", "utf-8")
    with pytest.raises(api.CannotRun, match=r"metalint.toml:1:1: slect is no key here"):
        list(fixing.fix([str(tmp_path)], api.Options(), fixing.How(write=True)))
