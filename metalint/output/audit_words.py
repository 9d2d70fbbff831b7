"""What all reports of an audit say alike: names, shares, and the sentences that sum it up."""

from __future__ import annotations

from collections.abc import Iterator

from metalint.audit.result import Agency, Audited, Gap, RuleRow, Summary
from metalint.output.audit_gaps import by_method
from metalint.output.settings import Settings

PROBLEMS = "problems.jsonl"  # the file of an audit that holds them all
_NAMELESS = {"zh-TW": "（未載明機關）", "en": "(no agency named)"}
_NOWHERE = {"zh-TW": "（不屬於任何資料集）", "en": "(of no dataset)"}
_LITTLE = 0.5  # of a method's points, below which a score says little of a dataset
_UNTITLED = {"zh-TW": "（沒有名稱）", "en": "(no title)"}


def agency_name(name: str | None, lang: str) -> str:
    """Return the name of an agency, or that none is named; `None`: of what stands in no dataset, such as a file."""
    return _NOWHERE[lang] if name is None else name or _NAMELESS[lang]


def title_of(one: Audited, lang: str) -> str:
    """Return the title of a dataset, or that it has none."""
    return one.title or _UNTITLED[lang]


def percent(share: float | None, nothing: str = "–") -> str:
    """Return a share as per cent with one decimal; what is not quite all or nothing is never rounded to it."""
    if share is None:
        return nothing
    tenths = round(share * 1000)
    if share < 1 and tenths >= 1000:
        return ">99.9%"
    if share > 0 and tenths <= 0:
        return "<0.1%"
    return f"{tenths / 10:.0f}%" if tenths in (0, 1000) else f"{tenths / 10:.1f}%"


def clean_share(datasets: int, clean: int) -> float | None:
    """Return which share of the datasets has no problem, from 0 to 1; `None` where there are none."""
    return clean / datasets if datasets else None


def number(value: float | None, nothing: str = "–") -> str:
    """Return a number with commas, and one decimal where it is not whole."""
    if value is None:
        return nothing
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def elsewhere(summary: Summary) -> int:
    """Return how many problems stand in no dataset, so that no agency has them: those of the files themselves."""
    return problems_of(summary) - sum(map(problems_of, summary.agencies))


def problems_of(one: Agency | Audited | Summary) -> int:
    """Return how many problems there are, whatever they weigh."""
    return one.errors + one.warnings + one.infos


def demand(rule: str, settings: Settings) -> str:
    """Return what a rule demands, a sentence without its stop; empty where nothing tells it."""
    if rule in settings.explained:
        return settings.explained[rule].summary[settings.lang].rstrip("。.")
    return settings.summaries[rule][settings.lang].rstrip("。.") if rule in settings.summaries else ""


def gap_name(gap: Gap, summary: Summary, lang: str) -> str:
    """Return the name of the indicator that a gap is about."""
    indicators = summary.scores[gap.method].method.indicators
    return indicators[gap.indicator].label[lang]


def gap_help(gap: Gap, summary: Summary, lang: str) -> str:
    """Return what is to be done about a gap."""
    return summary.scores[gap.method].method.indicators[gap.indicator].help[lang]


def method_name(summary: Summary, index: int, lang: str) -> str:
    """Return the name of a method with its version."""
    return " ".join(filter(None, method_parts(summary, index, lang)))


def method_parts(summary: Summary, index: int, lang: str) -> tuple[str, str]:
    """Return the name of a method, and its version as it is shown beside it."""
    method = summary.scores[index].method
    return method.label[lang], f"v{method.version}" if method.version else ""


def sentences(summary: Summary, settings: Settings) -> Iterator[str]:
    """Yield what an audit comes to, a sentence each: the whole, what is found most, what would win most."""
    zh = settings.lang == "zh-TW"
    share = percent(clean_share(summary.datasets, summary.clean))
    if not summary.datasets:
        yield "沒有讀到任何資料集。" if zh else "No datasets were read."
        return
    if zh:
        minor = f"，{summary.minor:,} 個只有建議" if summary.minor else ""
        yield f"{summary.datasets:,} 個資料集中，{summary.clean:,} 個（{share}）沒有任何問題{minor}。"
    else:
        minor = f", {summary.minor:,} nothing worse than an info" if summary.minor else ""
        yield f"Of {summary.datasets:,} datasets, {summary.clean:,} ({share}) have no problem at all{minor}."
    found = [row for row in summary.rules if row.datasets]  # what is wrong with a file itself is no dataset's
    if found:
        yield _most_found(found[0], settings)
    safe = sum(row.safe for row in summary.rules)
    look = sum(row.fixable for row in summary.rules) - safe
    if safe or look:
        zh_, en_ = f"可自動修正的有 {safe:,} 個問題", f"{safe:,} problems can be mended automatically"
        zh_ += f"，另有 {look:,} 個有建議值，請確認後採用。" if look else "。"
        en_ += f", {look:,} more have a proposal that needs a look." if look else "."
        yield zh_ if zh else en_
    yield from (_best_gap(some[0], summary, settings.lang) for some in by_method(summary.gaps))
    yield from _reach(summary, zh=zh)


def _most_found(row: RuleRow, settings: Settings) -> str:
    told = demand(row.rule, settings)
    if settings.lang == "zh-TW":
        name = f"「{told}」（{row.rule}）" if told else f" {row.rule}"
        return f"最多的問題是不符合{name}：{row.datasets:,} 個資料集，共 {row.problems:,} 個。"
    name = f"{row.rule} ({told})" if told else row.rule
    return f"What fails most: {name}, {row.problems:,} times in {row.datasets:,} datasets."


def _best_gap(gap: Gap, summary: Summary, lang: str) -> str:
    name, method = gap_name(gap, summary, lang), method_name(summary, gap.method, lang)
    if lang == "zh-TW":
        return f"{method} 補足後加分最多的是「{name}」：{gap.datasets:,} 個資料集，共 {number(gap.points)} 分。"
    return f"{method}, what would win most: {name}, {number(gap.points)} points over {gap.datasets:,} datasets."


def _reach(summary: Summary, *, zh: bool) -> Iterator[str]:
    """Yield the warning that scores say little, where of a method's points but few could be evaluated."""
    little = sorted(one.reach for one in summary.scores if one.reach is not None and one.reach < _LITTLE)
    if not little:
        return
    least, most = percent(little[0]), percent(little[-1])
    if zh:
        span = least if least == most else f"{least} 到 {most}"
        yield f"只評得到全部分數的 {span}：平均分數高，不代表沒有評到的部分也好。"
    else:
        span = least if least == most else f"{least} to {most}"
        yield f"Only {span} of the points could be evaluated: a high mean says nothing of the rest."
