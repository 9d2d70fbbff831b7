from __future__ import annotations

from typing import Any

import pytest
from formats.standin import faults, pieces, values

from metalint.formats import yaml_
from metalint.model import UNREAD, Slice

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{below}'] * 9)}]\n" for below, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "x0: &x0 {k: 1}\n" + "".join(f"x{n + 1}: &x{n + 1} {{<<: [{','.join([f'*x{n}'] * 9)}]}}\n" for n in range(60))


@pytest.mark.parametrize(
    ("text", "said", "good"),
    [
        pytest.param("", [("unreadable", "empty", 1, 1)], [], id="empty"),
        pytest.param("# c\n", [("unreadable", "empty", 1, 1)], [], id="only a comment"),
        pytest.param(BOMB, [("unreadable", "too-many-aliases", 6, 8)], [UNREAD], id="alias bomb"),
        pytest.param("x: &a [*a]\n", [("unreadable", "recursive-alias", 1, 8)], [UNREAD], id="list in itself"),
        pytest.param("&a {b: *a}\n", [("unreadable", "recursive-alias", 1, 8)], [UNREAD], id="map in itself"),
        pytest.param("&a {<<: *a}\n", [("unreadable", "recursive-alias", 1, 9)], [UNREAD], id="merged in itself"),
        pytest.param("a: *b\n", [("unreadable", "syntax", 1, 4)], [UNREAD], id="no such anchor"),
        pytest.param("- " + "[" * 200 + "]" * 200 + "\n- a: 1\n", [("unreadable", "too-deep", 1, 103)], [UNREAD, {"a": 1}], id="too deep"),
        pytest.param("a: !!python/object/apply:os.system [ls]\n", [("unreadable", "unknown-tag", 1, 4)], [UNREAD], id="foreign tag"),
        pytest.param("a: !my x\n", [("unreadable", "unknown-tag", 1, 4)], [UNREAD], id="own tag"),
        pytest.param("a: 1\nb: 2\na: 3\n", [("duplicate-key", ("a", 1), 3, 1)], [{"a": 3, "b": 2}], id="key twice"),
        pytest.param("a: .nan\nb: -.inf\n", [("not-json-value", "nan", 1, 4), ("not-json-value", "infinity", 2, 4)], [{"a": ".nan", "b": "-.inf"}], id="no numbers"),
        pytest.param("a: !!binary eA==\n", [("not-json-value", "binary", 1, 4)], [{"a": "eA=="}], id="binary"),
        pytest.param("a: !!set {b}\n", [("not-json-value", "set", 1, 4)], [{"a": {"b": None}}], id="set"),
        pytest.param("a: !!timestamp x\n", [("not-json-value", "timestamp-tag", 1, 4)], [{"a": "x"}], id="timestamp"),
        pytest.param("? [a]\n: 1\n", [("not-json-value", "non-text-key", 1, 3)], [{"[a]": 1}], id="list as key"),
        pytest.param(f"a: 1{'0' * 5000}\n", [("not-json-value", "number-too-long", 1, 4)], [{"a": "1" + "0" * 5000}], id="long number"),
        pytest.param("a: x\x00y\nb: '\x1b'\n", [("control-character", "U+0000", 1, 4), ("control-character", "U+001B", 2, 4)], [{"a": "x\x00y", "b": "\x1b"}], id="control characters"),
        pytest.param("a: 1\n---\nb: : c\n---\nd: 2\n", [("unreadable", "syntax", 3, 4)], [{"a": 1}, {"d": 2}], id="one wrong document"),
        pytest.param("- a: 1\n- b: 'x\n", [("unreadable", "syntax", 2, 6)], [{"a": 1}], id="unclosed text"),
        pytest.param("a: b\x85c: d\x00\n", [("control-character", "U+0000", 2, 4)], [{"a": "b", "c": "d\x00"}], id="next line"),
    ],
)  # fmt: skip
def test_a_fault_has_its_place(text: str, said: list[Any], good: list[Any]) -> None:
    assert (faults(yaml_, text), values(yaml_, text)) == (said, good)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param("a:\n\t- b\n", "tab-indent", id="tab"),
        pytest.param("a: @x\n", "quote-needed", id="reserved sign"),
        pytest.param("a: *強調*\n", "quote-needed", id="star"),
        pytest.param("a: b: c\n", "quote-needed", id="second colon"),
        pytest.param("a: 1\n b: 2\n", "indent", id="further in"),
        pytest.param("a: [1, 2\nb: 3\n", "missing-comma", id="list goes on"),
        pytest.param("a: [1, 2\n", "unclosed", id="list is not closed"),
        pytest.param('a: "x\n', "unclosed-string", id="text is not closed"),
        pytest.param('a: "\\q"\n', "bad-escape", id="escape"),
    ],
)
def test_an_error_has_a_hint(text: str, hint: str) -> None:
    (fault,) = pieces(yaml_, text)
    assert fault.detail["hint"] == hint  # type: ignore[union-attr]
    parsed = yaml_.parse(Slice(1, text))
    assert parsed.faults[0].detail == fault.detail  # type: ignore[union-attr]


def test_a_merge_bomb_is_worked_out_once() -> None:
    assert values(yaml_, MERGES) == [{f"x{n}": {"k": 1} for n in range(61)}]


def test_any_depth_costs_no_stack() -> None:
    assert [fault[1] for fault in faults(yaml_, "[" * 100_000)] == ["too-deep"]
