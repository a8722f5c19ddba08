"""The fines log once, ten and a hundred times over: from Parquet on disk to counts and to a table of verdicts on disk.

    python -m bench.bench_log [--times 1,10,100] [--runs 3] [--threads 2]

The copies are the same cases under other ids, written to a temporary folder that is deleted at the end (about 5 MB a copy,
and as much again for the verdicts). Every measure is a process of its own, with the kernel loaded before the clock starts;
its memory is the largest it ever held (at least what the process that starts it holds, 0.4 GB). Medians of the runs; the
processor time of all threads beside the wall clock, for a machine that has other work too. Before a time is printed its counts have to equal the check by
plain loops (`fines_by_hand`) times the number of copies. The baseline is DuckDB reading the same columns of the same file
and counting events by activity: no rule, no order, no case. Exit code 1 when counts differ or a process took 8 GiB or more.
The log is looked for at PLUMBLINE_FINES_LOG, else beside the repository.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import numba
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from plumbline.packs import traffic_fines
from plumbline.rules import RuleBook
from plumbline.rules.bulk.checking import Kernel, judge_log
from plumbline.rules.bulk.flat_log import FlatLog
from plumbline.rules.bulk.running import count_chunks
from plumbline.rules.logs import LogMapping, load_mapping
from plumbline.rules.reports import About, Report, begun, formats
from plumbline.vocabulary import Registers, end_of

from .fines_by_hand import answers, cases, log_path

PACK = "plumbline.packs.traffic_fines"
AS_OF = date(2013, 6, 18)  # the log's last day
MOST_MEMORY = 8 << 30
#: Chunks that are held at once where the kernel is measured alone: some four million events.
HELD = 512
BYTES_OF_A_COPY = 12_000_000
#: Rows of the table: measure, threads (0: those asked for), words.
MEASURES = (
    ("counts", 0, "Parquet on disk -> counts by rule"),
    ("table", 0, "Parquet on disk -> verdict table on disk"),
    ("columns", 1, "Parquet on disk -> chunks, nothing judged"),
    ("kernel", 1, "kernel alone on loaded chunks, 1 thread"),
    ("kernel", 2, "kernel alone on loaded chunks, 2 threads"),
    ("scan", 0, "baseline: DuckDB reads the columns, counts"),
)
Counts = dict[str, int]
#: Wall seconds, and processor seconds of all threads.
Took = tuple[float, float]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.bench_log")
    parser.add_argument("--times", default="1,10,100", help="how many copies of the log, several by commas")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)  # what a process of its own is asked
    chosen = parser.parse_args()
    if chosen.measure:
        return _measured(*chosen.measure)
    if not log_path().exists():
        print(
            f"没有找到日志 {log_path()}。请用 PLUMBLINE_FINES_LOG 指定 road_traffic_fines.parquet。",
            file=sys.stderr,
        )
        return 2
    times = sorted(int(each) for each in chosen.times.split(","))
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as name:
        wanted, free = times[-1] * BYTES_OF_A_COPY, shutil.disk_usage(name).free
        if free < 2 * wanted:
            print(f"临时文件夹 {name} 只剩 {free >> 20} MB，需要 {2 * wanted >> 20} MB。", file=sys.stderr)
            return 2
        return _compared(Path(name), times, chosen.runs, chosen.threads)


def _compared(folder: Path, times: list[int], runs: int, threads: int) -> int:
    by_hand: Counter[str] = Counter()
    events = 0
    for case, rows in cases(log_path()):
        events += len(rows)
        by_hand.update(f"{rule} {verdict}" for rule, _, verdict in answers(case, rows, AS_OF))
    print(
        f"Python {platform.python_version()}, NumPy {np.__version__}, Numba {numba.__version__}, "
        f"PyArrow {pa.__version__}, DuckDB {duckdb.__version__}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; "
        f"{threads} threads, median of {runs}"
    )
    log = folder / "log.parquet"
    found: dict[str, list[tuple[float, float, int]]] = {}
    for copies in times:
        _write_copies(log, copies)
        for what, own, words in MEASURES:
            results = [_in_a_process(what, log, own or threads) for _ in range(runs)]
            for result in results:
                expected = {name: number * copies for name, number in by_hand.items()}
                if result["counts"] and result["counts"] != expected:
                    print(f"{words}, × {copies}: the counts differ from the check by hand", file=sys.stderr)
                    return 1
            wall, cpu = (statistics.median(result[clock] for result in results) for clock in ("wall", "cpu"))
            memory = max(result["memory"] for result in results)
            found.setdefault(words, []).append((wall, cpu, memory))
            print(f"  × {copies}: {words}: {wall:.3f} s, {memory >> 20:,} MB", file=sys.stderr, flush=True)
    return _print(found, [events * copies for copies in times])


def _print(found: dict[str, list[tuple[float, float, int]]], sizes: list[int]) -> int:
    head = "".join(f"{f'{size / 1e6:.2f} M':>12}{'CPU ns/event':>14}{'MB':>7}" for size in sizes)
    print(f"{'':<44}{head}{'linearity':>11}{'CPU':>6}")
    ratio = sizes[-1] / sizes[0]
    for words, results in found.items():
        cells = "".join(
            f"{wall:>10.3f} s{cpu / size * 1e9:>14.0f}{memory >> 20:>7,}"
            for (wall, cpu, memory), size in zip(results, sizes, strict=True)
        )
        first, last = results[0], results[-1]
        print(f"{words:<44}{cells}{last[0] / first[0] / ratio:>11.2f}{last[1] / first[1] / ratio:>6.2f}")
    print(
        "linearity: time of the largest over that of the smallest, by the ratio of their events; more than 1 is worse than linear"
    )
    most = max(memory for results in found.values() for _, _, memory in results)
    print(f"largest process: {most / 2**30:.2f} GiB (has to stay below 8)")
    return 1 if most >= MOST_MEMORY else 0


def _write_copies(path: Path, copies: int) -> None:
    """The log under ids of their own, a row group for each copy; no more than one copy is held."""
    table = parquet.read_table(log_path())
    place = table.schema.get_field_index("case")
    with parquet.ParquetWriter(path, table.schema) as writer:
        for number in range(copies):
            case = pc.binary_join_element_wise(f"{number:04}", table["case"], "-")
            writer.write_table(table.set_column(place, "case", case), row_group_size=table.num_rows)


def _in_a_process(what: str, log: Path, threads: int) -> dict[str, Any]:
    asked = [sys.executable, "-m", "bench.bench_log", "--measure", what, str(log), str(threads)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(process.returncode)
    return {**json.loads(said), "memory": usage.ru_maxrss * 1024}


# -- in a process of its own -------------------------------------------------------------------------------------------


def _measured(what: str, log: str, threads: str) -> int:
    ways: dict[str, Callable[[Path, int], tuple[Took, Counts]]] = {
        "counts": _counts,
        "table": _table,
        "columns": _columns,
        "kernel": _kernel,
        "scan": _scan,
    }
    (wall, cpu), counts = ways[what](Path(log), int(threads))
    print(json.dumps({"wall": wall, "cpu": cpu, "counts": counts}))
    return 0


def _mapping() -> LogMapping:
    return load_mapping(Path(traffic_fines.__file__).with_name("log_mapping.yaml"))


def _ready() -> tuple[Kernel, LogMapping]:
    """The rules compiled and the kernel's code loaded."""
    mapping = _mapping()
    about = About(
        source="log.parquet",
        as_of=end_of(AS_OF),
        as_of_text=AS_OF.isoformat(),
        packs=(PACK,),
        book=RuleBook.load([PACK]),
        vocabulary=mapping.vocabulary,
        registers=Registers.none(),
        calendar=None,
        has_law_texts=False,
    )
    kernel = Kernel.of(about)
    assert kernel is not None
    kernel.load()
    return kernel, mapping


def _counts(log: Path, threads: int) -> tuple[Took, Counts]:
    kernel, mapping = _ready()
    with Path(os.devnull).open("wb") as sink:
        report = formats()["table"](kernel.about)
        return _judged(report, sink, log, mapping, threads)


def _table(log: Path, threads: int) -> tuple[Took, Counts]:
    kernel, mapping = _ready()
    out = log.with_name("verdicts.parquet")
    with out.open("wb") as sink:
        report = formats()["parquet"](kernel.about)
        took, counts = _judged(report, sink, log, mapping, threads)
    query = "select rule || ' ' || verdict, count(*) from read_parquet(?) group by all"
    assert counts == dict(duckdb.execute(query, [str(out)]).fetchall())
    out.unlink()
    return took, counts


def _judged(report: Report, sink: Any, log: Path, mapping: LogMapping, threads: int) -> tuple[Took, Counts]:
    began = _clocks()
    with begun(report, sink, None):
        totals, _ = judge_log(log, mapping, report, threads=threads, progress=lambda *_: None)
    sink.flush()
    return _since(began), {f"{rule} {verdict}": number for (rule, verdict), number in totals.counts.items()}


def _columns(log: Path, _threads: int) -> tuple[Took, Counts]:
    kernel, mapping = _ready()
    began = _clocks()
    for _ in FlatLog(log, mapping, kernel.compiled.program, AS_OF).chunks():
        pass
    return _since(began), {}


def _kernel(log: Path, threads: int) -> tuple[Took, Counts]:
    """Chunks are loaded some hundred at a time and their verdicts counted; only that is timed."""
    kernel, mapping = _ready()
    compiled = kernel.compiled
    chunks: Iterator[Any] = FlatLog(log, mapping, compiled.program, AS_OF).chunks()
    took, counts = (0.0, 0.0), Counter[tuple[str, str]]()
    while held := list(islice(chunks, HELD)):
        began = _clocks()
        found = count_chunks(compiled, held, AS_OF, threads=threads)
        wall, cpu = _since(began)
        took = took[0] + wall, took[1] + cpu
        counts.update(kernel.by_name(found))
    return took, {f"{rule} {verdict}": number for (rule, verdict), number in counts.items()}


def _scan(log: Path, threads: int) -> tuple[Took, Counts]:
    """Every column that the duties need is read, and nothing else is done with it."""
    connection = duckdb.connect()
    connection.execute(f"set threads to {threads}")
    query = (
        'select act, count("case"), max(ts), sum(amount), sum(expense), sum("totalPaymentAmount"), '
        'sum("paymentAmount"), sum(article), sum(points), count(dismissal) from read_parquet(?) group by act'
    )
    began = _clocks()
    connection.execute(query, [str(log)]).fetchall()
    return _since(began), {}


def _clocks() -> Took:
    return time.perf_counter(), time.process_time()


def _since(began: Took) -> Took:
    wall, cpu = _clocks()
    return wall - began[0], cpu - began[1]


if __name__ == "__main__":
    sys.exit(main())
