"""docs/coverage.md keeps its word: every check of the list has its line, and every rule that is named exists."""

from __future__ import annotations

import re
from pathlib import Path

from linting import all_rules

TEXT = (Path(__file__).parent.parent / "docs" / "coverage.md").read_text("utf-8")
LINES = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in TEXT.splitlines() if line.startswith("| ")]


def test_each_of_the_sixty_checks_has_its_line() -> None:
    numbers = [cells[0].strip("| ") for cells in LINES if cells[0].strip("| ").isdigit()]
    assert numbers == [str(number) for number in range(1, 61)]


def test_every_line_names_a_rule_or_says_why_there_is_none() -> None:
    families = {rule.id.split("/")[0] for rule in all_rules()}
    for cells in LINES[1:]:
        answer = cells[-1]
        named = any(f"{family}/" in answer for family in families)
        assert named or re.search("refused: |belongs to|read as|see 2|^here|^---", answer), cells


def test_the_rules_that_are_named_exist() -> None:
    families = "|".join(sorted({rule.id.split("/")[0] for rule in all_rules()}))
    prose = re.sub(r"`[^`]*`", "", TEXT)
    named = set(re.findall(rf"(?<![\w/])(?:{families})/[a-z][a-z-]+", prose))
    assert named - {rule.id for rule in all_rules()} == {"text/html", "text/csv"} & named
    assert len(named) > 100
