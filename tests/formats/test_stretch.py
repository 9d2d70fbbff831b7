"""A file read in stretches gives the very records of the file read as a whole."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from metalint import formats
from metalint import opened as opening
from metalint.formats import stretch
from metalint.formats.source import open_source
from metalint.model import Fault, Slice
from metalint.platforms import load
from metalint.shipped import shipped

HOMES = opening.homes(load([shipped("rules") / "platforms"]))
BITS = (*'a ";,\t', '""', "\n", "\n", "\r\n", "\r", "職安", '"x,y"', '"a\nb"', '{"a":1}', ",,", "\u3000")


def both(path: Path, size: int) -> tuple[list[Slice | Fault], list[Slice | Fault], int]:
    """Return the records of a file read as a whole, those of its stretches, and how many stretches there are."""
    source = open_source(str(path))
    name = formats.detect(source.path, next(source.text(), "")[:4096])
    format_ = formats.named(name)
    parts = list(stretch.cut(source, name, format_.split(source, HOMES), size))
    apart = [piece for part in parts for piece in stretch.pieces(part, format_, HOMES)]
    return _bare(format_.split(source, HOMES)), _bare(apart), len(parts)


def _bare(pieces: Iterable[Slice | Fault]) -> list[Slice | Fault]:
    return [piece._replace(parsed=None) if isinstance(piece, Slice) else piece for piece in pieces]


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        pytest.param("a.csv", 'id,title\n1,甲\n2,"乙\n丙"\n\n,\n3,丁\n', "utf-8", id="a cell of two lines, blank rows"),
        pytest.param("a.csv", "\r\nid;title\r\n1;甲\r\n2;乙\r\n3;丙", "utf-8-sig", id="semicolons, CRLF, a mark"),
        pytest.param("a.csv", "id,title\r1,許功蓋\r2,乙\r3,丙\r", "cp950", id="CP950, returns alone"),
        pytest.param("a.csv", 'id,title,id\n1,"甲\n2,乙\n3,丙\n', "utf-8", id="a quote never closed, a column twice"),
        pytest.param("a.csv", "id,title\n1,甲\n2,乙\n3,丙\n", "utf-16", id="UTF-16"),
        pytest.param("a.jsonl", '\n{"a":1}\n\n{"a":\r2}\r\n{"a":3}', "utf-8", id="blank lines, a return in a record"),
        pytest.param("a.json", '[{"a":1},\n{"a":2}, {"a":3},\n 4]', "utf-8", id="an array"),
        pytest.param("a.csv", "", "utf-8", id="nothing"),
        pytest.param("a.csv", "id,title\n", "utf-8", id="a header alone"),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 100])
def test_stretches_are_the_file(tmp_path: Path, name: str, text: str, encoding: str, size: int) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    whole, apart, _ = both(path, size)
    assert apart == whole


def test_random_files(tmp_path: Path) -> None:
    chosen = random.Random(5)
    for _ in range(800):
        name, encoding = chosen.choice(("a.csv", "a.jsonl")), chosen.choice(("utf-8", "utf-8-sig", "cp950", "utf-16"))
        head = "id,title,x\n" if chosen.random() < 0.8 else ""
        text = head + "".join(chosen.choices(BITS, k=chosen.randint(0, 120)))
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        whole, apart, _ = both(path, chosen.choice((1, 2, 3, 5)))
        assert apart == whole, text


@pytest.mark.parametrize("name", ["data-gov-tw-2026-03.csv", "taoyuan-2018-07.csv", "depositar-2023-08.jsonl"])
def test_real_catalogues(corpus: Path, name: str) -> None:
    whole, apart, parts = both(corpus / name, 500)
    assert apart == whole
    assert parts > 2
