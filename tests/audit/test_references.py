"""Dangling references: only what names a dataset of the catalogue counts, and all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from linting import all_platforms, lexicon

from metalint.audit.references import Dangling, Facts, References, observe, of_fields, reconcile
from metalint.datasets import Dataset, of_file
from metalint.formats.source import open_source
from metalint.opened import opened


def dangling(*records: References) -> list[tuple[int, str, int]]:
    return [(one.row, one.field, one.number) for one in reconcile([observe(records)])]


@pytest.mark.parametrize(
    ("identifiers", "part_of", "relation", "found"),
    [
        (["HL-001"], ["HL-001"], [], []),
        (["HL-001"], [" HL-001\n"], [], []),
        (["HL-001"], ["HL-002"], [], ["isPartOf"]),
        (["HL-001"], ["歷年統計"], [], ["isPartOf"]),
        (["HL-001"], [""], [], []),
        (["HL-001"], ["https://data.gov.tw/dataset/5"], [], []),
        (["https://data.gov.tw/dataset/4"], ["https://data.gov.tw/dataset/5"], [], ["isPartOf"]),
        (["https://data.gov.tw/dataset/4"], ["https://DATA.gov.tw/dataset/4"], [], ["isPartOf"]),
        (["HL-001"], [], ["HL-002"], ["relation"]),
        (["HL-001"], [], ["HL-001"], []),
        (["HL-001"], [], ["統計年報"], []),
        (["HL-001"], [], ["https://stat.example.gov.tw/9.pdf"], []),
        (["https://data.gov.tw/dataset/4"], [], ["https://data.gov.tw/help/4"], []),
        (["https://data.gov.tw/dataset/4"], [], ["https://data.gov.tw/dataset/5"], ["relation"]),
        (["CCDB"], [], ["ABCD"], []),
        (["HL-001"], ["http://[broken"], [], []),
        ([], ["HL-001"], ["HL-001"], ["isPartOf"]),
    ],
)
def test_what_counts(identifiers: list[str], part_of: list[str], relation: list[str], found: list[str]) -> None:
    assert [field for _, field, _ in dangling(References(identifiers, [part_of, relation]))] == found


def test_places_and_partitions(tmp_path: Path) -> None:
    parts = [
        observe([References(["A-1"], [["A-2"], ["A-3", "A-9"]])]),
        observe([]),
        observe([References(["A-2"], [[], []]), References(["A-3"], [["A-8"], []])]),
    ]
    found = [Dangling(0, 0, "relation", 1), Dangling(2, 1, "isPartOf", 0)]
    assert list(reconcile(parts)) == found
    paths = [tmp_path / f"{number}.npz" for number in range(3)]
    for path, facts in zip(paths, parts, strict=True):
        facts.save(path)
    assert list(reconcile(paths)) == found
    paths[1].write_bytes(b"no facts")
    with pytest.raises(ValueError, match=r"1\.npz"):
        Facts.load(paths[1])


def test_the_data_json_of_agencies(corpus: Path) -> None:
    """Nine agencies name 546 series, all there; each that is taken away is missed by all its members."""
    named = 0
    for path in sorted(corpus.glob("us-datajson-*/*.json")):
        read = of_file(opened(open_source(str(path)), all_platforms(), "dcat-us", None), lexicon())
        records = [of_fields(one.fields) for one in read if isinstance(one, Dataset)]
        assert dangling(*records) == []
        part_of = [number for record in records for number in record.named[0]]
        named += len(part_of)
        for gone in sorted(set(part_of)):
            left = [record for record in records if gone not in record.identifiers]
            missed = [left[row].named[0][at] for row, field, at in dangling(*left) if field == "isPartOf"]
            assert missed == [gone] * sum(gone in record.named[0] for record in left)
    assert named > 500
