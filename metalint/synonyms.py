"""The synonym vocabulary as a library: is it in order. Never prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from metalint.api import CannotRun
from metalint.model import Texts
from metalint.shipped import shipped

if TYPE_CHECKING:
    from metalint.keywords.vocab_check import Proof


def vocab_check(folders: Sequence[str]) -> Proof:
    """Prove the concepts in the folders' `synonyms/*.yaml`, of the shipped vocabulary if none. Raises CannotRun."""
    from metalint.keywords import vocab_check as checking
    from metalint.keywords.concepts import ConceptError

    try:
        return checking.check([*map(Path, folders)] or [shipped("vocab")])
    except ConceptError as error:
        raise CannotRun(Texts(f"詞彙無法檢查：{error}", f"this vocabulary cannot be checked: {error}")) from error
