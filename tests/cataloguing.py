"""How tests look at a catalogue of their own: a file's records as facts, reconciled, as problems."""

from __future__ import annotations

from pathlib import Path

from linting import OWN, lexicon

from metalint.audit import across as said
from metalint.audit import near, near_facts, references
from metalint.audit.near_titles import Titles
from metalint.datasets import Dataset, of_file
from metalint.formats.source import open_source
from metalint.messages import Sayings
from metalint.model import Problem, Rule
from metalint.opened import opened


def across(path: Path, rule: Rule, lang: str = "en") -> list[Problem]:
    """Return what a rule of catalogues finds in the records of one file, under metalint's own names."""
    read = of_file(opened(open_source(str(path)), (OWN,), OWN.name, None), lexicon())
    datasets = [one for one in read if isinstance(one, Dataset)]
    names = [said.Named(one.path, one.line, one.record, one.title, one.agency) for one in datasets]
    sayings = Sayings(lang, lexicon())
    if rule.id == references.RULE:
        facts = references.observe(map(references.referring, datasets))
        found = []
        for one in references.reconcile([facts]):
            at = datasets[one.row].fields[one.field][one.number]
            found.append(said.of_reference(rule, names[one.row], at.pointer, str(at.value), sayings))
        return found
    groups = near.reconcile([near_facts.observe(map(near_facts.described, datasets), Titles(lexicon()))])
    members = [[names[row] for _, row in group.records] for group in groups if group.rule == rule.id]
    return [problem for one in members for problem in said.of_group(rule, one, sayings)]
