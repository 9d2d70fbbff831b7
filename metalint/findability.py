"""What a searcher gains: how many records that are about a thing are found by the words for it, before and after.

A search is taken for what portals do: it finds a record that has the very words in its title, its description or one
of its keywords; case and width do not count. A record is about a thing that its title or one of its keywords names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from metalint.keywords.concepts import Named, level, searched_by
from metalint.model import Enriched, Found

ABOUT = ("title", "keyword")
SEARCHED = ("title", "description", "keyword")


class Query(NamedTuple):
    """A word that people search for, and what names the thing in a record's own words."""

    word: str
    thing: str


def rows(found: Iterable[Enriched], about: Callable[[Enriched], Iterable[Query]]) -> list[Found]:
    """Return a row for each query that any record is about, what is lost most first."""
    counts: dict[Query, list[int]] = {}
    for one in found:
        searched = level("\n".join((*(one.texts.get(field, "") for field in SEARCHED), *one.present)))
        more = [level(keyword.term) for keyword in one.keywords]
        for query in {*about(one)}:
            word = level(query.word)
            row = counts.setdefault(query, [0, 0, 0])
            before = word in searched
            row[0] += 1
            row[1] += before
            row[2] += before or any(word in term for term in more)
    listed = [Found(query.word, query.thing, *row) for query, row in counts.items()]
    return sorted(listed, key=lambda row: (row.before - row.about, row.word, row.thing))


def by_concept(named_in: Callable[[str], Iterable[Named]]) -> Callable[[Enriched], Iterable[Query]]:
    """Return what tells the queries that a record should be found by: the public's first word for each thing."""

    def about(one: Enriched) -> Iterable[Query]:
        for text in (one.texts.get("title", ""), "\n".join(one.present)):
            for named in named_in(text):
                if word := searched_by(named.concept):
                    yield Query(word, named.concept.preferred)

    return about


def read(path: Path) -> list[Query]:
    """Return the queries of a CSV file: a word and a thing on each line.

    Raises OSError, and ValueError with the line for one that has not two cells.
    """
    import csv

    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        found = []
        for cells in reader:
            bare = [cell.strip() for cell in cells]
            if len(bare) != 2 or not all(bare):
                raise ValueError(
                    f"{path}:{reader.line_num}: a word and what the records say are wanted: 職安,職業安全衛生"
                )
            found.append(Query(*bare))
    return found


def by_query(queries: Sequence[Query]) -> Callable[[Enriched], Iterable[Query]]:
    """Return what tells the queries that a record should be found by: those whose thing it names in the very words."""
    levelled = [(level(query.thing), query) for query in queries]

    def about(one: Enriched) -> Iterable[Query]:
        text = level("\n".join((one.texts.get("title", ""), *one.present)))
        return [query for thing, query in levelled if thing in text]

    return about
