"""A change written into a record's text: the tree is what was meant, and the rest of the text what it was."""

from __future__ import annotations

import io
import json
from types import ModuleType
from typing import Any
from xml.sax.saxutils import escape

import pytest
import yaml
from formats.standin import slices
from hypothesis import given
from hypothesis import strategies as st

from metalint.formats import CannotWrite, csv_, json_, writer, xml_, yaml_
from metalint.model import Operation, Slice
from metalint.operations import applied
from metalint.rewriting import rewritten

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co"], exclude_characters="\ufeff\ufffe\uffff"), max_size=12
)
WORDS = st.sampled_from(
    ["公園", "職安", "a, b", "it's", 'say "hi"', "- x", "yes", "1.10", "2019-01-01", "#tag", "a: b", " x ", "", "x\ny",
     "a\\b", "[x]", "{y}", "&a", "*b", "!t", "%", "@", "`", "null", "~", "?", ":", "a #b", "x:", "...", "---", "<b>&amp;"]
)  # fmt: skip
VALUES = st.one_of(TEXT, WORDS)
TREES = st.dictionaries(
    st.sampled_from(["title", "標題", "a b", "k-1", "x/y", "license"]),
    st.one_of(VALUES, st.lists(VALUES, min_size=1, max_size=4), st.dictionaries(st.sampled_from(["n", "m"]), VALUES, min_size=1)),
    min_size=2, max_size=5,
)  # fmt: skip


def pointers(tree: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the pointers of all texts in a tree."""
    if isinstance(tree, dict):
        return [one for key, value in tree.items() for one in pointers(value, (*at, key))]
    if isinstance(tree, list):
        return [one for key, value in enumerate(tree) for one in pointers(value, (*at, key))]
    return [at]


@st.composite
def changes(draw: Any) -> tuple[Any, Operation]:
    tree = draw(TREES)
    pointer = draw(st.sampled_from(pointers(tree)))
    kinds = ["replace", "replace", *(["remove", "add"] if isinstance(pointer[-1], int) else ["key"])]
    kind = draw(st.sampled_from(kinds))
    if kind == "remove":
        return tree, Operation("remove", pointer)
    if kind == "add":
        length = len(tree[pointer[0]])
        return tree, Operation("add", (*pointer[:-1], draw(st.integers(1, length))), draw(VALUES))
    if kind == "key":
        return tree, Operation("add", ("new",), draw(st.one_of(VALUES, st.lists(VALUES, min_size=1, max_size=3))))
    return tree, Operation("replace", pointer, draw(VALUES))


def changed(format_: ModuleType, name: str, text: str, operation: Operation, homes: tuple[Any, ...] = ()) -> str:
    """Return a text with one change made in its first record, which is then read as what was meant."""
    piece = slices(format_, text, homes)[0]
    at = text.index(piece.text)
    made = rewritten(piece, [operation], format_, writer(name)).piece
    assert format_.parse(made).value == applied(format_.parse(piece).value, [operation])
    return text[:at] + made.text + text[at + len(piece.text) :]


@given(changes(), st.sampled_from([None, 0, 2, "\t"]), st.booleans())
def test_json(change: tuple[Any, Operation], indent: Any, escaped: bool) -> None:
    tree, operation = change
    text = json.dumps(tree, indent=indent, ensure_ascii=escaped)
    made = changed(json_, "json", text, operation)
    assert json.loads(made) == applied(tree, [operation])
    if operation.op == "replace" and escaped == ("\\u" in text):
        assert made == json.dumps(applied(tree, [operation]), indent=indent, ensure_ascii=escaped)


@given(changes(), st.sampled_from([None, "'", '"', "|", ">"]), st.sampled_from([True, False, None]), st.booleans())
def test_yaml(change: tuple[Any, Operation], style: Any, flow: Any, listed: bool) -> None:
    tree, operation = change
    whole = [tree, {"title": "別的"}] if listed else tree
    text = yaml.safe_dump(whole, allow_unicode=True, default_style=style, default_flow_style=flow, sort_keys=False)
    piece = slices(yaml_, text)[0]
    if yaml_.parse(piece).value != tree:
        return  # what PyYAML writes and this program reads differently: 0x1 and the like
    try:
        made = changed(yaml_, "yaml", text, operation)
    except CannotWrite:
        if operation.op == "replace":  # any text can be written in the place of another
            raise
        return
    read = [yaml_.parse(one).value for one in slices(yaml_, made)]
    assert read == [applied(tree, [operation]), {"title": "別的"}][: 1 + listed], made


def xml(tree: Any) -> str:
    def inside(value: Any, name: str) -> str:
        if isinstance(value, dict):
            return f"<{name}>" + "".join(inside(held, key) for key, held in value.items()) + f"</{name}>"
        if isinstance(value, list):
            return "\n    ".join(inside(held, name) for held in value)
        return f"<{name}>{escape(value)}</{name}>"

    lines = "".join(f"    {inside(value, key)}\n" for key, value in tree.items())
    return f"<?xml version='1.0'?>\n<list>\n  <one>\n{lines}  </one>\n  <one><t>x</t></one>\n</list>\n"


NAMES = {"標題": "t", "a b": "ab", "x/y": "xy"}


@given(changes())
def test_xml(change: tuple[Any, Operation]) -> None:
    tree, operation = change
    tree = {NAMES.get(key, key): value for key, value in tree.items()}
    pointer = tuple(NAMES.get(step, step) if isinstance(step, str) else step for step in operation.pointer)
    text = xml(tree)
    piece = slices(xml_, text)[0]
    before = xml_.parse(piece).value
    if before != {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in tree.items()
    }:
        return  # a line end in a text is another one in XML
    held = tree.get(str(pointer[0]))
    if isinstance(held, list):  # of lists all is replaced: a list of one is that one
        value: Any = applied(held, [operation._replace(pointer=pointer[1:])])
        operation = Operation("replace" if value else "remove", pointer[:1], value[0] if len(value) == 1 else value)
    else:
        value = (
            operation.value[0] if isinstance(operation.value, list) and len(operation.value) == 1 else operation.value
        )
        operation = operation._replace(pointer=pointer, value=value)
    made = changed(xml_, "xml", text, operation)
    assert len(slices(xml_, made)) == 2


@given(st.lists(VALUES, min_size=2, max_size=4), VALUES, st.sampled_from([",", ";", "\t"]), st.booleans())
def test_csv(cells: list[str], value: str, delimiter: str, quoted: bool) -> None:
    import csv

    out = io.StringIO()
    made = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    header = [f"c{number}" for number in range(len(cells))]
    made.writerows([header, cells, ["x"] * len(cells)])
    found = slices(csv_, out.getvalue())
    if len(found) != 2 or csv_.parse(found[0]).value != dict(zip(header, cells, strict=True)):
        return  # a row of blanks is none
    try:
        text = changed(csv_, "csv", out.getvalue(), Operation("replace", ("c1",), value))
    except CannotWrite:
        assert not "".join(cells[:1] + cells[2:] + [value]).strip(), "a row of blanks is none"
        return
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    cells[1] = value
    assert rows == [header, cells, ["x"] * len(cells)]


@pytest.mark.parametrize(
    ("before", "operation", "after"),
    [
        pytest.param('{"t":"a\\/b  c"}', Operation("replace", ("t",), "a/b c"), '{"t":"a\\/b c"}', id="other escapes stay"),
        pytest.param('{"t":"\\u516c\\u5712 x"}', Operation("replace", ("t",), "公園綠"), '{"t":"\\u516c\\u5712\\u7da0"}', id="escaped as it was"),
        pytest.param('{"k": ["a",\n  "b",\n  "c"]}', Operation("remove", ("k", 1)), '{"k": ["a",\n  "c"]}', id="an item"),
        pytest.param('{"k": ["a",\n  "b"]}', Operation("remove", ("k", 1)), '{"k": ["a"]}', id="the last item"),
        pytest.param('{"k": ["a",\n  "b"]}', Operation("add", ("k", 2), "c"), '{"k": ["a",\n  "b",\n  "c"]}', id="spaced alike"),
        pytest.param('{"k":["a"]}', Operation("add", ("k", 1), "b"), '{"k":["a", "b"]}', id="one item"),
        pytest.param('{\n  "a": 1.10\n}', Operation("add", ("b",), "x"), '{\n  "a": 1.10,\n  "b": "x"\n}', id="a key"),
    ],
)  # fmt: skip
def test_json_as_it_was_written(before: str, operation: Operation, after: str) -> None:
    piece = Slice(1, before)
    assert rewritten(piece, [operation], json_, writer("json")).piece.text == after


@pytest.mark.parametrize(
    ("before", "operation", "after"),
    [
        pytest.param("t: 公園  # why\nu: 1.10\n", Operation("replace", ("t",), "綠地"), "t: 綠地  # why\nu: 1.10\n", id="a comment"),
        pytest.param("t: '公園'\n", Operation("replace", ("t",), "it's"), "t: 'it''s'\n", id="single quotes"),
        pytest.param('t: "公園"\n', Operation("replace", ("t",), 'a "b"'), 't: "a \\"b\\""\n', id="double quotes"),
        pytest.param("t: 公園\n", Operation("replace", ("t",), "a: b"), "t: 'a: b'\n", id="quotes where needed"),
        pytest.param("t: |\n  甲 \n  乙\nu: x\n", Operation("replace", ("t",), "甲\n乙\n"), "t: |\n  甲\n  乙\nu: x\n", id="a block"),
        pytest.param("t: >\n  甲 乙\n  丙\nu: x\n", Operation("replace", ("t",), "甲 丁 丙\n"), "t: >\n  甲 丁\n  丙\nu: x\n", id="a folded block"),
        pytest.param("k:\n- a\n- b  # why\n- c\n", Operation("remove", ("k", 1)), "k:\n- a\n- c\n", id="an item"),
        pytest.param("k:\n  - a\n  - 'b'\nu: x\n", Operation("add", ("k", 2), "c"), "k:\n  - a\n  - 'b'\n  - 'c'\nu: x\n", id="one more"),
        pytest.param("k: [a, b]\n", Operation("remove", ("k", 0)), "k: [b]\n", id="in brackets"),
        pytest.param("k: [a, b]\r\nu: x\r\n", Operation("add", ("k", 2), "c, d"), "k: [a, b, 'c, d']\r\nu: x\r\n", id="one more in brackets"),
        pytest.param("a: 1\r\nb:\r\n  c: 2\r\n", Operation("add", ("k",), ["x", "w"]), "a: 1\r\nb:\r\n  c: 2\r\nk:\r\n  - x\r\n  - w\r\n", id="a key"),
        pytest.param("- a: 1\n  b: x\n- a: 2\n", Operation("add", ("k",), "w"), "- a: 1\n  b: x\n  k: w\n- a: 2\n", id="a key in a list"),
    ],
)  # fmt: skip
def test_yaml_as_it_was_written(before: str, operation: Operation, after: str) -> None:
    assert changed(yaml_, "yaml", before, operation) == after


@pytest.mark.parametrize(
    ("before", "operation", "after"),
    [
        pytest.param("<t>a</t>", Operation("replace", ("t",), "a&b<c"), "<t>a&amp;b&lt;c</t>", id="escapes"),
        pytest.param("<t><![CDATA[a]]></t>", Operation("replace", ("t",), "<b>"), "<t><![CDATA[<b>]]></t>", id="CDATA"),
        pytest.param("<t/>", Operation("replace", ("t",), "x"), "<t>x</t>", id="an empty element"),
        pytest.param("<t n='a'>x</t>", Operation("replace", ("t", "@n"), "it's"), "<t n='it&apos;s'>x</t>", id="an attribute"),
        pytest.param("<t n='a'>x</t>", Operation("replace", ("t", "#text"), "y"), "<t n='a'>y</t>", id="beside an attribute"),
        pytest.param("<k>a</k>\n <k>b</k>", Operation("replace", ("k",), ["a", "b", "c"]), "<k>a</k>\n <k>b</k>\n <k>c</k>", id="one more"),
        pytest.param("<k>a</k>\n <k>b</k>", Operation("replace", ("k",), "b"), "\n <k>b</k>", id="one fewer"),
    ],
)  # fmt: skip
def test_xml_as_it_was_written(before: str, operation: Operation, after: str) -> None:
    text = "<list><one>{}<z>1</z></one><one><z>2</z></one></list>"
    assert changed(xml_, "xml", text.format(before), operation) == text.format(after)


@pytest.mark.parametrize(
    ("format_", "name", "text", "operation"),
    [
        pytest.param(yaml_, "yaml", "a: &x 公園\nb: *x\n", Operation("replace", ("a",), "y"), id="an anchor that is used"),
        pytest.param(xml_, "xml", "<l><r><t>a<!-- c -->b</t><u>1</u></r><r><u>2</u></r></l>", Operation("replace", ("t",), "y"), id="a comment in a text"),
        pytest.param(csv_, "csv", "a,b\n1\n", Operation("replace", ("b",), "y"), id="a cell that is not there"),
        pytest.param(json_, "json", '{"a": "1", "a": "2"}', Operation("add", ("a",), "3"), id="a key that is there"),
    ],
)  # fmt: skip
def test_what_would_touch_something_else_is_not_written(
    format_: ModuleType, name: str, text: str, operation: Operation
) -> None:
    with pytest.raises(CannotWrite):
        changed(format_, name, text, operation)
