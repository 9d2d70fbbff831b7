"""What `metalint compare --help` says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "compare": (
        (
            "比較同一目錄的新舊兩份：哪些資料集新增、變更、消失，消失的是整併、改名、重新上架，還是無理由下架。\n\n"
            "OLD、NEW 是檔案或資料夾，格式與平臺可以不同。先比識別碼，再比名稱與機關，最後比相近的名稱；"
            "空白、全形半形、分類後的筆數、更新日期不算變更。有資料集無理由消失時結束代碼為 1。"
            "--problems 只報告新的一份多出來的問題。"
        ),
        (
            "Compare two versions of a catalogue: which datasets are new, changed or gone, and whether what is gone "
            "was merged, renamed, listed anew, or vanished without a reason.\n\n"
            "OLD and NEW are files or folders, of any format and platform. Identifiers are compared first, then titles "
            "and agencies, then similar titles; white space, width, counts of facets and dates do not count. "
            "Exit 1 where something vanished. --problems reports what is a problem of the new one alone."
        ),
    ),
    "compare-short": ("比較目錄的新舊兩份。", "Compare two versions of a catalogue."),
    "compare-by": (
        "數字依機關、上架年或上架月統計。",
        "Count by agency, or by the year or month in which datasets were listed.",
    ),
    "compare-reasons": (
        "下架理由：CSV、JSON 或 YAML，每筆有 id 或 title，以及 reason、date。",
        "Reasons for what is gone: CSV, JSON or YAML, each with an id or title, a reason and a date.",
    ),
    "compare-all": (
        "也列出只有更新日期等改變的資料集。",
        "List datasets too of which only the date of update and the like changed.",
    ),
    "compare-max": (
        "每一部分最多列出 N 筆；0 為全部。",
        "List at most N datasets of each part; 0 lists all.",
    ),
    "compare-problems": (
        "改為比較問題：只報告新的一份多出來的。",
        "Compare problems instead: report those that only the new version has.",
    ),
    "compare-select": (
        "配合 --problems：只檢查這些規則或類別。",
        "With --problems: check only these rules or families.",
    ),
    "compare-ignore": (
        "配合 --problems：不檢查這些規則或類別。",
        "With --problems: leave these rules or families out.",
    ),
    "compare-select-alone": (
        "--select 與 --ignore 要配合 --problems 使用",
        "--select and --ignore go with --problems",
    ),
    "compare-catalogues-alone": (
        "--by、--reasons、--all、--max-entries 不能配合 --problems 使用",
        "--by, --reasons, --all and --max-entries do not go with --problems",
    ),
    "compare-fail-on": (
        "哪種情形結束代碼為 1：vanished（預設）、breaking（再加影響使用者的變更）、never；--problems 為問題的程度。",
        "What makes the exit code 1: vanished (default), breaking (these too), never; of --problems a severity.",
    ),
}
