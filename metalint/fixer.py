"""A file's records mended: problems to changes, round by round until nothing is left that may be mended."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from metalint import formats
from metalint.engine import Plan, Setting
from metalint.formats import CannotWrite, Format, Writer
from metalint.formats.spelling import speller
from metalint.formats.spliced import Placed
from metalint.model import Fix, Json, Operation, Pointer, Problem, Slice, Splice
from metalint.operations import compatible, of_fixes
from metalint.rewriting import composed, rewritten
from metalint.ruleset import ALWAYS

ROUNDS = 10
TOGETHER = 128  # records that are looked at together, as in `pool`


class Change(NamedTuple):
    """A change of a record, and the rule that asked for it."""

    rule: str
    operation: Operation


@dataclass(slots=True)
class Mended:
    """A record that was mended: what it was, what it is now, and how. `left` are fixes that could not be written."""

    record: str
    title: str
    before: Json
    piece: Slice
    now: Slice
    splices: tuple[Splice, ...] = ()
    changes: list[Change] = field(default_factory=list)
    rules: Counter[str] = field(default_factory=Counter)
    left: dict[tuple[str, Pointer], Problem] = field(default_factory=dict)

    @property
    def placed(self) -> Placed:
        """What changes in the file."""
        text = self.piece.text
        changes = tuple((splice, text[splice.start : splice.end]) for splice in self.splices)
        return Placed(self.piece.line, self.piece.column, changes)


class Unstable(Exception):
    """A record still changes after so many rounds: which, and by which rules."""

    def __init__(self, record: str, rules: Sequence[str]) -> None:
        super().__init__(record)
        self.record, self.rules = record, rules


class Fixer:
    """The rounds over the records of one file."""

    def __init__(
        self,
        setting: Setting,
        format_: Format,
        encoding: str,
        *,
        unsafe: bool,
        spared: Callable[[Problem], bool] | None = None,
    ) -> None:
        """`spared` tells whether somebody has decided to live with a problem."""
        self._plan, self._format, self._all = Plan(setting, format_), format_, unsafe
        self._writer: Writer = formats.writer(setting.format)
        self._spelt = speller(setting.format, encoding)
        self._is_spared, self._spared = spared, defaultdict[int, set[tuple[str, Pointer]]](set)
        self.unsafe = 0  # fixes that were left for somebody to look at
        self.unread = 0  # records that could not be read

    def mended(self, pieces: Iterator[Slice]) -> Iterator[Mended]:
        """Yield the records that something could be mended in, in order. Raises Unstable."""
        while some := list(itertools.islice(pieces, TOGETHER)):
            yield from self._rounds(some)

    def _rounds(self, some: Sequence[Slice]) -> Iterator[Mended]:
        states: dict[int, Mended] = {}
        turn: dict[int, Slice] = dict(enumerate(some))
        unsafe: Counter[int] = Counter()
        self._spared.clear()
        for _ in range(ROUNDS + 1):
            if not turn:
                break
            unsafe -= Counter({at: unsafe[at] for at in turn})
            asked = self._asked(turn, states, unsafe)
            turn = {}
            for at, problems in asked.items():
                if at not in states:
                    piece = some[at]
                    value = self._format.parse(piece).value
                    first = problems[0]
                    states[at] = Mended(first.record, first.title, value, piece, piece)  # type: ignore[arg-type]
                if self._mend(states[at], problems):
                    turn[at] = states[at].now
        if turn:
            state = states[min(turn)]
            raise Unstable(state.record, sorted(state.rules))
        self.unsafe += unsafe.total()
        yield from (states[at] for at in sorted(states))

    def _asked(
        self, turn: Mapping[int, Slice], states: Mapping[int, Mended], unsafe: Counter[int]
    ) -> dict[int, list[Problem]]:
        """Return the problems to be mended, by record; count those that are not, being unsafe.

        What is spared stays so, though lines may shift as a record is mended.
        """
        linted = self._plan.lint([*turn.values()])
        numbers = [*turn]
        asked: dict[int, list[Problem]] = {}
        for problem, owner in zip(linted.problems, linted.owners, strict=True):
            at = numbers[owner]
            tried = states[at].left if at in states else {}
            self.unread += problem.rule == ALWAYS
            if problem.fix is None or problem.fix.shown:
                continue
            if self._is_spared is not None:
                own = self._spared[at]
                if (problem.rule, problem.pointer) in own or self._is_spared(problem):
                    own.add((problem.rule, problem.pointer))
                    continue
            if not (problem.fix.safe or self._all):
                unsafe[at] += 1
            elif (problem.rule, problem.pointer) not in tried:
                asked.setdefault(at, []).append(problem)
        return asked

    def _mend(self, state: Mended, problems: Sequence[Problem]) -> bool:
        """Mend a record, all at once or, where that cannot be written, problem by problem; tell whether it changed."""
        if self._made(state, problems):
            return True
        changed = False
        for problem in problems:
            if self._made(state, [problem]):
                changed = True
                break  # what the others propose was for the record as it was
            state.left[problem.rule, problem.pointer] = problem
        return changed

    def _made(self, state: Mended, problems: Sequence[Problem]) -> bool:
        """Make changes of a record; tell whether that was possible and made a difference."""
        proposed = [(problem.rule, problem.fix) for problem in problems if problem.fix is not None]
        chosen = [proposed[number] for number in compatible([fix for _, fix in proposed])]
        record = self._format.parse(state.now).value
        fixes = [fix for _, fix in chosen]
        operations = of_fixes(fixes, record, lists_of_one=self._writer.LISTS_OF_ONE)  # type: ignore[arg-type]  # it was read
        try:
            made = rewritten(state.now, operations, self._format, self._writer, self._spelt)
        except (CannotWrite, UnicodeEncodeError):
            return False
        if made.piece.text == state.now.text:
            return False
        text = state.now.text
        for splice in reversed(made.splices):
            state.splices = composed(state.splices, splice, text)
            text = text[: splice.start] + splice.text + text[splice.end :]
        state.now = made.piece
        state.changes += [Change(_rules(operation, chosen), operation) for operation in operations]
        state.rules.update(rule for rule, _ in chosen)
        return True


def _rules(operation: Operation, chosen: Sequence[tuple[str, Fix]]) -> str:
    """Return the rules that ask for a change, one or more, with a space between them."""
    at = operation.pointer
    exact = [rule for rule, fix in chosen if fix.pointer == at]
    near = [rule for rule, fix in chosen if fix.pointer[: len(at)] == at or at[:-1] == fix.pointer[: len(at) - 1]]
    return " ".join(dict.fromkeys(exact or near))
