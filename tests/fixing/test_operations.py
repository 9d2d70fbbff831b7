"""Changes of trees: as JSON Patch, proven by another library; as JSON Merge Patch, proven by its own law."""

from __future__ import annotations

from typing import Any

import jsonpatch
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metalint.model import Fix, Operation
from metalint.operations import applied, compatible, json_patch, merge_patch, of_fixes

RECORD = {
    "identifier": "a/~1",
    "title": "x",
    "keyword": ["a", "b", "c"],
    "distribution": [{"format": "csv"}, {"format": "json"}],
}


@pytest.mark.parametrize(
    "operation",
    [
        pytest.param(Operation("replace", ("title",), "y"), id="a text"),
        pytest.param(Operation("replace", ("distribution", 1, "format"), "JSON"), id="deep"),
        pytest.param(Operation("remove", ("keyword", 1)), id="an item"),
        pytest.param(Operation("remove", ("title",)), id="a key"),
        pytest.param(Operation("add", ("keyword", 3), "d"), id="at the end"),
        pytest.param(Operation("add", ("keyword", 0), "d"), id="at the beginning"),
        pytest.param(Operation("add", ("license~/x",), "y"), id="a key that is to be escaped"),
        pytest.param(Operation("add", ("distribution", 0, "size"), 3), id="a key within"),
    ],
)
def test_each_change_is_tested_first_and_another_library_makes_the_same(operation: Operation) -> None:
    document = json_patch(RECORD, [("rule/x", operation)])
    assert [one["op"] for one in document] == ["test", operation.op]
    assert document[1]["rule"] == "rule/x"
    assert jsonpatch.apply_patch(RECORD, document) == applied(RECORD, [operation])
    changed = {**RECORD, "identifier": "other", "title": "other", "keyword": ["other"], "distribution": []}
    with pytest.raises(jsonpatch.JsonPatchException):
        jsonpatch.apply_patch(changed, document)


def test_changes_in_order() -> None:
    fixes = [
        Fix(("keyword", 0), ("A",), safe=True),
        Fix(("keyword", 1), ("x", "y"), safe=True),
        Fix(("keyword", 2), (), safe=True),
        Fix(("title",), ("z",), safe=True),
        Fix(("title",), ("never",), safe=True),
    ]
    chosen = [fixes[number] for number in compatible(fixes)]
    operations = of_fixes(chosen, RECORD)
    after = applied(RECORD, operations)
    assert after == {**RECORD, "title": "z", "keyword": ["A", "x", "y"]}
    assert jsonpatch.apply_patch(RECORD, json_patch(RECORD, [("r", one) for one in operations])) == after


def test_pieces_of_a_cell() -> None:
    record = {"k": "a , b;c"}
    fixes = [
        Fix(("k",), ("B",), safe=True, part=(4, 5)),
        Fix(("k",), ("A",), safe=True, part=(0, 1)),
        Fix(("k",), ("",), safe=True, part=(5, 7)),
    ]
    chosen = [fixes[number] for number in compatible(fixes)]
    assert applied(record, of_fixes(chosen, record)) == {"k": "A , B"}


JSON = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.text(max_size=3)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)),
    max_leaves=8,
)


def merged(target: Any, patch: Any) -> Any:
    """Return what RFC 7396, section 2, makes of a target."""
    if not isinstance(patch, dict):
        return patch
    made = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            made.pop(name, None)
        else:
            made[name] = merged(made.get(name), value)
    return made


@given(st.dictionaries(st.sampled_from("abcd"), JSON), st.dictionaries(st.sampled_from("abcd"), JSON))
def test_a_merge_patch_makes_one_record_of_another(before: Any, after: Any) -> None:
    assert merged(before, merge_patch(before, after)) == after
