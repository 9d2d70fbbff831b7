"""Which encoding a file is in, and its text in pieces."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from metalint.formats.source import open_source

TEXT = "資料集名稱,提供機關\r\n臺北市政府勞動局職業安全衛生統計,勞動局\r\n許功蓋,「測試」\r\n"


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
    [
        pytest.param(TEXT.encode(), "utf-8", False, id="plain utf-8"),
        pytest.param(TEXT.encode("utf-8-sig"), "utf-8", True, id="utf-8 with mark"),
        pytest.param(TEXT.encode("cp950"), "cp950", False, id="cp950"),
        pytest.param((TEXT + "碁銹裏恒").encode("cp950"), "cp950", False, id="what big5 refuses"),
        pytest.param(TEXT.encode("utf-16"), "utf-16-le", True, id="utf-16"),
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be", True, id="utf-16 big end"),
        pytest.param(TEXT.encode("utf-32"), "utf-32-le", True, id="utf-32"),
        pytest.param(b"", "utf-8", False, id="nothing"),
    ],
)
def test_the_encoding_is_told_and_the_text_is_whole(tmp_path: Path, data: bytes, encoding: str, bom: bool) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    source = open_source(str(path))
    assert (source.encoding, source.bom, source.undecodable) == (encoding, bom, 0)
    expected = data.decode("utf-8-sig" if encoding == "utf-8" else encoding).removeprefix("\ufeff")
    assert "".join(source.text()) == expected
    assert "".join(source.text()) == expected, "it may be read again"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("Données publiques: température, façade, élève, où, naïve".encode("latin-1"), id="latin-1"),
        pytest.param(TEXT.encode()[:-3] + b"\xff\xfe\x80", id="broken utf-8"),
        pytest.param(random.Random(1).randbytes(4000), id="noise"),
        pytest.param("数据集名称,提供机关,职业安全卫生统计,劳动局,资料更新频率".encode("gbk"), id="simplified Chinese"),
    ],
)
def test_what_is_no_text_is_not_guessed(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    source = open_source(str(path))
    assert source.encoding == "utf-8"
    assert source.undecodable > 0
    assert "".join(source.text()).encode("utf-8", "surrogateescape") == data


def test_an_encoding_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("façade".encode("latin-1"))
    assert "".join(open_source(str(path), encoding="latin-1").text()) == "façade"
    for name in ("utf-9", "base64", "idna", "undefined"):
        with pytest.raises(LookupError):
            open_source(str(path), encoding=name)


def test_half_a_sign_of_utf_16_is_told_and_read_on(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("\ufeff公園,".encode("utf-16-le") + b"\x41")
    source = open_source(str(path))
    assert (source.encoding, source.undecodable) == ("utf-16-le", 1)
    assert "".join(source.text()).startswith("公園,")


def test_standard_input_is_read_twice() -> None:
    source = open_source("-", shown="park.json", stdin=io.BytesIO('\ufeff{"a":"公園"}'.encode()))
    assert (source.path, source.bom, source.size) == ("park.json", True, 17)
    assert "".join(source.text()) == "".join(source.text()) == '{"a":"公園"}'
    source.close()


def _workbook() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("magic", "name"),
    [
        (b"PK\x03\x04rest", "ZIP"),
        (_workbook(), "XLSX"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (b"SQLite format 3\x00", "SQLITE"),
    ],
)
def test_a_file_that_is_no_text_is_named(tmp_path: Path, magic: bytes, name: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(magic)
    assert open_source(str(path)).binary == name


def test_what_is_no_file_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(OSError):
            open_source(str(path))


def test_real_catalogues_are_told(corpus: Path) -> None:
    told = {path.name: open_source(str(path)).encoding for path in corpus.glob("*.csv")}
    assert told == {name: "cp950" if name.startswith("taipei") else "utf-8" for name in told}
