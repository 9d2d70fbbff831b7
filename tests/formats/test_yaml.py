from __future__ import annotations

import copy
import json
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from formats.standin import YAML_BREAKS, bare, faults, pieces, slices, text_at, values

from metalint.formats import yaml_, yaml_documents, yaml_read, yaml_split
from metalint.model import UNREAD, Slice

TEXT = st.text(st.sampled_from("ab 甲🎈:#-'\"\\\t\n|>&*[]{},%@`~0.1"), max_size=8) | st.sampled_from(
    ["yes", "no", "1.10", "0123", "2024-02-30", "12:30", "true", "null", "~", "<<", " x\n\n", "a\nb\n"]
)
LEAF = TEXT | st.integers() | st.booleans() | st.none()
KEY = st.text(st.sampled_from("ab甲:#-'\" \\1"), max_size=5)
TREES = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEY, inner, max_size=3), max_leaves=8
)
RECORDS = st.lists(st.dictionaries(KEY, TREES, min_size=1, max_size=3), min_size=1, max_size=3)
HOMES: Any = (("result", "results"), ("result",), ("records",), ("dataset",))


@st.composite
def written(draw: st.DrawFn, value: Any) -> str:
    if draw(st.booleans()) and draw(st.booleans()):
        ascii_only, indent = draw(st.booleans()), draw(st.sampled_from([None, 2]))
        if ascii_only or not YAML_BREAKS.search(json.dumps(value, ensure_ascii=False, indent=None)):
            # A solidus needs no escape; a pair of surrogates is none in YAML, so the emoji stay as they are.
            return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"
    return yaml.dump(
        value,
        allow_unicode=draw(st.booleans()),
        default_flow_style=draw(st.sampled_from([True, False, None])),
        default_style=draw(st.sampled_from([None, None, '"', "'", "|", ">"])),
        indent=draw(st.sampled_from([2, 4])),
        width=draw(st.sampled_from([20, 80, 1000])),
        line_break=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        sort_keys=False,
        Dumper=_Dumper,
    )


class _Dumper(yaml.SafeDumper):
    """Writes what is no text without quotes and tags, whatever the style."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_scalar(self, tag: str, value: str, style: str | None = None) -> Any:
        if not tag.endswith(":str"):
            style = " "  # no style that the emitter knows, and not the default either
        return super().represent_scalar(tag, value, style)  # type: ignore[no-untyped-call]


def leaves(value: Any, pointer: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(pointer, value), *(leaf for step, item in inner for leaf in leaves(item, (*pointer, step)))]


def replaced(tree: Any, pointer: tuple[Any, ...], value: Any) -> Any:
    if not pointer:
        return value
    tree = copy.deepcopy(tree)
    at = tree
    for step in pointer[:-1]:
        at = at[step]
    at[pointer[-1]] = value
    return tree


@given(st.data(), RECORDS)
def test_text_at_a_place_is_the_value(data: st.DataObject, records: list[Any]) -> None:
    text = data.draw(written(records))
    found = slices(yaml_, text)
    assert [yaml_.parse(bare(piece)) for piece in found] == [yaml_.parse(piece) for piece in found]
    assert [yaml_.parse(piece).value for piece in found] == records
    assert pieces(yaml_, text, (), 3) == found
    for piece, record in zip(found, records, strict=True):
        for pointer, value in leaves(record):
            span = yaml_.locate(piece, pointer)
            token = text_at(text, span, YAML_BREAKS)
            assert token == piece.text[span.start : span.end]
            if isinstance(value, (dict, list)):
                assert yaml_.parse(Slice(1, token, span.line, span.column)).value == value
            else:  # another value in its place changes nothing else: this is what a fix does
                rest = piece.text[: span.start] + ' "§"' + piece.text[span.end :]
                new = Slice(1, rest, piece.line, piece.column)
                assert yaml_.parse(new).value == replaced(record, pointer, "§")
            if pointer and isinstance(pointer[-1], str):
                key = text_at(text, yaml_.locate(piece, pointer, key=True), YAML_BREAKS)
                assert yaml.load(key.removeprefix("? "), yaml.BaseLoader) == pointer[-1]  # noqa: S506


@given(st.data(), RECORDS)
def test_several_documents_are_several_records(data: st.DataObject, records: list[Any]) -> None:
    parts = [data.draw(written(record)) for record in records]
    assert values(yaml_, "".join(f"---\n{part}" for part in parts)) == records
    assert values(yaml_, "# c\n" + "...\n# d\n---\n".join(parts)) == records


@given(st.text() | st.text(st.sampled_from("ab:- \n\r\t#[]{}&*!|>'\"%\x00\ud800\x85?<,.")), st.text(max_size=3))
@example("- &a\n  <<: *a\n", "a")
@example("\ufeffa: 1", "a")
def test_nothing_is_raised(text: str, name: str) -> None:
    whole = pieces(yaml_, text, HOMES)
    assert pieces(yaml_, text, HOMES, 2) == whole
    for piece in [Slice(1, text, 3, 4), Slice(1, text, home=("a", 0)), *whole]:
        if isinstance(piece, Slice):
            assert yaml_.parse(bare(piece)) == yaml_.parse(piece)
            yaml_.locate(piece, (name, 0, "a"))
            yaml_.locate(piece, ("a",), key=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("true", True, id="true"),
        pytest.param("True", "True", id="capital word"),
        pytest.param("~", None, id="tilde"),
        pytest.param("", None, id="nothing"),
        pytest.param("no", "no", id="norway"),
        pytest.param("-12", -12, id="integer"),
        pytest.param("-0", "-0", id="minus nought"),
        pytest.param("010", "010", id="octal of old"),
        pytest.param("1_000", "1_000", id="underscore"),
        pytest.param("12:30:45", "12:30:45", id="sexagesimal"),
        pytest.param("1.5", 1.5, id="fraction"),
        pytest.param("1.10", "1.10", id="fraction with a spelling"),
        pytest.param("1e999", "1e999", id="beyond all numbers"),
        pytest.param("2024-02-30", "2024-02-30", id="no day"),
        pytest.param("'1'", "1", id="quoted number"),
        pytest.param("!!str 1", "1", id="text by its tag"),
        pytest.param("! 1", "1", id="text by a bare tag"),
        pytest.param("!!int ''", None, id="number of nothing"),
    ],
)
def test_scalars_are_what_was_written(text: str, value: Any) -> None:
    assert values(yaml_, f"k: {text}\n") == [{"k": value}]


@pytest.mark.parametrize(
    ("text", "records"),
    [
        pytest.param("a: 1\n", [{"a": 1}], id="one record"),
        pytest.param("- a: 1\n-   b: 2\n    c: |\n      x\n", [{"a": 1}, {"b": 2, "c": "x\n"}], id="list"),
        pytest.param("[{a: 1}, {b: 2}]", [{"a": 1}, {"b": 2}], id="flow list"),
        pytest.param("records:\n- a: 1\n- b: 2\nn: 2\n", [{"a": 1}, {"b": 2}], id="list at home"),
        pytest.param("n: 1\nresult:\n  m: 1\n  results:\n  - a: 1\n", [{"a": 1}], id="list at a deep home"),
        pytest.param("n: 1\nresult:\n  a: 1\n", [{"a": 1}], id="record at home"),
        pytest.param("records: [a, b]\n", [{"records": ["a", "b"]}], id="no home for texts"),
        pytest.param("a: 1\n---\n- b: 2\n- c: 3\n...\n%YAML 1.1\n---\nd: 4\n", [{"a": 1}, {"b": 2}, {"c": 3}, {"d": 4}], id="documents"),
        pytest.param("---\n---\na: 1\n--- # c\n", [{"a": 1}], id="empty documents"),
        pytest.param("- &d {a: 1}\n- <<: *d\n  b: 2\n- c: *d\n", [{"a": 1}, {"b": 2, "a": 1}, {"c": {"a": 1}}], id="anchor elsewhere"),
        pytest.param("- &d\n  a: &e {x: 1}\n  b: *e\n", [{"a": {"x": 1}, "b": {"x": 1}}], id="anchor inside"),
        pytest.param("a: {<<: [{x: 1}, {x: 2, y: 3}], y: 4}\n", [{"a": {"y": 4, "x": 1}}], id="merge"),
        pytest.param("a: {'<<': {x: 1}}\n", [{"a": {"<<": {"x": 1}}}], id="quoted merge is a key"),
        pytest.param("1: a\ntrue: b\n~: c\n", [{"1": "a", "true": "b", "~": "c"}], id="keys are text"),
        pytest.param("- just text\n- 1\n", ["just text", 1], id="no objects"),
    ],
)
def test_records_are_found(text: str, records: list[Any]) -> None:
    assert values(yaml_, text, HOMES) == records
    assert [yaml_.parse(bare(piece)).value for piece in slices(yaml_, text, HOMES)] == records
    assert faults(yaml_, text, HOMES) == []


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{below}'] * 9)}]\n" for below, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "x0: &x0 {k: 1}\n" + "".join(f"x{n + 1}: &x{n + 1} {{<<: [{','.join([f'*x{n}'] * 9)}]}}\n" for n in range(60))


@pytest.mark.parametrize(
    ("text", "said", "good"),
    [
        pytest.param("", [("unreadable", "empty", 1, 1)], [], id="empty"),
        pytest.param("# c\n", [("unreadable", "empty", 1, 1)], [], id="only a comment"),
        pytest.param(BOMB, [("unreadable", "too-many-aliases", 6, 8)], [UNREAD], id="alias bomb"),
        pytest.param("x: &a [*a]\n", [("unreadable", "recursive-alias", 1, 8)], [UNREAD], id="list in itself"),
        pytest.param("&a {b: *a}\n", [("unreadable", "recursive-alias", 1, 8)], [UNREAD], id="map in itself"),
        pytest.param("&a {<<: *a}\n", [("unreadable", "recursive-alias", 1, 9)], [UNREAD], id="merged in itself"),
        pytest.param("a: *b\n", [("unreadable", "syntax", 1, 4)], [UNREAD], id="no such anchor"),
        pytest.param("- " + "[" * 200 + "]" * 200 + "\n- a: 1\n", [("unreadable", "too-deep", 1, 103)], [UNREAD, {"a": 1}], id="too deep"),
        pytest.param("a: !!python/object/apply:os.system [ls]\n", [("unreadable", "unknown-tag", 1, 4)], [UNREAD], id="foreign tag"),
        pytest.param("a: !my x\n", [("unreadable", "unknown-tag", 1, 4)], [UNREAD], id="own tag"),
        pytest.param("a: 1\nb: 2\na: 3\n", [("duplicate-key", ("a", 1), 3, 1)], [{"a": 3, "b": 2}], id="key twice"),
        pytest.param("a: .nan\nb: -.inf\n", [("not-json-value", "nan", 1, 4), ("not-json-value", "infinity", 2, 4)], [{"a": ".nan", "b": "-.inf"}], id="no numbers"),
        pytest.param("a: !!binary eA==\n", [("not-json-value", "binary", 1, 4)], [{"a": "eA=="}], id="binary"),
        pytest.param("a: !!set {b}\n", [("not-json-value", "set", 1, 4)], [{"a": {"b": None}}], id="set"),
        pytest.param("a: !!timestamp x\n", [("not-json-value", "timestamp-tag", 1, 4)], [{"a": "x"}], id="timestamp"),
        pytest.param("? [a]\n: 1\n", [("not-json-value", "non-text-key", 1, 3)], [{"[a]": 1}], id="list as key"),
        pytest.param(f"a: 1{'0' * 5000}\n", [("not-json-value", "number-too-long", 1, 4)], [{"a": "1" + "0" * 5000}], id="long number"),
        pytest.param("a: x\x00y\nb: '\x1b'\n", [("control-character", "U+0000", 1, 4), ("control-character", "U+001B", 2, 4)], [{"a": "x\x00y", "b": "\x1b"}], id="control characters"),
        pytest.param("a: 1\n---\nb: : c\n---\nd: 2\n", [("unreadable", "syntax", 3, 4)], [{"a": 1}, {"d": 2}], id="one wrong document"),
        pytest.param("- a: 1\n- b: 'x\n", [("unreadable", "syntax", 2, 6)], [{"a": 1}], id="unclosed text"),
        pytest.param("a: b\x85c: d\x00\n", [("control-character", "U+0000", 2, 4)], [{"a": "b", "c": "d\x00"}], id="next line"),
    ],
)  # fmt: skip
def test_a_fault_has_its_place(text: str, said: list[Any], good: list[Any]) -> None:
    assert (faults(yaml_, text), values(yaml_, text)) == (said, good)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param("a:\n\t- b\n", "tab-indent", id="tab"),
        pytest.param("a: @x\n", "quote-needed", id="reserved sign"),
        pytest.param("a: *強調*\n", "quote-needed", id="star"),
        pytest.param("a: b: c\n", "quote-needed", id="second colon"),
        pytest.param("a: 1\n b: 2\n", "indent", id="further in"),
        pytest.param("a: [1, 2\nb: 3\n", "missing-comma", id="list goes on"),
        pytest.param("a: [1, 2\n", "unclosed", id="list is not closed"),
        pytest.param('a: "x\n', "unclosed-string", id="text is not closed"),
        pytest.param('a: "\\q"\n', "bad-escape", id="escape"),
    ],
)
def test_an_error_has_a_hint(text: str, hint: str) -> None:
    (fault,) = pieces(yaml_, text)
    assert fault.detail["hint"] == hint  # type: ignore[union-attr]
    parsed = yaml_.parse(Slice(1, text))
    assert parsed.faults[0].detail == fault.detail  # type: ignore[union-attr]


def test_a_merge_bomb_is_worked_out_once() -> None:
    assert values(yaml_, MERGES) == [{f"x{n}": {"k": 1} for n in range(61)}]


def test_any_depth_costs_no_stack() -> None:
    assert [fault[1] for fault in faults(yaml_, "[" * 100_000)] == ["too-deep"]


def test_a_record_with_an_outer_anchor_is_found_in_its_document() -> None:
    text = "# c\n- &d {a: 1}\n- b: *d\n  c: 2\n"
    piece = slices(yaml_, text)[1]
    assert (piece.text, piece.line, piece.home) == (text, 1, (1,))
    assert text_at(text, yaml_.locate(piece, ("c",))) == "2"
    assert text_at(text, yaml_.locate(piece, ("b",))) == "*d"
    assert text_at(text, yaml_.locate(piece, ("b", "a"))) == "1"


def test_an_anchor_and_a_tag_are_not_part_of_a_value() -> None:
    text = "a: &x !!str 'v'\n"
    assert text_at(text, yaml_.locate(Slice(1, text), ("a",))) == "'v'"


@pytest.mark.parametrize("pointer", [("b",), ("a", 0), ("a", "b")])
def test_a_missing_value_is_where_its_parent_is(pointer: tuple[Any, ...]) -> None:
    piece = Slice(1, "a: x")
    parent = pointer[:-1] if len(pointer) > 1 else ()
    assert yaml_.locate(piece, pointer, key=True) == yaml_.locate(piece, parent)


def test_of_equal_keys_the_last_is_meant() -> None:
    assert yaml_.locate(Slice(1, "a: 1\na: 2"), ("a",)).line == 2


def test_a_record_that_is_too_large_ends_its_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_documents, "RECORD", 1000)
    text = "- a: 1\n- b:\n" + "  - x\n" * 1000 + "---\nc: 1\n"
    found = pieces(yaml_, text, (), 100)
    assert [yaml_.parse(p).value if isinstance(p, Slice) else p.detail["reason"] for p in found] == [
        {"a": 1},
        "too-large",
        {"c": 1},
    ]


def test_reading_holds_no_more_than_a_record() -> None:
    read = 0

    def counted() -> Any:
        nonlocal read
        for number in range(1000):
            read += 1
            yield f"- a: {number}\n"

    next(iter(yaml_split.split(_Counted(counted), ())))  # type: ignore[arg-type]
    assert read < 100


class _Counted:
    def __init__(self, text: Any) -> None:
        self.text = text


def test_without_the_c_library_records_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "- a: 1\n  b: [x, 'y']\n- &d c: |\n    z\n- e: *d\n---\nf: g\n"
    here = [(piece, yaml_.parse(bare(piece))) for piece in slices(yaml_, text)]
    monkeypatch.setattr(yaml_read, "LOADER", yaml.SafeLoader)
    monkeypatch.setattr(yaml_split, "LOADER", yaml.SafeLoader)
    yaml_read._tree.cache_clear()
    assert [(piece, yaml_.parse(bare(piece))) for piece in slices(yaml_, text)] == here
    yaml_read._tree.cache_clear()
