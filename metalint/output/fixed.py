"""What was mended, for people: by file and rule, what is left, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from metalint.fixing import Fixed
from metalint.output.settings import Settings
from metalint.pointers import pointer_text
from metalint.terminal import cut, paint, safe

LEFT = 10  # fixes that could not be written, of which each is told


def render(
    files: Sequence[Fixed], settings: Settings, *, done: bool, stopped: bool = False, keywords: bool = False
) -> Iterator[str]:
    """Yield what came of the files; `done`: they were written, else it is what would come of them.

    `stopped`: there were more. `keywords`: what was added are suggested keywords.
    """
    zh, on = settings.lang == "zh-TW", settings.color
    for one in files:
        if one.rules and one.why is None:
            yield paint(safe(one.path), "bold", on=on) + (f" → {safe(one.written)}" if _moved(one) else "") + "\n"
            yield from _rules(one, settings)
        yield from _left(one, settings)
    if stopped:
        yield (
            "中斷：以下是已處理的檔案，其餘沒有動。\n"
            if zh
            else "Interrupted: this was done; no other file was touched.\n"
        )
    total: Counter[str] = Counter()
    for one in files:
        if one.why is None:
            total.update(one.rules)
    changed = [one for one in files if one.rules and one.why is None]
    records, fixes, unsafe = sum(one.records for one in changed), total.total(), sum(one.unsafe for one in files)
    files_, unread = len(changed), sum(one.unread for one in files)
    if keywords:
        yield _added(fixes, records, files_, zh=zh, done=done)
    elif zh:
        said = f"{'修正了' if done else '可修正'} {files_:,} 個檔案、{records:,} 筆紀錄的 {fixes:,} 個問題。"
        yield (said if fixes else "沒有可自動修正的問題。") + "\n"
        if unsafe:
            yield f"另有 {unsafe:,} 個建議值需人工確認：加 --unsafe 一併套用，或先用 --unsafe --diff 查看。\n"
    else:
        word = "Fixed" if done else "Would fix"
        said = f"{word} {_count(fixes, 'problem')} in {_count(records, 'record')} of {_count(files_, 'file')}."
        yield (said if fixes else "Nothing to fix by itself.") + "\n"
        if unsafe:
            more = _count(unsafe, "more fix needs", "more fixes need")
            yield f"{more} a look: --unsafe makes them, --unsafe --diff shows them.\n"
    if unread:
        what = _count(unread, "record")
        en = (
            f"{what} could not be read and stayed as {'it is' if unread == 1 else 'they are'}: metalint check says why."
        )
        yield (f"{unread:,} 筆紀錄無法讀取，原樣未動；用 metalint check 看原因。" if zh else en) + "\n"


def _added(keywords: int, records: int, files: int, *, zh: bool, done: bool) -> str:
    if not keywords:
        return "沒有要補的關鍵字。\n" if zh else "No keywords to add.\n"
    if zh:
        return f"{'加上了' if done else '可加上'} {keywords:,} 個關鍵字（{files:,} 個檔案、{records:,} 筆紀錄）。\n"
    what = f"{_count(keywords, 'keyword')} to {_count(records, 'record')} of {_count(files, 'file')}"
    return f"{'Added' if done else 'Would add'} {what}.\n"


def _rules(one: Fixed, settings: Settings) -> Iterator[str]:
    rows = sorted(one.rules.items(), key=lambda row: (-row[1], row[0]))
    digits = max(len(f"{count:,}") for _, count in rows)
    for rule, count in rows:
        summary = settings.summaries.get(rule)
        what = summary[settings.lang] if summary is not None else ""
        yield cut(f"  {count:>{digits},}  {rule}  {what}".rstrip(), settings.width) + "\n"


def _left(one: Fixed, settings: Settings) -> Iterator[str]:
    """Yield the fixes that could not be written, and why a file was left alone."""
    zh = settings.lang == "zh-TW"
    if one.why is not None and not one.failed:
        yield paint(f"{safe(one.path)}: {safe(one.why[settings.lang])}", "warning", on=settings.color) + "\n"
    for problem in one.left[:LEFT]:
        place = f"{safe(one.path)}:{problem.line}:{problem.column}"
        where = f"{place} {safe(problem.record)} {safe(pointer_text(problem.pointer))}"
        why = "這裡無法只改這個值而不動其他內容" if zh else "cannot be written here without touching something else"
        yield f"{where}: {problem.rule}: {why}\n"
    if len(one.left) > LEFT:
        more = len(one.left) - LEFT
        yield (
            f"{safe(one.path)}：還有 {more:,} 個無法寫入\n"
            if zh
            else f"{safe(one.path)}: {more:,} more cannot be written\n"
        )


def _moved(one: Fixed) -> bool:
    return bool(one.written) and one.written != one.path


def _count(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or one + 's'}"
