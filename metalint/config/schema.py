"""What a configuration file may say: one JSON Schema for validation, editors, `config init` and did-you-mean."""

from __future__ import annotations

from metalint.model import Json

LEVELS: tuple[Json, ...] = ("error", "warning", "info")
DAY = r"^\d{4}-\d{2}-\d{2}$"


def schema(lang: str) -> dict[str, Json]:
    """Return the schema with its descriptions in one language."""
    zh = lang == "zh-TW"

    def key(kind: Json, chinese: str, english: str, *examples: Json, **more: Json) -> dict[str, Json]:
        described: dict[str, Json] = {"description": chinese if zh else english, "type": kind}
        return {**described, **more, **({"examples": list(examples)} if examples else {})}

    def texts(chinese: str, english: str, *examples: Json, single: bool = False) -> dict[str, Json]:
        kinds: Json = ["string", "array"] if single else "array"
        return key(kinds, chinese, english, *examples, items={"type": "string", "minLength": 1})

    def table(chinese: str, english: str, keys: dict[str, Json], **more: Json) -> dict[str, Json]:
        return key("object", chinese, english, properties=keys, additionalProperties=False, **more)

    level: Json = {"type": "string", "enum": [*LEVELS]}
    severity = key(
        "object",
        "規則或類別的嚴重程度：error、warning、info。",
        "How much rules or families weigh: error, warning, info.",
        {"title/too-long": "warning"},
        additionalProperties=level,
    )
    options = key(
        "object",
        "規則的參數，取代規則檔裡的值。",
        "Params of rules, in the place of those in the rule's file.",
        {"title/too-long": {"max": 80}},
        additionalProperties={"type": "object"},
    )
    select = texts(
        "只用這些規則：名稱、類別或 all。", "Only these rules: names, families, or all.", ["title", "license"]
    )
    platform = key("string", "平臺；不寫則由檔案的欄位判斷。", "The platform; otherwise each file's keys tell.", "ckan")
    override = table(
        "某些檔案、紀錄或欄位的例外。",
        "What holds for some files, records or fields.",
        {
            "files": texts(
                "檔案的樣式，相對於這個設定檔；沒有 / 的樣式符合任何一層的檔名或資料夾。",
                "Patterns of files, relative to this file; one without / fits a file or folder at any depth.",
                ["legacy/**"],
            ),
            "records": texts(
                "紀錄的識別碼，可用 *。", "Identifiers of records; * stands for any signs.", ["A17000000J-*"]
            ),
            "pointers": texts(
                "欄位的 JSON Pointer，* 代表任一層；包含其中的值。",
                "JSON Pointers of fields, * for any step; what lies within is meant too.",
                ["/distribution/*/description"],
            ),
            "ignore": texts(
                "不計的規則（要寫 reason）。", "Rules whose problems do not count (with a reason).", ["description"]
            ),
            "severity": severity,
            "select": texts("另外啟用的規則（只能依檔案）。", "Rules that are on besides (by files only)."),
            "options": options,
            "platform": platform,
            "reason": key(
                "string",
                "原因；有 ignore 時必填。",
                "Why; needed with ignore.",
                "2015 年以前匯入，原機關已裁撤" if zh else "imported before 2015, the agency is no more",
                minLength=1,
            ),
            "expires": key(
                "string",
                "有效期限（含當日）；過期後不再有效，並回報。",
                "The last day on which it holds; after that it is reported.",
                "2027-06-30",
                pattern=DAY,
            ),
        },
        anyOf=[{"required": ["files"]}, {"required": ["records"]}, {"required": ["pointers"]}],
        dependentRequired={"ignore": ["reason"]},
    )
    keys: dict[str, Json] = {
        "$schema": key("string", "這份 JSON Schema 的位置，供編輯器使用。", "Where this schema lies, for editors."),
        "extends": texts(
            "沿用的設定檔，相對於本檔；本檔的值優先。",
            "Configuration files to build on, relative to this one; what is said here wins.",
            "../metalint.toml",
            single=True,
        ),
        "root": key("boolean", "true：不再往上層資料夾找。", "true: nothing above this folder is looked for.", True),
        "lang": key("string", "訊息的語言。", "Language of messages.", "zh-TW", enum=["zh-TW", "en"]),
        "platform": platform,
        "encoding": key("string", "檔案的編碼；不寫則自行判斷。", "Input encoding; otherwise it is told.", "cp950"),
        "exclude": texts("略過的檔案或資料夾。", "Files or folders to leave out.", ["drafts/**"]),
        "rules": texts("自訂規則的資料夾，相對於本檔。", "Folders of more rules, relative to this file.", ["rules"]),
        "select": select,
        "ignore": texts("不用這些規則。", "Leave out these rules.", ["keyword/too-few"]),
        "fail-on": key(
            "string",
            "達到這個程度就以 1 結束。",
            "Exit 1 from this severity on.",
            "warning",
            enum=[*LEVELS, "never"],
        ),
        "severity": severity,
        "options": options,
        "overrides": key(
            "array", "依檔案、紀錄或欄位的例外。", "Exceptions by files, records or fields.", items=override
        ),
        "baseline": table(
            "既有問題的清單，只回報新的問題。",
            "The problems that are known; only new ones are reported.",
            {
                "file": key(
                    "string", "基準檔，相對於本檔。", "Its file, relative to this one.", "metalint-baseline.jsonl"
                )
            },
        ),
        "fix": table(
            "哪些規則的建議值視為安全、哪些需人工確認。",
            "Rules whose fixes count as safe, or as ones that need a look.",
            {
                "safe": texts("視為安全。", "Count as safe.", ["license/spelling"]),
                "unsafe": texts("需人工確認。", "Need a look.", ["text/full-width"]),
            },
        ),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "metalint",
        **table("metalint 的設定。", "Configuration of metalint.", keys),
    }
