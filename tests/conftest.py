"""What all tests share: the folder of real catalogues, and this folder on the path."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).parent
os.environ["METALINT_CACHE_DIR"] = str(HERE.parent / ".pytest_cache" / "metalint")  # not the user's own
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("local", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real catalogues; skip where there is none."""
    folder = Path(os.environ.get("METALINT_CORPUS", HERE.parent.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no real catalogues in {folder} (METALINT_CORPUS)")
    return folder
