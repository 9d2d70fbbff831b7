"""One file: its records, and the keywords that each of them lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from metalint import fields as places
from metalint import formats, undecodable
from metalint.checks.kinds import Fields
from metalint.keywords.suggest import Subject, Suggester
from metalint.lexicon import Lexicon
from metalint.messages import Sayings
from metalint.model import Enriched, Fault, Slice, Texts, Unreadable
from metalint.opened import Opened

TEXTS = ("title", "description", "columns")
NAMES = ("publisher", "organization", "category", "theme")  # what a record says of itself elsewhere is no keyword
_REFUSING = ("formats", "placeholders", "encodings", "licenses", "frequencies", "places")


def enrich(
    opened: Opened, suggester: Suggester, lexicon: Lexicon, top: int, least: float
) -> Iterator[Enriched | Unreadable]:
    """Yield each record with its keywords, in order; for one that cannot be read why not."""
    format_, path = formats.named(opened.format), opened.source.path
    parse = undecodable.parser(format_) if opened.source.undecodable else format_.parse
    platform = opened.choice.platform
    read = places.reader(platform.fields)
    keyword_keys = [str(place.pattern[0]) for place in platform.fields.get("keyword", ())]
    zh, en = Sayings("zh-TW", lexicon), Sayings("en", lexicon)
    for piece in opened.pieces:
        faults: Sequence[Fault] = (piece,) if isinstance(piece, Fault) else ()
        if isinstance(piece, Slice):
            parsed = parse(piece)
            if isinstance(parsed.value, dict):
                known = read(parsed.value)
                subject = _subject(known)
                found = suggester.suggest(subject, top, least)
                key = next((key for key in keyword_keys if key in parsed.value), None)
                yield Enriched(
                    path, *_names_of(piece, known), subject.present, tuple(found), subject.texts, parsed.value, key
                )
                continue
            nothing = Fault("unreadable", {"reason": "not-an-object"}, format_.locate(piece, ()))
            faults = parsed.faults or (nothing,)
        for fault in faults:
            if fault.kind == "unreadable":
                why = Texts(zh.unreadable(fault.detail), en.unreadable(fault.detail))
                yield Unreadable(path, fault.span.line, fault.span.column, why)


def refuser(lexicon: Lexicon) -> Callable[[str], bool]:
    """Return what tells that a text is no keyword: a format, a place, a placeholder."""
    vocabularies = [lexicon.vocabulary(name) for name in _REFUSING]
    return lambda text: any(vocabulary.find(text) is not None for vocabulary in vocabularies)


def _subject(known: Fields) -> Subject:
    texts = {name: "\n".join(str(at.value) for at in known[name]) for name in TEXTS if name in known}
    present = tuple(
        dict.fromkeys(str(at.value).strip() for at in known.get("keyword", ()) if isinstance(at.value, str))
    )
    names = tuple(str(at.value) for name in NAMES for at in known.get(name, ()))
    return Subject(texts, present, names)


def _names_of(piece: Slice, known: Fields) -> tuple[str, str]:
    identifier, title = known.get("identifier"), known.get("title")
    return str(identifier[0].value if identifier else piece.number), str(title[0].value if title else "")
