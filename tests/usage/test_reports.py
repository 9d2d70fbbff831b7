"""Usage as it is shown: complete, aligned, the same each time, and nothing of a stranger's acts in it."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from metalint.cli.commands import commands
from metalint.terminal import width

EVIL = '=HYPERLINK("http://evil.example")<script>alert(1)</script>\x1b[31m|'
LISTS = {
    "2018-07": "A1,職業災害統計,勞動部職業安全衛生署,1200,300\nA2,%s,交通部公路局,500,120\nA3,駕照統計,交通部公路局,100,0\n",
    "2018-08": "A1,職業災害統計,勞動部職業安全衛生署,1500,450\nA2,%s,交通部公路局,480,90\nA3,駕照統計,交通部公路局,90,0\n",
    "2018-10": "A1,職業災害統計,勞動部職業安全衛生署,2000,600\nA2,%s,交通部公路局,300,60\n",
}  # fmt: skip
HEAD = "資料集識別碼,資料集名稱,提供機關,瀏覽次數,下載次數\n"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs `metalint usage` where there are three monthly lists."""
    monkeypatch.chdir(tmp_path)
    quoted = '"' + EVIL.replace('"', '""') + '"'
    for month, text in LISTS.items():
        Path(f"list-{month}.csv").write_text(HEAD + text % quoted, "utf-8")

    def run(*arguments: str, lang: str = "zh-TW") -> Result:
        return CliRunner().invoke(commands, ["usage", "--lang", lang, *arguments], standalone_mode=False)

    return run


def months() -> list[str]:
    return [f"list-{month}.csv" for month in LISTS]


def test_the_table_says_and_shows_all(run: Run) -> None:
    done = run(*months(), "--to", "107-12")
    assert done.return_value == 0
    text = done.stdout
    for said in ("3 個資料集、2 個機關", "從未下載 1 個（33.3%）", "缺 2018 年 9、11、12 月。", "--cumulative", "成長最多", "衰退最多", "從未下載（依瀏覽次數）", "缺期"):  # fmt: skip
        assert said in text
    assert "\x1b" not in text
    assert "\\x1b[31m" in text
    rows = [line for line in text.splitlines() if line.startswith(("職業災害統計  ", "駕照統計  "))]
    assert any("1,350" in row and "+300" in row and "+100.0%" in row for row in rows)


def test_columns_are_aligned_and_give_way(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    lines = run(*months(), "--no-problems").stdout.split("\n\n")[1].splitlines()[1:5]
    assert max(map(width, lines)) <= 72
    assert len({width(line) for line in lines}) == 1, "numbers stand at the right"
    assert any("…" in line for line in lines)


@pytest.mark.parametrize("by", ["dataset", "agency", "year", "month"])
def test_csv_is_complete_and_no_cell_is_a_formula(run: Run, by: str) -> None:
    done = run(*months(), "-f", "csv", "--by", by, "--top", "1")
    assert done.stdout.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(done.stdout.removeprefix("\ufeff")))
    assert len(rows) == {"dataset": 3, "agency": 2, "year": 1, "month": 4}[by]
    assert all(len(row) == len(head) for row in rows)
    assert not any(cell.lstrip().startswith(("=", "+", "@")) for row in rows for cell in row)


def test_json_says_what_was_told_by_what(run: Run) -> None:
    done = json.loads(run(*months(), "-f", "json", "--to", "2018-12").stdout)
    assert (done["kind"], done["assumed"], done["missing"]) == ("periodic", True, ["2018-09", "2018-11", "2018-12"])
    assert done["totals"] == {"datasets": 3, "agencies": 2, "views": 6170, "downloads": 1620, "never_downloaded": 1, "never_viewed": 0, "unknown_downloads": 0}  # fmt: skip
    first, _, last = done["datasets"]
    assert first["downloads_by_period"] == [300, 450, None, 600, None, None]
    assert first["change"] == {"first": 300, "last": 600, "by": 300, "share": 1.0}
    assert (last["missing"], last["gone"]) == (["2018-10"], True)
    assert all("gain" in one for one in done["datasets"])


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.policy = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if ("http-equiv", "Content-Security-Policy") in attrs:
            self.policy = dict(attrs)["content"] or ""


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_the_page_stands_alone_and_runs_nothing(run: Run, lang: str) -> None:
    assert run(*months(), "--to", "2018-12", "-f", "html:page.html", lang=lang).return_value == 0
    text = Path("page.html").read_text("utf-8")
    page = Page(text)
    assert not page.names & {"script", "link", "img", "iframe", "object"}
    assert not {name for name in page.attributes if name.startswith("on")} | (page.attributes & {"src"})
    assert page.policy.startswith("default-src 'none'")
    assert "\x1b" not in text
    drawings = text.split("<svg")[1:]
    assert len([one for one in drawings if 'class="plot"' in one]) == 2
    for one in drawings[:1]:
        ET.fromstring("<svg" + one.split("</svg>")[0] + "</svg>")
    assert ("缺 2018-09、2018-11–2018-12" if lang == "zh-TW" else "missing 2018-09, 2018-11–2018-12") in text


def test_markdown_has_its_tables_and_no_markup_of_strangers(run: Run) -> None:
    text = run(*months(), "-f", "markdown").stdout
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert tables
    assert "<script>" not in text
    widths = {line.count("|") for line in tables if "HYPERLINK" in line}
    assert widths <= {len(row.split("|")) - 1 for row in tables if row.startswith("| ---")}


def test_the_workbook_has_a_sheet_for_each_question(run: Run) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    assert run(*months(), "--to", "2018-12", "-f", "xlsx:use.xlsx").return_value == 0
    book = openpyxl.load_workbook("use.xlsx")
    assert book.sheetnames == [
        "資料集",
        "機關",
        "逐期",
        "逐年",
        "成長最多",
        "衰退最多",
        "從未下載",
        "用得多而寫得差",
        "缺期",
        "說明",
    ]
    rows = [*book["資料集"].iter_rows(values_only=True)]
    assert rows[1][:6] == ("職業災害統計", "勞動部職業安全衛生署", 4700, 1350, 300, 100)
    assert rows[2][0].startswith("'=HYPERLINK")
    assert [row[2] for row in book["缺期"].iter_rows(min_row=2, values_only=True)] == [
        "2018 年 9、11、12 月",
        "2018 年 10 月",
    ]
    assert any("缺 2018 年 9、11、12 月" in row[0] for row in book["說明"].iter_rows(values_only=True))


def test_the_words_for_none_fit_the_time(run: Run) -> None:
    part = run(*months(), "--to", "2018-08", "--no-problems").stdout
    assert "這段期間未下載 1 個（33.3%），未瀏覽 0 個。" in part
    assert "從未" not in part
    assert "沒有下載" not in part
    by_month = run(*months(), "--by", "month", "--no-problems", lang="en").stdout
    assert "not downloaded" in by_month, "in a month nobody can say never"
    assert "Never downloaded: 1" in by_month


def test_csv_says_where_repair_pays_most(run: Run) -> None:
    run(*months(), "--catalogue", months()[0], "-f", "csv:use.csv", "-f", "json:use.json")
    with Path("use.csv").open(encoding="utf-8-sig", newline="") as stream:
        gains = [row["修正效益"] for row in csv.DictReader(stream)]
    assert gains == [str(one["gain"]) for one in json.loads(Path("use.json").read_text("utf-8"))["datasets"]]


def test_the_page_draws_what_counters_gained(run: Run) -> None:
    for month, (one, two) in {"07": (100, 5), "08": (110, 6), "09": (130, 7)}.items():
        rows = f"A1,職缺,勞動部,{one},{one}\nA2,職災,勞動部,{two},{two}\n"
        Path(f"c-2018-{month}.csv").write_text(HEAD + rows, "utf-8")
    page = run("c-2018-07.csv", "c-2018-08.csv", "c-2018-09.csv", "-f", "html").stdout
    assert "各期增加的下載次數" in page
    assert "<desc>2018-08 11；2018-09 21</desc>" in page
    assert "<desc>2018-07 105；2018-08 116；2018-09 137</desc>" in page


@pytest.mark.parametrize("form", ["table", "csv", "json", "html", "markdown"])
def test_the_same_files_give_the_same_bytes(run: Run, form: str) -> None:
    assert run(*months(), "-f", form).stdout == run(*reversed(months()), "-f", form).stdout


def test_a_workbook_is_to_be_saved_as_csv(run: Run) -> None:
    Path("list-2018-11.xlsx").write_bytes(b"PK\x03\x04\x14\x00\x06\x00")
    done = run(*months(), "list-2018-11.xlsx")
    assert done.return_value == 2
    assert "list-2018-11.xlsx: 看起來是 ZIP 檔，不是文字檔；試算表請另存為 CSV（UTF-8）" in done.stderr


def test_several_reports_at_once(run: Run) -> None:
    done = run(*months(), "-f", "table", "-f", "csv:a.csv", "-f", "json:b.json")
    assert "3 個資料集" in done.stdout
    assert json.loads(Path("b.json").read_text("utf-8"))["totals"]["datasets"] == 3
    assert Path("a.csv").read_text("utf-8").count("\n") == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-f", "xlsx"], "-f xlsx 要有檔名"),
        (["--from", "去年"], "--from 去年：看不懂的年月"),
        (["--from", "2019", "--to", "2018"], "--from 2019 晚於 --to 2018"),
        (["--date", "a.csv=x"], "--date x：看不懂的年月"),
        (["--date", "lst-2018-07.csv=2018-07"], "--date lst-2018-07.csv=2018-07：沒有讀取這個檔案"),
        (["--date", "2018-07"], "檔案有 3 個；應為 --date 檔名=2018-07"),
        (["--from", "2030"], "檔案裡有 2018-07 至 2018-10"),
        (["-f", "tabel"], "table?"),
        (["-f", "csv:no/such/folder.csv"], "無法寫入"),
        (["--catalogue", "list-2018-07.csv", "-p", "nowhere"], "沒有名為 nowhere 的平臺"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, arguments: list[str], said: str) -> None:
    done = run(*months(), *arguments)
    assert said in str(getattr(done.exception, "message", done.exception))
    assert getattr(done.exception, "exit_code", None) == 2


def test_many_complaints_are_told_by_their_number(run: Run) -> None:
    rows = "".join(f"B{number},職缺{number},勞動部,1,很多\n" for number in range(30))
    Path("bad-2018-11.csv").write_text(HEAD + rows, "utf-8")
    done = run(*months(), "bad-2018-11.csv")
    assert done.return_value == 2
    assert done.stderr.count("下載次數「很多」不是次數") == 20
    assert "另有 10 個" in done.stderr
    assert "33 個資料集" in done.stdout


def test_a_file_without_a_date_is_counted_alone_and_refused_beside_others(run: Run) -> None:
    Path("list.csv").write_text(HEAD + "A1,職業災害統計,勞動部,10,3\n", "utf-8")
    assert "未註明日期" in run("list.csv").stdout
    beside = run("list.csv", "list-2018-07.csv")
    assert (beside.return_value, "--date list.csv=2018-07" in beside.stderr) == (2, True)
    told = run("list.csv", "list-2018-07.csv", "--date", "list.csv=107年9月", "-f", "json")
    assert json.loads(told.stdout)["periods"] == ["2018-07", "2018-08", "2018-09"]
    assert run("list.csv", "--date", "10709", "-f", "json").return_value == 0


@pytest.mark.parametrize(
    ("name", "firsts", "head"),
    [
        ("growth", ["職業災害統計"], "最後一期"),
        ("decline", ["'" + EVIL.replace("\x1b", "\\x1b")], "增減率（%）"),
        ("gaps", ["（所有資料集）", "駕照統計"], "缺期"),
        ("never", ["駕照統計"], "上架日期"),
        ("worst", ["職業災害統計", "'" + EVIL.replace("\x1b", "\\x1b")], "修正效益"),
    ],
)
def test_each_table_is_had_as_csv(run: Run, name: str, firsts: list[str], head: str) -> None:
    done = run(*months(), "--catalogue", months()[0], "--list", name, "-f", "csv", "--top", "1")
    assert done.return_value == 0
    heads, *rows = csv.reader(io.StringIO(done.stdout.removeprefix("\ufeff")))
    assert head in heads
    assert [row[0] for row in rows] == firsts
    shown = run(*months(), "--catalogue", months()[0], "--list", name).stdout
    assert shown.count("\n\n") == 1, "the sentences, and this table alone"


def test_a_table_without_rows_says_so(run: Run) -> None:
    arguments = ["--no-problems", "--list", "never", "--agency", "安全衛生署"]
    assert run(*months(), *arguments).stdout.endswith("（無）\n")
    assert run(*months(), *arguments, "-f", "markdown", lang="en").stdout.endswith("(none)\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--list", "worst", "--no-problems"], "--list worst 與 --no-problems 不能並用"),
        (["--list", "never", "--by", "dataset"], "--list never 與 --by dataset 不能並用"),
        (["--list", "worst"], "--list worst：沒有檢查詮釋資料（"),
        (["--list", "growth"], "--list growth：只有一期統計，至少要有兩期"),
    ],
)
def test_a_table_that_files_do_not_tell_is_refused(run: Run, arguments: list[str], said: str) -> None:
    Path("bare-2018-11.csv").write_text("名稱,機關,點閱數\n職缺,勞動部,3\n", "utf-8")
    done = run("bare-2018-11.csv", *arguments)
    assert said in str(getattr(done.exception, "message", done.exception))
    assert getattr(done.exception, "exit_code", None) == 2
