"""The words that checks ask for: the files of `vocab/`, each read once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from metalint import datafiles, vocabulary
from metalint.datafiles import DataError
from metalint.vocabulary import Vocabulary, VocabularyError


class Lexicon:
    """Vocabularies and words, by name; those of a later folder add to and replace those of an earlier one."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._vocabularies: dict[str, Vocabulary] = {}
        self._words: dict[str, frozenset[str]] = {}

    def vocabulary(self, name: str) -> Vocabulary:
        """Return the vocabulary of `<name>.yaml`. Raises VocabularyError where there is none that can be used."""
        if name not in self._vocabularies:
            self._vocabularies[name] = self._read(name)
        return self._vocabularies[name]

    def words(self, name: str) -> frozenset[str]:
        """Return the words of `words/<name>.txt`, parted by white space; `#` begins a remark."""
        if name not in self._words:
            lines = (line for folder in self._folders for line in _lines(folder / "words" / f"{name}.txt"))
            self._words[name] = frozenset(word for line in lines for word in line.partition("#")[0].split())
        return self._words[name]

    def _read(self, name: str) -> Vocabulary:
        if not name.replace("-", "").isalnum():
            raise VocabularyError(f"{name}: a vocabulary has a plain name, such as licenses")
        try:
            read = [(folder, datafiles.read(folder, f"{name}.yaml")) for folder in self._folders]
        except DataError as error:
            raise VocabularyError(str(error)) from error
        files = {folder / file: data for folder, found in read for file, data in found.items()}
        if not files:
            raise VocabularyError(f"no vocabulary {name}.yaml in {', '.join(map(str, self._folders))}")
        return vocabulary.build(name, files)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines() if path.is_file() else []
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: {error}") from error
