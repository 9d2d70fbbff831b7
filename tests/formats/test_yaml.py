from __future__ import annotations

import copy
import json
from typing import Any

import pytest
import yaml
from formats.standin import YAML_BREAKS, bare, faults, pieces, slices, text_at, values
from hypothesis import assume, example, given
from hypothesis import strategies as st

from metalint.formats import yaml_, yaml_documents, yaml_read, yaml_split
from metalint.model import Slice

TEXT = st.text(st.sampled_from("ab 甲🎈:#-'\"\\\t\n|>&*[]{},%@`~0.1"), max_size=8) | st.sampled_from(
    ["yes", "no", "1.10", "0123", "2024-02-30", "12:30", "true", "null", "~", "<<", " x\n\n", "a\nb\n"]
)
LEAF = TEXT | st.integers() | st.booleans() | st.none()
KEY = st.text(st.sampled_from("ab甲:#-'\" \\1"), max_size=5)
TREES = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEY, inner, max_size=3), max_leaves=8
)
RECORDS = st.lists(st.dictionaries(KEY, TREES, min_size=1, max_size=3), min_size=1, max_size=3)
HOMES: Any = (("result", "results"), ("result",), ("records",), ("dataset",))


@st.composite
def written(draw: st.DrawFn, value: Any) -> str:
    if draw(st.booleans()) and draw(st.booleans()):
        ascii_only, indent = draw(st.booleans()), draw(st.sampled_from([None, 2]))
        if ascii_only or not YAML_BREAKS.search(json.dumps(value, ensure_ascii=False, indent=None)):
            # A solidus needs no escape; a pair of surrogates is none in YAML, so the emoji stay as they are.
            return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"
    text = yaml.dump(
        value,
        allow_unicode=draw(st.booleans()),
        default_flow_style=draw(st.sampled_from([True, False, None])),
        default_style=draw(st.sampled_from([None, None, '"', "'", "|", ">"])),
        indent=draw(st.sampled_from([2, 4])),
        width=draw(st.sampled_from([20, 80, 1000])),
        line_break=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        sort_keys=False,
        Dumper=_Dumper,
    )
    assume(yaml.safe_load(text) == value)  # the writer folds some texts wrongly
    return text


class _Dumper(yaml.SafeDumper):
    """Writes what is no text without quotes and tags, whatever the style."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True

    def represent_scalar(self, tag: str, value: str, style: str | None = None) -> Any:
        if not tag.endswith(":str"):
            style = " "  # no style that the emitter knows, and not the default either
        return super().represent_scalar(tag, value, style)  # type: ignore[no-untyped-call]


def leaves(value: Any, pointer: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(pointer, value), *(leaf for step, item in inner for leaf in leaves(item, (*pointer, step)))]


def replaced(tree: Any, pointer: tuple[Any, ...], value: Any) -> Any:
    if not pointer:
        return value
    tree = copy.deepcopy(tree)
    at = tree
    for step in pointer[:-1]:
        at = at[step]
    at[pointer[-1]] = value
    return tree


@given(st.data(), RECORDS)
def test_text_at_a_place_is_the_value(data: st.DataObject, records: list[Any]) -> None:
    text = data.draw(written(records))
    found = slices(yaml_, text)
    assert [yaml_.parse(bare(piece)) for piece in found] == [yaml_.parse(piece) for piece in found]
    assert [yaml_.parse(piece).value for piece in found] == records
    assert pieces(yaml_, text, (), 3) == found
    for piece, record in zip(found, records, strict=True):
        for pointer, value in leaves(record):
            span = yaml_.locate(piece, pointer)
            token = text_at(text, span, YAML_BREAKS)
            assert token == piece.text[span.start : span.end]
            if isinstance(value, (dict, list)):
                assert yaml_.parse(Slice(1, token, span.line, span.column)).value == value
            else:  # another value in its place changes nothing else: this is what a fix does
                rest = piece.text[: span.start] + ' "§"' + piece.text[span.end :]
                new = Slice(1, rest, piece.line, piece.column)
                assert yaml_.parse(new).value == replaced(record, pointer, "§")
            if pointer and isinstance(pointer[-1], str):
                key = text_at(text, yaml_.locate(piece, pointer, key=True), YAML_BREAKS)
                assert yaml.load(key.removeprefix("? "), yaml.BaseLoader) == pointer[-1]


@given(st.data(), RECORDS)
def test_several_documents_are_several_records(data: st.DataObject, records: list[Any]) -> None:
    parts = [data.draw(written(record)) for record in records]
    assert values(yaml_, "".join(f"---\n{part}" for part in parts)) == records
    assert values(yaml_, "# c\n" + "...\n# d\n---\n".join(parts)) == records


@given(st.text() | st.text(st.sampled_from("ab:- \n\r\t#[]{}&*!|>'\"%\x00\ud800\x85?<,.")), st.text(max_size=3))
@example("- &a\n  <<: *a\n", "a")
@example("\ufeffa: 1", "a")
def test_nothing_is_raised(text: str, name: str) -> None:
    whole = pieces(yaml_, text, HOMES)
    assert pieces(yaml_, text, HOMES, 2) == whole
    for piece in [Slice(1, text, 3, 4), Slice(1, text, home=("a", 0)), *whole]:
        if isinstance(piece, Slice):
            assert yaml_.parse(bare(piece)) == yaml_.parse(piece)
            yaml_.locate(piece, (name, 0, "a"))
            yaml_.locate(piece, ("a",), key=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("true", True, id="true"),
        pytest.param("True", "True", id="capital word"),
        pytest.param("~", None, id="tilde"),
        pytest.param("", None, id="nothing"),
        pytest.param("no", "no", id="norway"),
        pytest.param("-12", -12, id="integer"),
        pytest.param("-0", "-0", id="minus nought"),
        pytest.param("010", "010", id="octal of old"),
        pytest.param("1_000", "1_000", id="underscore"),
        pytest.param("12:30:45", "12:30:45", id="sexagesimal"),
        pytest.param("1.5", 1.5, id="fraction"),
        pytest.param("1.10", "1.10", id="fraction with a spelling"),
        pytest.param("1e999", "1e999", id="beyond all numbers"),
        pytest.param("2024-02-30", "2024-02-30", id="no day"),
        pytest.param("'1'", "1", id="quoted number"),
        pytest.param("!!str 1", "1", id="text by its tag"),
        pytest.param("! 1", "1", id="text by a bare tag"),
        pytest.param("!!int ''", None, id="number of nothing"),
    ],
)
def test_scalars_are_what_was_written(text: str, value: Any) -> None:
    assert values(yaml_, f"k: {text}\n") == [{"k": value}]


@pytest.mark.parametrize(
    ("text", "records"),
    [
        pytest.param("a: 1\n", [{"a": 1}], id="one record"),
        pytest.param("- a: 1\n-   b: 2\n    c: |\n      x\n", [{"a": 1}, {"b": 2, "c": "x\n"}], id="list"),
        pytest.param("[{a: 1}, {b: 2}]", [{"a": 1}, {"b": 2}], id="flow list"),
        pytest.param("records:\n- a: 1\n- b: 2\nn: 2\n", [{"a": 1}, {"b": 2}], id="list at home"),
        pytest.param("n: 1\nresult:\n  m: 1\n  results:\n  - a: 1\n", [{"a": 1}], id="list at a deep home"),
        pytest.param("n: 1\nresult:\n  a: 1\n", [{"a": 1}], id="record at home"),
        pytest.param("records: [a, b]\n", [{"records": ["a", "b"]}], id="no home for texts"),
        pytest.param(
            "a: 1\n---\n- b: 2\n- c: 3\n...\n%YAML 1.1\n---\nd: 4\n",
            [{"a": 1}, {"b": 2}, {"c": 3}, {"d": 4}],
            id="documents",
        ),
        pytest.param("---\n---\na: 1\n--- # c\n", [{"a": 1}], id="empty documents"),
        pytest.param(
            "- &d {a: 1}\n- <<: *d\n  b: 2\n- c: *d\n",
            [{"a": 1}, {"b": 2, "a": 1}, {"c": {"a": 1}}],
            id="anchor elsewhere",
        ),
        pytest.param("- &d\n  a: &e {x: 1}\n  b: *e\n", [{"a": {"x": 1}, "b": {"x": 1}}], id="anchor inside"),
        pytest.param("a: {<<: [{x: 1}, {x: 2, y: 3}], y: 4}\n", [{"a": {"y": 4, "x": 1}}], id="merge"),
        pytest.param("a: {'<<': {x: 1}}\n", [{"a": {"<<": {"x": 1}}}], id="quoted merge is a key"),
        pytest.param("1: a\ntrue: b\n~: c\n", [{"1": "a", "true": "b", "~": "c"}], id="keys are text"),
        pytest.param("- just text\n- 1\n", ["just text", 1], id="no objects"),
    ],
)
def test_records_are_found(text: str, records: list[Any]) -> None:
    assert values(yaml_, text, HOMES) == records
    assert [yaml_.parse(bare(piece)).value for piece in slices(yaml_, text, HOMES)] == records
    assert faults(yaml_, text, HOMES) == []


def test_a_record_with_an_outer_anchor_is_found_in_its_document() -> None:
    text = "# c\n- &d {a: 1}\n- b: *d\n  c: 2\n"
    piece = slices(yaml_, text)[1]
    assert (piece.text, piece.line, piece.home) == (text, 1, (1,))
    assert text_at(text, yaml_.locate(piece, ("c",))) == "2"
    assert text_at(text, yaml_.locate(piece, ("b",))) == "*d"
    assert text_at(text, yaml_.locate(piece, ("b", "a"))) == "1"


def test_an_anchor_and_a_tag_are_not_part_of_a_value() -> None:
    text = "a: &x !!str 'v'\n"
    assert text_at(text, yaml_.locate(Slice(1, text), ("a",))) == "'v'"


@pytest.mark.parametrize("pointer", [("b",), ("a", 0), ("a", "b")])
def test_a_missing_value_is_where_its_parent_is(pointer: tuple[Any, ...]) -> None:
    piece = Slice(1, "a: x")
    parent = pointer[:-1] if len(pointer) > 1 else ()
    assert yaml_.locate(piece, pointer, key=True) == yaml_.locate(piece, parent)


def test_of_equal_keys_the_last_is_meant() -> None:
    assert yaml_.locate(Slice(1, "a: 1\na: 2"), ("a",)).line == 2


def test_a_record_that_is_too_large_ends_its_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_documents, "RECORD", 1000)
    text = "- a: 1\n- b:\n" + "  - x\n" * 1000 + "---\nc: 1\n"
    found = pieces(yaml_, text, (), 100)
    assert [yaml_.parse(p).value if isinstance(p, Slice) else p.detail["reason"] for p in found] == [
        {"a": 1},
        "too-large",
        {"c": 1},
    ]


def test_reading_holds_no_more_than_a_record() -> None:
    read = 0

    def counted() -> Any:
        nonlocal read
        for number in range(1000):
            read += 1
            yield f"- a: {number}\n"

    next(iter(yaml_split.split(_Counted(counted), ())))  # type: ignore[arg-type]
    assert read < 100


class _Counted:
    def __init__(self, text: Any) -> None:
        self.text = text


def test_without_the_c_library_records_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "- a: 1\n  b: [x, 'y']\n- &d c: |\n    z\n- e: *d\n---\nf: g\n"
    here = [(piece, yaml_.parse(bare(piece))) for piece in slices(yaml_, text)]
    monkeypatch.setattr(yaml_read, "LOADER", yaml.SafeLoader)
    monkeypatch.setattr(yaml_split, "LOADER", yaml.SafeLoader)
    yaml_read.tree_of.cache_clear()
    assert [(piece, yaml_.parse(bare(piece))) for piece in slices(yaml_, text)] == here
    yaml_read.tree_of.cache_clear()
