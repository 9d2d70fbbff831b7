"""`metalint explain`, `metalint rules`, `metalint platforms`: what is demanded, of whom, and why."""

from __future__ import annotations

import json
import sys

import click

from metalint.cli.console import LANGS, colored, language, say
from metalint.cli.helps import told

_FORMATS = click.Choice(["text", "json", "markdown"])
_LANG = click.option("--lang", type=click.Choice(LANGS), help=told("lang"))
_RULES = click.option("--rules", "rule_dirs", multiple=True, metavar="DIR", help=told("rules-dir"))
_FORMAT = click.option("--output-format", "-f", type=_FORMATS, default="text", help=told("output-format"))


@click.command(help=told("explain"), short_help=told("explain-short"))
@click.argument("names", nargs=-1, required=True, metavar="RULE…")
@_LANG
@_RULES
@_FORMAT
def explain(names: tuple[str, ...], lang: str | None, rule_dirs: tuple[str, ...], output_format: str) -> int:
    """Say what a rule demands, why, who says so, with examples; RULE is a name or a family."""
    from metalint import api
    from metalint.output import pages

    lang = language(lang)
    options = api.Options(rule_dirs=rule_dirs, lang=lang)
    try:
        known = [rule.id for rule in api.rules(options)]
        chosen = [rule for name in names for rule in _of_family(name, known) or [name]]
        explained = [api.explain(name, options) for name in chosen]
    except api.CannotRun as error:
        raise click.UsageError(error.texts[lang]) from error
    if output_format == "json":
        say([json.dumps([pages.as_data(one) for one in explained], ensure_ascii=False, indent=2) + "\n"], machine=True)
        return 0
    on = output_format == "text" and colored("auto", sys.stdout)
    for number, one in enumerate(explained):
        say([("\n" if number else "") + pages.explanation(one, lang, color=on, markdown=output_format == "markdown")])
    return 0


@click.command(help=told("rules"), short_help=told("rules-short"))
@click.argument("families", nargs=-1, metavar="[FAMILY]…")
@_LANG
@_RULES
@_FORMAT
def rules(families: tuple[str, ...], lang: str | None, rule_dirs: tuple[str, ...], output_format: str) -> int:
    """List the rules, all or of some families; those in brackets are off by default."""
    from metalint import api
    from metalint.output import pages

    lang = language(lang)
    try:
        found = api.rules(api.Options(rule_dirs=rule_dirs, lang=lang))
    except api.CannotRun as error:
        raise click.UsageError(error.texts[lang]) from error
    chosen = [rule for rule in found if not families or any(rule.id in _of_family(f, [rule.id]) for f in families)]
    if not chosen:
        all_families = ", ".join(dict.fromkeys(rule.id.split("/")[0] for rule in found))
        raise click.UsageError(
            f"沒有這個類別；有：{all_families}" if lang == "zh-TW" else f"no such family; there is: {all_families}"
        )
    if output_format == "json":
        say([json.dumps([pages.rule_data(rule) for rule in chosen], ensure_ascii=False, indent=2) + "\n"], machine=True)
    else:
        on = output_format == "text" and colored("auto", sys.stdout)
        say([pages.rule_list(chosen, lang, color=on, markdown=output_format == "markdown")])
    return 0


@click.command(help=told("platforms"), short_help=told("platforms-short"))
@click.argument("names", nargs=-1, metavar="[NAME]…")
@_LANG
@click.option("--platform-dir", "platform_dirs", multiple=True, metavar="DIR", help=told("platform-dir"))
@_FORMAT
def platforms(names: tuple[str, ...], lang: str | None, platform_dirs: tuple[str, ...], output_format: str) -> int:
    """List the platforms; with NAME, what it calls each field and where its demands come from."""
    import difflib

    from metalint import api
    from metalint.output import pages

    lang = language(lang)
    try:
        found = {one.name: one for one in api.all_platforms(api.Options(platform_dirs=platform_dirs, lang=lang))}
    except api.CannotRun as error:
        raise click.UsageError(error.texts[lang]) from error
    for name in names:
        if name not in found:
            near = ", ".join(difflib.get_close_matches(name, found, 3, 0.4) or found)
            raise click.UsageError(
                f"沒有平臺 {name}；有：{near}" if lang == "zh-TW" else f"no platform {name}; there is: {near}"
            )
    chosen = [found[name] for name in names or found]
    if output_format == "json":
        say(
            [json.dumps([pages.platform_data(one) for one in chosen], ensure_ascii=False, indent=2) + "\n"],
            machine=True,
        )
    else:
        on = output_format == "text" and colored("auto", sys.stdout)
        say([pages.platform_list(chosen, lang, color=on, whole=bool(names), markdown=output_format == "markdown")])
    return 0


def _of_family(name: str, known: list[str]) -> list[str]:
    return [rule for rule in known if rule == name or rule.startswith(name.rstrip("/") + "/")]
