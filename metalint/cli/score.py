"""`metalint score`: how good the metadata is by each method, and what would win most points."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from metalint.cli.console import LANGS, colored, columns, language, listed, refusal, say
from metalint.cli.files import Files, complain, reading
from metalint.cli.helps import told

_FORMATS = ("table", "json", "csv")
_BY = ("indicator", "dataset", "agency")
_TEXTS = {
    "score": (
        (
            "替檔案、資料夾或標準輸入（-）裡的資料集評分，說明分數從哪裡來、補什麼得分最多。\n\n"
            "評分方法：tw-quality（品質標章與 2015 年標準）、mqa（歐盟 405 分）、findability（好找程度）、"
            "high-value（高應用價值主題）。分數是得分除以可評的分數：要連線才知道的、檔案沒有匯出的欄位都不評。"
            "不超過三筆時逐筆列出。"
        ),
        (
            "Score the datasets in files, folders or standard input (-); say where the points come from, and what "
            "would win most.\n\n"
            "Methods: tw-quality (the quality badge and the 2015 standard), mqa (the EU's 405 points), findability, "
            "high-value (themes). A score is what was earned of what could be evaluated: what needs the network, and "
            "fields that a file does not export, are not. Up to three datasets are shown one by one."
        ),
    ),
    "short": ("評分，並列出補什麼得分最多。", "Score, and say what would win most points."),
    "method": ("只用這些方法。", "These methods only."),
    "by": ("依指標、資料集或機關列出。[indicator]", "List by indicator, dataset or agency. [indicator]"),
    "rows": ("最多列出 N 列；0 為全部。（table）[40]", "Show at most N rows; 0: all. (table) [40]"),
}


@click.command(help=told("score", _TEXTS), short_help=told("short", _TEXTS))
@reading
@click.option("--method", "-m", "names", multiple=True, metavar="NAME", help=told("method", _TEXTS))
@click.option("--by", type=click.Choice(_BY), default="indicator", help=told("by", _TEXTS))
@click.option("--max-rows", type=click.IntRange(0), default=40, metavar="N", help=told("rows", _TEXTS))
@click.option("--output-format", "-f", type=click.Choice(_FORMATS), default="table", help=told("output-format"))
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help=told("today"))
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help=told("color"))
def score(
    files: Files,
    names: tuple[str, ...],
    by: str,
    max_rows: int,
    output_format: str,
    today: datetime | None,
    lang: str | None,
    color: str,
) -> int:
    """Score, and return the exit code."""
    from metalint import __version__, scoring
    from metalint.output import scores
    from metalint.output.settings import Settings
    from metalint.run import CannotRun

    lang = language(lang)
    options = files.options(lang)._replace(today=today.date() if today else None)
    on = sys.stdout is not None and colored(color, sys.stdout)
    settings = Settings(lang, on, columns(), max_problems=max_rows, version=__version__)
    try:
        ask = scoring.wanted(listed(names))
        kept = None if by == "dataset" else scores.FEW + 1
        board = scoring.board(scoring.score(files.paths, options, ask), ask, kept)
    except CannotRun as error:
        raise refusal(error, lang) from error
    say(scores.FORMATS[output_format](board, by, settings), machine=output_format != "table")
    return complain(board.unread, lang)
