from __future__ import annotations

import random
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, unescape

import pytest
from formats.standin import bare, faults, pieces, slices, text_at, values
from hypothesis import given
from hypothesis import strategies as st

from metalint.formats import xml_, xml_walk
from metalint.model import UNREAD, Slice

NAMES = st.sampled_from(["title", "dct:title", "關鍵字", "a-b", "x1"])
TEXT = st.text(st.sampled_from("ab 甲🎈<>&\"'\t\n]"), min_size=1, max_size=8)
TREES = st.recursive(
    TEXT, lambda inner: st.dictionaries(NAMES, inner | st.lists(TEXT, min_size=2, max_size=3), min_size=1, max_size=3)
)


def written(value: Any, name: str, gap: str, pick: random.Random) -> str:
    if isinstance(value, list):
        return gap.join(written(item, name, gap, pick) for item in value)
    if isinstance(value, dict):
        held = gap.join(written(item, key, gap, pick) for key, item in value.items())
        return f"<{name}>{gap}{held}{gap}</{name}>"
    style = pick.choice(["entities", "numbers", "cdata"])
    if style == "cdata" and "]]>" not in value:
        return f"<{name}><![CDATA[{value}]]></{name}>"
    if style == "numbers":
        return f"<{name}>{''.join(f'&#x{ord(sign):x};' for sign in value)}</{name}>"
    return f"<{name}>{escape(value)}</{name}>"


def meant(token: str) -> str:
    if token.startswith("<![CDATA["):
        return token[9:-3]
    numbers = {f"&#x{ord(sign):x};": sign for sign in "ab 甲🎈<>&\"'\t\n]"}
    return unescape(token, numbers)


def leaves(value: Any, pointer: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], str]]:
    if isinstance(value, str):
        return [(pointer, value)]
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    return [leaf for step, item in inner for leaf in leaves(item, (*pointer, step))]


RECORDS = st.lists(st.dictionaries(NAMES, TREES, min_size=1, max_size=3), min_size=2, max_size=4)
GAPS = st.sampled_from(["", "\n", "\r\n  ", "\r", " <!-- > 甲 -->\n"])


@given(RECORDS, GAPS, st.randoms(use_true_random=False))
def test_text_at_a_place_is_the_value(records: list[Any], gap: str, pick: random.Random) -> None:
    text = "<?xml version='1.0' encoding='big5'?>\n<all>" + written(records, "record", gap, pick) + gap + "</all>"
    found = slices(xml_, text)
    assert [xml_.parse(bare(piece)).value for piece in found] == records
    assert pieces(xml_, text, (), 3) == found
    for piece, record in zip(found, records, strict=True):
        for pointer, value in leaves(record):
            span = xml_.locate(piece, pointer)
            token = text_at(text, span)
            assert token == piece.text[span.start : span.end]
            assert meant(token) == value
            name = next(step for step in reversed(pointer) if isinstance(step, str))
            assert text_at(text, xml_.locate(piece, pointer, key=True)) == name
            whole = text_at(text, xml_.locate(piece, pointer[:-1]))
            assert (whole[0], whole[-1]) == ("<", ">")


@given(st.text() | st.text(st.sampled_from("<>/&ab =\"'![]-\x00\ud800\n")), st.text(max_size=3))
def test_nothing_is_raised(text: str, name: str) -> None:
    for whole in (text, f"<a><b><c>{text}</c></b></a>"):
        for piece in [Slice(1, whole), *slices(xml_, whole)]:
            xml_.parse(piece)
            xml_.locate(piece, ("b", name, 0))
            xml_.locate(piece, (f"@{name}",), key=True)
            xml_.locate(piece, ("c",), key=True)


@given(st.text(st.sampled_from("<>/ab \r\n&;"), max_size=30), st.integers(1, 3))
def test_small_pieces_make_the_same_records(text: str, size: int) -> None:
    whole = f"<r><d><a>1</a></d>{text}</r>"
    assert pieces(xml_, whole, (), size) == pieces(xml_, whole)


@given(RECORDS, st.randoms(use_true_random=False))
def test_the_standard_reader_sees_the_same_texts(records: list[Any], pick: random.Random) -> None:
    text = written({"record": records}, "all", "", pick).replace("dct:", "dct_")
    read = [element.text for element in ET.fromstring(text).iter() if not len(element)]
    found = [value for record in values(xml_, text) for _, value in leaves(record)]
    assert sorted(found) == sorted(part or "" for part in read)


@pytest.mark.parametrize(
    ("text", "records"),
    [
        pytest.param("<r><d><t>1</t></d><d><t>2</t></d></r>", [{"t": "1"}, {"t": "2"}], id="children of the root"),
        pytest.param("<r><t>1</t><u/></r>", [{"t": "1", "u": ""}], id="root of leaves"),
        pytest.param("<r><n>2</n><d><t>1</t></d><d/></r>", [{"t": "1"}, ""], id="leaves beside records"),
        pytest.param("<r><w><d><t>1</t></d><d><t>2</t></d></w></r>", [{"t": "1"}, {"t": "2"}], id="one wrapper"),
        pytest.param("<r><w><d><t>1</t></d></w></r>", [{"t": "1"}], id="wrapper of one"),
        pytest.param(
            "<r><ok>1</ok><result><n>1</n><results><t>1</t></results></result></r>", [{"t": "1"}], id="known home"
        ),
        pytest.param(
            "<r><org><n>x</n></org><dataset><t>1</t></dataset></r>", [{"t": "1"}], id="home among other objects"
        ),
        pytest.param(
            '<r><d k="v"><t xml:lang="zh">1</t><t>2</t></d></r>',
            [{"@k": "v", "t": [{"@xml:lang": "zh", "#text": "1"}, "2"]}],
            id="attributes and lists",
        ),
        pytest.param('<r xmlns="u:x"><d xmlns:a="u:a"><a:t> 1 </a:t></d></r>', [{"a:t": " 1 "}], id="names as written"),
        pytest.param(
            "<r><d><n>1</n><t>a <b>c</b></t></d></r>", [{"n": "1", "t": {"b": "c", "#text": "a "}}], id="mixed"
        ),
    ],
)
def test_records_are_found(text: str, records: list[Any]) -> None:
    assert values(xml_, text, (("result", "results"), ("result",), ("dataset",))) == records
    assert faults(xml_, text) == []


@pytest.mark.parametrize(
    ("text", "said", "count"),
    [
        pytest.param("", [("unreadable", "empty", 1, 1)], 0, id="empty"),
        pytest.param(
            '<!DOCTYPE r [<!ENTITY a "&b;&b;">]>\n<r><d><t>&a;</t></d></r>',
            [("unreadable", "doctype", 1, 13)],
            0,
            id="billion laughs",
        ),
        pytest.param(
            '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>',
            [("unreadable", "doctype", 1, 13)],
            0,
            id="entity from outside",
        ),
        pytest.param(
            "<r><d><t>1</t></d>\n<d><t>&nbsp;</t></d></r>", [("unreadable", "syntax", 2, 7)], 1, id="unknown entity"
        ),
        pytest.param("<r><d><t>1</t></d>\n<d><t>2</d></r>", [("unreadable", "syntax", 2, 10)], 1, id="wrong end"),
        pytest.param("<r><d><t>1</t></d>", [("unreadable", "syntax", 1, 19)], 1, id="breaks off"),
        pytest.param("<r><d><t>1</t></d></r>\nx", [("unreadable", "trailing-text", 2, 1)], 1, id="text behind the end"),
        pytest.param(
            "<r><d><t>a\x00b</t></d></r>", [("control-character", "U+0000", 1, 10)], 1, id="control character"
        ),
        pytest.param(
            "<r><d>" + "<e>" * 200 + "</e>" * 200 + "</d><d><t>1</t></d></r>",
            [("unreadable", "too-deep", 1, 304)],
            2,
            id="too deep",
        ),
    ],
)
def test_a_fault_has_its_place(text: str, said: list[Any], count: int) -> None:
    assert (faults(xml_, text), len(slices(xml_, text))) == (said, count)


def test_depth_costs_no_stack() -> None:
    text = "<r><d><t>1</t></d><d>" + "<e>" * 200_000 + "</e>" * 200_000 + "</d></r>"
    assert [value if value is UNREAD else 1 for value in values(xml_, text)] == [1, UNREAD]


def test_a_record_that_is_too_large_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_walk, "RECORD", 100)
    text = "<r><d><t>1</t></d>\n<d><t>" + "x" * 5000 + "</t></d><d><t>2</t></d></r>"
    found = pieces(xml_, text, (), 20)
    assert [piece.text if isinstance(piece, Slice) else piece.detail["reason"] for piece in found] == [
        "<d><t>1</t></d>",
        "too-large",
        "<d><t>2</t></d>",
    ]


@pytest.mark.parametrize(
    ("pointer", "key", "token"),
    [
        pytest.param(("@k",), False, "'<v'", id="attribute"),
        pytest.param(("@k",), True, "k", id="name of an attribute"),
        pytest.param(("e",), False, "<e a=''/>", id="empty with attribute"),
        pytest.param(("f",), False, "<f>", id="empty"),
        pytest.param(("t",), False, "<t>1</t><t>2</t>", id="list"),
        pytest.param(("t", 1), False, "2", id="item"),
        pytest.param(("t", 5), False, "<t>1</t><t>2</t>", id="no such item"),
        pytest.param(("g", "#text"), False, "x", id="text beside an attribute"),
        pytest.param(("g", "no"), False, "<g b='1'>x</g>", id="no such child"),
    ],
)
def test_a_place_is_what_is_written(pointer: tuple[Any, ...], key: bool, token: str) -> None:
    text = "<d k='<v'><e a=''/><f></f><t>1</t><t>2</t><g b='1'>x</g></d>".replace("'<v'", "'&lt;v'")
    span = xml_.locate(Slice(1, text), pointer, key=key)
    assert text[span.start : span.end] == token.replace("'<v'", "'&lt;v'")
