"""What `--help` says, in the language of the locale: it is asked for before any option is read."""

from __future__ import annotations

from collections.abc import Mapping

from metalint.cli.console import language

_TEXTS: Mapping[str, tuple[str, str]] = {
    "check": (
        (
            "檢查檔案、資料夾或標準輸入（-）裡的詮釋資料；不給路徑則檢查目前的資料夾。\n\n"
            "可讀 JSON、JSON Lines、YAML、CSV 與 XML；每個檔案的平臺與編碼由檔案本身判斷，並顯示在報告裡。"
        ),
        (
            "Check the metadata in files, folders or standard input (-); without PATH, in this folder.\n\n"
            "JSON, JSON Lines, YAML, CSV and XML; each file's platform and encoding are told from the file "
            "itself and shown."
        ),
    ),
    "check-short": ("檢查檔案、資料夾或標準輸入（-）。", "Check files, folders or standard input (-)."),
    "enrich": (
        (
            "替檔案、資料夾或標準輸入（-）裡的每筆紀錄建議缺少的關鍵字，並說明理由。\n\n"
            "例如名稱寫「職業安全衛生」，民眾搜尋的是「職安」。-f csv 依平臺原有的欄位輸出，並填好關鍵字。"
        ),
        (
            "Suggest the keywords that each record in files, folders or standard input (-) lacks, and say why.\n\n"
            "A title says 職業安全衛生, citizens search for 職安. -f csv gives the portal's own columns with the "
            "keywords filled in."
        ),
    ),
    "enrich-short": ("建議缺少的關鍵字。", "Suggest the keywords that are missing."),
    "fix": (
        (
            "修正檔案、資料夾或標準輸入（-）裡可自動修正的問題；其他每個位元組都不動。\n\n"
            "只套用不改變意思的修正；--unsafe 也套用需人工確認的建議值。--diff 只顯示差異（git apply 可用），"
            "--patch 輸出每筆紀錄的 JSON Patch，兩者都不寫檔。"
        ),
        (
            "Mend what can be mended in files, folders or standard input (-), and leave every other byte alone.\n\n"
            "Only fixes that keep the meaning are made; --unsafe makes those too that need a look. --diff shows the "
            "differences (for git apply), --patch gives each record's JSON Patch; neither writes a file."
        ),
    ),
    "fix-short": ("修正可自動修正的問題。", "Mend what can be mended."),
    "unsafe": ("也套用需人工確認的建議值。", "Make the fixes too that need a look."),
    "diff": (
        "顯示差異，不寫檔；有差異時結束代碼為 1。",
        "Show the differences, write nothing; exit 1 if there are any.",
    ),
    "patch": (
        "輸出 JSON Patch（每筆紀錄一行），不寫檔；--patch merge 為 JSON Merge Patch。",
        "Give JSON Patch, a record a line, and write nothing; --patch merge gives JSON Merge Patch.",
    ),
    "baseline": (
        "已知問題的基準檔；不指定則用最近的 .metalint-baseline.jsonl。",
        "The baseline of known problems; else the nearest .metalint-baseline.jsonl.",
    ),
    "no-baseline": ("不用基準檔。", "Use no baseline."),
    "show-known": ("也列出已知的問題。", "List the known problems too."),
    "strict-baseline": (
        "基準檔裡有已修正的問題時，結束代碼為 1。",
        "Exit 1 if the baseline has problems that are gone.",
    ),
    "against": (
        "只報告這次改動帶來的問題，例如 git:main。",
        "Report only what the change brings, e.g. git:main.",
    ),
    "baseline-group": (
        "已知問題的基準檔：建立、更新、清除、查看。既有的問題先記下，之後只有新的問題會擋下。",
        "The baseline of known problems: make, renew, clear or show it. What is there is noted; what is new counts.",
    ),
    "baseline-short": ("已知問題的基準檔。", "The baseline of known problems."),
    "baseline-create": ("把現有的問題全部記成已知。", "Note all problems that there are as known."),
    "baseline-update": ("加入新的問題，移除已修正的。", "Take in what is new, take out what is gone."),
    "baseline-prune": ("只移除已修正的問題。", "Take out what is gone, and nothing else."),
    "baseline-show": ("顯示基準檔的內容。", "Show what is in the baseline."),
    "baseline-file": ("基準檔。", "The baseline."),
    "outputs": (
        (
            "輸出格式；FORMAT:FILE 寫到檔案，可同時指定數種：-f full -f sarif:out.sarif。"
            "格式：full concise grouped json jsonl sarif github gitlab "
            "junit checkstyle rdjsonl markdown csv html auto。"
        ),
        (
            "The format of the report; FORMAT:FILE goes to a file, and there may be several: -f full -f sarif:x.sarif. "
            "Formats: full concise grouped json jsonl sarif github gitlab "
            "junit checkstyle rdjsonl markdown csv html auto."
        ),
    ),
    "server": (
        "語言伺服器（LSP）：編輯器透過標準輸入輸出使用；邊寫邊檢查、一鍵修正、顯示規則的理由。需要 metalint[lsp]。",
        "The language server (LSP) for editors: problems, fixes and reasons as you write. Needs metalint[lsp].",
    ),
    "server-short": ("編輯器用的語言伺服器。", "The language server for editors."),
    "completion": (
        '印出 shell 的自動完成腳本，例如：eval "$(metalint completion bash)"',
        'Print the script that completes commands in a shell, as in: eval "$(metalint completion bash)"',
    ),
    "completion-short": ("shell 的自動完成腳本。", "The script that completes commands in a shell."),
    "write": ("把建議的關鍵字寫進檔案。", "Write the suggested keywords into the files."),
    "fix-first": ("先修正不改變意思的問題，再檢查。", "Fix first what keeps the meaning, then check."),
    "output-dir": (
        "修正後的副本寫到這個資料夾，原檔不動。",
        "Write mended copies into this folder, not the files.",
    ),
    "train": (
        "從有關鍵字的目錄學習，寫成模型（只有詞與數字）；分數比舊模型差時保留舊模型。",
        "Learn from catalogues with keywords and write a model (terms and numbers only); a better old one stays.",
    ),
    "train-short": ("從目錄學習，寫成模型。", "Learn a model from catalogues."),
    "train-output": ("模型檔。", "The model's file."),
    "background": ("另計其名稱用詞的目錄，可多次。", "A catalogue of which the titles' words count; may be repeated."),
    "force": ("較差也取代舊模型。", "Replace the old model even by a worse one."),
    "evaluate": (
        "隱藏一部分紀錄的關鍵字，建議後與原有的比較。",
        "Hide the keywords of some records, suggest, and compare with what people chose.",
    ),
    "evaluate-short": ("量測建議的品質。", "Measure how good suggestions are."),
    "split": (
        "測試的紀錄：整個系列、整個平臺（輪流），或隨機。",
        "What is hidden: whole series, whole portals in turn, or records at random.",
    ),
    "findability": (
        (
            "計算民眾用日常用語搜尋時，找得到多少相關的資料集：現在，以及補上建議的關鍵字之後。\n\n"
            "搜尋方式與平臺相同：名稱、描述或關鍵字含有完全相同的字才算找到。"
        ),
        (
            "Count how many of the datasets about a thing are found by the public's word for it: now, and with the "
            "suggested keywords.\n\n"
            "As portals search: found is what has the very words in its title, description or keywords."
        ),
    ),
    "findability-short": ("補關鍵字前後，民眾找得到多少。", "What a searcher finds, before and after."),
    "queries": (
        "自訂的搜尋詞：CSV，每列一個搜尋詞與資料集的寫法。",
        "Queries of your own: CSV, a word and what the records say on each line.",
    ),
    "max-queries": ("full 最多列出 N 個詞；0 為全部。", "Show at most N queries with -f full; 0: all."),
    "vocab": (
        (
            "同義詞詞彙（vocab/synonyms/）：檢查它，或從目錄找出可以補充的詞。\n\n"
            "例如「職業安全衛生」與「職安」是同一件事的兩個名稱。"
        ),
        (
            "The synonym vocabulary (vocab/synonyms/): check it, or look in catalogues for what it lacks.\n\n"
            "職業安全衛生 and 職安 are two names of one thing."
        ),
    ),
    "vocab-short": ("檢查、補充同義詞詞彙。", "Check the synonym vocabulary, or find more for it."),
    "vocab-check": (
        (
            "檢查 DIR 的 synonyms/*.yaml：重複、矛盾、繞圈、格式錯誤，都指出行號與改法；不給 DIR 則檢查內附的。\n\n"
            "結束代碼：0 沒有錯誤，1 有錯誤，2 無法檢查。"
        ),
        (
            "Check the synonyms/*.yaml of DIR (default: those that come with metalint): names said twice, names that "
            "contradict, circles, broken files; each with its line and what would be right.\n\n"
            "Exit codes: 0 no mistake, 1 mistakes, 2 cannot be checked."
        ),
    ),
    "vocab-check-short": ("檢查同義詞詞彙。", "Check the synonym vocabulary."),
    "vocab-mine": (
        (
            "從目錄找出詞彙還沒有的長詞與簡稱（例如「文化資產局」與「文資局」），寫成供人判斷的 YAML。\n\n"
            "絕不直接用於建議。-o 的檔案已存在時，判斷過的（accepted、refused）原樣保留，不再提出。"
        ),
        (
            "Look in catalogues for long forms and short ones that the vocabulary lacks (文化資產局, 文資局), as YAML "
            "for a person to judge.\n\n"
            "Never used for suggestions. Where the file of -o is there, what was judged in it (accepted, refused) "
            "stays and is not proposed again."
        ),
    ),
    "vocab-mine-short": ("從目錄找出可以補充的簡稱。", "Find short forms in catalogues."),
    "vocab-output": ("供人判斷的檔案；不給則寫到標準輸出。", "The file to judge; default: standard output."),
    "top": ("每筆最多建議 N 個。", "At most N keywords a record."),
    "model": ("自訓練的模型。", "A model of your own (metalint train)."),
    "no-model": ("不用模型：只用同義詞與名稱中的詞。", "No model: synonyms and the words of titles alone."),
    "min-confidence": (
        "分數至少 X（0 到 1）的都建議；不指定則自行取捨。",
        "All that score at least X (0 to 1); otherwise as many as are worth it.",
    ),
    "select": ("只用這些規則：名稱、類別或 all。", "Only these rules: names, families, or all."),
    "ignore": ("不用這些規則。", "Leave out these rules."),
    "config-file": ("設定檔；不指定則用各檔案往上最近的。", "The configuration file; otherwise the nearest upwards."),
    "isolated": ("不用設定檔與 .metalint-ignore.yaml。", "Use no configuration and no .metalint-ignore.yaml."),
    "show-suppressed": ("列為例外的問題也列出，附原因。", "Show what is suppressed too, with the reasons."),
    "config": (
        (
            "設定檔：metalint.toml、.metalint.toml、metalint.yaml，或 pyproject.toml 的 [tool.metalint]。\n\n"
            "每個檔案用往上最近的一個，到有 .git 的資料夾為止；不合併，只有 extends 沿用。"
        ),
        (
            "The configuration: metalint.toml, .metalint.toml, metalint.yaml, or [tool.metalint] in pyproject.toml.\n\n"
            "Each file has the nearest one upwards, up to a folder with .git; nothing is merged, only `extends` builds "
            "on another."
        ),
    ),
    "config-short": ("看、寫設定檔。", "Show the configuration, or write one."),
    "config-show": (
        "列出檔案或資料夾用哪個設定檔，以及每個值寫在哪裡；不給 FILE 則看目前的資料夾。",
        "Show which configuration a file or a folder has, and where each value is said; default: this folder.",
    ),
    "config-show-short": ("用哪個設定檔，值寫在哪裡。", "Show what holds for a file, and who says so."),
    "config-schema": (
        "輸出設定檔的 JSON Schema，供編輯器使用。",
        "Print the JSON Schema of configuration files, for editors.",
    ),
    "config-init": (
        "在目前的資料夾寫一個附說明的 metalint.toml；已有設定檔時不覆寫。",
        "Write a metalint.toml with comments into this folder; never over one that is there.",
    ),
    "rules-dir": ("另加一個資料夾的規則（<類別>/<名稱>.yaml）。", "More rules, from a folder of <family>/<name>.yaml."),
    "platform": ("平臺；不指定則由檔案的欄位判斷。", "The platform; otherwise each file's own keys tell."),
    "platform-dir": ("另加一個資料夾的平臺。", "More platforms, from a folder."),
    "format": ("檔案的格式。", "Input format."),
    "encoding": (
        "檔案的編碼；不指定則依序看 BOM、UTF-8、CP950。",
        "Input encoding; otherwise BOM, UTF-8, then CP950 tell.",
    ),
    "stdin-filename": ("標準輸入的檔名。", "What to call standard input."),
    "exclude": ("略過的路徑或資料夾名稱。", "Leave out paths or folder names."),
    "output-format": ("報告的格式。", "Report format."),
    "lang": ("訊息的語言；預設依系統語系。", "Language of messages; default: the locale's."),
    "suggest": (
        "關鍵字有問題的紀錄，一併建議它缺的關鍵字。",
        "Name the keywords that a record lacks, with its keyword problems.",
    ),
    "statistics": ("各規則的問題數。", "Count problems by rule."),
    "max-problems": (
        "最多列出 N 個問題；0 為全部。full 預設 100。",
        "Show at most N problems; 0: all. Default: 100 with -f full, else all.",
    ),
    "color": ("顏色。", "Colours."),
    "quiet": ("不顯示報告，只給結束代碼。", "No report, only the exit code."),
    "no-progress": ("不顯示進度。", "No progress line."),
    "fail-on": ("達到這個程度就以 1 結束。[error]", "Exit 1 from this severity on. [error]"),
    "schema-engine": ("JSON Schema 引擎。", "Which JSON Schema engine."),
    "jobs": ("處理程序數；0 為每個核心一個。[1]", "Number of processes; 0: one per core. [1]"),
    "today": ("以這一天為「今天」檢查。", "Check as on that day."),
    "explain": (
        "說明規則的要求、原因、依據與例子；RULE 是規則名稱或類別。",
        "Say what a rule demands, why, who says so, with examples; RULE is a name or a family.",
    ),
    "explain-short": ("說明規則的要求、原因與依據。", "Say what a rule demands, why, and who says so."),
    "rules": (
        "列出全部或某些類別的規則；方括號內的預設關閉。",
        "List the rules, all or of some families; those in brackets are off by default.",
    ),
    "rules-short": ("列出規則。", "List the rules."),
    "platforms": (
        "列出平臺；給 NAME 則列出該平臺如何稱呼各欄位，以及要求的出處。",
        "List the platforms; with NAME, what it calls each field and where its demands come from.",
    ),
    "platforms-short": ("列出平臺。", "List the platforms."),
    "metalint": (
        (
            "在發布之前檢查資料集的詮釋資料。\n\n"
            "metalint 指出詮釋資料哪裡不對、在哪一行、怎麼改、依據哪一條標準；訊息有繁體中文與英文。"
        ),
        (
            "Check the metadata of datasets before they are published.\n\n"
            "metalint names what is wrong with a dataset's metadata, where it stands, what would be right and "
            "which standard says so, in 繁體中文 or English."
        ),
    ),
    "exit-codes": (
        "結束代碼：0 沒有達到 --fail-on 的問題，1 有問題，2 無法照要求執行，130 中斷。",
        "Exit codes: 0 no problem at or above --fail-on, 1 problems, 2 could not run as asked, 130 interrupted.",
    ),
}


def told(name: str, texts: Mapping[str, tuple[str, str]] = _TEXTS) -> str:
    """Return a text of the help, from a command's own texts or from those that several share."""
    return texts[name][0 if language(None) == "zh-TW" else 1]
