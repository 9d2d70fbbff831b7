"""A model as a file: terms and numbers, nothing that could run. The same model gives the same bytes.

A zip of NumPy arrays (`allow_pickle=False`); the array `head` is JSON: the schema's number, what the model was made
with and from, its terms, and a digest of all of it. What does not fit together is refused.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from metalint.keywords.features import NAMES
from metalint.keywords.rankers import Calibration, Ranker, Trees
from metalint.keywords.statistics import Background, Counts, Neighbours, Statistics

SCHEMA = 1
LARGEST = 256 << 20  # bytes, unpacked
_EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip has no use for the time it was made
_COUNTED = (
    "weight",
    "portals",
    "written",
    "occurs",
    "phrases",
    "by_agency",
    "by_category",
    "agencies",
    "categories",
    "uses",
)
Array = NDArray[Any]


class ModelError(Exception):
    """A model that cannot be used: the file and the reason."""


class Learned(NamedTuple):
    """What was learned of one language; `keywords` is how many a record has on average."""

    statistics: Statistics
    known: Ranker
    unseen: Ranker
    keywords: float


class Model(NamedTuple):
    """What was learned, by language (`zh`, `en`); `card` says of what, how, and how well."""

    learned: Mapping[str, Learned]
    card: Mapping[str, Any]


def save(model: Model, path: Path, words: Path) -> None:
    """Write a model, whole or not at all; `words` is the dictionary that it was made with."""
    arrays: dict[str, Array] = {}
    languages = {name: _taken_apart(learned, name, arrays) for name, learned in sorted(model.learned.items())}
    head = {
        "schema": SCHEMA,
        "features": list(NAMES),
        "words": _digest_of(words),
        "card": model.card,
        "languages": languages,
        "digest": _digest(arrays, languages),
    }
    text = _json(head)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in sorted({**arrays, "head": np.frombuffer(text, np.uint8)}.items()):
            member = io.BytesIO()
            np.lib.format.write_array(member, array, allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, member.getvalue())
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent)
    try:
        with open(number, "wb") as file:  # noqa: PTH123
            file.write(packed.getvalue())
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)  # noqa: PTH101
        os.replace(name, path)  # noqa: PTH105
    except OSError:
        os.unlink(name)  # noqa: PTH108
        raise


def load(path: Path, words: Path) -> Model:
    """Return the model of a file. Raises ModelError for what is none, was changed, or was made with other words."""
    try:
        arrays = dict(_arrays(path))
        head = json.loads(arrays.pop("head").tobytes())
        if head["schema"] != SCHEMA:
            raise ModelError(f"{path}: a model of schema {head['schema']}; this version reads {SCHEMA}: train it anew")
        if head["features"] != list(NAMES):
            raise ModelError(f"{path}: made by another version of metalint: train it anew")
        if head["words"] != _digest_of(words):
            raise ModelError(f"{path}: made with another dictionary than {words.name}: train it anew")
        if head["digest"] != _digest(arrays, head["languages"]):
            raise ModelError(f"{path}: it is not as it was saved")
        learned = {name: _put_together(parts, name, arrays) for name, parts in head["languages"].items()}
        return Model(learned, head["card"])
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        zipfile.BadZipFile,
        EOFError,
    ) as error:
        raise ModelError(f"{path}: no model ({type(error).__name__}: {error})") from error


def _arrays(path: Path) -> Iterator[tuple[str, Array]]:
    """Yield the arrays of a file; none that is too large, has objects in it, or holds what is no number."""
    with zipfile.ZipFile(path) as archive:
        if sum(info.file_size for info in archive.infolist()) > LARGEST:
            raise ModelError(f"{path}: larger than {LARGEST >> 20} MiB")
        for info in archive.infolist():
            with archive.open(info) as member:
                array = np.lib.format.read_array(member, allow_pickle=False)
            if array.ndim != 1 or array.dtype.kind not in "iuf" or not np.isfinite(array).all():
                raise ModelError(f"{path}: {info.filename} is not a row of numbers")
            yield info.filename.removesuffix(".npy"), array


def _taken_apart(learned: Learned, name: str, arrays: dict[str, Array]) -> dict[str, object]:
    """Put a language's arrays to the others and return its terms."""
    counts, near, background = learned.statistics
    number = {keyword: at for at, keyword in enumerate(counts.weight)}
    listed = [number[keyword] for keywords in near.keywords for keyword in keywords]
    arrays[f"{name}.starts"], arrays[f"{name}.records"] = near.starts, near.records
    arrays[f"{name}.rarity"], arrays[f"{name}.weights"] = near.rarity, near.weights
    arrays[f"{name}.keywords"] = np.array(listed, np.int32)
    arrays[f"{name}.keyword_starts"] = np.cumsum([0, *map(len, near.keywords)]).astype(np.int32)
    arrays[f"{name}.background"] = np.array([*background.counts.values()], np.int32)
    for which, ranker in (("known", learned.known), ("unseen", learned.unseen)):
        for key, value in (*ranker.trees._asdict().items(), *ranker.calibration._asdict().items()):
            arrays[f"{name}.{which}.{key}"] = np.atleast_1d(np.asarray(value))
        arrays[f"{name}.{which}.columns"] = ranker.columns
    return {
        "counts": {key: _rounded(getattr(counts, key)) for key in _COUNTED},
        "order": list(counts.weight),
        "words": list(near.words),
        "phrases": list(background.counts),
        "titles": background.titles,
        "mean": learned.keywords,
    }


def _put_together(parts: Mapping[str, Any], name: str, arrays: Mapping[str, Array]) -> Learned:
    counts = Counts()
    for key in _COUNTED:
        setattr(counts, key, dict(parts["counts"][key]))
    counts.prepare()
    order, starts = parts["order"], arrays[f"{name}.keyword_starts"]
    listed = arrays[f"{name}.keywords"]
    keywords = [[order[at] for at in listed[starts[i] : starts[i + 1]]] for i in range(len(starts) - 1)]
    words, own = parts["words"], {key: arrays[f"{name}.{key}"] for key in ("rarity", "starts", "records", "weights")}
    if (
        len(own["starts"]) != len(words) + 1
        or len(own["rarity"]) != len(words)
        or not _within(own["records"], len(keywords))
    ):
        raise ValueError("words, weights and records do not belong together")
    if own["starts"][-1] != len(own["records"]) or len(own["records"]) != len(own["weights"]):
        raise ValueError("records and weights do not belong together")
    background = arrays[f"{name}.background"]
    frequent = dict(zip(parts["phrases"], map(int, background), strict=True))
    near = Neighbours(words, own["rarity"], own["starts"], own["records"], own["weights"], keywords)
    statistics = Statistics(counts, near, Background(parts["titles"], frequent))
    return Learned(
        statistics, _ranker(f"{name}.known", arrays), _ranker(f"{name}.unseen", arrays), float(parts["mean"])
    )


def _ranker(name: str, arrays: Mapping[str, Array]) -> Ranker:
    def own(kind: Any) -> list[Any]:
        return [float(arrays[f"{name}.{key}"][0]) if key == "base" else arrays[f"{name}.{key}"] for key in kind._fields]

    columns, trees = arrays[f"{name}.columns"], Trees(*own(Trees))
    nodes = len(trees.feature)
    inner, at = trees.feature >= 0, np.arange(nodes)
    fits = _within(columns, len(NAMES)) and bool((trees.feature < len(columns)).all())
    fits &= {len(part) for part in (trees.threshold, trees.left, trees.right, trees.value)} == {nodes}
    fits = fits and all(_within(part, nodes) for part in (trees.left, trees.right, trees.roots))
    # A node leads to later ones alone: so no row goes round in a circle.
    fits = fits and bool(((trees.left > at) & (trees.right > at))[inner].all())
    calibration = Calibration(*own(Calibration))
    if not fits or len(calibration.scores) != len(calibration.shares):
        raise ValueError(f"the arrays of {name} do not belong together")
    return Ranker(trees, calibration, columns)


def _within(numbers: Array, size: int) -> bool:
    return bool(((numbers >= 0) & (numbers < size)).all())


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    return {key: _rounded(item) for key, item in value.items()} if isinstance(value, dict) else value


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _digest(arrays: Mapping[str, Array], terms: object) -> str:
    made = hashlib.sha256(_json(terms))
    for name, array in sorted(arrays.items()):
        made.update(f"{name} {array.dtype.str} {array.shape}".encode())
        made.update(np.ascontiguousarray(array).tobytes())
    return made.hexdigest()


def _digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
