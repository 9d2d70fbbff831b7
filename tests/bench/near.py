"""Near-duplicates of generated catalogues: time from 200,000 to 1,000,000 records, memory, and what is found.

    python tests/bench/near.py                       200,000 and 1,000,000 records, some three minutes
    python tests/bench/near.py 2000000               one size alone

Titles and descriptions are made from parts. One record in five belongs to a series of thousands that differ in a year
or a district, one in a hundred has a title one sign from another's (no duplicate), one in fifty is listed again: under
another ending, with the year elsewhere or of the other calendar, by the agency above, or with a sign of the description
replaced. Facts are made by one process and reconciled by another, as an audit does; times are user + system seconds.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bench import MIB, child, held
from records import COLUMNS, KINDS, OFFICES, PLACES

from metalint.audit.near import NEAR_DUPLICATE, SERIES, reconcile
from metalint.audit.near_facts import Described, observe
from metalint.audit.near_titles import Titles
from metalint.lexicon import Lexicon
from metalint.shipped import shipped

PARTITION = 50_000
SMALL, LARGE = 200_000, 1_000_000
SIGNS = "".join(map(chr, range(0x5F00, 0x6300)))  # names of things that nobody has
TOWNS = [f"{one}{other}{kind}" for one in "安平和順興" for other in "東西南北中" for kind in "區鄉鎮"]


def main() -> None:
    if sys.argv[1:2] == ["facts"]:
        facts(int(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:2] == ["reconcile"]:
        found(Path(sys.argv[2]))
    elif sys.argv[1:]:
        sys.exit(0 if run(int(sys.argv[1]))[1] else 1)
    else:
        small, good = run(SMALL)
        large, fine = run(LARGE)
        print(f"  facts and reconciling: {small:.1f} s, {large:.1f} s")
        sys.exit(0 if held("time, 1,000,000 records / 200,000", large / small, 6) and good and fine else 1)


def run(count: int) -> tuple[float, bool]:
    """Return the seconds that a catalogue takes, and whether the limits of memory and of what is found hold."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"{count:,} records")
        making, peak = child([sys.executable, __file__, "facts", str(count), folder])
        idle, _ = child([sys.executable, __file__, "facts", "-" + str(count), folder])  # the records alone
        seconds, most = child([sys.executable, __file__, "reconcile", folder])
        told = json.loads((Path(folder) / "found.json").read_text("utf-8"))
        print(f"  facts {making - idle:.1f} s, {peak / MIB:.0f} MiB; reconciling {seconds:.1f} s, {most / MIB:.0f} MiB")
        print(
            f"  planted {told['planted']:,}, found {told['right']:,}; groups {told['groups']:,}, series {told['series']:,}"
        )
        good = held("peak memory, MiB", max(peak, most) / MIB, 1_500 if count <= LARGE else 3_000)
        good &= held("planted pairs found", told["right"] / told["planted"], 0.95, least=True)
        good &= held("groups that hold a planted pair", told["holding"] / told["groups"], 0.95, least=True)
        return making - idle + seconds, good


def facts(count: int, folder: Path) -> None:
    """Write the facts of a catalogue, a file a partition, and which records are planted; of −count records none."""
    titles, made, planted = Titles(Lexicon((shipped("vocab"),))), catalogue(abs(count)), []
    for number in range(abs(count) // PARTITION):
        rows = [next(made) for _ in range(PARTITION)]
        if count > 0:
            observe((record for record, _ in rows), titles).save(folder / f"{number:04d}.npz")
        planted += [(at, number * PARTITION + row) for row, (_, at) in enumerate(rows) if at is not None]
    if count > 0:
        (folder / "planted.json").write_text(json.dumps(planted), "utf-8")


def found(folder: Path) -> None:
    """Reconcile the facts of a folder, and write what of the planted is found."""
    groups = reconcile(sorted(folder.glob("*.npz")))
    near = [[part * PARTITION + row for part, row in one.records] for one in groups if one.rule == NEAR_DUPLICATE]
    planted = [tuple(pair) for pair in json.loads((folder / "planted.json").read_text("utf-8"))]
    group_of = {row: number for number, rows in enumerate(near) for row in rows}
    held_by = [group_of[one] for one, other in planted if one in group_of and group_of[one] == group_of.get(other)]
    told = {
        "planted": len(planted),
        "right": len(held_by),
        "groups": len(near),
        "holding": len(set(held_by)),
        "series": sum(one.rule == SERIES for one in groups),
    }
    (folder / "found.json").write_text(json.dumps(told), "utf-8")


def catalogue(count: int) -> Iterator[tuple[Described, int | None]]:
    """Yield records; with one that is listed again, the number of the record that it repeats."""
    chance = random.Random(20)
    kept: list[tuple[int, Described]] = []
    for number in range(count):
        luck = chance.random()
        if luck < 0.02 and kept:
            at, record = kept.pop(chance.randrange(len(kept)))
            yield again(record, chance), at
            continue
        if luck < 0.03 and kept:
            yield one_sign_off(kept[chance.randrange(len(kept))][1], chance), None
            continue
        record = of_a_series(chance) if luck < 0.23 else single(chance)
        if luck >= 0.23 and len(kept) < 20_000:
            kept.append((number, record))
        yield record, None


def single(chance: random.Random) -> Described:
    place, office, kind = chance.choice(PLACES), chance.choice(OFFICES), chance.choice(KINDS)
    name = "".join(chance.choices(SIGNS, k=5))
    return Described(f"{place}109年{name}{kind}", f"{place}政府{office}", told(name, kind, chance))


def of_a_series(chance: random.Random) -> Described:
    """Return a record of one of sixty series: some thousands of a million."""
    which = random.Random(chance.randrange(60))
    place, office, kind = which.choice(PLACES), which.choice(OFFICES), which.choice(KINDS)
    name, town, year = "".join(which.choices(SIGNS, k=4)), chance.choice(TOWNS), chance.randrange(40, 115)
    return Described(f"{place}{year}年{name}{kind}-{town}", f"{place}政府{office}", told(name, kind, which))


def told(name: str, kind: str, chance: random.Random) -> str:
    columns = "、".join(chance.sample(COLUMNS, 4))
    return f"{name}業務之{kind}，{''.join(chance.choices(SIGNS, k=12))}，依行政區與月份列示，欄位有{columns}，供市民與研究者查詢運用。"


def again(record: Described, chance: random.Random) -> Described:
    """Return a record as it is listed a second time."""
    place, rest = record.title[:3], record.title[3:]
    body = record.agency.partition("政府")[0] + "政府"
    return chance.choice(
        [
            record._replace(title=record.title + "一覽表"),
            record._replace(title=f"109年度{place}{rest.removeprefix('109年')}"),
            record._replace(title=record.title.replace("109年", "2020年")),
            record._replace(agency=body, description=""),
            record._replace(agency="中央彙整機關", description=replaced(record.description, 20, chance)),
            record._replace(title=record.title + "資料", description=replaced(record.description, 5, chance)),
        ]
    )


def one_sign_off(record: Described, chance: random.Random) -> Described:
    return record._replace(title=replaced(record.title, chance.randrange(7, 11), chance))


def replaced(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + chance.choice(SIGNS) + text[at + 1 :]


if __name__ == "__main__":
    main()
