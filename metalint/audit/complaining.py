"""What is wrong with suppressions in configuration and side files: known only when all parts are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

from metalint.audit import held, kept, store
from metalint.audit.asked import Ask, Part, jobs_of
from metalint.audit.counted import Counted
from metalint.audit.finish import DATASETS, FIGURES, FOUND, PROBLEMS
from metalint.audit.look import NOWHERE
from metalint.outcome import DONE, LOOKED
from metalint.suppression.stage import Suppressions

_PLAIN = "json"  # a format without comments: what those hold back, each part has said itself


def complaints(ask: Ask, parts: Sequence[Part], keys: Sequence[str]) -> Iterator[str]:
    """Make a piece of work of what is wrong with suppressions in configuration and side files; yield its name, if any.

    `keys` are the names of the parts' outcomes. Of a sample nothing is said: what holds nothing back there may do so
    elsewhere. Raises OSError where the folder cannot be written.
    """
    if ask.sample:
        return
    folder, jobs = Path(ask.folder), jobs_of(ask)
    holding: dict[str, Suppressions] = {}
    for part, key in zip(parts, keys, strict=True):
        for piece in (store.place(folder, LOOKED, part.key), store.place(folder, DONE, key)):
            for number, problem in held.read(piece):
                source = part.sources[number]
                job = jobs.of(source.path)
                if job is None:
                    continue
                if source.path not in holding:
                    holding[source.path] = Suppressions(source, _PLAIN, job.suppressing, job.rules)
                holding[source.path].covers(problem)  # and so notes which suppression that was
    paths = dict.fromkeys(source.path for part in parts for source in part.sources)
    found = [kept.kept(0, NOWHERE, problem) for problem in jobs.complaints(paths)]
    if found:
        yield _piece(folder, found)


def _piece(folder: Path, found: Sequence[kept.Kept]) -> str:
    counted = Counted([], [])
    for one in found:
        counted.add(one)
    name = blake2b("\n".join(one.whole for one in found).encode(), digest_size=18).hexdigest()
    key = f"{name[:24]}-{name[24:]}"
    if not store.is_whole(folder, DONE, key):
        with store.making(folder, DONE, key) as new:
            for name, lines in ((FOUND, [one.whole for one in found]), (PROBLEMS, [one.told for one in found])):
                (new / name).write_text("".join(line + "\n" for line in lines), "utf-8", newline="\n")
            (new / DATASETS).touch()
            store.write_json(new / FIGURES, counted.told(None, 0))
    return key
