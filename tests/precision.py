"""Counts the hits of every rule on real catalogues, and draws the samples that people judge.

    python tests/precision.py counts
    python tests/precision.py sample RULE --count 30 --seed 1
    python tests/precision.py across RULE --count 30 --seed 1    rules of whole catalogues; of each of them as many

The catalogues are those of METALINT_CORPUS (default ../shared/data); each is checked as on the day it was made.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from linting import all_rules, lexicon, lint_file

from metalint import formats
from metalint.audit.near import reconcile
from metalint.audit.near_facts import described, observe
from metalint.audit.near_titles import Titles
from metalint.datasets import Dataset, read
from metalint.formats.source import open_source
from metalint.model import Problem, Rule, Slice
from metalint.run import Options

CORPUS = Path(os.environ.get("METALINT_CORPUS", Path(__file__).parent.parent.parent / "shared" / "data"))
MADE = {  # the day of each snapshot, by the beginning of its name
    "data-gov-tw-2026": date(2026, 3, 23),
    "data-gov-tw-usage": date(2018, 7, 20),
    "taipei-2018": date(2018, 7, 8),
    "taoyuan-2018": date(2018, 7, 8),
    "taipei-2016": date(2016, 6, 5),
    "depositar": date(2023, 8, 21),
    "us-datajson": date(2025, 2, 4),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    commands.add_parser("counts")
    for name in ("sample", "across"):
        sample = commands.add_parser(name)
        sample.add_argument("rule")
        sample.add_argument("--count", type=int, default=30)
        sample.add_argument("--seed", type=int, default=1)
        sample.add_argument("--lang", default="zh-TW")
    chosen = parser.parse_args()
    if chosen.command == "counts":
        counts()
    elif chosen.command == "across":
        draw_across(chosen.rule, chosen.count, chosen.seed)
    else:
        draw(chosen.rule, chosen.count, chosen.seed, chosen.lang)


def counts() -> None:
    """Print how often each rule, default or not, is broken in each catalogue."""
    table: dict[str, Counter[str]] = {}
    names = []
    for path, today in catalogues():
        name = path.parent.name if path.suffix == ".json" else path.stem
        if name not in names:
            names.append(name)
        report = lint_file(path, today=today, rules=all_rules(), jobs=os.cpu_count() or 1)
        for (rule, _), count in report.counts.items():
            table.setdefault(rule, Counter())[name] += count
    print("| rule | all | " + " | ".join(names) + " |")
    print("| --- | ---: |" + " ---: |" * len(names))
    for rule in all_rules():
        row = table.get(rule.id, Counter())
        mark = rule.id if rule.default else f"{rule.id} (off)"
        print(f"| {mark} | {sum(row.values())} | " + " | ".join(str(row[name] or "") for name in names) + " |")


def draw(name: str, count: int, seed: int, lang: str) -> None:
    """Print random hits of a rule over all catalogues, each with its record."""
    rules = tuple(rule for rule in all_rules() if rule.id == name)
    if not rules:
        sys.exit(f"no rule {name}")
    hits = [(path, problem) for path, today in catalogues() for problem in found(path, today, rules, lang)]
    chosen = random.Random(seed).sample(hits, min(count, len(hits)))
    print(f"{name}: {len(hits)} hits, {len(chosen)} drawn with seed {seed}\n")
    for path in dict.fromkeys(path for path, _ in chosen):
        problems = [problem for at, problem in chosen if at == path]
        records = dict(raw(path, {problem.line for problem in problems}))
        for problem in problems:
            print(f"{path.name}:{problem.line}:{problem.column} {problem.message}")
            print(f"    record {problem.record}: {problem.title}  pointer /{'/'.join(map(str, problem.pointer))}")
            if problem.fix is not None:
                print(f"    fix: {problem.fix.values!r}")
            print(f"    {json.dumps(records.get(problem.line), ensure_ascii=False)[:1500]}\n")


def draw_across(name: str, count: int, seed: int) -> None:
    """Print how many groups a rule finds in each catalogue, and random ones with the heads of their records."""
    titles = Titles(lexicon())
    for source in sorted({path.parent if path.suffix == ".json" else path for path, _ in catalogues()}):
        datasets = [one for one in read([str(source)], Options()) if isinstance(one, Dataset)]
        groups = [
            g
            for g in reconcile([observe((described(one.title, one.agency, one.fields) for one in datasets), titles)])
            if g.rule == name
        ]
        print(f"{source.name}: {len(groups)} groups of {sum(len(group.records) for group in groups)} records")
        for group in random.Random(seed).sample(groups, min(count, len(groups))):
            shown = [datasets[row] for _, row in group.records[:3]]
            print(f"  {len(group.records)}: " + " | ".join(f"{one.agency[:20]}: {one.title}" for one in shown))


def found(path: Path, today: date, rules: tuple[Rule, ...], lang: str) -> Iterator[Problem]:
    shown = tuple(rule._replace(default=True) for rule in rules)
    return (p for p in lint_file(path, today=today, rules=shown, lang=lang).problems() if p.rule == rules[0].id)


def raw(path: Path, lines: set[int]) -> Iterator[tuple[int, object]]:
    """Yield (line of a problem, record) for the records on which the problems stand."""
    source = open_source(str(path))
    format_ = formats.named(formats.detect(str(path), next(source.text(), "")))
    for piece in format_.split(source, (("dataset",),)):
        if isinstance(piece, Slice):
            last = piece.line + piece.text.count("\n")
            for line in lines:
                if piece.line <= line <= last:
                    yield line, format_.parse(piece).value


def catalogues() -> Iterator[tuple[Path, date]]:
    for path in sorted([*CORPUS.glob("*.csv"), *CORPUS.glob("*.jsonl"), *CORPUS.glob("*/*.json")]):
        name = path.relative_to(CORPUS).as_posix()
        yield path, next(day for start, day in MADE.items() if name.startswith(start))


if __name__ == "__main__":
    main()
