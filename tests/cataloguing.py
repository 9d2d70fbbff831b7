"""How tests look at a catalogue of their own: an audit of its one file, by one rule."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml
from linting import OWN, TODAY

from metalint.audit import run
from metalint.audit.asked import Ask
from metalint.audit.result import Result
from metalint.model import Problem, Rule
from metalint.pointers import pointer_text
from metalint.run import Options


def across(path: Path, rule: Rule, lang: str = "en") -> list[Problem]:
    """Return what a rule of catalogues finds in the records of one file, under metalint's own names."""
    folder = path.parent / "audit"
    options = Options(OWN.name, (str(_own(path.parent)),), select=(rule.id,), lang=lang, today=TODAY, isolated=True)
    result = run.audit(Ask(options, (str(path),), str(folder)))
    assert isinstance(result, Result)
    found = list(result.problems())
    shutil.rmtree(folder)
    return found


def _own(folder: Path) -> Path:
    """Write the platform that calls everything as metalint does, and return its folder."""
    fields = {name: [pointer_text(place.pattern) for place in places] for name, places in OWN.fields.items()}
    texts = {"zh-TW": "自己的名稱", "en": "metalint's own names"}
    made = folder / "own"
    made.mkdir(exist_ok=True)
    told = {"name": OWN.name, "summary": texts, "source": ["tests"], "fields": fields}
    (made / "platform.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    return made
