"""What reports of a comparison say, in both languages, and the sentences that several of them share."""

from __future__ import annotations

from collections.abc import Mapping

from metalint.lexicon import Lexicon
from metalint.model import Json, Texts
from metalint.shipped import shipped
from metalint.snapshots.breaking import KINDS
from metalint.snapshots.changes import Change
from metalint.snapshots.compared import HOW, VERDICTS, Compared, Outcome, Source
from metalint.snapshots.sides import Entry, columns
from metalint.terminal import safe
from metalint.vocabulary import Vocabulary

_WORDS: Mapping[str, Texts] = {
    "title": Texts("目錄比較", "Catalogues compared"),
    "old": Texts("舊", "old"),
    "new": Texts("新", "new"),
    "datasets": Texts("筆", "datasets"),
    "unchanged": Texts("未變更", "unchanged"),
    "added": Texts("新增", "added"),
    "changed": Texts("變更", "changed"),
    "breaking": Texts("影響使用者", "breaking"),
    "gone": Texts("消失", "gone"),
    "vanished": Texts("無理由消失", "vanished"),
    "vanished-head": Texts("無理由消失", "Vanished without a reason"),
    "breaking-head": Texts("影響使用者的變更", "Breaking changes"),
    "gone-head": Texts("消失，但有去處或理由", "Gone, with a successor or a reason"),
    "changed-head": Texts("其他變更", "Other changes"),
    "added-head": Texts("新增", "Added"),
    "agency": Texts("機關", "agency"),
    "year": Texts("上架年", "year listed"),
    "month": Texts("上架月", "month listed"),
    "total": Texts("合計", "all"),
    "unnamed": Texts("（未填）", "(none)"),
    "record": Texts("紀錄", "record"),
    "dataset": Texts("資料集", "dataset"),
    "what": Texts("情形", "what became of it"),
    "reason": Texts("理由", "reason"),
    "nothing": Texts("（無）", "(nothing)"),
    "rule": Texts("規則", "rule"),
}


def word(name: str, lang: str) -> str:
    """Return a word of a report."""
    return _WORDS[name][lang]


def verdict(outcome: Outcome, lang: str) -> str:
    """Return what became of a dataset, in a word or two."""
    return VERDICTS[outcome.verdict][lang]


def source(one: Source, lang: str) -> str:
    """Return a version: its path, platforms and datasets."""
    between = "、" if lang == "zh-TW" else ", "
    platforms = between.join(one.platforms) or "–"
    if lang == "zh-TW":
        return f"{one.path}（{platforms}，{one.datasets:,} 筆）"
    datasets = "1 dataset" if one.datasets == 1 else f"{one.datasets:,} datasets"
    return f"{one.path} ({platforms}, {datasets})"


def totals(found: Compared, lang: str) -> list[str]:
    """Return the sums, a sentence each: gone, changed, added, unchanged."""
    zh, counts = lang == "zh-TW", found.counts

    def parts(names: tuple[str, ...]) -> str:
        said = [f"{VERDICTS[name][lang]} {counts[name]:,}" for name in names if counts.get(name)]
        return (("：" if zh else ": ") + ("、" if zh else ", ").join(said)) if said else ""

    all_ = found.total
    broken = f"{'；' if zh else '; '}{word('breaking', lang)} {all_.breaking:,}" if all_.breaking else ""
    touched = counts.get("touched", 0)
    also = f"{'；' if zh else '; '}{VERDICTS['touched'][lang]} {touched:,}" if touched else ""
    return [
        f"{word('gone', lang)} {all_.gone:,}" + parts(("vanished", "merged", "superseded", "announced")),
        f"{word('changed', lang)} {all_.changed:,}" + parts(("changed", "renamed", "relisted")) + broken,
        f"{word('added', lang)} {all_.added:,}",
        f"{word('unchanged', lang)} {found.unchanged:,}" + also,
    ]


def unread(found: Compared, lang: str) -> str:
    """Return the warning that something could not be read, a record or what should hold some; else nothing."""
    count = found.new.unread
    if not count:
        return ""
    if lang == "zh-TW":
        return f"新的一份有 {count:,} 處讀不出來：說是消失的資料集，可能就在其中。"
    places = "1 place" if count == 1 else f"{count:,} places"
    return f"{places} in the new version could not be read: what is called gone may be there."


def fate(outcome: Outcome, lang: str) -> str:
    """Return where a dataset went and how that was found, or what its title was; empty where nothing is to be told."""
    zh, how = lang == "zh-TW", HOW[outcome.how][lang] if outcome.how else ""
    share = f" {outcome.similarity:.2f}" if outcome.similarity is not None and outcome.similarity < 1 else ""
    because = (f"（{how}{share}）" if zh else f" ({how}{share})") if how else ""
    told = []
    if outcome.verdict in ("merged", "superseded", "vanished") and outcome.new is not None:
        arrow = "" if outcome.verdict == "vanished" else "→ "
        told.append(arrow + name(outcome.new) + because)
    elif outcome.verdict in ("renamed", "relisted") and outcome.old is not None:
        before = name(outcome.old)
        told.append((f"原為 {before}" if zh else f"was {before}") + because)
    if outcome.reason:
        told.append(f"理由：{outcome.reason}" if zh else f"reason: {outcome.reason}")
    return safe(("；" if zh else "; ").join(told))


def name(entry: Entry) -> str:
    """Return a dataset's identifier, or its number in its file, and its title, on one line."""
    record = entry.record if entry.identifier else f"#{entry.record}"
    return safe(" ".join(f"{record} {entry.title}".split()))


def details(outcome: Outcome) -> list[Change]:
    """Return the changes that are shown: not the title of what is called renamed, nor dates beside other changes."""
    return [
        one
        for one in outcome.changes
        if not (outcome.verdict == "renamed" and one.field == "title")
        and (not one.touched or outcome.verdict == "touched")
    ]


def change(one: Change, lang: str) -> str:
    """Return a change: the field, what stood there, what stands there now, and what it takes from users."""
    zh = lang == "zh-TW"
    mark = ""
    if one.breaking:
        mark = f"【{KINDS[one.breaking].zh}】" if zh else f"[{KINDS[one.breaking].en}] "
    if one.field.endswith("columns") and (told := _columns(one, zh=zh)):
        return safe(f"{mark}{label(one.field, lang)}{'：' if zh else ': '}{told}")
    before, after = value(one.old, one.new, lang)
    return safe(f"{mark}{label(one.field, lang)}{'：' if zh else ': '}{before} → {after}")


def _columns(one: Change, *, zh: bool) -> str:
    """Return which columns are gone and which are new; empty where their explanations alone are."""
    before, after = (columns([_joined(side)]) if side is not None else frozenset() for side in (one.old, one.new))
    between = "、" if zh else ", "
    parts = [
        (sign + between.join(sorted(names)[:_NAMED]) + ("…" if len(names) > _NAMED else ""))
        for sign, names in (
            ("少了 " if zh else "without ", before - after),
            ("多了 " if zh else "with ", after - before),
        )
        if names
    ]
    return ("；" if zh else "; ").join(parts)


def value(old: Json, new: Json, lang: str) -> tuple[str, str]:
    """Return two values as they are shown: of long ones from where they differ."""
    nothing = word("nothing", lang)
    before, after = (nothing if one is None else _joined(one) for one in (old, new))
    if old is None or new is None or max(len(before), len(after)) <= _LONG:
        return _cut(before), _cut(after)
    start = next(
        (at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    begin = max(0, start - 10)
    lead = "…" if begin else ""
    return _cut(lead + before[begin:]), _cut(lead + after[begin:])


_NAMED = 5  # columns that are named
_LONG = 60  # signs of a value that are shown


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


def _joined(one: Json) -> str:
    return "; ".join(map(str, one)) if isinstance(one, list) else " ".join(str(one).split())


def label(field: str, lang: str) -> str:
    """Return what a field is called."""
    term = _fields().find(field)
    return field if term is None else term.label[lang]


def _fields() -> Vocabulary:
    return _LEXICON.vocabulary("fields")


_LEXICON = Lexicon((shipped("vocab"),))
