"""Draws the verdicts of a comparison that people judge, and states the share that is right.

    python tests/snapshots/judge.py sample OLD NEW --count 200 --seed 1 > sample.txt
    python tests/snapshots/judge.py share sample.txt --wrong 17,58

The sample is stratified by kind of verdict, of each as many as the root of its number. Of what is called vanished, the titles of
the new version that are nearest are shown beside it, found by another road than the program's: plain pairs of signs,
all agencies. `share` weighs each kind by its number.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from metalint.run import Options
from metalint.snapshots import comparison
from metalint.snapshots.compared import Compared, Outcome
from metalint.snapshots.sides import Entry
from metalint.snapshots.weights import pairs_of
from metalint.vocabulary import fold

_NEAREST = 6  # titles that are shown beside one that vanished
_LEAST = 10  # of a kind, however few there are
_HEAD = re.compile(r"^## (?P<kind>\S+): (?P<drawn>\d+) of (?P<all>\d+)$")


class Kind(NamedTuple):
    """A stratum as it stands in a sample: its name, how many were drawn, of how many, their numbers."""

    name: str
    drawn: int
    size: int
    numbers: tuple[int, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    sample = commands.add_parser("sample")
    sample.add_argument("old")
    sample.add_argument("new")
    sample.add_argument("--count", type=int, default=200)
    sample.add_argument("--seed", type=int, default=1)
    share = commands.add_parser("share")
    share.add_argument("sample", type=Path)
    share.add_argument("--wrong", default="", help="numbers of the verdicts that are wrong, between commas")
    chosen = parser.parse_args()
    if chosen.command == "sample":
        draw(comparison.compare(chosen.old, chosen.new, Options(), touched=True), chosen.count, chosen.seed)
    else:
        wrong = {int(number) for number in chosen.wrong.split(",") if number}
        tell(kinds_of(chosen.sample.read_text("utf-8")), wrong)


def draw(found: Compared, count: int, seed: int) -> None:
    """Print a stratified sample, a verdict a block, numbered from 1."""
    strata = defaultdict(list)
    for outcome in (*found.same, *found.changed, *found.gone):
        strata[stratum(outcome)].append(outcome)
    news = [one.new for one in (*found.same, *found.changed, *found.added) if one.new is not None]
    search = nearest(news)
    chance, number = random.Random(seed), 0
    roots = sum(math.sqrt(len(outcomes)) for outcomes in strata.values())
    for name in sorted(strata):
        wanted = max(_LEAST, round(count * math.sqrt(len(strata[name])) / roots))
        drawn = chance.sample(strata[name], min(len(strata[name]), wanted))
        print(f"## {name}: {len(drawn)} of {len(strata[name])}")
        for outcome in drawn:
            number += 1
            share = "" if outcome.similarity is None else f" {outcome.similarity:.2f}"
            print(f"{number}. {outcome.verdict} [{outcome.how}{share}]")
            for mark, entry in (("-", outcome.old), ("+", outcome.new)):
                if entry is not None:
                    print(f"   {mark} {entry.title} | {entry.agency}")
            if outcome.verdict == "vanished" and outcome.old is not None:
                for likeness, entry in search(outcome.old):
                    print(f"      {likeness:.2f} {entry.title} | {entry.agency}")


def stratum(outcome: Outcome) -> str:
    """Return the kind of a verdict and how it was found."""
    if outcome.verdict in ("unchanged", "changed", "touched"):
        return f"same-{outcome.how}"
    return f"{outcome.verdict}-{outcome.how}" if outcome.how else outcome.verdict


def nearest(entries: Sequence[Entry]) -> object:
    """Return a function from a dataset to those whose titles are nearest, each with its likeness (Dice)."""
    folded = [pairs_of(fold(entry.title)) for entry in entries]
    index: defaultdict[str, list[int]] = defaultdict(list)
    for at, pairs in enumerate(folded):
        for pair in pairs:
            index[pair].append(at)

    def search(entry: Entry) -> Iterator[tuple[float, Entry]]:
        ours = pairs_of(fold(entry.title))
        shared = Counter(at for pair in ours for at in index.get(pair, ()))
        rows = sorted(
            ((2 * n / (len(ours) + len(folded[at])), at) for at, n in shared.items()), key=lambda r: (-r[0], r[1])
        )
        kin = [row for row in rows if entries[row[1]].agency[:3] == entry.agency[:3]][: _NEAREST // 2]
        yield from ((likeness, entries[at]) for likeness, at in [*rows[: _NEAREST // 2], *kin])

    return search


def kinds_of(text: str) -> list[Kind]:
    """Return the strata of a sample as it was printed."""
    found, number = [], 0
    for line in text.splitlines():
        if match := _HEAD.match(line):
            drawn = int(match["drawn"])
            found.append(Kind(match["kind"], drawn, int(match["all"]), tuple(range(number + 1, number + drawn + 1))))
            number += drawn
    return found


def tell(kinds: Sequence[Kind], wrong: set[int]) -> None:
    """Print the share that is right of each kind with its interval (Wilson), and of all, weighed by their number."""
    total, share, variance = sum(kind.size for kind in kinds), 0.0, 0.0
    print("| kind | verdicts | judged | right | share | 95 % |\n| --- | ---: | ---: | ---: | ---: | --- |")
    for kind in kinds:
        right, weight = sum(number not in wrong for number in kind.numbers), kind.size / total
        low, high = wilson(right, kind.drawn)
        print(
            f"| {kind.name} | {kind.size:,} | {kind.drawn} | {right} | {right / kind.drawn:.1%} | {low:.1%} to {high:.1%} |"
        )
        share += weight * right / kind.drawn
        middle = (right + 2) / (kind.drawn + 4)  # Agresti and Coull: a kind without an error has a variance too
        rest = 1 - kind.drawn / kind.size if kind.size > kind.drawn else 0.0
        variance += weight**2 * middle * (1 - middle) / (kind.drawn + 4) * rest
    error = 1.96 * math.sqrt(variance)
    judged = sum(kind.drawn for kind in kinds)
    low, high = share - error, min(1.0, share + error)
    print(f"| all, weighed | {total:,} | {judged} | {judged - len(wrong)} | {share:.1%} | {low:.1%} to {high:.1%} |")


def wilson(right: int, count: int) -> tuple[float, float]:
    """Return the bounds of a share, 95 %."""
    z = 1.96
    middle = (right + z * z / 2) / (count + z * z)
    half = z / (count + z * z) * math.sqrt(right * (count - right) / count + z * z / 4)
    return middle - half, min(1.0, middle + half)


if __name__ == "__main__":
    main()
