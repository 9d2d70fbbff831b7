"""What an audit was asked to do: made to mean the same everywhere, given a name, and remembered until it has ended."""

from __future__ import annotations

import json
import os
from datetime import date
from hashlib import blake2b
from pathlib import Path

from metalint import __version__
from metalint.audit import store
from metalint.audit.asked import Ask, jobs_of
from metalint.outcome import STATE, WORK
from metalint.shipped import shipped
from metalint.writing import replace_file


def of_its_day(ask: Ask) -> Ask:
    """Return what is asked with the day filled in: what was broken off goes on by its command as of the day it began.

    Its paths are made such that they mean the same for a worker in another folder.
    """
    config = ask.options.config
    options = ask.options._replace(
        rule_dirs=tuple(map(os.path.abspath, ask.options.rule_dirs)),
        platform_dirs=tuple(map(os.path.abspath, ask.options.platform_dirs)),
        config=os.path.abspath(config) if config is not None else None,  # noqa: PTH100  nothing is resolved
    )
    ask = ask._replace(options=options, folder=os.path.abspath(ask.folder), run=os.urandom(8).hex())  # noqa: PTH100
    day = options.today or _begun(ask) or date.today()  # noqa: DTZ011  the day where the user is
    return ask._replace(options=options._replace(today=day))


def _begun(ask: Ask) -> date | None:
    """Return the day on which an audit began that was broken off, if it is this one."""
    try:
        state = store.read_json(Path(ask.folder, WORK, STATE))
        return date.fromisoformat(state["day"]) if state.get("command") in (_command(ask), None) else None
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return None


def _command(ask: Ask) -> str:
    """Return what stands for a command but for the day."""
    said = ask.options._replace(today=None), ask.paths, _kind(ask)
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _kind(ask: Ask) -> tuple[object, ...]:
    return ask.each, ask.sample, ask.seed, ask.scores


def remember(ask: Ask, *, ended: bool = False) -> None:
    """Write down what is begun, or that it has ended. Raises OSError and CannotReplace."""
    state: dict[str, object] = {"ended": True} if ended else {"day": str(ask.options.today), "command": _command(ask)}
    replace_file(str(Path(ask.folder, WORK, STATE)), json.dumps(state).encode())


def name_of(ask: Ask) -> str:
    """Return what stands for all that an outcome depends on beside the files and their configuration."""
    options = ask.options
    job = jobs_of(ask).plain
    words = [repr(rule) for rule in job.rules]
    data = [(str(path), path.stat().st_mtime_ns) for path in _data()]
    known = [path.read_bytes() for folder in options.platform_dirs for path in sorted(Path(folder).rglob("*.*"))]
    told = (options._replace(jobs=1), _kind(ask), ask.paths, words, known, data, __version__, store.LAYOUT)
    return blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _data() -> list[Path]:
    return sorted([*shipped("vocab").rglob("*.yaml"), *(shipped("rules") / "scores").glob("*.yaml")])
