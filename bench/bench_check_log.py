"""A real log from Parquet to verdicts: time, counts, and every verdict compared with a check by hand.

    python -m bench.bench_check_log [--every N]

Converts the traffic-fine log, checks it with the demonstration pack, and checks it again by plain loops over its rows
(`fines_by_hand`). Prints verdicts by rule, the times, and their ratio to two baselines measured in the same run: parsing
the same lines as JSON, and the check by hand. Exit code 1 when a single verdict differs. ``--every 10`` takes every
tenth case. The log is looked for at PLUMBLINE_FINES_LOG, else beside the repository.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

import orjson

from .fines_by_hand import Answer, answers, cases, log_path

AS_OF = date(2013, 6, 18)  # the log's last day
PLUMBLINE = (sys.executable, "-m", "plumbline.project.cli")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.bench_check_log")
    parser.add_argument("--every", type=int, default=1, help="take every Nth case")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    chosen = parser.parse_args()
    if not log_path().exists():
        print(
            f"没有找到日志 {log_path()}。请用 PLUMBLINE_FINES_LOG 指定 road_traffic_fines.parquet。",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as name:
        return _compare(Path(name), chosen)


def _compare(folder: Path, chosen: argparse.Namespace) -> int:
    events, verdicts = folder / "events.jsonl", folder / "verdicts.jsonl"
    converting = _run("log", "convert", str(log_path()), "--out", str(events))
    if chosen.every > 1:
        _thin(events, chosen.every)
    began = time.process_time(), time.monotonic()
    lines = 0
    with events.open("rb") as source:
        for line in source:
            orjson.loads(line)
            lines += 1
    parsing = time.monotonic() - began[1], time.process_time() - began[0]
    processes = ("--processes", str(chosen.processes))
    pack = ("--pack", "plumbline.packs.traffic_fines", "--as-of", AS_OF.isoformat())
    counting = _run("check", str(events), *pack, "--format", "table", *processes)
    checking = _run("check", str(events), *pack, *processes, out=verdicts)
    began = time.process_time(), time.monotonic()
    by_hand = _by_hand(chosen.every)
    hand = time.monotonic() - began[1], time.process_time() - began[0]

    ours = _ours(verdicts)
    _print_counts(ours)
    print(
        f"\nPython {platform.python_version()}, {os.cpu_count()} cores, {chosen.processes} processes; "
        f"{lines:,} events, {len(ours):,} verdicts, {verdicts.stat().st_size / 1e6:.0f} MB of verdict lines"
    )
    row = "{:<48}{:>9}{:>9}{:>14}{:>12}"
    print(row.format("", "wall s", "CPU s", "CPU × parsing", "CPU × hand"))
    for text, (wall, cpu) in {
        "baseline: the same lines parsed as JSON": parsing,
        "baseline: the duties by hand over Parquet": hand,
        "log convert: Parquet to events": converting,
        "check --format table": counting,
        "check --format jsonl (explained, cited)": checking,
    }.items():
        print(
            row.format(text, f"{wall:.1f}", f"{cpu:.1f}", f"{cpu / parsing[1]:.1f}", f"{cpu / hand[1]:.1f}")
        )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest process: {peak:.0f} MB")
    different = ours.keys() ^ by_hand.keys() | {
        k for k in ours.keys() & by_hand.keys() if ours[k] != by_hand[k]
    }
    print(f"verdicts that differ from the check by hand: {len(different)}")
    for rule, subject in sorted(different)[:10]:
        print(f"  {rule} {subject}: {ours.get((rule, subject))} / {by_hand.get((rule, subject))}")
    return 1 if different else 0


def _run(*words: str, out: Path | None = None) -> tuple[float, float]:
    """Wall and processor seconds of a command with all its processes."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with (out or Path(os.devnull)).open("wb") as sink:
        subprocess.run([*PLUMBLINE, *words], stdout=sink, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, cpu


def _thin(events: Path, every: int) -> None:
    kept = {case for number, (case, _) in enumerate(cases(log_path())) if number % every == 0}
    thinned = events.with_suffix(".thin")
    with events.open("rb") as source, thinned.open("wb") as sink:
        sink.writelines(line for line in source if orjson.loads(line)["matter"] in kept)
    thinned.replace(events)


def _by_hand(every: int) -> dict[tuple[str, str], str]:
    found: list[Answer] = []
    for number, (case, rows) in enumerate(cases(log_path())):
        if number % every == 0:
            found += answers(case, rows, AS_OF)
    return {(rule, subject): verdict for rule, subject, verdict in found}


def _ours(path: Path) -> dict[tuple[str, str], str]:
    with path.open("rb") as lines:
        documents = map(orjson.loads, lines)
        return {(d["rule"], d["subject"]): d["verdict"] for d in documents}


def _print_counts(verdicts: dict[tuple[str, str], str]) -> None:
    counts = Counter((rule, verdict) for (rule, _), verdict in verdicts.items())
    names = ("met", "breached", "pending", "unknown", "not_applicable", "error")
    print(f"{'rule':<32}" + "".join(f"{name:>15}" for name in names))
    for rule in sorted({rule for rule, _ in counts}):
        print(f"{rule:<32}" + "".join(f"{counts[rule, name]:>15,}" for name in names))


if __name__ == "__main__":
    sys.exit(main())
