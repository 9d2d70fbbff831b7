"""Speed and size, as ratios against a peer or a limit measured in the same run.

    pip install -e . --group bench
    python tests/bench/bench.py            all of it, about ten minutes
    python tests/bench/bench.py start schema lint list fix gate large keyword keywords

Each figure is the median of interleaved rounds; times of this process's children are user + system seconds.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from records import records, write

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SCHEMA = ROOT / "rules" / "platforms" / "tw-standard" / "schema.json"
CORPUS = Path(os.environ.get("METALINT_CORPUS", ROOT.parent / "shared" / "data"))
MIB = 1024 * 1024
METALINT = [sys.executable, "-m", "metalint", "check", "--fail-on", "never", "--lang", "en", "--today", "2026-10-02"]
ENRICH = [sys.executable, "-m", "metalint", "enrich", "--platform", "tw-standard", "-f", "jsonl", "--lang", "en"]
TITLED = ("資料名稱", "資料集描述", "資料集提供機關")
PEER = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(SCHEMA)]


def main() -> None:
    benches: dict[str, Callable[[Path], bool]] = {
        "start": start,
        "schema": schema,
        "lint": lint,
        "list": national_list,
        "fix": fix,
        "gate": gate,
        "large": large,
        "keyword": keyword,
        "keywords": keywords,
    }
    with tempfile.TemporaryDirectory() as folder:
        results = [benches[name](Path(folder)) for name in sys.argv[1:] or benches]
    sys.exit(0 if all(results) else 1)


def start(folder: Path) -> bool:
    """One file, whole process, against check-jsonschema with the same schema."""
    one = folder / "one.json"
    one.write_text(json.dumps(next(records(1)), ensure_ascii=False), "utf-8")
    ours, theirs = rounds(11, lambda: child([*METALINT, str(one)])[0], lambda: child([*PEER, str(one)])[0])
    print(f"  one.json: metalint {ours * 1000:.0f} ms, check-jsonschema {theirs * 1000:.0f} ms")
    return held("start / check-jsonschema", ours / theirs, 0.5)


def schema(folder: Path) -> bool:
    """The schema layer, all errors with pointers, against orjson parsing the same records."""
    import orjson

    from metalint.schemas import compile_schema

    lines = [json.dumps(record, ensure_ascii=False).encode() for record in records(20_000)]
    parsed = [orjson.loads(line) for line in lines]
    validate = compile_schema(json.loads(SCHEMA.read_text("utf-8")), "rs")
    ours, theirs = rounds(
        5, lambda: timed(lambda: [validate(record) for record in parsed]), lambda: timed(lambda: parse(lines))
    )
    print(f"  schema {len(lines) / ours:,.0f} records/s, orjson {len(lines) / theirs:,.0f} records/s")
    return held("schema / orjson", ours / theirs, 3)


def lint(folder: Path) -> bool:
    """The whole lint of 50,000 records as JSON Lines, one process, against orjson and check-jsonschema."""
    count = 50_000
    path, small = folder / "catalogue.jsonl", folder / "one.jsonl"
    write(path, count)
    write(small, 1)
    lines = path.read_bytes().splitlines()

    def ours() -> float:
        many = child([*METALINT, "-j", "1", "-f", "concise", str(path)])[0]
        return many - child([*METALINT, "-j", "1", "-f", "concise", str(small)])[0]

    mine, theirs = rounds(5, ours, lambda: timed(lambda: parse(lines)))
    print(f"  whole lint {count / mine:,.0f} records/s, orjson {count / theirs:,.0f} records/s")
    good = held("whole lint / orjson", mine / theirs, 20)
    part = 5_000
    array, first = folder / "array.json", folder / "first.json"
    listed = folder / "array-schema.json"
    made = list(records(part))
    array.write_text(json.dumps(made, ensure_ascii=False), "utf-8")
    first.write_text(json.dumps(made[:1], ensure_ascii=False), "utf-8")
    one = json.loads(SCHEMA.read_text("utf-8"))
    listed.write_text(json.dumps({"$schema": one.pop("$schema"), "$defs": one.pop("$defs", {}), "items": one}), "utf-8")
    peer = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(listed)]
    peer_time = statistics.median(child([*peer, str(array)])[0] - child([*peer, str(first)])[0] for _ in range(3))
    print(f"  check-jsonschema, the schema alone: {part / peer_time:,.0f} records/s")
    return held("check-jsonschema / whole lint", (peer_time / part) / (mine / count), 8, least=True) and good


def national_list(folder: Path) -> bool:
    """Peak memory on the national list."""
    path = CORPUS / "data-gov-tw-2026-03.csv"
    if not path.is_file():
        print(f"  no {path}: skipped")
        return True
    seconds, peak = child([*METALINT, "-j", "1", "-f", "concise", str(path)])
    print(f"  national list: {seconds:.1f} s, {peak / MIB:.0f} MiB")
    return held("peak memory, MiB", peak / MIB, 200)


def fix(folder: Path) -> bool:
    """Fix of the national list, all of it made but not written, against its check."""
    path = CORPUS / "data-gov-tw-2026-03.csv"
    if not path.is_file():
        print(f"  no {path}: skipped")
        return True
    mend = [sys.executable, "-m", "metalint", "fix", "--unsafe", "--diff", "--quiet", str(path)]
    ours, check = rounds(
        5, lambda: child(mend)[0], lambda: child([*METALINT, "-j", "1", "-f", "concise", str(path)])[0]
    )
    print(f"  national list: fix {ours:.1f} s, check {check:.1f} s")
    return held("fix / check", ours / check, 2)


def gate(folder: Path) -> bool:
    """The check of the national list with a configuration and a baseline, against the check without."""
    path = CORPUS / "data-gov-tw-2026-03.csv"
    if not path.is_file():
        print(f"  no {path}: skipped")
        return True
    (folder / "list").mkdir()
    here = folder / "list" / path.name
    here.write_bytes(path.read_bytes())
    options = ["-j", "1", "-f", "concise"]
    baseline = folder / "list" / "baseline.jsonl"
    child([sys.executable, "-m", "metalint", "baseline", "create", "--baseline", str(baseline), str(here)])
    known = [*METALINT, *options, "--baseline", str(baseline), str(here)]
    with_known, plain = rounds(5, lambda: child(known)[0], lambda: child([*METALINT, *options, str(here)])[0])
    good = held("check with a baseline / without", with_known / plain, 1.1)
    config = folder / "metalint.toml"
    text = 'ignore = ["url/insecure"]\n[severity]\n"text/edge-space" = "error"\n[[overrides]]\nfiles = ["list/**"]\n'
    config.write_text(text + 'ignore = ["text/full-width"]\nreason = "old"\n', "utf-8")
    named = [*METALINT, *options, str(here)]
    isolated = [*METALINT, *options, "--isolated", str(here)]
    with_config, without = rounds(5, lambda: child(named)[0], lambda: child(isolated)[0])
    return held("check with a configuration / without", with_config / without, 1.1) and good


def large(folder: Path) -> bool:
    """Peak memory on a JSON Lines file of 1 GiB."""
    path = folder / "large.jsonl"
    count = write(path, 10_000_000, 1024 * MIB)
    seconds, peak = child([*METALINT, "-j", "1", "-f", "concise", str(path)])
    print(f"  1 GiB, {count:,} records: {seconds:.0f} s, {peak / MIB:.0f} MiB")
    return held("peak memory, MiB", peak / MIB, 200)


def keyword(folder: Path) -> bool:
    """Keywords for one record, whole process, against plain jieba and scikit-learn."""
    one, vocabulary = folder / "one.jsonl", folder / "idf.json"
    write(one, 1)
    words = {word for record in records(20_000) for word in record["title"].split()}
    stock = (ROOT / "vocab" / "words" / "segments.txt").read_text("utf-8").splitlines()
    words |= {line.partition(" ")[0] for line in stock if not line.startswith("#")}
    vocabulary.write_text(json.dumps(dict.fromkeys(sorted(words), 1.0), ensure_ascii=False), "utf-8")
    peer = [sys.executable, str(HERE / "plain.py"), "terms", str(vocabulary), str(one)]
    ours, theirs = rounds(9, lambda: child([*ENRICH, str(one)])[0], lambda: child(peer)[0])
    print(f"  one record: metalint {ours * 1000:.0f} ms, jieba and scikit-learn {theirs * 1000:.0f} ms")
    return held("one record / jieba and scikit-learn", ours / theirs, 0.15)


def keywords(folder: Path) -> bool:
    """Keywords for many records, one process, against plain jieba that only segments the same texts."""
    many, one = folder / "many.jsonl", folder / "one.jsonl"
    count = real_texts(many)
    if not count:
        count = 2_000
        write(many, count)
    one.write_text(many.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    peak = 0.0

    def ours() -> float:
        nonlocal peak
        seconds, peak = child([*ENRICH, str(many)])
        return seconds - child([*ENRICH, str(one)])[0]

    def theirs() -> float:
        cut = [sys.executable, str(HERE / "plain.py"), "cut"]
        return child([*cut, str(many)])[0] - child([*cut, str(one)])[0]

    mine, plain = rounds(3, ours, theirs)
    print(f"  {count:,} records: metalint {count / mine:,.0f} a second, jieba alone {count / plain:,.0f}")
    good = held("speed / jieba alone", plain / mine, 0.7, least=True)
    return held("peak memory, MiB", peak / MIB, 400) and good


def real_texts(path: Path) -> int:
    """Write the titles and descriptions of two cities' catalogues as JSON Lines; return how many, 0 for none."""
    import csv

    count = 0
    with path.open("w", encoding="utf-8") as out:
        for name, encoding in (("taoyuan-2018-07.csv", "utf-8-sig"), ("taipei-2018-07.csv", "cp950")):
            if not (CORPUS / name).is_file():
                return 0
            with (CORPUS / name).open(encoding=encoding, errors="replace", newline="") as file:
                rows = csv.DictReader(file)
                keys = [next(key for key in rows.fieldnames or () if what in key) for what in TITLED]
                for row in rows:
                    title, description, publisher = (row[key] or "" for key in keys)
                    record = {"title": title, "description": description, "publisher": publisher}
                    out.write(json.dumps(record, ensure_ascii=False) + "\n")
                    count += 1
    return count


def rounds(count: int, one: Callable[[], float], other: Callable[[], float]) -> tuple[float, float]:
    """Return the medians of two measurements taken in turn, after one of each that is not counted."""
    pairs = [(one(), other()) for _ in range(count + 1)][1:]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def child(command: Sequence[str]) -> tuple[float, float]:
    """Return the CPU seconds of a command and its peak memory in bytes."""
    reader = (
        "import os,resource,subprocess,sys;"
        "subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL,cwd=os.environ['BENCH_ROOT']);"
        "use=resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(use.ru_utime+use.ru_stime,use.ru_maxrss)"
    )
    environment = {**os.environ, "BENCH_ROOT": str(ROOT)}
    # The first round, which is not counted, leaves everybody's bytecode behind, as a first run on any machine does.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", reader, *command], capture_output=True, text=True, check=True, env=environment
    )
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak) * (1 if sys.platform == "darwin" else 1024)


def timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def parse(lines: Sequence[bytes]) -> None:
    import orjson

    for line in lines:
        orjson.loads(line)


def held(what: str, value: float, limit: float, *, least: bool = False) -> bool:
    good = value >= limit if least else value <= limit
    sign = "≥" if least else "≤"
    print(f"{'held ' if good else 'BROKEN'} {what}: {value:.2f} ({sign} {limit})")
    return good


if __name__ == "__main__":
    main()
