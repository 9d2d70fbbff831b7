"""The stage between what is found in a file and what is reported: what is held back, and what weighs otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from metalint.formats.source import Source
from metalint.model import Fault, Problem, Rule, Slice, Span, Texts
from metalint.ruleset import ALWAYS, matches, nearest_rules, weight
from metalint.suppression.comments import Comment, read
from metalint.suppression.given import Suppressing
from metalint.suppression.held import Suppression, Written
from metalint.suppression.scan import comments

FAMILY = "suppression"
Tell = Callable[[Fault, Slice], Problem | None]  # what is wrong with a suppression, and its line, to a problem


class Suppressions:
    """What holds problems of one file back."""

    def __init__(self, source: Source, format_name: str, suppressing: Suppressing, rules: Sequence[Rule]) -> None:
        self._given = suppressing
        self._on = frozenset(rule.id for rule in rules)
        self._path = source.path
        self._comments: list[Suppression] = []
        self._complaints: list[tuple[Fault, Slice]] = []
        for comment in comments(source, format_name):
            self._take(comment)
        self._every = (*self._comments, *suppressing.overrides)
        self._by_rule: dict[str, tuple[Suppression, ...]] = {}

    def complaints(self, problems: Iterable[Problem], tell: Tell) -> Iterator[Problem]:
        """Yield what is wrong with the comments of the file, of which `problems` are all problems."""
        if self._comments:
            for problem in problems:
                self._of(problem)
        faults = list(self._complaints)
        for one in self._comments:
            for name, written in one.unused(self._on, self._given.wanted or self._on):
                faults.append(complaint("unused", {"name": name}, written))
        told = (tell(fault, line) for fault, line in faults)
        yield from (problem for problem in told if problem is not None)

    def applied(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield the problems: those that are held back say so, some weigh otherwise."""
        for problem in problems:
            by = self._of(problem)
            if by is not None:
                yield problem._replace(suppressed=by.told)
            else:
                yield self._weighed(problem)

    def covers(self, problem: Problem) -> bool:
        """Tell whether a problem is held back."""
        return self._of(problem) is not None

    def _of(self, problem: Problem) -> Suppression | None:
        """Return what holds a problem back; all that could is noted as used."""
        if problem.rule == ALWAYS or problem.rule.startswith(FAMILY + "/"):
            return None
        every = self._by_rule.get(problem.rule)
        if every is None:
            every = self._by_rule[problem.rule] = tuple(one for one in self._every if one.names(problem.rule))
        entries = self._given.records.get(problem.record, ())
        beside = [entry.suppression for entry in entries if entry.suppression.names(problem.rule)]
        by = [one for one in (*every, *beside) if one.covers(problem)]
        for one in by:
            one.use(problem.rule)
        return by[0] if by else None

    def _weighed(self, problem: Problem) -> Problem:
        for one in self._given.lighter:
            level = weight(one.severity, problem.rule)
            if level is not None and problem.rule != ALWAYS:
                where = Suppression((), "", tuple, one.records, one.pointers)
                problem = problem._replace(severity=level) if where.covers(problem) else problem
        return problem

    def _take(self, comment: Comment) -> None:
        where = written(self._path, comment)
        said = read(comment)
        if said is None:
            zh, en = "寫法是 metalint: ignore[規則] 原因", "it is written metalint: ignore[rule] reason"
            self._complaints.append(complaint("malformed", {"why": Texts(zh, en)}, where))
            return
        known = self._given.known or self._on
        good = [name for name in said.rules if name != ALWAYS and any(matches(name, rule) for rule in known)]
        for name in said.rules:
            if name == ALWAYS:
                zh, en = f"{ALWAYS} 不能略過", f"{ALWAYS} cannot be held back"
                self._complaints.append(complaint("malformed", {"why": Texts(zh, en)}, where))
            elif name not in good:
                near = nearest_rules(name, known)
                self._complaints.append(complaint("unknown-rule", {"name": name, "nearest": near}, where))
        if good and comment.reach is not None:
            one = Suppression(tuple(good), said.reason, lambda: (where,) * len(good), reach=comment.reach)
            self._comments.append(one)
        elif good:
            zh, en = "後面沒有欄位或元素", "no field or element follows it"
            self._complaints.append(complaint("malformed", {"why": Texts(zh, en)}, where))


def complaint(kind: str, detail: Mapping[str, object], written: Written) -> tuple[Fault, Slice]:
    """Return what is wrong with a suppression, and the line on which it is written."""
    return Fault(f"{FAMILY}/{kind}", detail, written.span), Slice(0, written.text, written.span.line)


def written(path: str, comment: Comment) -> Written:
    """Return where a comment is written."""
    end = comment.start + comment.length
    span = Span(comment.start, end, comment.line, comment.column, comment.line, comment.column + comment.length)
    return Written(path, comment.whole, span)
