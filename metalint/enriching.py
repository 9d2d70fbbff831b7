"""The program as a library, its second half: records in, keywords out. Never prints.

What segments, ranks and learns is imported where it is used: no check pays for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from metalint import inputs
from metalint.api import CannotRun, Options, all_platforms, open_path, prove_platform
from metalint.lexicon import Lexicon
from metalint.model import Enriched, Found, Texts, Unreadable
from metalint.report import Report
from metalint.shipped import shipped
from metalint.vocabulary import VocabularyError

if TYPE_CHECKING:
    from metalint.enrichment import Record
    from metalint.keywords.example import Reader
    from metalint.keywords.ranked import ByModel
    from metalint.keywords.suggest import Judge
    from metalint.training import Corpus

SHIPPED = "shipped"  # the model that comes with metalint


class Trained(NamedTuple):
    """What came of a training or an evaluation: the model card, languages that got worse, and what was not read."""

    card: Mapping[str, Any]
    worse: tuple[str, ...]
    unread: tuple[Unreadable, ...]


def enrich(
    paths: Sequence[str], options: Options, top: int, least: float | None, model: str | None = SHIPPED
) -> Iterator[Enriched | Unreadable]:
    """Yield the records of the files in order, each with the keywords that it lacks; between them what is not read.

    At most `top` keywords a record; with `least` all that score at least so much, else as many as are worth it.
    `model` is a file, `SHIPPED` the one that comes with metalint, `None` none. Raises CannotRun.
    """
    from metalint import enrichment
    from metalint.keywords import suggest

    kit = ready()
    by_model = _by_model(model, kit)
    plain = suggest.Suggester(kit.reader, kit.refused)
    for one in records(paths, options, kit.lexicon):
        if isinstance(one, Unreadable):
            yield one
            continue
        found = by_model.suggest(one.subject, top, least) if by_model is not None else None
        if found is None:
            found = plain.suggest(one.subject, min(top, suggest.FEW) if least is None else top, least)
        yield enrichment.enriched(one, found)


def train(
    paths: Sequence[str], options: Options, out: str, background: Sequence[str] = (), *, force: bool = False
) -> Trained:
    """Learn from the keywords of catalogues and write a model; `background` are catalogues of which titles count.

    An older model with a better score stays, but with `force`. Raises CannotRun.
    """
    from metalint.keywords import model_file

    corpus, unread = _corpus(paths, options, background)
    card = corpus.card()
    words, path = shipped("vocab") / "words" / "segments.txt", Path(out)
    try:
        before = model_file.load(path, words).card["metrics"] if path.exists() and not force else {}
    except (model_file.ModelError, KeyError):
        before = {}
    worse = [
        name
        for name, one in before.items()
        if name in card["metrics"] and card["metrics"][name]["f1"] < one["f1"] - 0.005
    ]
    if not worse:
        model = corpus.model(corpus.examples, card)
        if not model.learned:
            raise CannotRun(Texts("有關鍵字的紀錄太少，無法學習", "too few records with keywords to learn from"))
        model_file.save(model, path, words)
    return Trained(card, tuple(worse), tuple(unread))


def evaluate(paths: Sequence[str], options: Options, background: Sequence[str], split: str) -> Trained:
    """Hide the keywords of some records, suggest, and compare. Raises CannotRun."""
    corpus, unread = _corpus(paths, options, background)
    return Trained({"metrics": {name: one._asdict() for name, one in corpus.scores(split).items()}}, (), tuple(unread))


def findability(
    paths: Sequence[str], options: Options, top: int, queries: str | None = None
) -> tuple[list[Found], list[Unreadable]]:
    """Return for each query how many records about its thing are found without and with keywords; and what is not read.

    The queries are those of a CSV file (word, thing), else the public's words for the concepts of `vocab/synonyms`.
    Raises CannotRun.
    """
    from metalint import findability as finding

    if queries is not None:
        try:
            about = finding.by_query(finding.read(Path(queries)))
        except (OSError, ValueError) as error:
            zh, en = f"搜尋詞檔無法使用：{error}", f"these queries cannot be used: {error}"
            raise CannotRun(Texts(zh, en)) from error
    else:
        about = finding.by_concept(ready().reader.named)
    unread: list[Unreadable] = []

    def records() -> Iterator[Enriched]:
        for one in enrich(paths, options, top, None):
            if isinstance(one, Enriched):
                yield one
            else:
                unread.append(one)

    return finding.rows(records(), about), unread


class Kit(NamedTuple):
    """What every command needs that looks at the words of records."""

    lexicon: Lexicon
    reader: Reader
    judge: Judge
    refused: Callable[[str], bool]


def ready() -> Kit:
    """Return the words, the concepts and the judge of them. Raises CannotRun."""
    from metalint.enrichment import refuser
    from metalint.keywords import concepts
    from metalint.keywords.example import Reader
    from metalint.keywords.segment import Segmenter
    from metalint.keywords.suggest import Judge
    from metalint.vocabulary import fold

    folder = shipped("vocab")
    try:
        lexicon = Lexicon((folder,))
        stop = lexicon.words("stop") | lexicon.words("generic")
        found = concepts.read([folder])
        places = lexicon.vocabulary("places").terms
    except (VocabularyError, concepts.ConceptError) as error:
        raise CannotRun(Texts(f"詞彙檔無法使用：{error}", f"this vocabulary cannot be used: {error}")) from error
    cities = frozenset(fold(name) for term in places for name in (term.label.zh, *map(str, _plain(term.facts))))
    reader = Reader(Segmenter(folder / "words" / "segments.txt"), found, stop)
    return Kit(lexicon, reader, Judge(cities.__contains__, reader.stop.__contains__), refuser(lexicon))


def _plain(facts: Mapping[str, object]) -> Sequence[object]:
    listed = facts.get("plain")
    return listed if isinstance(listed, list) else ()


def _by_model(model: str | None, kit: Kit) -> ByModel | None:
    path = shipped("vocab") / "model" / "keywords.npz" if model == SHIPPED else Path(model) if model else None
    if path is None or (model == SHIPPED and not path.exists()):
        return None
    from metalint.keywords import model_file
    from metalint.keywords.ranked import ByModel

    try:
        loaded = model_file.load(path, shipped("vocab") / "words" / "segments.txt")
    except model_file.ModelError as error:
        raise CannotRun(Texts(f"模型無法使用：{error}", f"this model cannot be used: {error}")) from error
    return ByModel(loaded, kit.reader, kit.judge, kit.refused)


def records(paths: Sequence[str], options: Options, lexicon: Lexicon) -> Iterator[Record | Unreadable]:
    """Yield the records of files in the order of their paths; between them what cannot be read."""
    from metalint import enrichment
    from metalint import opened as opening

    known = all_platforms(options)
    prove_platform(known, options)
    report = Report()
    named = inputs.expand(paths, options.exclude)
    opened = [source for path in named.files if (source := open_path(path, options, report)) is not None]
    yield from (Unreadable(path, 0, 0, why) for path, why in (*named.missing, *report.unreadable))
    for source in sorted(opened, key=lambda source: source.path):
        try:
            if source.binary is not None:
                what = source.binary
                yield Unreadable(source.path, 0, 0, Texts(f"不是文字檔（{what}）", f"no text ({what})"))
                continue
            yield from enrichment.records(opening.opened(source, known, options.platform, options.format), lexicon)
        except OSError as error:
            why = error.strerror or str(error)
            yield Unreadable(source.path, 0, 0, Texts(f"無法讀取：{why}", f"cannot be read: {why}"))
        finally:
            source.close()


def _corpus(paths: Sequence[str], options: Options, background: Sequence[str]) -> tuple[Corpus, list[Unreadable]]:
    from metalint.enrichment import is_code
    from metalint.keywords.ranked import ByModel
    from metalint.training import Corpus, portal_of

    kit = ready()
    placeholders = kit.lexicon.vocabulary("placeholders")
    unread: list[Unreadable] = []
    corpus = Corpus(lambda model: ByModel(model, kit.reader, kit.judge, kit.refused), kit.reader.read, kit.judge)

    def read(some: Sequence[str]) -> Iterator[Record]:
        for one in records(some, options, kit.lexicon) if some else ():
            if isinstance(one, Unreadable):
                unread.append(one)
            else:
                yield one

    for one in read(paths):
        present = tuple(
            keyword for keyword in one.subject.present if not is_code(keyword) and placeholders.find(keyword) is None
        )
        corpus.add([(one.subject._replace(present=present), portal_of(one.path))])
    corpus.close({one.title for one in read(background)}, kit.reader.titles)
    return corpus, unread
