"""metalint: a metadata quality linter and keyword enricher."""

__version__ = "0.1.0"
