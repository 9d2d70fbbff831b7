"""How often a process looks for circles among its objects. Those of a process that is forked look as it does."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Look seldom: modules and records are trees, and to look for circles among them takes time and finds none."""
    gc.set_threshold(50_000, 20, 20)
