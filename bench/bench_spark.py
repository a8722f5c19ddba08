"""The log of traffic fines, N times over: verdicts a second in one process, and on a Spark cluster with two workers.

    python -m bench.bench_spark [--times N] [--matters M]

Both sides run the same worker code (`rules/bulk/part.py`) on the same Parquet table. A standalone cluster is started on this
machine for the purpose: a master and two workers with one executor of one core each, so on a machine with few cores the
ratio shows what the cluster costs, not what it wins. The cluster's own start is not counted, a first small job neither; the
counts by rule and verdict have to be equal before a time is printed. Needs Java 17 and the log (PLUMBLINE_FINES_LOG).
"""

from __future__ import annotations

import argparse
import os
import pickle
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from plumbline.rules.bulk.event_table import write_events
from plumbline.rules.bulk.part import Assignment, judged, sources_digest, words_of
from plumbline.rules.bulk.spark import SparkMissing, judge_on_spark, session
from plumbline.rules.check_input import CheckInput, read_input
from plumbline.rules.logs import lines_of_log, load_mapping
from plumbline.vocabulary import Event, Registers
from tests.parity.spark_cluster import SETTINGS, WORKERS, standalone_cluster

from .fines_by_hand import log_path

PACK = "plumbline.packs.traffic_fines"
AS_OF = date(2013, 6, 18)  # the log's last day
ROWS_OF_A_BATCH = 10_000
Counts = Counter[tuple[str, str]]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.bench_spark")
    parser.add_argument("--times", type=int, default=1, help="how many copies of the log")
    parser.add_argument("--matters", type=int, help="the first M matters only, for a first look")
    chosen = parser.parse_args()
    if not log_path().exists():
        print(
            f"没有找到日志 {log_path()}。请用 PLUMBLINE_FINES_LOG 指定 road_traffic_fines.parquet。",
            file=sys.stderr,
        )
        return 2
    try:
        with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as name:
            return _compare(Path(name), chosen.times, chosen.matters)
    except SparkMissing as why:
        print(why, file=sys.stderr)
        return 2


def _compare(folder: Path, times: int, first: int | None) -> int:
    path, small = folder / "events.parquet", folder / "small.parquet"
    read = read_input(lines_of_log(log_path(), _mapping()), words_of([PACK]), processes=2)
    events = write_events(_copies(read, times, read.matters[:first]), path)
    write_events(_copies(read, 1, read.matters[:200]), small)
    _in_this_process(small)
    began = time.monotonic()
    alone = _in_this_process(path)
    single = time.monotonic() - began

    with standalone_cluster(folder) as master, session(master, settings=_settings()) as spark:
        spark.sparkContext.setLogLevel("ERROR")
        _on_the_cluster(spark, small, folder / "warm")
        began = time.monotonic()
        together = _on_the_cluster(spark, path, folder / "verdicts")
        cluster = time.monotonic() - began
        version = spark.version
    if alone != together:
        print(f"the verdicts differ: {(alone - together) + (together - alone)}", file=sys.stderr)
        return 1
    verdicts = alone.total()
    print(
        f"Python {platform.python_version()}, PyArrow {pa.__version__}, Spark {version}; {os.cpu_count()} cores, "
        f"{WORKERS} workers; log × {times}: {events:,} events, {verdicts:,} verdicts, equal by rule and verdict"
    )
    row = "{:<44}{:>10}{:>16}"
    print(row.format("", "wall s", "verdicts / s"))
    print(row.format("one process", f"{single:.1f}", f"{verdicts / single:,.0f}"))
    print(
        row.format(
            f"Spark, {WORKERS} workers (from and to Parquet)", f"{cluster:.1f}", f"{verdicts / cluster:,.0f}"
        )
    )
    print(f"ratio Spark / one process: {single / cluster:.2f} x")
    return 0


def _mapping() -> Any:
    import plumbline.packs.traffic_fines as pack

    return load_mapping(Path(pack.__file__).with_name("log_mapping.yaml"))


def _copies(read: CheckInput, times: int, matters: list[str]) -> Iterator[Event]:
    """The matters, each copy under numbers of its own."""
    for copy in range(times):
        for name in matters:
            for event in read.events_of(name):
                yield (
                    event
                    if copy == 0
                    else replace(
                        event,
                        id=f"{copy}-{event.id}",
                        matter=f"{copy}-{name}",
                        order=event.order + copy * 10_000_000,
                    )
                )


def _in_this_process(path: Path) -> Counts:
    assignment = Assignment(
        packs=(PACK,),
        document={},
        complete=frozenset(),
        calendar=None,
        as_of=AS_OF,
        trusted=True,
        sources=sources_digest(),
    )
    counts: Counts = Counter()
    for batch in judged(_sorted_batches(path), pickle.dumps(assignment)):
        counts.update(_counted(pa.Table.from_batches([batch])))
    return counts


def _sorted_batches(path: Path) -> Iterator[pa.RecordBatch]:
    """The table as one process reads it: written matter by matter, so it is in order already."""
    for batch in parquet.ParquetFile(path).iter_batches(ROWS_OF_A_BATCH):
        yield batch.append_column("home", batch["matter"]).append_column(
            "visiting", pa.array([False] * batch.num_rows)
        )


def _on_the_cluster(spark: Any, path: Path, out: Path) -> Counts:
    judge_on_spark(
        spark, str(path), packs=[PACK], registers=Registers.none(), as_of=AS_OF, trusted=True
    ).write.parquet(str(out))
    return _counted(parquet.read_table(out, columns=["rule", "verdict"]))


def _counted(table: pa.Table) -> Counts:
    grouped = table.group_by(["rule", "verdict"]).aggregate([([], "count_all")])
    return Counter({(row["rule"], row["verdict"]): row["count_all"] for row in grouped.to_pylist()})


def _settings() -> dict[str, str]:
    """As the tests have it, but quick to run: whole batches, all of Java's compiler, Spark's own number of parts."""
    kept = {k: v for k, v in SETTINGS.items() if "Options" not in k and not k.startswith("spark.sql")}
    return {
        **kept,
        "spark.executor.memory": "1g",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS_OF_A_BATCH),
    }


if __name__ == "__main__":
    sys.exit(main())
