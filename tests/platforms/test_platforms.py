"""The platforms' schemas accept what their sources accept and name what those do not."""

from __future__ import annotations

import csv
import json
import re
import re._constants as sre
import re._parser as sre_parser
from collections.abc import Iterator
from pathlib import Path

import pytest
from platforms import samples
from platforms.samples import GONE, PLATFORMS, both, changed, sample, schema_of

from metalint import fields, recognising
from metalint.model import Json, Pointer
from metalint.schemas import SchemaError, compile_schema, unknown_keys
from metalint.schemas.engines import parts


@pytest.mark.parametrize("path", samples.FILES, ids=lambda path: path.stem.replace("-", " "))
def test_a_good_sample_passes_and_is_recognised(path: Path) -> None:
    name, whole = samples.platform_of(path), samples.read(path)
    found = samples.records(name, whole)
    outer = list(whole) if isinstance(whole, dict) else []
    assert (
        recognising.choose(tuple(PLATFORMS.values()), [list(record) for record in found], outer).platform.name == name
    )
    for record in found:
        assert both(schema_of(name, record), record) == []
        assert unknown_keys(PLATFORMS[name].known_keys, record) == []


BAD = [
    pytest.param("tw-standard", ("title",), GONE, "required", id="no title"),
    pytest.param("tw-standard", ("fieldDescription",), "", "min-length", id="empty columns"),
    pytest.param("tw-standard", ("description",), "字" * 501, "max-length", id="description too long"),
    pytest.param("tw-standard", ("categoryCode",), "Z00", "enum", id="no such category"),
    pytest.param("tw-standard", ("type",), "rawdata", "enum", id="type in small letters"),
    pytest.param("tw-standard", ("cost",), "收費", "enum", id="cost by another word"),
    pytest.param("tw-standard", ("identifier",), "A1-2", "pattern", id="identifier too short"),
    pytest.param("tw-standard", ("identifier",), "387600000I-000012\n", "pattern", id="line break after identifier"),
    pytest.param("tw-standard", ("publisherOrgCode",), "3876", "pattern", id="agency code too short"),
    pytest.param("data-gov-tw", ("distribution",), [], "min-items", id="empty list of distributions"),
    pytest.param("tw-standard", ("keyword",), "水, 土", "type", id="keywords in one text"),
    pytest.param("tw-standard", ("keyword", 1), 5, "type", id="keyword as number"),
    pytest.param("tw-standard", ("numberOfData",), "", "type", id="amount as empty text"),
    pytest.param("tw-standard", ("distribution",), {}, "type", id="resources as object"),
    pytest.param("tw-standard", ("distribution", 0, "resourceDescription"), "", "min-length", id="empty resource text"),
    pytest.param("tw-standard", ("distribution", 0, "characterSetCode"), GONE, "required", id="no encoding"),
    pytest.param("tw-standard", ("distribution", 0, "resourceID"), "x", "pattern", id="resource number malformed"),
    pytest.param("tw-standard", ("distribution", 0, "metadataSourceOfData"), "/x", "pattern", id="half a URL"),
    pytest.param("data-gov-tw", ("publisherOID",), "海岳市政府", "pattern", id="agency name without OID"),
    pytest.param("data-gov-tw", ("categoryService",), "i00", "enum", id="service code in small letters"),
    pytest.param("data-gov-tw", ("updateFrequency",), 7, "type", id="frequency as number"),
    pytest.param("data-gov-tw", ("distribution",), [], "min-items", id="no resources"),
    pytest.param("data-gov-tw", ("distribution", 0, "resourceFormat"), GONE, "required", id="no format"),
    pytest.param("data-gov-tw-read-back", ("distribution", 0, "resourceField", 0), "里", "type", id="column as text"),
    pytest.param("data-gov-tw-list", ("資料集識別碼",), "Q-17", "pattern", id="identifier of letters"),
    pytest.param("data-gov-tw-list", ("資料集名稱",), "", "min-length", id="row without title"),
    pytest.param("tw-municipal-taoyuan", ("主要欄位說明",), "欄" * 256, "max-length", id="long list of columns"),
    pytest.param("tw-municipal-taipei-2016", ("description",), "字" * 501, "max-length", id="long English heading"),
    pytest.param("ckan-package-show", ("name",), "Tidal Flats", "pattern", id="slug with capitals"),
    pytest.param("ckan-package-show", ("name",), "x", "min-length", id="slug of one letter"),
    pytest.param("ckan-package-show", ("tags", 0, "name"), "海" * 101, "max-length", id="tag too long"),
    pytest.param("ckan-package-show", ("tags", 0), "birds", "type", id="tag as text"),
    pytest.param("ckan-package-show", ("extras", 0, "value"), GONE, "required", id="extra without value"),
    pytest.param("ckan-package-search", ("resources",), {}, "type", id="resources of a package as object"),
    pytest.param("dcat-us", ("keyword",), "a, b", "type", id="US keywords in one text"),
    pytest.param("dcat-us", ("keyword",), GONE, "required", id="no US keywords"),
    pytest.param("dcat-us", ("accessLevel",), "Public", "enum", id="access level with capital"),
    pytest.param("dcat-us", ("contactPoint", "hasEmail"), "a@b.gov", "pattern", id="email without mailto"),
    pytest.param("dcat-us", ("publisher",), "Harbor Office", "type", id="publisher as text"),
    pytest.param("dcat-us", ("accrualPeriodicity",), "Annual", "pattern", id="frequency as word"),
    pytest.param("dcat-us", ("distribution", 0, "mediaType"), GONE, "required", id="download without media type"),
    pytest.param("dcat-us", ("distribution", 0, "@type"), "Distribution", "const", id="wrong type of distribution"),
    pytest.param("dcat-us", ("license",), "CC0", "pattern", id="license without URI"),
]


@pytest.mark.parametrize(("name", "pointer", "value", "keyword"), BAD)
def test_a_bad_value_is_named_by_place_and_keyword(name: str, pointer: Pointer, value: object, keyword: str) -> None:
    record = changed(sample(name), pointer, value)
    errors = both(PLATFORMS[samples.named(name)].schema, record)
    assert [(error.keyword, error.pointer) for error in errors] == [(keyword, pointer)]


GOOD = [
    pytest.param("tw-standard", ("identifier",), "A_9000000X-00B_12", id="letters and underscores"),
    pytest.param("tw-standard", ("issued",), "2015-01-01 23:59:59", id="date with time"),
    pytest.param("tw-standard", ("issued",), None, id="no date"),
    pytest.param("tw-standard", ("license",), "創用CC 姓名標示-相同方式分享 3.0 臺灣", id="license by name"),
    pytest.param("tw-standard", ("distribution",), None, id="null for resources"),
    pytest.param("tw-standard", ("publisherContactPhone",), "02-55501234#XXX", id="extension not told"),
    pytest.param("tw-standard", ("spatial",), "A6305-0001-00", id="statistical area code"),
    pytest.param("data-gov-tw", ("license",), 1, id="license number"),
    pytest.param("data-gov-tw", ("publisherOID",), "2.16.886.101.90099", id="OID without name"),
    pytest.param("data-gov-tw-list", ("資料集識別碼",), 6564, id="identifier as number"),
    pytest.param("ckan-package-show", ("organization",), None, id="package without organization"),
    pytest.param("ckan-package-show", ("resources", 0, "size"), "12 kB", id="size as text"),
    pytest.param("dcat-us", ("bureauCode",), "[[REDACTED-EX B3]]", id="redacted bureau"),
    pytest.param("dcat-us", ("spatial",), {"type": "Point"}, id="place as object"),
]


@pytest.mark.parametrize(("name", "pointer", "value"), GOOD)
def test_what_a_source_accepts_passes(name: str, pointer: Pointer, value: object) -> None:
    assert both(PLATFORMS[samples.named(name)].schema, changed(sample(name), pointer, value)) == []


def test_a_resource_needs_one_of_two_addresses() -> None:
    record = changed(sample("tw-standard"), ("distribution", 0, "downloadURL"), "")
    (error,) = both(PLATFORMS["tw-standard"].schema, record)
    assert error == SchemaError("any-of", ("distribution", 0), {"alternatives": ["accessURL", "downloadURL"]})


READS = [
    pytest.param("tw-standard", "contactName", ["高立言 先生,沈文心 小姐", "沈文心 小姐"], id="both contacts"),
    pytest.param("tw-standard", "distribution.format", ["CSV", "SERVICES"], id="format of each resource"),
    pytest.param("data-gov-tw-read-back", "identifier", ["199001"], id="number in other spelling"),
    pytest.param("data-gov-tw-read-back", "distribution.encoding", ["UTF-8"], id="encoding of a resource"),
    pytest.param("data-gov-tw-list", "distribution.format", ["CSV", "JSON"], id="joined formats"),
    pytest.param("data-gov-tw-list", "type", ["原始資料"], id="misspelt heading"),
    pytest.param("data-gov-tw-list-usage", "publisher", ["海岳市政府文化局"], id="heading of the usage list"),
    pytest.param("tw-municipal-taoyuan", "keyword", ["托嬰中心", "托育"], id="keywords in quotes"),
    pytest.param("tw-municipal-taipei-2016", "keyword", ["捷運", "出入口"], id="comma at the end"),
    pytest.param("tw-municipal-taichung", "contactPhone", ["0255503131分機12"], id="another heading for phones"),
    pytest.param("ckan-package-show", "keyword", ["birds", "潮間帶"], id="tag names"),
    pytest.param("dcat-us", "organization", ["Example County"], id="agency above"),
]


@pytest.mark.parametrize(("name", "field", "values"), READS)
def test_a_field_is_read_from_where_the_portal_keeps_it(name: str, field: str, values: list[str]) -> None:
    found = fields.reader(PLATFORMS[samples.named(name)].fields)(sample(name))
    assert [at.value for at in found[field]] == values


def real(corpus: Path) -> Iterator[tuple[str, list[dict[str, Json]]]]:
    csv.field_size_limit(2**31 - 1)
    for stem, name, encoding in (
        ("data-gov-tw-2026-03", "data-gov-tw-list", "utf-8-sig"),
        ("data-gov-tw-usage-2018-07", "data-gov-tw-list", "utf-8-sig"),
        ("taipei-2016-06", "tw-municipal", "cp950"),
        ("taipei-2018-07", "tw-municipal", "cp950"),
        ("taoyuan-2018-07", "tw-municipal", "utf-8-sig"),
    ):
        with (corpus / f"{stem}.csv").open(encoding=encoding, errors="replace", newline="") as file:
            yield name, list(csv.DictReader(file))
    with (corpus / "depositar-2023-08.jsonl").open(encoding="utf-8") as file:
        yield "ckan", [json.loads(line) for line in file]
    for path in sorted((corpus / "us-datajson-2025-02").glob("*.json")):
        yield "dcat-us", json.loads(path.read_text("utf-8"))["dataset"]


def test_engines_agree_on_real_catalogues_and_say_little_of_them(corpus: Path) -> None:
    for name, found in real(corpus):
        schema = schema_of(name, found[0])
        fast, reference = (compile_schema(schema, engine) for engine in samples.ENGINES)
        for record in found[:: max(1, len(found) // 150)]:
            assert repr(fast(record)) == repr(reference(record))
        assert not any(unknown_keys(PLATFORMS[name].known_keys, record) for record in found[:2000])
        broken = sum(any(error.keyword != "max-length" for error in fast(record)) for record in found)
        assert broken <= len(found) * 0.15, name


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_a_schema_keeps_to_what_both_engines_mean_alike(name: str) -> None:
    schema = PLATFORMS[name].schema
    used = {key for part in parts(schema) for key, value in part.items() if not isinstance(value, dict)}
    assert used.isdisjoint(
        {"format", "multipleOf", "uniqueItems", "minContains", "unevaluatedProperties", "$dynamicRef"}
    )
    for part in parts(schema):
        pattern = part.get("pattern")
        if isinstance(pattern, str):
            assert pattern.startswith("^")
            assert pattern.endswith("$")
            assert not re.search(r"\\[dwsbDWSB]|\(\?", pattern), "these mean more to Python than to ECMA"
            assert not _nested(sre_parser.parse(pattern))
            assert all(both({"pattern": pattern}, example) == [] for example in part.get("examples", []))


def _nested(tree: object, inside: bool = False) -> bool:
    """Tell whether a repeated part repeats something itself: what makes matching take forever."""
    if isinstance(tree, (sre_parser.SubPattern, list, tuple)):
        if isinstance(tree, tuple) and len(tree) == 2 and tree[0] in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            _, most, part = tree[1]
            return (inside and most > 1) or _nested(part, inside or most > 1)
        return any(_nested(part, inside) for part in tree)
    return False
