"""`metalint train` and `metalint evaluate`: from catalogues with keywords to a model, and how good it is."""

from __future__ import annotations

from collections.abc import Mapping

import click

from metalint.cli.console import LANGS, language, say
from metalint.cli.files import Files, complain, reading
from metalint.cli.helps import told

_SPLITS = ("series", "portal", "random")
_HEAD = ("", "records", "F1@5", "F1", "95 %", "lenient", "precision", "R@10", "nDCG@10", "calibration")


@click.command(help=told("train"), short_help=told("train-short"))
@reading
@click.option("--output", "-o", required=True, metavar="MODEL", help=told("train-output"))
@click.option("--background", multiple=True, metavar="FILE", help=told("background"))
@click.option("--force", is_flag=True, help=told("force"))
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
def train(
    files: Files,
    output: str,
    background: tuple[str, ...],
    force: bool,
    lang: str | None,
) -> int:
    """Train, and return the exit code."""
    from metalint import enriching
    from metalint.run import CannotRun

    lang = language(lang)
    options = files.options(lang)
    try:
        done = enriching.train(files.paths, options, output, background, force=force)
    except CannotRun as error:
        raise click.UsageError(error.texts[lang]) from error
    say(_table(done.card["metrics"]))
    code = complain(done.unread, lang)
    if done.worse:
        kept = (
            f"舊模型較好，予以保留：{output}" if lang == "zh-TW" else f"the older model is better and stays: {output}"
        )
        click.echo(f"metalint: {kept} ({', '.join(done.worse)})", err=True)
        return 1
    return code


@click.command(help=told("evaluate"), short_help=told("evaluate-short"))
@reading
@click.option("--split", type=click.Choice(_SPLITS), default="series", help=told("split"))
@click.option("--background", multiple=True, metavar="FILE", help=told("background"))
@click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
def evaluate(
    files: Files,
    split: str,
    background: tuple[str, ...],
    lang: str | None,
) -> int:
    """Evaluate, and return the exit code."""
    from metalint import enriching
    from metalint.run import CannotRun

    lang = language(lang)
    options = files.options(lang)
    try:
        done = enriching.evaluate(files.paths, options, background, split)
    except CannotRun as error:
        raise click.UsageError(error.texts[lang]) from error
    say(_table(done.card["metrics"]))
    return complain(done.unread, lang)


def _table(metrics: Mapping[str, Mapping[str, float]]) -> list[str]:
    rows = [
        (
            name,
            f"{one['records']:.0f}",
            f"{one['f1_five']:.3f}",
            f"{one['f1']:.3f}",
            f"{one['low']:.3f}–{one['high']:.3f}",
            *(f"{one[key]:.3f}" for key in ("lenient", "precision", "recall_ten", "ndcg_ten", "calibration")),
        )
        for name, one in metrics.items()
    ]
    widths = [max(len(row[at]) for row in (_HEAD, *rows)) for at in range(len(_HEAD))]
    return [
        "  ".join(
            cell.ljust(size) if not at else cell.rjust(size)
            for at, (cell, size) in enumerate(zip(row, widths, strict=True))
        )
        + "\n"
        for row in (_HEAD, *rows)
    ]
