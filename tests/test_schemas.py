"""Both engines say the same of every value, and say what a message needs."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from platforms.samples import ENGINES, PLATFORMS, both

from metalint.model import Json
from metalint.schemas import SchemaError, compile_schema, unknown_keys

NAMES = sorted(PLATFORMS)

DETAILS = [
    pytest.param({"required": ["a"]}, {}, {"key": "a"}, id="missing key"),
    pytest.param({"type": ["null", "string"]}, 3, {"wanted": ["text", "null"], "found": "integer"}, id="wrong type"),
    pytest.param(
        {"enum": ["免費", "付費"]},
        " 免 費",
        {"allowed": ["免費", "付費"], "value": " 免 費", "nearest": "免費"},
        id="nearly allowed",
    ),
    pytest.param({"enum": ["a"]}, {"b": 1}, {"allowed": ["a"], "value": "object", "nearest": None}, id="not a text"),
    pytest.param({"const": "x:Y"}, "x:y", {"allowed": ["x:Y"], "value": "x:y", "nearest": "x:Y"}, id="one value"),
    pytest.param(
        {"pattern": "^[0-9]$", "examples": ["7"]},
        "x",
        {"value": "x", "pattern": "^[0-9]$", "example": "7"},
        id="pattern with example",
    ),
    pytest.param({"maxLength": 2}, "臺北市", {"size": 3, "limit": 2}, id="text too long"),
    pytest.param({"minItems": 2}, [1], {"size": 1, "limit": 2}, id="list too short"),
    pytest.param({"minimum": 2}, 1, {"value": 1, "limit": 2}, id="number too small"),
    pytest.param({"properties": {}, "additionalProperties": False}, {"b": 1}, {"key": "b", "nearest": None}, id="key"),
    pytest.param({"dependentRequired": {"a": ["b"]}}, {"a": 1}, {"key": "b"}, id="key that another needs"),
    pytest.param(
        {"anyOf": [{"type": "string"}, {"type": "array"}]},
        1,
        {"wanted": ["text", "list"], "found": "integer"},
        id="of two",
    ),
    pytest.param(
        {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
        ["a", None],
        {"wanted": ["text"], "found": "null"},
        id="alternative by shape",
    ),
    pytest.param(
        {"anyOf": [{"required": ["a"]}, {"required": ["b", "c"]}]}, {}, {"key": "a"}, id="alternative nearest by count"
    ),
    pytest.param(
        {"anyOf": [{"required": ["d", "b"]}, {"required": ["a", "c", "e"]}]}, {}, {"key": "d"}, id="first of its errors"
    ),
    pytest.param(
        {"oneOf": [{"pattern": "^a"}, {"pattern": "^b"}]}, "c", {"alternatives": ["^a", "^b"]}, id="cannot be told"
    ),
    pytest.param({"oneOf": [{"minLength": 1}, {"maxLength": 9}]}, "c", {"alternatives": []}, id="two at once"),
]


@pytest.mark.parametrize(("schema", "value", "detail"), DETAILS)
def test_an_error_brings_the_words_of_its_message(schema: Json, value: Json, detail: dict[str, object]) -> None:
    (error,) = both(schema, value)
    assert dict(error.detail) == detail


def test_a_missing_key_stands_where_it_would_be() -> None:
    schema: Json = {"properties": {"r": {"items": {"required": ["b", "a"]}}}}
    assert [error.pointer for error in both(schema, {"r": [{}]})] == [("r", 0, "a"), ("r", 0, "b")]


NEAR = [
    pytest.param({"keyword"}, "Keyword", "keyword", id="by case"),
    pytest.param({"資料集名稱"}, "資料集 名稱", "資料集名稱", id="by space"),
    pytest.param({"收錄期間(起)"}, "收錄期間（起）", "收錄期間(起)", id="by width"),
    pytest.param({"keyword"}, "keywords", "keyword", id="one letter more"),
    pytest.param({"description"}, "descripton", "description", id="one letter less"),
    pytest.param({"publisher"}, "publihser", "publisher", id="two letters swapped"),
    pytest.param({"資料集上架方式"}, "資資料集上架方式", "資料集上架方式", id="doubled character"),
    pytest.param({"title"}, "titel", "title", id="short word, two letters swapped"),
    pytest.param({"title"}, "titles", None, id="short word, one letter more"),
    pytest.param({"type"}, "tpye", None, id="very short word"),
    pytest.param({"extra_field1"}, "extra_field2", None, id="numbering"),
    pytest.param({"keyword"}, "subject", None, id="meaning only"),
    pytest.param({"備註"}, "備考", None, id="two characters"),
]


@pytest.mark.parametrize(("known", "key", "nearest"), NEAR)
def test_a_near_miss_is_told_and_a_stranger_is_not(known: set[str], key: str, nearest: str | None) -> None:
    expected = [SchemaError("unknown-key", (key,), {"key": key, "nearest": nearest}, key=True)]
    assert unknown_keys(known, {key: 1}) == (expected if nearest else [])
    assert unknown_keys(known, {key: 1}, report=True) == expected


def test_a_key_that_is_there_was_not_meant_by_another() -> None:
    assert unknown_keys({"keyword"}, {"keyword": 1, "keywords": 2}) == []


def test_of_two_errors_of_one_kind_the_narrowest_is_told() -> None:
    record: Json = {"distribution": [{"mediaType": 5, "downloadURL": "http://x/y"}]}
    (told,) = (error for error in both(PLATFORMS["dcat-us"].schema, record) if error.keyword == "type")
    assert dict(told.detail) == {"wanted": ["text"], "found": "integer"}


def test_a_reference_may_name_an_anchor_or_come_back_with_another_value() -> None:
    schema: Json = {"$anchor": "top", "type": "object", "properties": {"inner": {"$ref": "#top"}}}
    assert [error.pointer for error in both(schema, {"inner": {"inner": 5}})] == [("inner", "inner")]


def deep(levels: int) -> Json:
    value: Json = "core"
    for _ in range(levels):
        value = [value]
    return value


HOSTILE = [
    pytest.param("１２３", id="full width digits"),
    pytest.param("臺北", id="hanzi"),
    pytest.param("a\n", id="trailing line break"),
    pytest.param("a\ud800", id="lone surrogate"),
    pytest.param({"\udc92": 1, "title": 5}, id="surrogate in key"),
    pytest.param(10**400, id="huge integer"),
    pytest.param(-(10**5000), id="integer too long to print"),
    pytest.param(1e400, id="infinity"),
    pytest.param(math.nan, id="not a number"),
    pytest.param(19.99, id="fraction"),
    pytest.param(1.0, id="whole fraction"),
    pytest.param(True, id="truth"),
    pytest.param(None, id="null"),
    pytest.param("", id="empty text"),
    pytest.param([], id="empty list"),
    pytest.param({}, id="empty object"),
    pytest.param([[], {}, [{}]], id="mixed list"),
    pytest.param(deep(300), id="deep list"),
    pytest.param(deep(5000), id="list of thousands of levels"),
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", NAMES)
def test_engines_agree_on_hostile_values(name: str, value: Json) -> None:
    schema = PLATFORMS[name].schema
    both(schema, value)
    assert isinstance(schema, dict)
    both(schema, dict.fromkeys(schema["properties"], value))
    both(schema, {key: [value, {"name": value}] for key in schema["properties"]})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_engines_agree_on_any_record(name: str, data: st.DataObject) -> None:
    schema = PLATFORMS[name].schema
    assert isinstance(schema, dict)
    record = data.draw(st.dictionaries(st.sampled_from(sorted(schema["properties"])), JSON, max_size=6))
    both(schema, record)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "schema",
    [
        pytest.param({"type": "texts"}, id="no such type"),
        pytest.param({"$ref": "https://example.org/schema.json"}, id="reference to the network"),
        pytest.param({"$ref": "#/$defs/none"}, id="reference to nothing"),
    ],
)
def test_a_schema_that_is_none_is_refused(engine: str, schema: Json) -> None:
    with pytest.raises(ValueError, match="no JSON Schema"):
        compile_schema(schema, engine)
