"""What a check of one file imports: starting up is part of the work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"jieba", "sklearn", "numpy", "scipy", "rich", "jsonschema", "csv", "xml", "orjson", "referencing", "asyncio", "multiprocessing", "http", "urllib.request", "sqlite3"}  # fmt: skip
SAMPLE = Path(__file__).parent / "sample"


@pytest.mark.parametrize("name", ["labour.json", "park.yaml", "city.csv"])
def test_a_check_imports_nothing_heavy(name: str) -> None:
    code = (
        "import sys; sys.argv[0] = 'metalint'; from metalint.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "check", "-f", "concise", str(SAMPLE / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "metalint.engine" in loaded
    assert loaded & HEAVY == set()
    unneeded = {"tomllib", "metalint.config.load", "metalint.suppression.stage"}
    assert loaded & unneeded == set(), "there is neither a configuration nor a comment that suppresses"
    formats = {module for module in loaded if module.startswith("metalint.formats.")}
    assert ("metalint.formats.csv_" in formats) == name.endswith(".csv")
    assert "metalint.formats.xml_" not in formats
