"""What the tables of scores say, and how they are laid out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from metalint.model import Texts
from metalint.output.settings import Settings
from metalint.scores.kinds import Method
from metalint.scores.methods import rating
from metalint.terminal import paint, width

_SAID = {
    "datasets": Texts("{count:,} 個資料集", "{count:,} datasets"),
    "nothing": Texts("沒有資料集可評。", "No dataset to score."),
    "method": Texts("{label}（{id} 第 {version} 版）", "{label} ({id}, version {version})"),
    "mean": Texts(
        "平均 {share}{rating}：{judged:,} 個資料集可評，{all:g} 分中最多可評 {most:g} 分",
        "mean {share}{rating}: {judged:,} datasets could be evaluated, at most {most:g} of {all:g} points",
    ),
    "one": Texts(
        "{share}{rating}：得 {earned:g} 分，{all:g} 分中可評 {possible:g} 分",
        "{share}{rating}: {earned:g} points; {possible:g} of {all:g} could be evaluated",
    ),
    "unjudged": Texts(
        "沒有一項可評（檔案不屬於這個方法的平臺，或沒有匯出它要看的欄位）",
        "nothing could be evaluated (the file is of no platform of this method, or exports none of its fields)",
    ),
    "full": Texts("全部得分：{names}", "Earned by all: {names}"),
    "earned": Texts("得分：{names}", "Earned: {names}"),
    "never": Texts(
        "未評（要連線才知道、平臺或檔案沒有這個欄位，或從這筆看不出來）：{names}",
        "Not evaluated (needs the network, no such field here, or this record cannot tell): {names}",
    ),
    "themes": Texts("高應用價值主題（high-value）", "High-value themes (high-value)"),
    "evidence": Texts("{label}（{names}）", "{label} ({names})"),
    "of-method": Texts("{method} {names}", "{method} {names}"),
    "left": Texts("…另有 {count:,} 列（--max-rows 0 全部列出）", "… and {count:,} more (--max-rows 0 shows all)"),
    "no-theme": Texts("看不出屬於哪個主題", "none, as far as its words tell"),
    "unnamed": Texts("（沒有提供機關）", "(no agency)"),
    "nameless": Texts("（沒有名稱）", "(no title)"),
}
_HEADS = {
    "gap": Texts("可多得 未得分 未評 每筆 指標 怎麼做", "gain missed unasked each indicator help"),
    "missed": Texts("分數 指標 怎麼做", "points indicator help"),
    "dataset": Texts("紀錄 名稱 主題 未得分", "record title themes missed"),
    "agency": Texts("資料集 提供機關 補什麼得分最多", "datasets agency gain"),
    "theme": Texts("資料集 主題", "datasets theme"),
}


def said(name: str, lang: str, **details: object) -> str:
    """Return a sentence with its details."""
    return _SAID[name][lang].format(**details)


def heads(name: str, lang: str) -> list[str]:
    """Return the heads of a table's columns."""
    return _HEADS[name][lang].split()


def head(method: Method, settings: Settings) -> str:
    """Return a method's name and version."""
    label = method.label[settings.lang]
    return bold(said("method", settings.lang, label=label, id=method.id, version=method.version), settings)


def word(method: Method, share: float | None) -> Texts:
    """Return the word that a method has for a share; empty where it has none."""
    return rating(method, share) or Texts("", "")


def rated(method: Method, share: float, lang: str) -> str:
    """Return a method's word for a share, in brackets; empty where it has none."""
    text = word(method, share)[lang]
    return (f"（{text}）" if lang == "zh-TW" else f" ({text})") if text else ""


def number(value: float) -> str:
    """Return points or datasets for people."""
    return f"{value:,.0f}" if value % 1 == 0 else f"{value:,.1f}"


def percent(share: float | None) -> str:
    """Return a share for people; a dash where there is none."""
    return "–" if share is None else f"{share:.1%}"


def joined(names: Sequence[str], lang: str) -> str:
    """Return names as a sentence lists them."""
    return ("、" if lang == "zh-TW" else ", ").join(names)


def named(name: str, labels: Sequence[str], settings: Settings) -> Iterator[str]:
    """Yield a sentence that lists some indicators, if there are any."""
    if labels:
        text = said(name, settings.lang, names=joined(labels, settings.lang))
        yield paint(f"  {text}", "dim", on=settings.color) + "\n"


def left(count: int, settings: Settings) -> Iterator[str]:
    """Yield how many lines are left out, if there are any."""
    if count > 0:
        yield said("left", settings.lang, count=count) + "\n"


def bold(text: str, settings: Settings) -> str:
    """Return a text that stands out."""
    return paint(text, "bold", on=settings.color)


def grid(lines: Sequence[Sequence[str]], sides: str, settings: Settings) -> Iterator[str]:
    """Yield lines with their cells in columns, `r` to the right, `l` to the left; the first line is a head."""
    widest = [max(width(line[at]) for line in lines) for at in range(len(sides))]
    for at, line in enumerate(lines):
        cells = []
        for text, size, side in zip(line, widest, sides, strict=True):
            gap = " " * (size - width(text))
            cells.append(gap + text if side == "r" else text + gap)
        row = "  " + "  ".join(cells).rstrip()
        yield (paint(row, "dim", on=settings.color) if not at else row) + "\n"
