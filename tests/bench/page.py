"""The page of an audit in headless Chromium: how large it is, how fast it is there, sorts, and leads to datasets.

    python tests/bench/page.py             the audit of the national list; then with two problems more a dataset
    python tests/bench/page.py --pictures DIR    also what it looks like, at three widths, in the dark, on paper

Needs chromium. Each time is the median of five.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from audit.made import build
from bench import CORPUS, MIB, ROOT, held
from chromium import Page, chromium

from metalint import api
from metalint.output import Settings, audit_html
from metalint.run import Options

ROUNDS = 5
WIDTHS = (500, 900, 1400)
READY = "document.getElementById('look').dataset.ready"


def main() -> None:
    path = CORPUS / "data-gov-tw-2026-03.csv"
    if not path.is_file() or shutil.which("chromium") is None:
        print(f"  no {path.name}, or no chromium: skipped")
        return
    pictures = Path(sys.argv[2]) if sys.argv[1:2] == ["--pictures"] else None
    with tempfile.TemporaryDirectory() as folder, chromium() as page:
        real = measured(page, audited(path, Path(folder, "audit")), pictures)
        greater = measured(page, written(path, Path(folder, "greater.html"), 2), None)
    sys.exit(0 if real and greater else 1)


def audited(path: Path, folder: Path) -> Path:
    """Audit the list and return its page."""
    options = ["-o", str(folder), "--html", "--lang", "zh-TW", "--quiet", "--no-progress", "--fail-on", "never"]
    subprocess.run([sys.executable, "-m", "metalint", "audit", str(path), *options], check=True, cwd=ROOT)
    return folder / "report.html"


def written(path: Path, page: Path, more: int) -> Path:
    """Write the page of the list in which each dataset has so many made-up problems beside its own."""
    result = build([str(path)], more=more)
    explained = api.explained({row.rule for row in result.summary.rules}, Options())
    settings = Settings("zh-TW", explained=explained, version="0")
    began = time.perf_counter()
    page.write_bytes("".join(audit_html.render(result, settings)).encode())
    figures = result.summary
    found = figures.errors + figures.warnings + figures.infos
    print(f"  {figures.datasets:,} datasets, {found:,} problems, {len(figures.agencies):,} agencies: ", end="")
    print(f"written in {time.perf_counter() - began:.1f} s")
    return page


def measured(page: Page, path: Path, pictures: Path | None) -> bool:
    """Return whether a page holds the limits."""
    address = path.as_uri()
    page.size(1400, 1000)
    good = [held("size, MiB", path.stat().st_size / MIB, 25)]
    good.append(held("first paint, ms", median(lambda: painted(page, address)), 3_000))
    good.append(held("sorting the agencies, ms", median(lambda: sorted_in(page)), 300))
    good.append(held("first drill-down, ms", median(lambda: opened(page, address, "r=0")), 3_000))
    good.append(held("searching all datasets, ms", median(lambda: searched(page)), 1_000))
    for width in WIDTHS:
        page.size(width, 1000)
        for where in ("", "#look?r=0"):
            opened(page, address, where.partition("?")[2]) if where else page.open(address)
            wide = float(page.value("document.documentElement.scrollWidth"))
            good.append(held(f"page at {width} px {where or 'overview'}: wide, px", wide, width))
    good.append(held("complaints of the browser, asks of the network", len(page.complaints()), 0))
    if pictures is not None:
        draw(page, address, pictures)
    return all(good)


def median(measure: Callable[[], float]) -> float:
    measure()
    return statistics.median(measure() for _ in range(ROUNDS))


def painted(page: Page, address: str) -> float:
    """Return after how many milliseconds the browser painted the page's first content."""
    page.open("about:blank")
    page.open(address)
    paint = "performance.getEntriesByName('first-contentful-paint')[0]"
    while page.value(f"{paint} === undefined"):
        time.sleep(0.01)
    return float(page.value(f"{paint}.startTime"))


def sorted_in(page: Page) -> float:
    """Return how long a click on a heading takes, until the table is laid out again."""
    script = """(() => {
      const heads = document.querySelectorAll('#agency-table th button'), began = performance.now();
      heads[(window.turn = (window.turn ?? 0) + 1) % heads.length].click();
      document.getElementById('agency-table').offsetHeight;
      return performance.now() - began;
    })()"""
    return float(page.value(script))


def opened(page: Page, address: str, asked: str) -> float:
    """Return after how many milliseconds a fresh page shows the datasets asked for."""
    page.open("about:blank")
    page.open(address)
    began = time.perf_counter()
    page.value(f"location.hash = '#look?{asked}'")
    ready(page)
    return (time.perf_counter() - began) * 1000


def searched(page: Page) -> float:
    """Return how long it takes until what is typed is found."""
    page.value("delete document.getElementById('look').dataset.ready")
    script = """(() => {
      const field = document.querySelector('#look input[type=search]');
      field.value = field.value ? '' : '統計';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    })()"""
    began = time.perf_counter()
    page.value(script)
    ready(page)
    return (time.perf_counter() - began) * 1000


def ready(page: Page) -> None:
    end = time.monotonic() + 60
    while not page.value(READY):
        if time.monotonic() > end:
            raise RuntimeError(f"no datasets are shown: {page.complaints()}")
        time.sleep(0.005)


def draw(page: Page, address: str, folder: Path) -> None:
    """Write what the page looks like."""
    folder.mkdir(parents=True, exist_ok=True)
    for dark in (False, True):
        page.dark(dark)
        for width in WIDTHS:
            page.size(width, 2800)
            page.open(address)
            name = f"{width}{'-dark' if dark else ''}"
            page.picture(folder / f"overview-{name}.png")
            opened(page, address, "a=0")
            page.picture(folder / f"agency-{name}.png")
    page.dark(False)
    page.size(1400, 1000)
    page.open(address)
    page.pdf(folder / "printed.pdf")


if __name__ == "__main__":
    main()
