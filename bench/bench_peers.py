"""The rules of Plumbline against the tools of the field, on the same events, with the same answers.

    python -m bench.bench_peers [--part N] [--only NAME] [--runs 3] [--venvs FOLDER]

Each peer runs in an environment of its own, made by this command with pinned versions (`bench/peers/requirements-*.txt`). The
constraints are written once (`bench/peers/constraints.py`) and turned into each tool's form; an independent checker, plain loops
over the rows (`bench/peers/brute_force.py`), has to give the same verdict on every event before a time is printed, and a difference ends
the command with code 1. Times are medians, of a process of its own that has the log in memory; "x" is the peer's time divided by that of
Plumbline on one thread. Processor seconds stand beside the wall's, for on a shared machine they disturb each other less. The log is
looked for at PLUMBLINE_FINES_LOG, else beside the repository.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from .fines_by_hand import log_path
from .peers.engines import engines
from .peers.parts import declare4py, guarded, pm4py_declare, pm4py_profile, prototype
from .peers.running import Bench
from .peers.venvs import DEFAULT
from .peers.xes import reading_xes

PARTS: dict[int, tuple[str, Callable[[Bench], None]]] = {
    1: ("declare4py", declare4py),
    2: ("pm4py", pm4py_declare),
    3: ("pm4py-profile", pm4py_profile),
    4: ("pm4py-xes", reading_xes),
    5: ("rule-engine business-rules zen-engine openfisca numpy", engines),
    6: ("prototype", prototype),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.bench_peers")
    parser.add_argument("--part", type=int, choices=sorted(PARTS), help="only one part of the comparison")
    parser.add_argument("--only", default="", help="only peers whose name has this in it")
    parser.add_argument("--runs", type=int, default=3, help="how often each is timed")
    parser.add_argument("--venvs", type=Path, default=DEFAULT, help="where the peers' environments are kept")
    chosen = parser.parse_args()
    if not log_path().exists():
        print(
            f"没有找到日志 {log_path()}。请用 PLUMBLINE_FINES_LOG 指定 road_traffic_fines.parquet。",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as scratch:
        bench = Bench(log_path().resolve(), chosen.venvs, Path(scratch), chosen.runs, only=chosen.only)
        print(
            f"{_processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; Python {platform.python_version()}; "
            f"{len(bench.log):,} cases, {len(bench.case_of_row):,} events; medians of {chosen.runs}"
        )
        for number, (peers, part) in PARTS.items():
            if chosen.part in {None, number} and chosen.only in peers:
                guarded(part, bench)
    return 1 if bench.different else 0


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )


if __name__ == "__main__":
    sys.exit(main())
