"""JSON and JSON Lines: what is read, where it stands, and what is said of a text that is no JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metalint.formats import json_, jsonl
from metalint.model import UNREAD, Fault, Json, Parsed, Pointer, Slice

HOMES: tuple[Pointer, ...] = (("dataset",), ("result",), ("result", "results"))
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('\\"\t\r\n臺😀/{}[]:,')), max_size=12
)
TREES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**20), 10**20),
        st.floats(allow_nan=False, allow_infinity=False),
        TEXTS,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)
RECORDS = st.dictionaries(TEXTS, TREES, min_size=1, max_size=5)


class Chunks:
    """A text in pieces, as a source gives it."""

    def __init__(self, text: str, size: int = 1 << 20) -> None:
        self._text, self._size = text, size

    def text(self, size: int = 0) -> Iterator[str]:  # noqa: ARG002
        for start in range(0, len(self._text), self._size):
            yield self._text[start : start + self._size]


def split(text: str, size: int = 1 << 20, module: object = json_) -> list[Slice | Fault]:
    return list(module.split(Chunks(text, size), HOMES))  # type: ignore[attr-defined]


def everything(value: Json, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Json]]:
    yield pointer, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in items:
        yield from everything(inner, (*pointer, step))


def place(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, counted the slow way."""
    lines = re.split(r"\r\n|\r|\n", text[:offset])
    return len(lines), len(lines[-1]) + 1


def written(record: Json, indent: int | str | None, ascii_: bool, newline: str) -> str:
    return json.dumps(record, indent=indent, ensure_ascii=ascii_).replace("\n", newline)


WAYS = st.tuples(st.sampled_from([None, 0, 2, "\t"]), st.booleans(), st.sampled_from(["\n", "\r\n", "\r"]))


@given(st.lists(RECORDS, min_size=1, max_size=3), WAYS, st.sampled_from(["array", "home", "one"]), st.integers(1, 40))
def test_the_text_at_a_span_is_the_value_at_the_pointer(
    records: list[dict[str, Json]], way: tuple[int | str | None, bool, str], shape: str, size: int
) -> None:
    outer: Json = (
        {"a": "x", "dataset": records, "b": 1} if shape == "home" else records if shape == "array" else records[0]
    )
    if shape == "one" and {"dataset", "result"} & set(records[0]):
        return
    text = "\ufeff"[1:] + written(outer, *way)
    pieces = split(text, size)
    assert len(pieces) == (1 if shape == "one" else len(records))
    for piece, record in zip(pieces, records, strict=False):
        assert isinstance(piece, Slice)
        parsed = json_.parse(piece)
        assert parsed == Parsed(record)
        assert json_.parse(Slice(piece.number, piece.text, piece.line, piece.column)) == parsed
        start = next(
            i
            for i in range(len(text))
            if place(text, i) == (piece.line, piece.column) and text.startswith(piece.text, i)
        )
        for pointer, value in everything(record):
            span = json_.locate(piece, pointer)
            assert json.loads(piece.text[span.start : span.end]) == value
            assert (span.line, span.column) == place(text, start + span.start)
            assert (span.end_line, span.end_column) == place(text, start + span.end)
            if pointer and isinstance(pointer[-1], str):
                key = json_.locate(piece, pointer, key=True)
                assert json.loads(piece.text[key.start : key.end]) == pointer[-1]


@given(st.text(max_size=60), st.integers(1, 9))
def test_no_text_raises(text: str, size: int) -> None:
    for module in (json_, jsonl):
        for piece in split(text, size, module):
            if isinstance(piece, Slice):
                parsed = json_.parse(piece)
                assert (parsed.value is UNREAD) == any(fault.kind == "unreadable" for fault in parsed.faults)
                json_.locate(piece, ("a", 0, "b"))
                json_.locate(piece, ("a",), key=True)


@given(st.text(st.sampled_from("{}[]\",:\\ \nab1-.eE'truefalsn/"), max_size=40), st.integers(1, 9))
def test_no_text_that_is_nearly_json_raises(text: str, size: int) -> None:
    test_no_text_raises.hypothesis.inner_test(text, size)  # type: ignore[attr-defined]


@given(st.lists(RECORDS, max_size=4), st.integers(1, 30))
def test_small_chunks_give_what_one_chunk_gives(records: list[dict[str, Json]], size: int) -> None:
    text = json.dumps({"dataset": records}, indent=1)
    assert split(text, size) == split(text)


@pytest.mark.parametrize(
    ("text", "reason", "hint", "line", "column"),
    [
        pytest.param("", "empty", None, 1, 1, id="nothing at all"),
        pytest.param("{'a': 1}", "syntax", "single-quotes", 1, 2, id="single quotes"),
        pytest.param('{"a": 1, }', "syntax", "trailing-comma", 1, 8, id="trailing comma"),
        pytest.param('{"a": 1\n "b": 2}', "syntax", "missing-comma", 2, 2, id="missing comma"),
        pytest.param('{"a": 1 // why\n}', "syntax", "comment", 1, 9, id="comment"),
        pytest.param("{a: 1}", "syntax", "unquoted-key", 1, 2, id="key without quotes"),
        pytest.param('{"a": "x', "syntax", "unclosed-string", 1, 7, id="unclosed text"),
        pytest.param('{"a": [1', "syntax", "unclosed", 1, 9, id="unclosed array"),
        pytest.param('{"a": "\\x"}', "syntax", "escape", 1, 8, id="unknown escape"),
        pytest.param('{"a": }', "syntax", None, 1, 7, id="no value"),
        pytest.param('{"a": 1} x', "trailing-text", None, 1, 10, id="text after the end"),
        pytest.param("[" * 2000, "too-deep", None, 1, 102, id="too deep"),
        pytest.param('{"a": ' * 5000, "too-deep", None, 1, 601, id="too deep in objects"),
    ],
)
def test_a_text_that_is_no_json_is_named_with_its_place(
    text: str, reason: str, hint: str | None, line: int, column: int
) -> None:
    faults = [
        fault for piece in split(text) for fault in ([piece] if isinstance(piece, Fault) else json_.parse(piece).faults)
    ]
    assert [(fault.kind, fault.detail["reason"], fault.detail.get("hint")) for fault in faults] == [
        ("unreadable", reason, hint)
    ]
    assert (faults[0].span.line, faults[0].span.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "value", "kind", "detail", "column"),
    [
        pytest.param('{"a":1,"a":2}', {"a": 2}, "duplicate-key", {"key": "a", "first_line": 1}, 8, id="key twice"),
        pytest.param(
            '{"a":NaN}', {"a": "NaN"}, "not-json-value", {"reason": "nan", "value": "NaN"}, 6, id="not a number"
        ),
        pytest.param(
            '{"a":-1e999}',
            {"a": "-1e999"},
            "not-json-value",
            {"reason": "infinity", "value": "-1e999"},
            6,
            id="infinite",
        ),
        pytest.param('{"a":"\\ud83d"}', {"a": "\ud83d"}, "lone-surrogate", {"code": "U+D83D"}, 7, id="half a sign"),
        pytest.param(
            '{"a":"x\x01y"}', {"a": "x\x01y"}, "control-character", {"code": "U+0001"}, 8, id="control character"
        ),
    ],
)
def test_what_json_does_not_allow_is_read_and_named(
    text: str, value: Json, kind: str, detail: dict[str, object], column: int
) -> None:
    piece = split(text)[0]
    assert isinstance(piece, Slice)
    parsed = json_.parse(piece)
    assert parsed.value == value
    assert [(fault.kind, fault.detail, fault.span.column) for fault in parsed.faults] == [(kind, detail, column)]


def test_a_number_of_five_thousand_digits_is_named_and_kept() -> None:
    piece = split('{"a":' + "9" * 5000 + "}")[0]
    assert isinstance(piece, Slice)
    parsed = json_.parse(piece)
    assert parsed.value == {"a": "9" * 5000}
    assert parsed.faults[0].detail["reason"] == "number-too-long"


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_one_broken_record_stops_no_other(size: int) -> None:
    text = '[\n  {"a": 1},\n  {"a": "x},\n  {"a": 3},\n  {"a" 4},\n  {"a": 5}\n]'
    values = [json_.parse(piece).value for piece in split(text, size) if isinstance(piece, Slice)]
    assert values == [{"a": 1}, UNREAD, {"a": 3}, UNREAD, {"a": 5}]


def said(pieces: list[Slice | Fault]) -> list[tuple[object, ...]]:
    """Return what is said of each piece: reason, hint, line and column; of a good record its title."""
    told: list[tuple[object, ...]] = []
    for piece in pieces:
        parsed = json_.parse(piece) if isinstance(piece, Slice) else Parsed(UNREAD, (piece,))
        if isinstance(parsed.value, dict):
            told.append((parsed.value.get("title"),))
        for fault in parsed.faults:
            detail = fault.detail
            told.append((detail["reason"], detail.get("hint"), fault.span.line, fault.span.column))
    return told


@pytest.mark.parametrize("size", [1, 5, 1000])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            '{"dataset":[G],"x":{"y":1', [("t",), ("syntax", "unclosed", 1, 38)], id="a member that never ends"
        ),
        pytest.param('{"dataset":[G],"x":tru}', [("t",), ("syntax", None, 1, 32)], id="no value"),
        pytest.param('{"dataset":[G],"x" 1}', [("t",), ("syntax", None, 1, 32)], id="no colon"),
        pytest.param('{"dataset":[G],"x"', [("t",), ("syntax", "unclosed", 1, 31)], id="an end behind a key"),
        pytest.param('{"dataset":[G],"x":', [("t",), ("syntax", "unclosed", 1, 32)], id="an end behind a colon"),
        pytest.param('{"dataset":[G],', [("t",), ("syntax", "unclosed", 1, 28)], id="an end behind a comma"),
        pytest.param('{"dataset":[G] "x":1}', [("t",), ("syntax", "missing-comma", 1, 28)], id="no comma behind"),
        pytest.param('{"dataset":[G],}', [("t",), ("syntax", "trailing-comma", 1, 27)], id="a comma behind the last"),
        pytest.param('{"a":1 "dataset":[G]}', [("syntax", "missing-comma", 1, 8), ("t",)], id="no comma before"),
        pytest.param(
            '{"dataset":[G], "x": nope, "result":[G,G]}',
            [("t",), ("syntax", None, 1, 34), ("t",), ("t",)],
            id="records behind what is no value",
        ),
        pytest.param(
            '{"dataset":[G],x:1,"result":[G]}',
            [("t",), ("syntax", "unquoted-key", 1, 28), ("t",)],
            id="records behind what is no key",
        ),
        pytest.param('{"dataset":[G]]}', [("t",), ("syntax", None, 1, 27)], id="a bracket too many"),
        pytest.param(
            '{"dataset":[G],G]}', [("t",), ("syntax", None, 1, 26), ("t",)], id="an array that ends too early"
        ),
        pytest.param(
            '{"dataset":[G}', [("t",), ("syntax", None, 1, 26)], id="an array that does not end in its envelope"
        ),
        pytest.param('{"data":{', [("syntax", "unclosed", 1, 10)], id="an end within an envelope"),
        pytest.param('{"datasets":{', [("syntax", "unclosed", 1, 14)], id="an end within an object"),
        pytest.param('{"dataset":[G],"rows":{', [("t",), ("syntax", "unclosed", 1, 36)], id="an end behind records"),
        pytest.param(
            '{"dataset":[G],"rows":{"a":', [("t",), ("syntax", "unclosed", 1, 40)], id="an end behind a key within"
        ),
        pytest.param('{"x":{"a" 1},"t":1}', [("syntax", None, 1, 11)], id="a broken object that is no envelope"),
    ],
)
def test_a_broken_envelope_is_named_and_what_it_holds_is_read(
    text: str, expected: list[tuple[object, ...]], size: int
) -> None:
    assert said(split(text.replace("G", '{"title":"t"}'), size)) == expected


@pytest.mark.parametrize("size", [1, 5, 1000])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            '[{"title":"x","n" 1,"d":[{"f":"CSV"},{"f":"XML"}]},G,G]',
            [("syntax", None, 1, 19), ("t",), ("t",)],
            id="objects within it are no records",
        ),
        pytest.param(
            '[{"title":"x,"d":[{"f":"CSV"},{"f":"XML"}]},G,G]',
            [("syntax", "missing-comma", 1, 15), ("t",), ("t",)],
            id="a text that does not end",
        ),
        pytest.param(
            '[{"title":"x","d":[1,2},G,G]', [("syntax", None, 1, 23), ("t",), ("t",)], id="a bracket that does not end"
        ),
        pytest.param("[G,G},G,G]", [("t",), ("t",), ("syntax", None, 1, 29), ("t",), ("t",)], id="a brace too many"),
        pytest.param("[G,G],G,G]", [("t",), ("t",), ("syntax", None, 1, 29), ("t",), ("t",)], id="a bracket too many"),
        pytest.param("[G x, G]", [("t",), ("syntax", "missing-comma", 1, 16), ("t",)], id="a word between"),
        pytest.param("[tru, G]", [("syntax", None, 1, 2), ("t",)], id="a word for a record"),
        pytest.param("[G,,G]", [("t",), ("syntax", None, 1, 16), ("t",)], id="two commas"),
        pytest.param(
            '[{"a" 1} G,G]',
            [("syntax", None, 1, 7), ("syntax", "missing-comma", 1, 10), ("t",), ("t",)],
            id="no comma behind",
        ),
    ],
)
def test_a_broken_record_of_an_array_spoils_no_other(text: str, expected: list[tuple[object, ...]], size: int) -> None:
    assert said(split(text.replace("G", '{"title":"t"}'), size)) == expected


def test_an_item_that_is_too_deep_is_refused_with_or_without_its_value() -> None:
    piece = split('[{"a":' + "[" * 200 + "]" * 200 + "}]")[0]
    assert isinstance(piece, Slice)
    assert json_.parse(piece) == json_.parse(piece._replace(parsed=None))
    assert json_.parse(piece).faults[0].detail["reason"] == "too-deep"


def test_every_lone_surrogate_that_is_written_as_an_escape_is_named() -> None:
    piece = split(r'{"t":"\udc80x\ud800","u":"\ud83d\ude00 \\ud800 \uD83D\n"}')[0]
    assert isinstance(piece, Slice)
    faults = json_.parse(piece).faults
    assert [(fault.detail["code"], piece.text[fault.span.start : fault.span.end]) for fault in faults] == [
        ("U+DC80", r"\udc80"),
        ("U+D800", r"\ud800"),
        ("U+D83D", r"\uD83D"),
    ]


def test_bytes_that_are_no_text_are_no_lone_surrogates_of_json() -> None:
    piece = split('{"t":"\udc80","u":"\\ud83d\\ude00"}')[0]
    assert isinstance(piece, Slice)
    assert json_.parse(piece).faults == ()


@pytest.mark.parametrize(
    ("text", "pointer", "value"),
    [
        pytest.param('{"n":"}]","d":[{"t":"x"}]}', ("t",), None, id="brackets in a text, the key only within"),
        pytest.param('{"n":"{[","t":"x"}', ("t",), '"x"', id="brackets in a text before the key"),
        pytest.param('{"t":"x","\\u0074":"y"}', ("t",), '"y"', id="the key once more, with an escape"),
        pytest.param('{"d":[{"t":"x"}],"t":"y"}', ("d", 0, "t"), '"x"', id="within an array"),
        pytest.param('{"d":[1]}', ("d", 1), "[1]", id="an item that is missing"),
    ],
)
def test_a_value_is_found_where_it_stands(text: str, pointer: Pointer, value: str | None) -> None:
    span = json_.locate(Slice(1, text), pointer)
    assert text[span.start : span.end] == (text if value is None else value)


def test_many_values_of_one_record_are_found_each_in_its_place() -> None:
    piece = Slice(1, json.dumps({"d": [{"t": number} for number in range(20_000)]}))
    for number in range(0, 20_000, 4):
        span = json_.locate(piece, ("d", number, "t"))
        assert piece.text[span.start : span.end] == str(number)


def test_a_hundred_thousand_equal_keys_are_named() -> None:
    piece = Slice(1, "{" + ",\n".join(f'"a":{number}' for number in range(100_000)) + "}", 3, 5)
    faults = json_.parse(piece).faults
    assert len(faults) == 99_999
    assert (faults[-1].span.line, faults[-1].span.column, faults[-1].detail["first_line"]) == (100_002, 1, 3)


@pytest.mark.parametrize(
    ("record", "between"),
    [
        pytest.param("{'title': 'x'}", ",", id="as Python writes it"),
        pytest.param('{"title":"x" "d":"y"}', ",", id="no comma"),
        pytest.param('{"title":"x","d":[{"f":"CSV"}', ",\n", id="no end"),
        pytest.param('{"title":"x","d":[{"f":"CSV"}', ",", id="no end, on one line"),
        pytest.param('{"title":"x,"d":"y"}', ",\n", id="a text that does not end"),
        pytest.param('{"title":"x,"d":"y"}', ",", id="a text that does not end, on one line"),
    ],
)
def test_many_broken_records_are_read_one_by_one(record: str, between: str) -> None:
    count = 5_000
    pieces = split("[\n" + between.join([record] * count) + "\n]", 1 << 16)
    lines = [2 + between.count("\n") * number for number in range(count)]
    assert [line for _, _, line, _ in said(pieces)][:-1] == lines[:-1]


def test_a_long_text_in_a_broken_record_takes_no_memory_of_its_own() -> None:
    text = '[{"title":"x" "d":"' + "y" * 3_000_000 + '"},{"title":"t"}]'
    assert said(split(text)) == [("syntax", "missing-comma", 1, 15), ("t",)]


def test_json_lines_under_the_name_of_json_are_read() -> None:
    assert [json_.parse(p).value for p in split('{"a":1}\n{"a":2}\n') if isinstance(p, Slice)] == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(
    ("text", "homes"),
    [
        pytest.param('{"success":true,"result":{"t":1}}', [("result",)], id="one package"),
        pytest.param(
            '{"result":{"n":2,"results":[{"t":1},{"t":2}]}}',
            [("result", "results", 0), ("result", "results", 1)],
            id="a search",
        ),
        pytest.param('{"dataset":[{"t":1}],"z":[1]}', [("dataset", 0)], id="a catalogue"),
        pytest.param('{"t":1}', [()], id="a record"),
        pytest.param('{"title":"c","datasets":[{"t":1}]}', [("datasets", 0)], id="a catalogue of no platform"),
        pytest.param('{"data":{"items":[{"t":1}]}}', [("data", "items", 0)], id="two envelopes"),
        pytest.param('{"data": [ {"t":1}, {"t":2}]}', [("data", 0), ("data", 1)], id="a vague name"),
        pytest.param('{"title":"c","data":[{"t":1}]}', [()], id="a record with its own data"),
        pytest.param('{"datasets":["a"]}', [()], id="a list of words"),
        pytest.param('{"data":{"t":1}}', [()], id="an object under a common name"),
    ],
)
def test_records_are_found_where_platforms_keep_them(text: str, homes: list[Pointer]) -> None:
    assert [piece.home for piece in split(text) if isinstance(piece, Slice)] == homes


@given(st.lists(RECORDS, max_size=5), st.sampled_from(["\n", "\r\n", "\n\n"]), st.integers(1, 50))
def test_json_lines_are_cut_at_line_feeds_alone(records: list[dict[str, Json]], newline: str, size: int) -> None:
    text = newline.join(json.dumps(record, ensure_ascii=False) for record in records)
    pieces = [piece for piece in split(text, size, jsonl) if isinstance(piece, Slice)]
    assert [json_.parse(piece).value for piece in pieces] == records
    step = newline.count("\n")
    assert [piece.line for piece in pieces] == [1 + step * number for number in range(len(records))]


def test_a_line_that_is_too_large_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "RECORD", 100)
    text = '{"a":1}\n{"a":"' + "x" * 1000 + '"}\n{"a":3}\n{"a":"' + "x" * 1000
    for size in (7, 64, 5000):
        pieces = split(text, size, jsonl)
        faults = [piece for piece in pieces if isinstance(piece, Fault)]
        assert [(fault.detail["reason"], fault.span.line) for fault in faults] == [("too-large", 2), ("too-large", 4)]
        assert [(piece.text, piece.line) for piece in pieces if isinstance(piece, Slice)] == [
            ('{"a":1}', 1),
            ('{"a":3}', 3),
        ]


@pytest.mark.parametrize("size", [1, 4, 1000])
def test_a_carriage_return_within_a_line_ends_a_line_for_every_record(size: int) -> None:
    text = '{"a":\r1}\n\r\r\n{"a":2}\r\n{"a":3,\r"b":\r4}\r\n{"a":5}'
    pieces = [piece for piece in split(text, size, jsonl) if isinstance(piece, Slice)]
    for piece in pieces:
        span = json_.locate(piece, ("a",))
        assert (span.line, span.column) == place(text, text.index(piece.text) + span.start)
    assert [piece.number for piece in pieces] == [1, 2, 3, 4]
