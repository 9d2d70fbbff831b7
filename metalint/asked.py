"""What the values of one field are asked: all rules of one value, and what came of the values seen before."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import filterfalse
from typing import NamedTuple, TypeAlias

from metalint.checks.kinds import OfValue
from metalint.model import Finding, Json, Rule

FEW = 50  # values that are asked everything
TRIED = 2_000  # values that tell whether a field's values repeat
REMEMBERED = 4_000  # values a field; more are judged anew, so that memory does not grow with the catalogue


class Hit(NamedTuple):
    """A finding with its words said: what is the same for every record that has the same value."""

    rule: Rule
    finding: Finding
    message: str
    help: str


Say: TypeAlias = Callable[[Rule, Finding, str, Json], Hit]


class Asked:
    """The rules of a field. Most values repeat; of those that do not most are surely innocent: one pattern tells.

    The first few values are asked everything: for them it does not pay to make that pattern.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._rules: list[tuple[Rule, OfValue]] = []
        self._few = FEW
        self._quick: _Quick | None = None
        self._clean: set[Json] = set()
        self._met = self._new = 0
        self._known: dict[Json, tuple[Hit, ...]] = {}

    def add(self, rule: Rule, prepared: OfValue) -> None:
        """Ask one rule more."""
        self._rules.append((rule, prepared))

    def ask(self, text: str, say: Say) -> tuple[Hit, ...]:
        """Return what all rules find in a text."""
        hits = self._known.get(text)
        if hits is not None:
            return hits
        return () if text in self._clean or self._innocent(1)(text) else self._judged(text, say)

    def bad(self, values: Sequence[Json], say: Say) -> set[Json]:
        """Return the texts among some values that something is found in, and those that are nothing but space.

        May raise TypeError for a value that is neither a text nor a number; none of these is asked anything.
        """
        # A column with one value from top to bottom is common, whatever the field's other columns are.
        new: Collection[Json] = set(values) if len(values) > 1 and values[0] == values[-1] else values
        if self._repeats():
            new = set(values) - self._clean
            self._met, self._new = self._met + len(values), self._new + len(new)
        if not new:
            return set()
        innocent = self._innocent(len(new))
        try:
            left = [*filterfalse(innocent, new)]  # type: ignore[arg-type]
        except TypeError:  # numbers among them
            left = [value for value in new if isinstance(value, str) and not innocent(value)]
        bad: set[Json] = {text for text in left if isinstance(text, str) and self._doubtful(text, say)}
        if self._repeats():
            self._remember(new)
            self._clean -= bad
        return bad

    def _repeats(self) -> bool:
        """Tell whether it pays to remember clean values: they are met again, or cost more than a look."""
        return (self._quick is not None and self._quick.never) or self._met < TRIED or 2 * self._new < self._met

    def _doubtful(self, text: str, say: Say) -> bool:
        if text in self._clean:
            return False
        hits = self._known.get(text)
        if hits is None:
            hits = self._judged(text, say)
        if hits or text.isspace():
            return True
        self._remember([text])
        return False

    def _remember(self, values: Collection[Json]) -> None:
        if len(self._clean) >= REMEMBERED:
            self._clean.clear()
        self._clean.update(values)

    def _innocent(self, more: int) -> Callable[[str], object]:
        """Return a function that tells in one pass that a text is not blank and no rule finds anything in it."""
        if self._quick is None:
            self._few -= more
            if self._few >= 0:
                return _never
            self._quick = _Quick(self._rules)
        return self._quick.innocent

    def _judged(self, text: str, say: Say) -> tuple[Hit, ...]:
        if self._quick is not None:
            rules = self._quick.suspicious(text)
        else:
            rules = [(rule, prepared) for rule, prepared in self._rules if _may_find(prepared.trigger, text)]
        found = [say(rule, finding, self._name, text) for rule, prepared in rules for finding in prepared.judge(text)]
        hits = tuple(found)
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        if hits:
            self._known[text] = hits
        return hits


class _Quick:
    """The patterns that tell of a text whether any rule must be asked, and which."""

    def __init__(self, rules: Sequence[tuple[Rule, OfValue]]) -> None:
        self._always: list[tuple[Rule, OfValue]] = []
        self._gated: list[tuple[Rule, OfValue]] = []
        self._doubted: dict[str, list[tuple[Rule, OfValue]]] = {}
        for rule, prepared in rules:
            if prepared.innocent is not None:
                self._doubted.setdefault(prepared.innocent, []).append((rule, prepared))
            else:
                (self._always if prepared.trigger is None else self._gated).append((rule, prepared))
        self._patterns = {innocent: re.compile(innocent) for innocent in self._doubted}
        triggers = "".join(dict.fromkeys(prepared.trigger or "" for _, prepared in self._gated))
        self._gate = re.compile(f"[{triggers}]") if triggers else None
        self._by_sign: dict[str, list[tuple[Rule, OfValue]]] = {}
        self.never = bool(self._always)
        self.innocent: Callable[[str], object] = _never
        if not self._always:
            patterns = "".join(f"(?={innocent})" for innocent in self._doubted)
            signs = f"[^{triggers}]*" if triggers else r"(?s:.*)"
            self.innocent = re.compile(rf"(?=\S){patterns}{signs}\Z").match

    def suspicious(self, text: str) -> list[tuple[Rule, OfValue]]:
        """Return the rules that may find something in a text."""
        rules = [*self._always]
        for sign in dict.fromkeys(self._gate.findall(text)) if self._gate is not None else ():
            rules += [asked for asked in self._woken(sign) if asked not in rules]
        for innocent, doubted in self._doubted.items():
            if self._patterns[innocent].match(text) is None:
                rules += doubted
        return rules

    def _woken(self, sign: str) -> list[tuple[Rule, OfValue]]:
        """Return the rules of which a sign is one that they look for."""
        woken = self._by_sign.get(sign)
        if woken is None:
            woken = [(rule, asked) for rule, asked in self._gated if re.match(f"[{asked.trigger}]", sign)]
            self._by_sign[sign] = woken
        return woken


def _may_find(trigger: str | None, text: str) -> bool:
    """Tell whether a rule may find something, without a pattern: of a trigger that is no plain list of signs it may."""
    return trigger is None or trigger[0] == "^" or "-" in trigger or "\\" in trigger or not {*trigger}.isdisjoint(text)


def _never(text: str) -> bool:  # noqa: ARG001
    return False
