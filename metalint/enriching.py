"""The program as a library, its second half: records in, keywords out. Never prints.

What segments, ranks and learns is imported where it is used: no check pays for it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from metalint.lexicon import Lexicon
from metalint.model import Enriched, Found, Suggestion, Texts, Unreadable
from metalint.run import CannotRun, Options, Progress, all_platforms, prove_platform
from metalint.settling import settler
from metalint.shipped import shipped
from metalint.vocabulary import VocabularyError

if TYPE_CHECKING:
    from metalint.enrichment import Record
    from metalint.filecheck import Names, Suggest
    from metalint.fixing import Fixed, How, OnRecord
    from metalint.keywords.candidates import Judge
    from metalint.keywords.example import Reader, Subject
    from metalint.keywords.model_file import ModelError
    from metalint.keywords.ranked import ByModel
    from metalint.opened import Opened
    from metalint.training import Corpus

SHIPPED = "shipped"  # the model that comes with metalint
FIVE = 5  # keywords a record, if nothing else is said


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

    kit = ready()
    lacking = _lacking(kit, model)
    for one in records(paths, options, kit.lexicon):
        if isinstance(one, Unreadable):
            yield one
        else:
            yield enrichment.enriched(one, lacking(one.subject, top, least))


def suggester(top: int = FIVE, model: str | None = SHIPPED) -> Suggest:
    """Return what tells a check which keywords the records of a file lack, as `enrich` does. Raises CannotRun."""
    from metalint import enrichment

    kit = ready()
    lacking = _lacking(kit, model)

    def suggest(opened: Opened, wanted: Container[Names]) -> Mapping[Names, tuple[str, ...]]:
        found: dict[Names, tuple[str, ...]] = {}
        for one in enrichment.records(opened, kit.lexicon):
            if not isinstance(one, Unreadable) and (one.name, one.title) in wanted:
                found[one.name, one.title] = tuple(keyword.term for keyword in lacking(one.subject, top, None))
        return found

    return suggest


def write(
    paths: Sequence[str],
    options: Options,
    top: int,
    least: float | None,
    how: How,
    model: str | None = SHIPPED,
    on_record: OnRecord | None = None,
    progress: Progress | None = None,
) -> Iterator[Fixed]:
    """Yield the files with the keywords that their records lack, as `enrich` suggests them. Raises CannotRun."""
    from metalint import fixing
    from metalint.adding import Adder

    kit, known = ready(), all_platforms(options)
    prove_platform(known, options)
    lacking = _lacking(kit, model)

    def adder(opened: Opened) -> Adder:
        return Adder(opened, lambda record: [one.term for one in lacking(record.subject, top, least)])

    yield from fixing.each(paths, options, how, known, settler(paths, options), adder, on_record, progress)


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
    from metalint.keywords.candidates import Judge
    from metalint.keywords.example import Reader
    from metalint.keywords.segment import Segmenter
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
    return Kit(lexicon, reader, Judge(cities, reader.stop), refuser(lexicon))


def _lacking(kit: Kit, model: str | None) -> Callable[[Subject, int, float | None], Sequence[Suggestion]]:
    """Return what suggests: the model where it has learned the language, else words and synonyms alone."""
    from metalint.keywords import model_file, suggest

    by_model = _by_model(model, kit)
    plain = suggest.Suggester(kit.reader, kit.refused)

    def lacking(subject: Subject, top: int, least: float | None) -> Sequence[Suggestion]:
        try:
            found = by_model.suggest(subject, top, least) if by_model is not None else None
        except model_file.ModelError as error:  # what belongs to a language is read when it is met
            raise _refused(error) from error
        if found is not None:
            return found
        return plain.suggest(subject, min(top, suggest.FEW) if least is None else top, least)

    return lacking


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
        raise _refused(error) from error
    return ByModel(loaded, kit.reader, kit.judge, kit.refused)


def _refused(error: ModelError) -> CannotRun:
    return CannotRun(Texts(f"模型無法使用：{error}", f"this model cannot be used: {error}"))


def records(paths: Sequence[str], options: Options, lexicon: Lexicon) -> Iterator[Record | Unreadable]:
    """Yield the records of files in the order of their paths; between them what cannot be read. Raises CannotRun."""
    from metalint import datasets, enrichment

    return datasets.files(paths, options, lambda opened: enrichment.records(opened, lexicon))


def _corpus(paths: Sequence[str], options: Options, background: Sequence[str]) -> tuple[Corpus, list[Unreadable]]:
    from metalint.enrichment import is_code
    from metalint.keywords.ranked import ByModel
    from metalint.training import Corpus, portal_of
    from metalint.vocabulary import fold

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
        # What by rule is no keyword is neither learned nor counted: a code, a placeholder, agency, category, the title.
        own = {fold(one.subject.texts.get("title", "")), *map(fold, one.subject.names)}
        present = tuple(
            keyword
            for keyword in one.subject.present
            if not is_code(keyword) and placeholders.find(keyword) is None and fold(keyword) not in own
        )
        corpus.add([(one.subject._replace(present=present), portal_of(one.path))])
    corpus.close(one.title for one in read(background))
    return corpus, unread
