from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the repository of a made-up city, which is also the folder at hand."""
    from tree import build

    folder = build(tmp_path / "city")
    monkeypatch.chdir(folder)
    return folder
