"""The kinds of check, by name: what rule files may say after `check:`."""

from __future__ import annotations

from collections.abc import Mapping

from metalint.checks import (
    agree,
    alike,
    bounds,
    brackets,
    characters,
    columns,
    count,
    date,
    fresh,
    future,
    generic,
    interval,
    length,
    matches,
    member,
    mixed,
    order,
    pattern,
    present,
    repeated,
    requires,
    script,
    series,
    some,
    spacing,
    unique,
    url,
    variant,
)
from metalint.checks.kinds import Check

# mypy holds every module to the protocol here, at its place in the table.
CHECKS: Mapping[str, Check] = {
    "agree": agree,
    "alike": alike,
    "bounds": bounds,
    "brackets": brackets,
    "characters": characters,
    "columns": columns,
    "count": count,
    "date": date,
    "fresh": fresh,
    "future": future,
    "generic": generic,
    "interval": interval,
    "length": length,
    "matches": matches,
    "member": member,
    "mixed": mixed,
    "order": order,
    "pattern": pattern,
    "present": present,
    "repeated": repeated,
    "requires": requires,
    "script": script,
    "series": series,
    "some": some,
    "spacing": spacing,
    "unique": unique,
    "url": url,
    "variant": variant,
}
