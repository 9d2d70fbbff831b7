"""The sieve lets no record go that is not clean: with it and without it, the same problems, the same keys."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linting import OWN, all_rules, lexicon, lint_file

from metalint.engine import Plan, Setting
from metalint.fields import FIELDS, Place
from metalint.formats import jsonl
from metalint.model import Extras, Json, Problem, Slice, Texts
from metalint.platforms import Platform
from metalint.reasons import explain
from metalint.shipped import shipped

TODAY = date(2026, 1, 1)
SAMPLES = sorted(
    path
    for folder in ("sample", "platforms")
    for path in (Path(__file__).parent / folder).iterdir()
    if path.suffix in (".json", ".csv", ".yaml")
)
# A platform with joined cells and two places for a field, as the portals' lists have them.
JOINED = Platform(
    "joined",
    Texts("", ""),
    (),
    {name: (Place((name,)),) for name in FIELDS if "." not in name and name not in ("keyword", "distribution")}
    | {
        "keyword": (Place(("keyword",), "words"), Place(("tags", "*"))),
        "distribution.format": (Place(("format",), "list"),),
        "distribution.downloadURL": (Place(("url",), "urls"),),
        "distribution.encoding": (Place(("encoding",), "list"), Place(("encodings",), "list")),
    },
)


RULES = tuple(rule._replace(platforms=()) for rule in all_rules())
ODD: tuple[Json, ...] = (
    "",
    " ",
    "\u3000",
    "\n",
    None,
    0,
    7,
    2.5,
    True,
    False,
    [],
    {},
    [""],
    ["", "公園"],
    [["公園"]],
    {"a": "b"},
)


def plan(platform: Platform, *, sifts: bool) -> Plan:
    setting = Setting(RULES, platform, "jsonl", "x.jsonl", "en", None, "rs", TODAY, lexicon(), Extras(excerpts=False))
    made = Plan(setting, jsonl)
    assert made._sieve is not None
    if not sifts:
        made._sieve = None
    return made


PLANS = {platform.name: (plan(platform, sifts=True), plan(platform, sifts=False)) for platform in (OWN, JOINED)}


def told(plan: Plan, records: Sequence[Json], together: int) -> tuple[list[Problem], list[list[str | None]]]:
    """Return the problems of some records, and their keys for each rule over the whole file."""
    pieces = [Slice(number, json.dumps(record), number) for number, record in enumerate(records, 1)]
    linted = [plan.lint(pieces[at : at + together]) for at in range(0, len(pieces), together)]
    keys = [[key for some in linted for key in some.keys[rule]] for rule in range(len(plan.whole))]
    return [problem for some in linted for problem in some.problems], keys


@cache
def examples() -> tuple[dict[str, Json], ...]:
    """Return the records of all rules' examples, good and bad."""
    explained = [explain([shipped("rules")], rule.id) for rule in RULES]
    records = [example.record for one in explained for example in (*one.good, *one.bad)]
    flat = [record for one in records for record in (one if isinstance(one, list) else [one])]
    return tuple(record for record in flat if isinstance(record, dict))


def values() -> dict[str, list[Json]]:
    """Return what the examples have at each key."""
    found: dict[str, list[Json]] = {}
    for record in examples():
        for key, value in record.items():
            found.setdefault(key, []).append(value)
    return found


@st.composite
def catalogues(draw: st.DrawFn) -> list[Json]:
    """Draw some records, most of one shape, with values of the examples and values out of place."""
    pools = values()
    keys = draw(st.lists(st.sampled_from(sorted(pools)), unique=True, max_size=12))
    records: list[Json] = []
    for _ in range(draw(st.integers(1, 12))):
        record: dict[str, Json] = {key: draw(st.sampled_from(pools[key])) for key in keys}
        for key in draw(st.lists(st.sampled_from(sorted(pools)), max_size=2)):
            record[key] = draw(st.sampled_from(ODD))
        if "distribution" in record and draw(st.booleans()):
            parts = draw(st.lists(st.sampled_from(pools["distribution"]), max_size=2))
            record["distribution"] = [part for one in parts for part in (one if isinstance(one, list) else [one])]
        records.append(draw(st.sampled_from([record, record, record, "no object"])))
    return records


def test_the_sieve_agrees_with_a_close_look_on_every_example() -> None:
    for sifting, looking in PLANS.values():
        assert told(sifting, examples(), 64) == told(looking, examples(), 64)


@pytest.mark.parametrize("name", sorted(PLANS))
@settings(max_examples=150)
@given(records=catalogues(), together=st.integers(1, 8))
def test_the_sieve_agrees_with_a_close_look(name: str, records: list[Json], together: int) -> None:
    sifting, looking = PLANS[name]  # kept from one example to the next: what is remembered must not matter
    assert told(sifting, records, together) == told(looking, records, 1)


def test_the_sieve_lets_clean_records_go() -> None:
    clean: list[Json] = [
        {"identifier": f"A1-{number}", "title": f"花蓮縣公有停車場位置 {number}", "publisher": "花蓮縣政府"}
        for number in range(50)
    ]
    sifting, looking = PLANS["own"]
    expected = told(looking, clean, 1)[0]
    assert sifting._sieve is not None
    sifted = sifting._sieve.sift(clean)
    assert not sifted.unsifted
    assert len(sifted.doubts) <= len({problem.record for problem in expected})


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    agree(path, monkeypatch)


def test_real_catalogues(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in sorted(path for path in corpus.rglob("*") if path.suffix in (".csv", ".json", ".jsonl")):
        agree(path, monkeypatch)


def agree(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check a file with the sieve and without it."""
    sifted = lint_file(path)
    with monkeypatch.context() as patch:
        patch.setattr(Plan, "_sieve_of", lambda *_: None)
        looked = lint_file(path)
    assert list(looked.problems()) == list(sifted.problems())
    looked.close()
    sifted.close()
