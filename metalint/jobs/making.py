"""Options and configuration to the job of each file: the options win, then the nearest configuration."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from metalint import platforms, proof, ruleset
from metalint.config.errors import ConfigError
from metalint.config.governing import Governing, absolute
from metalint.filecheck import Job
from metalint.lexicon import Lexicon
from metalint.model import Json, Pointer, Problem, Rule, Severity, Texts
from metalint.platforms import Platform, PlatformError
from metalint.ruleset import ALWAYS, RuleError, matches, weight
from metalint.run import CannotRun, Options, all_platforms, prove_platform
from metalint.shipped import shipped
from metalint.suppression.given import Suppressing
from metalint.vocabulary import VocabularyError

if TYPE_CHECKING:
    from metalint.config.document import Document
    from metalint.config.load import Config, Override
    from metalint.jobs.overall import Overall

Key = tuple[Path | None, tuple[int, ...], Path | None]  # a configuration, those of its overrides that hold, a side file


class WholeRun(NamedTuple):
    """What the configuration says of a run as a whole; `None` where it says nothing."""

    lang: str | None = None
    fail_on: str | None = None
    baseline: str | None = None


def whole_run(paths: Sequence[str], options: Options) -> WholeRun:
    """Return what the configuration of the first path says of the whole run. Raises CannotRun."""
    with _refusing():
        config = Governing(options.config, isolated=options.isolated).of_run(paths, options.stdin_filename)
    if config is None:
        return WholeRun()
    baseline = config.baseline
    return WholeRun(
        config.text("lang"), config.text("fail-on"), os.path.relpath(baseline) if baseline is not None else None
    )


class Jobs:
    """The jobs of a run: one for all files that have the same configuration, overrides and file of suppressions."""

    def __init__(self, options: Options, paths: Sequence[str] = ()) -> None:
        """Raise CannotRun for options that cannot be met."""
        self._options = options
        self._governing = Governing(options.config, isolated=options.isolated)
        self._lang = options.lang or whole_run(paths, options).lang or "en"
        self._known = all_platforms(options)
        self._names = [platform.name for platform in self._known]
        if options.platform_dirs:
            try:
                platforms.prove(platforms.load([*map(Path, options.platform_dirs)]), options.schema_engine)
            except PlatformError as error:
                raise CannotRun(Texts(f"平臺無法使用：{error}", f"this platform cannot be used: {error}")) from error
        prove_platform(self._known, options)
        self._lexicon = Lexicon((shipped("vocab"),))
        self._today = options.today or date.today()  # noqa: DTZ011  the day where the user is
        self._rules: dict[tuple[str, ...], tuple[Rule, ...]] = {}
        self._made: dict[Key, Job] = {}

    @cached_property
    def plain(self) -> Job:
        """The job of a file without configuration. Raises CannotRun."""
        with _refusing():
            return self._job(None, (), None)

    @property
    def platforms(self) -> tuple[Platform, ...]:
        """All platforms, by name."""
        return self._known

    @property
    def rule_dirs(self) -> tuple[str, ...]:
        """The folders of rules that some file asked for."""
        return tuple(dict.fromkeys(folder for folders in self._rules for folder in folders))

    def of(self, path: str) -> Job | None:
        """Return what a file is asked; nothing where its configuration leaves it out. Raises CannotRun."""
        place = absolute(path, self._options.stdin_filename)
        with _refusing():
            config, side = self._governing.of(place.parent), self._governing.side(place.parent)
            if config is None and side is None:
                return self.plain
            numbers: tuple[int, ...] = ()
            if config is not None:
                if self._overall.excludes(config, place):
                    return None
                numbers = self._overall.holding(config, place)
            key = (config.file if config is not None else None, numbers, side)
            if key not in self._made:
                self._made[key] = self._job(config, numbers, side)
            return self._made[key]

    def settled(self, path: str) -> Options | None:
        """Return the options by which a file is to be read; nothing where it is left out. Raises CannotRun."""
        job = self.of(path)
        return self._options._replace(platform=job.platform, encoding=job.encoding) if job is not None else None

    def complaints(self, checked: Collection[str]) -> Iterator[Problem]:
        """Yield what is wrong with the suppressions of configuration and side files, after these files are checked."""
        if self._made:
            places = {absolute(path, self._options.stdin_filename) for path in checked}
            yield from self._overall.complaints(places, self.of_place)

    def of_place(self, place: Path) -> tuple[Path | None, Path | None]:
        """Return the configuration and the file of suppressions that hold for a file."""
        with _refusing():
            config = self._governing.of(place.parent)
            return config.file if config is not None else None, self._governing.side(place.parent)

    @cached_property
    def _overall(self) -> Overall:
        from metalint.jobs.overall import Overall

        return Overall(self._today)

    def _job(self, config: Config | None, numbers: Sequence[int], side: Path | None) -> Job:
        """Return the job of the files for which some overrides hold. Raises CannotRun, RuleError, ConfigError."""
        options = self._options
        by_file = []
        if config is not None:
            overrides = [config.overrides[number] for number in numbers]
            by_file = [one for one in overrides if one.by_file and self._overall.in_force(one)]
        rules = self._all_rules(config)
        if config is not None:
            rules = _with_fixes(self._with_params(rules, config, by_file), config)
        wanted, chosen = self._chosen(rules, config, by_file)
        platform, why = options.platform, None
        if platform is None and config is not None:
            platform, why = _platform(config, by_file)
        job = Job(
            chosen,
            self._known,
            self._lexicon,
            self._lang,
            self._today,
            platform,
            options.format,
            options.schema_engine,
            options.jobs,
            options.extras,
            encoding=options.encoding or (config.text("encoding") if config is not None else None),
            severity=_severities(config, by_file, rules) if config is not None else {},
            platform_why=why,
            suppressing=Suppressing(known=frozenset(rule.id for rule in rules), wanted=frozenset(wanted)),
        )
        if config is None and side is None:
            return job
        return self._overall.suppressing(job, config, numbers, side)

    def _all_rules(self, config: Config | None) -> tuple[Rule, ...]:
        folders = (*(config.rule_dirs if config is not None else ()), *self._options.rule_dirs)
        rules = self._rules.get(folders)
        if rules is None:
            if config is not None:
                said = config.said.get(("rules",))
                for number, folder in enumerate(config.rule_dirs):
                    if said is not None and not Path(folder).is_dir():
                        zh, en = f"沒有這個資料夾：{folder}", f"no such folder: {folder}"
                        raise said.document.error(("rules", number), zh, en)
            rules = ruleset.load([shipped("rules"), *map(Path, folders)])
            proof.prove([*map(Path, folders)], self._lexicon, self._names)
            self._rules[folders] = rules
        if config is not None:
            from metalint.config.names import prove

            prove(config, rules, self._names)
        return rules

    def _with_params(self, rules: Sequence[Rule], config: Config, by_file: Sequence[Override]) -> tuple[Rule, ...]:
        """Return the rules with the params that the configuration gives them, each tried out."""
        given: dict[str, dict[str, Json]] = {}
        for params_of in (config.options, *(one.options for one in by_file)):
            for name, params in params_of.items():
                given.setdefault(name, {}).update(params if isinstance(params, dict) else {})
        made = []
        for rule in rules:
            if rule.id in given:
                changed = rule._replace(params={**rule.params, **given[rule.id]})
                try:
                    proof.prove_rule(changed, self._lexicon)
                except Exception as error:  # a value of anybody's may fail in any way
                    document, pointer = _where(config, by_file, rule.id)
                    why = " ".join(str(error).split())
                    en = f"the rule cannot work with these params: {why}"
                    raise document.error(pointer, f"規則不能用這些參數：{why}", en, key=True) from error
                made.append(changed)
            else:
                made.append(rule)
        return tuple(made)

    def _chosen(
        self, rules: Sequence[Rule], config: Config | None, by_file: Sequence[Override]
    ) -> tuple[list[str], tuple[Rule, ...]]:
        """Return the names of the rules that are on but for the command line, and the rules that are on."""
        options = self._options
        if config is None:
            wanted = ruleset.select(rules, (), ())
        else:
            more = [name for one in by_file for name in one.select]
            on = {rule.id for rule in ruleset.select(rules, config.texts("select"), config.texts("ignore"))}
            wanted = tuple(rule for rule in rules if rule.id in on or any(matches(name, rule.id) for name in more))
        chosen = wanted
        if options.select or config is None:
            chosen = ruleset.select(rules, options.select, options.ignore)
        elif options.ignore:
            ruleset.select(rules, (), options.ignore)  # refuses what it does not know
            off = options.ignore
            chosen = tuple(r for r in wanted if r.id == ALWAYS or not any(matches(name, r.id) for name in off))
        return [rule.id for rule in wanted], chosen


def _with_fixes(rules: Sequence[Rule], config: Config) -> tuple[Rule, ...]:
    """Return the rules, whether their fixes count as safe as the configuration says; the longer name counts."""
    lists = {"safe": config.safe_fixes, "unsafe": config.unsafe_fixes}
    said = sorted((name, kind) for kind, names in lists.items() for name in names)
    if not said:
        return tuple(rules)

    def kind_of(rule: Rule) -> str:
        fitting = [one for one in said if matches(one[0], rule.id)] if rule.fix in ("safe", "unsafe") else []
        return max(fitting, key=lambda one: len(one[0]))[1] if fitting else rule.fix

    return tuple(rule._replace(fix=kind_of(rule)) for rule in rules)


def _where(config: Config, by_file: Sequence[Override], rule: str) -> tuple[Document, Pointer]:
    """Return where params of a rule are said, the last ones."""
    for override in reversed(by_file):
        if rule in override.options:
            return override.document, (*override.pointer, "options", rule)
    said = next(said for key, said in config.said.items() if key[:2] == ("options", rule))
    return said.document, ("options", rule)


def _platform(config: Config, by_file: Sequence[Override]) -> tuple[str | None, Texts | None]:
    """Return the platform that is named for some files, and by which file."""
    override = next((one for one in reversed(by_file) if one.platform is not None), None)
    said = config.said.get(("platform",))
    if override is None and said is None:
        return None, None
    path = override.document.path if override is not None else said.document.path if said is not None else ""
    name = override.platform if override is not None else config.text("platform")
    return name, Texts(f"由 {path} 指定", f"named by {path}")


def _severities(config: Config, by_file: Sequence[Override], rules: Sequence[Rule]) -> dict[str, Severity]:
    """Return how much rules weigh in some files, where it is said; of what could not be read, nothing can be said."""
    tables = [one.severity for one in reversed(by_file)] + [config.severity]
    if not any(tables):
        return {}
    found: dict[str, Severity] = {}
    for rule in rules:
        level = next((level for table in tables if (level := weight(table, rule.id)) is not None), None)
        if level is not None and rule.id != ALWAYS:
            found[rule.id] = level
    return found


@contextmanager
def _refusing() -> Iterator[None]:
    """Make CannotRun of what is wrong with configuration, rules and words."""
    try:
        yield
    except RuleError as error:
        raise CannotRun(error.texts) from error
    except VocabularyError as error:
        raise CannotRun(Texts(f"詞彙檔無法使用：{error}", f"this vocabulary cannot be used: {error}")) from error
    except ConfigError as error:
        raise CannotRun(error.texts, error.excerpt) from error
