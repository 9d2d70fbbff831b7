"""Rules and platforms as pages: what `explain`, `rules` and `platforms` show."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from metalint.model import Json, Rule
from metalint.output.summary import WORDS
from metalint.platforms import Platform
from metalint.pointers import pointer_text
from metalint.reasons import Example, Explanation
from metalint.terminal import paint, width

_HEADINGS = {
    "zh-TW": ("為什麼", "依據", "欄位", "適用平臺", "怎麼改", "不建議", "改成", "建議", "預設關閉", "自動建議值"),
    "en": ("Why", "Source", "Fields", "Platforms", "What would be right", "Bad", "Fixed", "Good",
           "off by default", "Fix"),
}  # fmt: skip
_FIX = {
    "safe": ("安全：意思不變", "safe: the meaning is kept"),
    "unsafe": ("需人工確認", "needs a look"),
    "shown": ("只供參考，不會套用", "only shown, never made"),
    "none": ("無", "none"),
}


def explanation(one: Explanation, lang: str, *, color: bool, markdown: bool) -> str:
    """Return one rule's page."""
    why, source, fields, whose, right, bad, fixed, good, off, fix = _HEADINGS[lang]
    rule, index = one.rule, 0 if lang == "zh-TW" else 1
    severity = WORDS[rule.severity][index] + ("" if rule.default else f", {off}")

    def heading(text: str) -> str:
        return f"\n## {text}\n\n" if markdown else "\n" + paint(text, "bold", on=color) + "\n"

    def block(text: str) -> str:
        return f"```yaml\n{text}```\n" if markdown else "".join(f"    {line}\n" for line in text.splitlines())

    head = f"# {rule.id}\n" if markdown else paint(rule.id, "mark", on=color)
    page = f"{head} ({severity})\n{one.summary[lang]}\n"
    page += heading(why) + _flow(one.why[lang]) + "\n"
    page += heading(right) + "".join(f"- {_plain(text[lang])}\n" for text in rule.help)
    page += heading(source) + "".join(f"- {text}\n" for text in one.source)
    if rule.given:
        page += heading(fields) + ", ".join(rule.given) + "\n"
    if rule.platforms:
        page += heading(whose) + ", ".join(rule.platforms) + "\n"
    page += heading(fix) + _FIX[rule.fix][index] + "\n"
    for example in one.bad[:3]:
        page += heading(bad) + block(_example(example))
        if example.fixed is not None:
            page += heading(fixed) + block(_yaml(example.fixed))
    for example in one.good[:2]:
        page += heading(good) + block(_example(example))
    return page


def rule_list(rules: Sequence[Rule], lang: str, *, color: bool, markdown: bool) -> str:
    """Return a line a rule, by family."""
    index = 0 if lang == "zh-TW" else 1
    if markdown:
        rows = [
            f"| {rule.id} | {WORDS[rule.severity][index]} | {'✓' if rule.default else ''} | {rule.summary[lang]} |"
            for rule in rules
        ]
        return "\n".join(["| rule | severity | default | |", "| --- | --- | --- | --- |", *rows]) + "\n"
    longest = max(len(rule.id) for rule in rules) + 2
    lines = []
    for rule in rules:
        word = WORDS[rule.severity][index]
        name = rule.id if rule.default else f"[{rule.id}]"
        level = paint(word + " " * (8 - width(word)), rule.severity.name.lower(), on=color)
        lines.append(f"{level}{name:<{longest}} {rule.summary[lang]}\n")
    count = sum(rule.default for rule in rules)
    last = (
        f"共 {len(rules)} 條規則，{count} 條預設啟用，[ ] 內的預設關閉。"
        if lang == "zh-TW"
        else f"{len(rules)} rules, {count} on by default; those in [ ] are off."
    )
    return "".join(lines) + "\n" + last + "\n"


def platform_list(platforms: Sequence[Platform], lang: str, *, color: bool, whole: bool, markdown: bool) -> str:
    """Return a paragraph a platform; with `whole` also its fields and sources."""
    pages = []
    for one in platforms:
        page = (
            (f"## {one.name}\n\n" if markdown else paint(one.name, "mark", on=color) + "\n  ")
            + one.summary[lang]
            + "\n"
        )
        if whole:
            longest = max(len(name) for name in one.fields)
            page += "\n"
            for name, places in one.fields.items():
                where = ", ".join(pointer_text(place.pattern) for place in places)
                page += f"- {name}: {where}\n" if markdown else f"  {name:<{longest}}  {where}\n"
            page += "\n" + "".join(f"{'' if markdown else '  '}- {text}\n" for text in one.source)
        pages.append(page)
    return "\n".join(pages)


def as_data(one: Explanation) -> dict[str, object]:
    """Return a rule with its reasons as plain data."""
    return {
        **rule_data(one.rule),
        "why": {"zh-TW": one.why.zh, "en": one.why.en},
        "source": list(one.source),
        "good": [example._asdict() for example in one.good],
        "bad": [example._asdict() for example in one.bad],
    }


def rule_data(rule: Rule) -> dict[str, object]:
    """Return a rule as plain data."""
    return {
        "rule": rule.id,
        "severity": rule.severity.name.lower(),
        "default": rule.default,
        "fix": rule.fix,
        "fields": list(rule.given),
        "platforms": list(rule.platforms),
        "summary": {"zh-TW": rule.summary.zh, "en": rule.summary.en},
    }


def platform_data(one: Platform) -> dict[str, object]:
    """Return a platform as plain data."""
    return {
        "name": one.name,
        "summary": {"zh-TW": one.summary.zh, "en": one.summary.en},
        "source": list(one.source),
        "fields": {name: [pointer_text(place.pattern) for place in places] for name, places in one.fields.items()},
    }


def _example(example: Example) -> str:
    head = f"# platform: {example.platform}\n" if example.platform else ""
    beside = "".join(f"\n# {name}\n{text.rstrip()}\n" for name, text in example.beside.items())
    return head + (example.text.rstrip("\n") + "\n" if example.text is not None else _yaml(example.record)) + beside


def _yaml(value: Json) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=90))


def _flow(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines())


def _plain(text: str) -> str:
    return text.replace("{", "‹").replace("}", "›")
