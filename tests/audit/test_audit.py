"""An audit finds what a check finds, however its work is cut and spread, and what was interrupted goes on."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from metalint import api
from metalint.audit import look as looking
from metalint.audit import parts as cutting
from metalint.audit import run, store
from metalint.audit.asked import Ask, jobs_of, ready
from metalint.audit.result import Result
from metalint.entries import dump, entry
from metalint.run import CannotRun, Options

TODAY = date(2026, 11, 25)
ACROSS = ("dataset/near-duplicate", "dataset/series-by-place", "relation/dangling")  # no check of one file finds them
OPTIONS = Options(lang="en", today=TODAY, ignore=ACROSS)
HEAD = "資料集識別碼,資料集名稱,提供機關,檔案格式,資料下載網址\n"
TITLES = ("職業安全衛生教育訓練機構", "職業災害統計", "勞工體格及健康檢查認可醫療機構", "外國人工作人數", " 最低工資 ")


def table(count: int, first: int = 1) -> str:
    """Return a list of datasets with some faults: every seventh repeats a title, some months are a series."""
    rows = []
    for number in range(first, first + count):
        title = (
            f"{TITLES[number % 5]}{'' if number % 7 else '（續）'}" if number % 3 else f"{number % 90 + 20}年工廠名冊"
        )
        rows.append(f'{number},"{title}",勞動部{number % 4}司,CSV,https://example.gov.tw/{number}.csv\n')
    return HEAD + "".join(rows)


def audited(folder: Path, *paths: Path, jobs: int = 1, options: Options = OPTIONS, **more: object) -> Result:
    result = run.audit(Ask(options, tuple(map(str, paths)), str(folder), **more), jobs)  # type: ignore[arg-type]
    assert isinstance(result, Result)
    return result


def names(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()] if folder.is_dir() else []


def checked(*paths: Path) -> str:
    report = api.check([*map(str, paths)], OPTIONS)
    told = "".join(dump(entry(one)) + "\n" for one in report.problems())
    report.close()
    return told


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut small files too, into parts of fifty records."""
    monkeypatch.setattr(cutting, "RECORDS", 50)
    monkeypatch.setattr(cutting, "SMALL", 100)


def test_an_agency_is_told_all_its_gaps(tmp_path: Path) -> None:
    """Those of a method of few points would have no place among the ten greatest of all methods."""
    sample = Path(__file__).parent.parent / "sample"
    summary = audited(tmp_path / "out", sample, scores=True).summary
    won: dict[tuple[int, int], int] = {}
    for gap in (gap for agency in summary.agencies for gap in agency.gaps):
        won[gap[:2]] = won.get(gap[:2], 0) + gap.datasets
    assert won == {gap[:2]: gap.datasets for gap in summary.gaps}
    assert max(len(agency.gaps) for agency in summary.agencies) > 10


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    """JSON can hold half a pair of surrogates, which UTF-8 cannot; everything else is told all the same."""
    record = '{"資料集識別碼": "1", "資料集名稱": "職業災害統計\\ud83d", "提供機關": "勞動部\\ud800"}'
    (tmp_path / "list.json").write_text(f"[{record}]", "utf-8")
    result = audited(tmp_path / "out", tmp_path / "list.json", scores=True)
    assert [one.name for one in result.summary.agencies] == ["勞動部\ud800"]
    assert json.loads((tmp_path / "out/summary.json").read_text("utf-8"))["agencies"][0]["name"] == "勞動部\ud800"


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_audit_finds_what_a_check_finds(tmp_path: Path, jobs: int) -> None:
    path = tmp_path / "list.csv"
    path.write_text(table(700), "utf-8-sig")
    result = audited(tmp_path / "out", path, jobs=jobs)
    told = (tmp_path / "out/problems.jsonl").read_text("utf-8")
    assert told == checked(path)
    assert "dataset/duplicate" in told
    assert "dataset/series" in told
    assert result.summary.datasets == 700 == len([*result.datasets()])
    assert len(list(result.problems())) == told.count("\n")
    assert sum(one.datasets for one in result.summary.agencies) == 700
    assert sum(row.problems for row in result.summary.rules) == told.count("\n")


@pytest.mark.parametrize(
    "names",
    [
        ("data-gov-tw-2026-03.csv",),
        ("taoyuan-2018-07.csv",),
        ("taipei-2016-06.csv", "taipei-2018-07.csv"),
        ("depositar-2023-08.jsonl",),
    ],
)
def test_real_catalogues(corpus: Path, tmp_path: Path, names: Sequence[str]) -> None:
    paths = [corpus / name for name in names]
    audited(tmp_path / "out", *paths, jobs=2)
    assert (tmp_path / "out/problems.jsonl").read_text("utf-8") == checked(*paths)


def test_files_by_themselves(corpus: Path, tmp_path: Path) -> None:
    folder = corpus / "us-datajson-2025-02"
    audited(tmp_path / "out", folder, each=True)
    assert (tmp_path / "out/problems.jsonl").read_text("utf-8") == checked(folder)


def test_a_catalogue_of_several_files(tmp_path: Path) -> None:
    """A dataset that two files of a folder have is found twice, and the message names the other file."""
    for number, name in enumerate(("a.csv", "b.csv")):
        (tmp_path / name).write_text(
            HEAD + f"{number + 7},職業災害統計,勞動部,CSV,https://example.gov.tw/a.csv\n", "utf-8"
        )
    audited(tmp_path / "out", tmp_path / "a.csv", tmp_path / "b.csv")
    found = [json.loads(line) for line in (tmp_path / "out/problems.jsonl").read_text("utf-8").splitlines()]
    [one] = [one for one in found if one["rule"] == "dataset/duplicate"]
    assert one["path"].endswith("b.csv")
    assert "a.csv:2" in one["message"]
    audited(tmp_path / "each", tmp_path / "a.csv", tmp_path / "b.csv", each=True)
    assert "dataset/duplicate" not in (tmp_path / "each/problems.jsonl").read_text("utf-8")


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_shows_only_across(tmp_path: Path, jobs: int) -> None:
    """A dataset listed twice under nearly the same title, and a reference to nothing, far apart in the file."""
    path = tmp_path / "list.jsonl"
    records = [
        {"identifier": f"gov-{n}", "title": f"{n}號公園設施", "publisher": {"name": "花蓮縣政府"}} for n in range(200)
    ]
    records[3]["title"], records[180]["title"] = "112年度花蓮縣職業災害統計", "花蓮縣職業災害統計（2023年）"
    records[120]["isPartOf"] = "gov-900"
    records[121]["isPartOf"] = "gov-3"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")
    options = Options(lang="en", today=TODAY, select=ACROSS, platform="dcat-us")
    found = list(audited(tmp_path / "out", path, jobs=jobs, options=options).problems())
    assert [(one.rule, one.line, one.record) for one in found] == [
        ("relation/dangling", 121, "gov-120"),
        ("dataset/near-duplicate", 181, "gov-180"),
    ]
    assert "gov-900" in found[0].message
    assert "gov-3" in found[1].message
    text = path.read_text("utf-8").splitlines()[180]
    assert text[found[1].column - 1 : found[1].end_column - 1] == '"花蓮縣職業災害統計（2023年）"'


@pytest.mark.usefixtures("small_parts")
def test_what_is_done_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.csv"
    path.write_text(table(500), "utf-8")
    seen: list[str] = []
    real = looking._look

    def counted(ask: Ask, part: cutting.Part, new: Path) -> None:
        if len(seen) == 4:
            raise KeyboardInterrupt
        seen.append(part.key)
        real(ask, part, new)

    monkeypatch.setattr(looking, "_look", counted)
    broken = run.audit(Ask(OPTIONS, (str(path),), str(tmp_path / "out")))
    assert broken == run.Broken(4)
    assert not (tmp_path / "out/problems.jsonl").exists()
    monkeypatch.setattr(looking, "_look", lambda *given: (seen.append(given[1].key), real(*given)))
    audited(tmp_path / "out", path)
    assert len(seen) == len(set(seen)) == 10
    assert (tmp_path / "out/problems.jsonl").read_text("utf-8") == checked(path)
    monkeypatch.setattr(looking, "_look", None)
    audited(tmp_path / "out", path)  # nothing is left to look at
    monkeypatch.setattr(looking, "_look", real)
    path.write_text(table(500, first=2), "utf-8")
    audited(tmp_path / "out", path)
    assert (tmp_path / "out/problems.jsonl").read_text("utf-8") == checked(path)
    assert len(names(tmp_path / "out/work/looked")) == 10


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        pytest.param(
            "metalint.toml",
            '[severity]\n"text/edge-space" = "info"\n',
            '[severity]\n"text/edge-space" = "error"\n',
            id="severity",
        ),
        pytest.param("metalint.toml", "", 'ignore = ["text/edge-space"]\n', id="a rule ignored"),
        pytest.param(
            ".metalint-ignore.yaml",
            "",
            "'2':\n  '*':\n    rules: [text/edge-space]\n    reason: old\n",
            id="suppressed",
        ),
    ],
)
def test_a_changed_configuration_is_heard(tmp_path: Path, name: str, before: str, after: str) -> None:
    (tmp_path / "list.csv").write_text(HEAD + "1,職業災害統計,勞動部,CSV,\n2, 最低工資,勞動部,CSV,\n", "utf-8")
    told = []
    for text in (before, after):
        if text:
            (tmp_path / name).write_text(text, "utf-8")
        jobs_of.cache_clear()
        ready.cache_clear()  # as in another process
        audited(tmp_path / "out", tmp_path / "list.csv")
        told.append((tmp_path / "out/problems.jsonl").read_text("utf-8"))
    assert "text/edge-space" in told[0]
    assert told[0] != told[1]


def test_it_goes_on_as_of_its_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.csv"
    path.write_text(table(3), "utf-8")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    real = looking._look
    monkeypatch.setattr(looking, "_look", stop)
    assert run.audit(Ask(OPTIONS, (str(path),), str(tmp_path / "out"))) == run.Broken(0)
    monkeypatch.setattr(looking, "_look", real)
    unsaid = OPTIONS._replace(today=None)
    assert audited(tmp_path / "out", path, options=unsaid).summary.made == str(TODAY)
    assert audited(tmp_path / "out", path, options=unsaid).summary.made == str(date.today())  # noqa: DTZ011


@pytest.mark.usefixtures("small_parts")
def test_datasets_are_counted_by_their_worst_problem(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(table(200) + '201," 公有停車場",花蓮縣政府, CSV,https://example.gov.tw/201.csv\n', "utf-8")
    found = audited(tmp_path / "out", path)
    levels = [(one.errors + one.warnings > 0, one.infos > 0) for one in found.datasets()]
    assert found.summary.clean == levels.count((False, False)) > 0
    assert found.summary.minor == levels.count((False, True)) > 0
    assert len(levels) - found.summary.clean - found.summary.minor > 0


@pytest.mark.usefixtures("small_parts")
def test_progress_is_of_the_whole_audit(tmp_path: Path) -> None:
    """It goes up to the end, which the second look is, and never back."""
    path = tmp_path / "list.csv"
    path.write_text(table(500), "utf-8")
    told: list[tuple[int, int]] = []
    run.audit(Ask(OPTIONS, (str(path),), str(tmp_path / "out")), progress=lambda *one: told.append(one))
    size = path.stat().st_size
    assert told == sorted(told)
    assert {total for _, total in told} == {size}
    assert told[0][0] < size / 2 < 0.95 * size < told[-1][0] <= size


def test_a_sample(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(table(400), "utf-8")
    chosen = [{one.record for one in audited(tmp_path / f"{seed}{at}", path, sample=50, seed=seed).datasets()}
              for seed, at in ((1, "a"), (1, "b"), (2, "a"))]  # fmt: skip
    assert chosen[0] == chosen[1] != chosen[2]
    assert {len(one) for one in chosen} == {50}


def _fails(monkeypatch: pytest.MonkeyPatch, code: int, at: int) -> None:
    real, calls = os.fsync, iter(range(1_000_000))

    def fsync(handle: int) -> None:
        if next(calls) == at:
            raise OSError(code, os.strerror(code))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("at", [0, 3, 8, 14, 20, 44])
def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, at: int) -> None:
    """The reason is said with the folder's name, nothing half-written has a name, and the next run completes it."""
    path = tmp_path / "list.csv"
    path.write_text(table(200), "utf-8")
    with monkeypatch.context() as patched:
        _fails(patched, code, at)
        with pytest.raises(CannotRun, match=os.strerror(code)) as caught:
            audited(tmp_path / "out", path)
        assert str(tmp_path / "out") in caught.value.texts.en
    for kind in ("looked", "done"):
        assert not [one for one in names(tmp_path / "out/work" / kind) if one.startswith(".making")]
    audited(tmp_path / "out", path)
    assert (tmp_path / "out/problems.jsonl").read_text("utf-8") == checked(path)


def test_two_processes_make_the_same_piece(tmp_path: Path) -> None:
    for text in ("one", "two"):
        with store.making(tmp_path, "looked", "k") as new:
            (new / "a").write_text(text)
    assert (store.place(tmp_path, "looked", "k") / "a").read_text() == "one"
    assert names(tmp_path / "work/looked") == ["k"]


def command(*arguments: str) -> list[str]:
    ignored = ("--ignore", ",".join(ACROSS))
    return [sys.executable, "-m", "metalint", "audit", *ignored, "--lang", "en", "--today", str(TODAY), *arguments]


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    path = tmp_path_factory.mktemp("long") / "list.csv"
    path.write_text(table(20_000), "utf-8")
    return path, checked(path)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to find the processes")
@pytest.mark.parametrize(
    ("kill", "whom", "code"),
    [
        pytest.param(signal.SIGKILL, "worker", 0, id="a worker killed: the run ends with the exact outcome"),
        pytest.param(signal.SIGKILL, "run", -9, id="the run killed: a second one goes on"),
        pytest.param(signal.SIGINT, "all", 130, id="Ctrl-C: says how to go on"),
    ],
)
def test_killed(tmp_path: Path, long_list: tuple[Path, str], kill: int, whom: str, code: int) -> None:
    path, wanted = long_list
    out = tmp_path / "out"
    process = subprocess.Popen(
        command(str(path), "-o", str(out), "-j", "2", "-q"),
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
        # What runs in the background of a shell does not hear Ctrl-C, nor do its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    looked = out / "work/looked"
    while process.poll() is None and not names(looked):  # the first part is being made
        pass
    if whom == "worker":
        os.kill(children(process.pid)[0], kill)
    elif whom == "run":
        os.kill(process.pid, kill)
    else:
        os.killpg(process.pid, kill)
    _, said = process.communicate(timeout=60)
    assert process.returncode == code, said
    if kill == signal.SIGINT:
        assert f"--lang en --today {TODAY} {path}" in said
        assert "interrupted" in said
    if code:
        assert not (out / "problems.jsonl").exists()
        subprocess.run(command(str(path), "-o", str(out), "-j", "2", "-q"), check=True)
    assert (out / "problems.jsonl").read_text("utf-8") == wanted
    assert not [one for one in names(looked) if one.startswith(".making")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["-", "-o", "out"], "not standard input", id="standard input"),
        pytest.param(["nothing.csv", "-o", "out"], "nothing.csv", id="no such file"),
        pytest.param(["a.csv"], "--output", id="no folder"),
        pytest.param(["a.csv", "-o", "out", "--select", "titel"], "titel", id="no such rule"),
        pytest.param(["a.csv", "-o", "a.csv"], "a.csv", id="the folder is a file"),
        pytest.param(["a.csv", "-o", "out", "--scheduler", "tcp://127.0.0.1:1"], "127.0.0.1:1", id="no such cluster"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "a.csv").write_text(table(2), "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        command(*arguments), capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
