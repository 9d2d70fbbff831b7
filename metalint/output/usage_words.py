"""Usage in words: periods, gaps, and the sentences that stand over every table of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from metalint.output import places
from metalint.usage.periods import Period
from metalint.usage.result import Usage

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_RUN = 3  # periods from which on a run of them is told by its first and last


def period(one: Period, lang: str) -> str:
    """Return a period as it is said: 2018 年 7 月, July 2018."""
    if not one.month:
        return f"{one.year} 年" if lang == "zh-TW" else str(one.year)
    return f"{one.year} 年 {one.month} 月" if lang == "zh-TW" else f"{_MONTHS[one.month - 1]} {one.year}"


def span(first: Period, last: Period, lang: str) -> str:
    """Return a stretch of time: 2018 年 7 月至 10 月, July to October 2018."""
    if first == last:
        return period(first, lang)
    if lang == "zh-TW":
        end = f"{last.month} 月" if last.month and first.year == last.year else period(last, lang)
        return f"{period(first, lang)}至 {end}"
    start = _MONTHS[first.month - 1] if first.month and first.year == last.year else period(first, lang)
    return f"{start} to {period(last, lang)}"


def listed(periods: Sequence[Period], lang: str) -> str:
    """Return periods in words: 2018 年 11、12 月; November and December 2018; a whole year as such."""
    if not periods or not periods[0].month:
        return _years([one.year for one in periods], lang)
    said = []
    for long, some in groupby(_stretches(periods), lambda run: len(run) >= _RUN and run[0].year < run[-1].year):
        if long:
            said += [span(run[0], run[-1], lang) for run in some]
        else:
            rest = groupby((one for run in some for one in run), lambda one: one.year)
            said += [_year(year, [one.month for one in months], lang) for year, months in rest]
    return ("，" if lang == "zh-TW" else "; ").join(said)


def missing(periods: Sequence[Period], lang: str) -> str:
    """Return the sentence that names gaps: 缺 2018 年 11、12 月; November and December 2018 are missing."""
    if lang == "zh-TW":
        return f"缺 {listed(periods, lang)}"
    whole = len(periods) == 12 and len({one.year for one in periods}) == 1
    return f"{listed(periods, lang)} {'is' if len(periods) == 1 or whole else 'are'} missing"


def head(usage: Usage, lang: str) -> Iterator[str]:
    """Yield the sentences that say what was counted, what it means, and what is not in it."""
    zh = lang == "zh-TW"
    views, downloads = (_sum(values) for values in zip(*((u.views, u.downloads) for u in usage.datasets), strict=True))
    when = _when(usage, lang)
    count, agencies = len(usage.datasets), sum(bool(one.name) for one in usage.agencies)
    if zh:
        yield f"{count:,} 個資料集、{agencies:,} 個機關：瀏覽 {views} 次、下載 {downloads} 次（{when}）。"
    else:
        yield f"Datasets: {count:,}; agencies: {agencies:,}; views: {views}; downloads: {downloads} ({when})."
    yield from _of_whom(usage, zh=zh)
    yield from _unused(usage, zh=zh)
    if usage.missing:
        yield missing(usage.missing, lang) + ("。" if zh else ".")
    if usage.agency and usage.others:
        others = listed(usage.others, lang)
        yield f"{others}有其他機關的統計，沒有這些機關的。" if zh else f"Only other agencies have figures for {others}."
    yield from _broken(usage, zh=zh)
    yield from _kind(usage, zh=zh)
    yield from _apart(usage, zh=zh)
    yield from _joined(usage, lang)


def _when(usage: Usage, lang: str) -> str:
    zh = lang == "zh-TW"
    if not usage.periods:
        return "未註明日期，視為累計數" if zh else "no date is told; taken as counters"
    first, last = usage.periods[0], usage.periods[-1]
    if usage.kind == "periodic":
        return span(first, last, lang)
    if usage.gained:
        time = span(first, last, lang)
        return f"{time}累計數的增加" if zh else f"what the counters gained, {time}"
    if usage.kind == "snapshot":
        return f"{period(last, lang)}，視為累計數" if zh else f"{period(last, lang)}, taken as counters"
    shown = [one for one, there in zip(usage.periods, usage.present, strict=True) if there]
    at = period(shown[-1] if shown else last, lang)
    return f"截至 {at}的累計數" if zh else f"counters as of {at}"


def _of_whom(usage: Usage, *, zh: bool) -> Iterator[str]:
    """Yield which agencies were asked for."""
    if usage.agency and zh:
        yield f"只列提供機關名稱含{'或'.join(f'「{text}」' for text in usage.agency)}的資料集。"
    elif usage.agency:
        names = " or ".join(f"“{text}”" for text in usage.agency)
        yield f"Only datasets of agencies with {names} in their names."


def _unused(usage: Usage, *, zh: bool) -> Iterator[str]:
    """Yield how many are not downloaded or viewed; of what no dataset has figures for, nothing."""
    count = len(usage.datasets)
    never, unseen, unknown, unread = (
        sum(figure == wanted for figure in figures)
        for wanted in (0, None)
        for figures in ([use.downloads for use in usage.datasets], [use.views for use in usage.datasets])
    )
    none_zh, neither_zh = ("從未下載", "從未瀏覽") if usage.ever else ("這段期間未下載", "未瀏覽")
    none_en, neither_en = (
        ("Never downloaded", "never viewed") if usage.ever else ("Not downloaded in this time", "not viewed")
    )
    said = []
    if unknown < count:
        share = f"{never / count:.1%}"
        said.append(f"{none_zh} {never:,} 個（{share}）" if zh else f"{none_en}: {never:,} ({share})")
    if unread < count:
        said.append(f"{neither_zh} {unseen:,} 個" if zh else f"{neither_en}: {unseen:,}")
    if not said:
        return
    told = ""
    if 0 < unknown < count:
        told = f"；下載次數不明 {unknown:,} 個" if zh else f"; of {unknown:,} the downloads are not known"
    whole = ("，" if zh else "; ").join(said) + told
    yield f"{whole}。" if zh else f"{whole[0].upper()}{whole[1:]}."


def _broken(usage: Usage, *, zh: bool) -> Iterator[str]:
    """Yield how many series have gaps of their own; counters of what is gone are in the sums."""
    broken = [use for use in usage.datasets if use.missing]
    if not broken:
        return
    gone = sum(use.gone for use in broken)
    summed = gone and usage.kind == "cumulative" and not usage.gained
    if zh:
        more = "，以最後一次的數字計入" if summed else ""
        yield f"{len(broken):,} 個資料集的統計有缺期，其中 {gone:,} 個在最後一期已沒有數字{more}。"
    else:
        more = ", which count as last read" if summed else ""
        yield f"Datasets with gaps in their series: {len(broken):,}; {gone:,} without figures in the last period{more}."


def unused(lang: str, *, ever: bool) -> str:
    """Return what datasets without a download are called: never downloaded, or not in a stretch of time."""
    if lang == "zh-TW":
        return "從未下載" if ever else "未下載"
    return "never downloaded" if ever else "not downloaded"


def _kind(usage: Usage, *, zh: bool) -> Iterator[str]:
    """Yield what the figures were taken for."""
    if not usage.assumed:
        return
    all_zh, all_en = ("所有機關", " of all agencies") if usage.agency else ("", "")
    seen_zh = f"{all_zh}各期之間 {usage.rises:,} 次增加、{usage.falls:,} 次減少"
    seen_en = f"between periods {usage.rises:,} figures{all_en} rose and {usage.falls:,} fell"
    if usage.kind == "cumulative":
        yield (
            f"數字視為累計數（{seen_zh}）；若是各期當期的次數，請加 --monthly。"
            if zh
            else f"Taken as counters ({seen_en}); if each figure is of its period alone, say --monthly."
        )
    else:
        yield (
            f"數字視為各期當期的次數（{seen_zh}）；若是累計數，請加 --cumulative。"
            if zh
            else f"Taken as counts of each period ({seen_en}); if they are counters, say --cumulative."
        )


def _apart(usage: Usage, *, zh: bool) -> Iterator[str]:
    """Yield what became of rows that are not simply datasets."""
    if usage.listed and any(usage.asked):
        yield (
            f"只列這段期間上架的資料集；其他 {usage.outside:,} 個不在內。"
            if zh
            else f"Only datasets listed in the time that was asked for; {usage.outside:,} others are not."
        )
    elif usage.outside:
        yield (
            f"{usage.outside:,} 個資料集在這段期間沒有數字。"
            if zh
            else f"{usage.outside:,} datasets have no figures in this time."
        )
    if usage.twins:
        yield (
            f"{usage.twins:,} 筆與同一檔案的另一筆名稱、機關（或識別碼）都相同，各自計算。"
            if zh
            else "Rows with the title and agency (or the identifier) of another one in the same file, each counted by "
            f"itself: {usage.twins:,}."
        )
    if usage.replaced:
        yield (
            f"{usage.replaced:,} 筆與另一個檔案同一期的同一資料集重複，以後讀的檔案為準。"
            if zh
            else f"Rows of a dataset and period that a later file has too, which counts instead: {usage.replaced:,}."
        )
    if usage.renamed:
        yield (
            f"{usage.renamed:,} 個資料集換了提供機關（名稱相同，前後相接），視為同一個資料集。"
            if zh
            else "Datasets that go on under another agency's name (the same title, from one list to the next), each "
            f"taken as one: {usage.renamed:,}."
        )
    if usage.sums:
        yield f"{usage.sums:,} 筆合計未計入。" if zh else f"Rows that add up others are left out: {usage.sums:,}."


def _joined(usage: Usage, lang: str) -> Iterator[str]:
    zh = lang == "zh-TW"
    if usage.unjoined is not None:
        yield usage.unjoined[lang] + ("。" if zh else ".")
    if usage.joined is not None and usage.joined.absent:
        found, absent = usage.joined.found, usage.joined.absent
        files = ("、" if zh else ", ").join(places.relative(path) for path in usage.joined.paths)
        yield (
            f"詮釋資料的問題取自 {files}：對得上 {found:,} 個資料集，對不上 {absent:,} 個。"
            if zh
            else f"Problems are those of {files}, where {found:,} datasets are found and {absent:,} are not."
        )


def _year(year: int, months: Sequence[int], lang: str) -> str:
    zh = lang == "zh-TW"
    if len(months) == 12:
        return f"{year} 年全年" if zh else f"all of {year}"
    if zh:
        whole = "、".join(f"{a}" if a == b else f"{a} 至 {b}" for a, b in _runs(months))
        return f"{year} 年 {whole} 月"
    said = [_MONTHS[a - 1] if a == b else f"{_MONTHS[a - 1]} to {_MONTHS[b - 1]}" for a, b in _runs(months)]
    return f"{_and(said)} {year}"


def _years(years: Sequence[int], lang: str) -> str:
    zh = lang == "zh-TW"
    said = [str(a) if a == b else f"{a} 至 {b}" if zh else f"{a} to {b}" for a, b in _runs(years)]
    return "、".join(said) + " 年" if zh else _and(said)


def _stretches(months: Sequence[Period]) -> Iterator[list[Period]]:
    """Yield the runs of months without a gap, over the ends of years too."""
    for _, some in groupby(enumerate(months), lambda one: one[1].year * 12 + one[1].month - one[0]):
        yield [month for _, month in some]


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run that is long enough to be told so, and each other number twice."""
    for _, some in groupby(enumerate(numbers), lambda one: one[1] - one[0]):
        run = [number for _, number in some]
        if len(run) >= _RUN:
            yield run[0], run[-1]
        else:
            yield from ((number, number) for number in run)


def _and(said: Sequence[str]) -> str:
    return said[0] if len(said) == 1 else ", ".join(said[:-1]) + " and " + said[-1]


def _sum(values: Sequence[int | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known):,}" if known else "—"
