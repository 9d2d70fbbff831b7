"""The refusal of a configuration file; by itself, for every run must know it, and few have a configuration."""

from __future__ import annotations

from metalint.model import Excerpt, Texts


class ConfigError(Exception):
    """A configuration file, or one of suppressions, that cannot be used: where, why, and what would be right.

    `texts` begin with file, line and column; `excerpt` is the line.
    """

    def __init__(self, texts: Texts, excerpt: Excerpt | None = None) -> None:
        super().__init__(texts.en)
        self.texts, self.excerpt = texts, excerpt
