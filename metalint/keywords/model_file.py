"""A model as a file: terms and numbers, nothing that could run. The same model gives the same bytes.

A zip of NumPy arrays (`allow_pickle=False`); the array `head` is JSON: the schema's number, what the model was made
with and from, and a digest of what belongs to each language. What does not fit together is refused.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from metalint.keywords.background import Background, Seen
from metalint.keywords.features import NAMES
from metalint.keywords.neighbours import Neighbours, Records
from metalint.keywords.rankers import LEAVES, Calibration, Ranker, Trees
from metalint.keywords.statistics import Counts, Statistics

if TYPE_CHECKING:
    from numpy.typing import NDArray

if TYPE_CHECKING:
    pass

SCHEMA = 5
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
_NEAR = ("rarity", "starts", "records", "weights")
Array: TypeAlias = "NDArray[Any]"


class ModelError(Exception):
    """A model that cannot be used: the file and the reason."""


class Learned(NamedTuple):
    """What was learned of one language."""

    statistics: Statistics
    known: Ranker
    unseen: Ranker


class Model(NamedTuple):
    """What was learned, by language (`zh`, `en`); `card` says of what, how, and how well."""

    learned: Mapping[str, Learned]
    card: Mapping[str, Any]


class Languages(Mapping[str, Learned]):
    """What was learned by language, read from the model's file when it is asked for: most records are of one."""

    def __init__(self, path: Path, digests: Mapping[str, str]) -> None:
        self._path, self._digests = path, digests
        self._read: dict[str, Learned] = {}

    def __getitem__(self, name: str) -> Learned:
        """Return what was learned of a language. Raises KeyError, and ModelError for what was changed."""
        if name not in self._read:
            digest = self._digests[name]
            with _refusing(self._path):
                arrays = _arrays(self._path, f"{name}.")
                if digest != _digest(arrays):
                    raise ModelError(f"{self._path}: it is not as it was saved")
                self._read[name] = _put_together(arrays)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)


def save(model: Model, path: Path, words: Path) -> None:
    """Write a model, whole or not at all; `words` is the dictionary that it was made with."""
    apart = {name: _taken_apart(learned) for name, learned in sorted(model.learned.items())}
    arrays = {f"{name}.{key}": array for name, parts in apart.items() for key, array in parts.items()}
    head = {
        "schema": SCHEMA,
        "features": list(NAMES),
        "words": _digest_of(words),
        "card": model.card,
        "digests": {name: _digest(parts) for name, parts in apart.items()},
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
    """Return the model of a file. Raises ModelError for what is none, was changed, or was made with other words.

    What belongs to a language is read, and proved, when it is asked for.
    """
    with _refusing(path):
        head = json.loads(_arrays(path, "head")[""].tobytes())
        if head["schema"] != SCHEMA:
            raise ModelError(f"{path}: a model of schema {head['schema']}; this version reads {SCHEMA}: train it anew")
        if head["features"] != list(NAMES):
            raise ModelError(f"{path}: made by another version of metalint: train it anew")
        if head["words"] != _digest_of(words):
            raise ModelError(f"{path}: made with another dictionary than {words.name}: train it anew")
        return Model(Languages(path, head["digests"]), head["card"])


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Make of whatever a strange file leads to a ModelError."""
    try:
        yield
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
    ) as error:
        raise ModelError(f"{path}: no model ({type(error).__name__}: {error})") from error


def _arrays(path: Path, begin: str) -> dict[str, Array]:
    """Return the arrays of a file whose names begin so, without that; none that is too large, or holds no numbers."""
    found = {}
    with zipfile.ZipFile(path) as archive:
        if sum(info.file_size for info in archive.infolist()) > LARGEST:
            raise ModelError(f"{path}: larger than {LARGEST >> 20} MiB")
        for info in archive.infolist():
            if not info.filename.startswith(begin):
                continue
            with archive.open(info) as member:
                array = np.lib.format.read_array(member, allow_pickle=False)
            if array.ndim != 1 or array.dtype.kind not in "iuf" or not np.isfinite(array).all():
                raise ModelError(f"{path}: {info.filename} is not a row of numbers")
            found[info.filename.removeprefix(begin).removesuffix(".npy")] = array
    return found


def _taken_apart(learned: Learned) -> dict[str, Array]:
    """Return a language's numbers, and its terms as JSON."""
    counts, records, words, signs, background = learned.statistics
    number = {keyword: at for at, keyword in enumerate(counts.weight)}
    listed = [number[keyword] for keywords in records.keywords for keyword in keywords]
    terms = {
        "counts": {key: _rounded(getattr(counts, key)) for key in _COUNTED},
        "order": list(counts.weight),
        "words": list(words.words),
        "signs": list(signs.words),
        "agencies": list(records.names),
    }
    arrays: dict[str, Array] = {
        "terms": np.frombuffer(_json(terms), np.uint8),
        "keywords": np.array(listed, np.int32),
        "keyword_starts": np.cumsum([0, *map(len, records.keywords)]).astype(np.int32),
        "agencies": records.agencies,
        "portals": records.portals,
        "seen": background.numbers.ravel(),
        "seen_texts": np.frombuffer(background.texts, np.uint8),
    }
    for which, near in (("words", words), ("signs", signs)):
        arrays |= {f"{which}.{key}": getattr(near, key) for key in _NEAR}
    for which, ranker in (("known", learned.known), ("unseen", learned.unseen)):
        parts = {**ranker.trees._asdict(), **ranker.calibration._asdict()}
        arrays |= {f"{which}.{key}": np.atleast_1d(np.asarray(value)) for key, value in parts.items()}
    return arrays


def _put_together(arrays: Mapping[str, Array]) -> Learned:
    terms = json.loads(arrays["terms"].tobytes())
    counts = Counts()
    for key in _COUNTED:
        setattr(counts, key, dict(terms["counts"][key]))
    counts.prepare()
    order, starts, listed = terms["order"], arrays["keyword_starts"].tolist(), arrays["keywords"].tolist()
    keywords = [[order[at] for at in listed[begin:end]] for begin, end in pairwise(starts)]
    agencies, portals = arrays["agencies"], arrays["portals"]
    if not len(agencies) == len(portals) == len(keywords) or not _within(agencies, len(terms["agencies"])):
        raise ValueError("agencies, portals and records do not belong together")
    statistics = Statistics(
        counts,
        Records(keywords, terms["agencies"], agencies, portals),
        _neighbours(terms["words"], "words", arrays, len(keywords)),
        _neighbours(terms["signs"], "signs", arrays, len(keywords)),
        _background(arrays["seen_texts"].tobytes(), arrays["seen"]),
    )
    return Learned(statistics, _ranker("known", arrays), _ranker("unseen", arrays))


def _background(texts: bytes, numbers: Array) -> Background:
    lines = texts.count(b"\n")
    if (texts and not texts.endswith(b"\n")) or len(numbers) != lines * len(Seen._fields):
        raise ValueError("the texts of the titles and their numbers do not belong together")
    return Background(texts, numbers.reshape(lines, len(Seen._fields)))


def _neighbours(words: Sequence[str], name: str, arrays: Mapping[str, Array], size: int) -> Neighbours:
    rarity, starts, records, weights = (arrays[f"{name}.{key}"] for key in _NEAR)
    if len(starts) != len(words) + 1 or len(rarity) != len(words) or not _within(records, size):
        raise ValueError(f"{name}: words, weights and records do not belong together")
    if starts[-1] != len(records) or len(records) != len(weights):
        raise ValueError(f"{name}: records and weights do not belong together")
    return Neighbours(words, rarity, starts, records, weights, size)


def _ranker(name: str, arrays: Mapping[str, Array]) -> Ranker:
    def own(kind: Any) -> list[Any]:
        return [float(arrays[f"{name}.{key}"][0]) if key == "base" else arrays[f"{name}.{key}"] for key in kind._fields]

    trees = Trees(*own(Trees))
    nodes = len(trees.feature)
    fits = _within(trees.feature, len(NAMES)) and {len(trees.threshold), len(trees.mask)} == {nodes}
    fits = fits and _within(trees.starts, nodes) and bool((np.diff(trees.starts) > 0).all())
    fits = fits and len(trees.value) == LEAVES * len(trees.starts) and trees.mask.dtype == np.uint16
    calibration = Calibration(*own(Calibration))
    if not fits or len(calibration.scores) != len(calibration.shares):
        raise ValueError(f"the arrays of {name} do not belong together")
    return Ranker(trees, calibration)


def _within(numbers: Array, size: int) -> bool:
    return bool(((numbers >= 0) & (numbers < size)).all())


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    return {key: _rounded(item) for key, item in value.items()} if isinstance(value, dict) else value


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _digest(arrays: Mapping[str, Array]) -> str:
    made = hashlib.sha256()
    for name, array in sorted(arrays.items()):
        made.update(f"{name} {array.dtype.str} {array.shape}".encode())
        made.update(np.ascontiguousarray(array).data)
    return made.hexdigest()


def _digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
