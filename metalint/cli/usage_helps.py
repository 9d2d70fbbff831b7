"""What `metalint usage --help` says."""

from __future__ import annotations

TEXTS = {
    "usage": (
        (
            "統計資料集的瀏覽與下載：依下載次數排序並列出提供機關、成長與衰退、從未下載、用得多而寫得差、缺期。\n\n"
            "一個檔案是一次的累計數；多個檔案（或有年月欄的檔案）成為逐期的序列。期別取自各列的年月欄、--date、"
            "或檔名（2018-07、201807、10707、107年7月）。"
        ),
        (
            "Count views and downloads of datasets: sorted by downloads with the agency; growth and decline, what was "
            "never downloaded, what is used most and described worst, and gaps.\n\n"
            "One file is one reading of the counters; several (or one with a column of months) make a series. A file's "
            "period is told by a column, by --date, or by its name (2018-07, 201807, 10707, 107年7月)."
        ),
    ),
    "short": ("統計資料集的瀏覽與下載。", "Count views and downloads of datasets."),
    "date": (
        "檔案是哪一期的統計，例如 2018-07、107年7月；多個檔案寫成 檔名=2018-07，可重複。",
        "The period of a file, such as 2018-07 or 10707; of several files NAME=2018-07, may be repeated.",
    ),
    "cumulative": ("數字是累計數（不自動判斷）。", "The figures are counters (otherwise this is told by them)."),
    "monthly": (
        "數字是各期當期的次數（不自動判斷）。",
        "The figures are of their period alone (otherwise this is told by them).",
    ),
    "by": ("表的每一列是什麼：資料集、機關、年、月。[dataset]", "What a row is of. [dataset]"),
    "list": (
        "只列這一個表：成長最多、衰退最多、缺期、從未下載、用得多而寫得差（xlsx、html、json 一律全部）。",
        "One table alone: growth, decline, gaps, never downloaded, described worst (xlsx, html and json have all).",
    ),
    "from": (
        "從這一期起：2018、2018-07、107、107-07；只有一期統計時指上架日期。",
        "From this period on: 2018, 2018-07, 107, 107-07; with one period alone, the date of listing.",
    ),
    "to": ("到這一期為止。", "Up to this period."),
    "agency": (
        "只列名稱含 TEXT 的提供機關的資料集（勞動部也含勞動部勞工保險局），可重複。",
        "Only datasets of agencies with TEXT in their names (勞動部 has 勞動部勞工保險局 too); may be repeated.",
    ),
    "catalogue": (
        "資料集的詮釋資料（依識別碼或名稱與機關對照），用來找用得多而寫得差的；不指定時檢查統計檔本身。",
        "The metadata of the datasets, found by identifier or by title and agency; else the files are checked.",
    ),
    "no-problems": ("不檢查詮釋資料。", "Check no metadata."),
    "top": (
        "每個表最多列出 N 列；0 為全部。csv、json、xlsx 一律完整。[10；html 100]",
        "Rows of each table, 0 for all; csv, json and xlsx are always complete. [10; html 100]",
    ),
    "outputs": (
        "輸出格式：table、csv、json、xlsx、html、markdown，可加 :檔名，可重複；xlsx 要有檔名。[table]",
        "table, csv, json, xlsx, html or markdown, each with :FILE; may be repeated; xlsx needs a file. [table]",
    ),
    "jobs": ("檢查詮釋資料的處理程序數；0 為每個核心一個。[1]", "Processes that check metadata; 0: one per core. [1]"),
}
