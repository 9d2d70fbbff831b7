"""Catalogues to a model, and a model to its scores: what `train` and `evaluate` do."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from metalint import __version__
from metalint.keywords import train as learning
from metalint.keywords.background import Background, background
from metalint.keywords.candidates import Judge
from metalint.keywords.example import Example, Subject
from metalint.keywords.model_file import Model
from metalint.keywords.ranked import ByModel
from metalint.keywords.score import FIVE, Judged, Score, score
from metalint.keywords.series import part
from metalint.vocabulary import fold

SALT, PARTS = "metalint-2026-11", 5  # of the frozen split: one series in five is for testing alone
Suggesting = Callable[[Model], ByModel]


class Corpus:
    """Records with keywords, made ready, and the titles of a catalogue that has none."""

    def __init__(self, suggesting: Suggesting, read: Callable[[Subject, str], Example], judge: Judge) -> None:
        self._suggesting, self._read, self._judge = suggesting, read, judge
        self._subjects: list[tuple[Subject, str]] = []
        self.examples: list[Example] = []
        self.titles, self.background = 0, Background()

    def add(self, records: Iterable[tuple[Subject, str]]) -> None:
        """Take over records (with their portals) that have keywords."""
        self._subjects += [(subject, portal) for subject, portal in records if subject.present]

    def close(self, titles: Iterable[str]) -> None:
        """Make all of it ready; `titles` are those of the background."""
        every = sorted({*titles})
        self.titles, self.background = len(every), background(every)
        self.examples = learning.in_series([self._read(subject, portal) for subject, portal in self._subjects])

    def digest(self) -> str:
        """Return what tells this corpus from any other."""
        made = hashlib.sha256()
        for example in self.examples:
            made.update(
                repr((example.texts, example.keywords, example.agency, example.categories)).encode("utf-8", "replace")
            )
        made.update(repr((self.background.texts, self.background.numbers.tobytes())).encode())
        return made.hexdigest()

    def model(self, examples: Sequence[Example], card: Mapping[str, Any] | None = None) -> Model:
        """Return a model of some of the records, by language."""
        learned = {}
        for name, hanzi in (("en", False), ("zh", True)):
            some = [example for example in examples if example.hanzi == hanzi]
            if len(some) >= learning.LEAST:
                background = self.background if hanzi else Background()
                learned[name] = learning.learn(some, background, self._judge)
        return Model(learned, card or {})

    def card(self) -> dict[str, Any]:
        """Return what a model card says: of what it was made, and how it scores on series that it has not seen."""
        import jieba
        import sklearn

        scores = self.scores("series")
        portals: dict[str, int] = {}
        for example in self.examples:
            portals[example.portal] = portals.get(example.portal, 0) + 1
        return {
            "data": self.digest(),
            "records": portals,
            "titles": self.titles,
            "metrics": {
                name: {key: round(value, 4) for key, value in one._asdict().items()} for name, one in scores.items()
            },
            "versions": {"metalint": __version__, "jieba": jieba.__version__, "scikit-learn": sklearn.__version__},
        }

    def scores(self, split: str) -> dict[str, Score]:
        """Return scores by language (`series`, `random`: one in five is hidden) or by portal (each in turn)."""
        if split == "portal":
            return dict(self._by_portal())
        chosen = [
            part(example.series if split == "series" else example.texts["title"] + example.agency, SALT, PARTS) == 0
            for example in self.examples
        ]
        seen = [example for example, test in zip(self.examples, chosen, strict=True) if not test]
        hidden = [example for example, test in zip(self.examples, chosen, strict=True) if test]
        model = self.model(seen)
        by_model = self._suggesting(model)
        found = {}
        for name in model.learned:
            some = [example for example in hidden if example.hanzi == (name == "zh")]
            if some:
                found[name] = score([_judged(example, by_model) for example in some])
        return found

    def _by_portal(self) -> Iterable[tuple[str, Score]]:
        for portal in sorted({example.portal for example in self.examples}):
            rest = [example for example in self.examples if example.portal != portal]
            model = self.model(rest)
            some = [
                example
                for example in self.examples
                if example.portal == portal and ("zh" if example.hanzi else "en") in model.learned
            ]
            if some:
                by_model = self._suggesting(model)
                yield portal, score([_judged(example, by_model) for example in some])


def portal_of(path: str) -> str:
    """Return to which portal a file belongs: its name without the date (taipei-2018-07.csv → taipei)."""
    return re.sub(r"[-_]?[0-9]{4}.*", "", Path(path).stem) or Path(path).stem


def _judged(example: Example, by_model: ByModel) -> Judged:
    names = (example.agency, *example.categories)
    bare = Subject(example.texts, (), names, example.agency, example.categories)
    ranking, _ = by_model.ranked(example._replace(keywords=(), written=()), names)
    given = by_model.suggest(bare, FIVE, None) or []
    return Judged(
        [fold(one.term) for one in given], [(one.term, one.probability) for one in ranking], {*example.keywords}
    )
