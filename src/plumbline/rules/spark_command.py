"""``plumbline spark table`` and ``plumbline spark check``: a file of events as a table, and the table judged on a cluster.

Exit codes as ``plumbline check``: 0 checked, whatever was found; 2 the input or the command line was refused, or Spark is not
there; 1 the program or the cluster failed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from plumbline.vocabulary import CHINA, Event

from .book import STANDARD_PACKS
from .bulk.event_table import write_events
from .bulk.spark import NotDivisible, SparkMissing, WrongTable, judge_on_spark, session
from .check_command import Refused, _as_of, _book, _mapping, _refuse, _registers, _source, _words
from .check_input import CheckInput, Unreadable, read_input
from .logs import LogFault
from .output import DiskFull, Unwritable, output


def table(arguments: list[str]) -> int:
    """Read and validate a file of events, as ``check`` does, and write it as Parquet."""
    parser = argparse.ArgumentParser(
        prog="plumbline spark table",
        description="把事件文件（或者日志）核对后写成事件表（Parquet），供 spark check 使用",
    )
    parser.add_argument("events", type=Path, help="事件文件（JSON Lines，可以是 gzip），或者日志")
    parser.add_argument("--mapping", type=Path, help="日志的映射文件（YAML）；规则包自带的不用写")
    parser.add_argument("--pack", action="append", help="规则包（可以多次）；默认全部")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1), help="并行进程数")
    parser.add_argument("--out", type=Path, required=True, help="事件表的文件名；写完才出现")
    return _answered(_write_table, parser.parse_args(arguments))


def check(arguments: list[str]) -> int:
    """Judge a table of events on a cluster and leave the verdicts as Parquet."""
    parser = argparse.ArgumentParser(
        prog="plumbline spark check",
        description="在 Spark 集群上对照规则检查事件表，结论写成 Parquet",
        epilog="事件表和 --out 的位置要让每个节点都能读写（共享文件夹、hdfs:// 等）。",
    )
    parser.add_argument("events", help="事件表（Parquet），由 spark table 写成，或者夜间复核的快照")
    parser.add_argument("--master", required=True, help="集群地址，例如 spark://10.0.0.1:7077；本机 local[2]")
    parser.add_argument("--out", required=True, help="写结论的新文件夹")
    parser.add_argument("--registers", type=Path, help="登记册（JSON）")
    parser.add_argument(
        "--as-of",
        type=_as_of,
        default=datetime.now(CHINA).date(),
        help="截至日期或带 +08:00 的时刻；日期表示当日结束（默认今天）",
    )
    parser.add_argument("--pack", action="append", help="规则包（可以多次）；默认全部")
    parser.add_argument("--partitions", type=int, help="分成多少份；不写的由 Spark 决定")
    parser.add_argument("--trusted", action="store_true", help="事件表已经核对过，不再逐条核对")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="名称=值",
        help="Spark 设置，例如 spark.executor.memory=4g",
    )
    return _answered(_check, parser.parse_args(arguments))


def _answered(work: object, chosen: argparse.Namespace) -> int:
    assert callable(work)
    try:
        work(chosen)
    except (Refused, Unreadable, LogFault, Unwritable, SparkMissing, WrongTable, NotDivisible) as why:
        if str(why):
            print(f"没有检查：{why}", file=sys.stderr)
        return 2
    except DiskFull as why:
        print(f"没有完成：{why}", file=sys.stderr)
        return 1
    return 0


def _write_table(chosen: argparse.Namespace) -> None:
    packs = tuple(chosen.pack or STANDARD_PACKS)
    _book(packs)  # refuses a pack that is not there
    mapping = _mapping(chosen, packs)
    with _source(chosen.events, mapping) as source:
        read = read_input(source, _words(packs, mapping), processes=chosen.processes)
    _refuse(read.errors)
    with output(chosen.out) as out:
        count = write_events(_events(read), out.sink)
    print(f"{len(read.matters)} 个事项，{count} 个事件，已写入 {chosen.out}", file=sys.stderr)


def _events(read: CheckInput) -> Iterator[Event]:
    for matter in read.matters:
        yield from read.events_of(matter)


def _check(chosen: argparse.Namespace) -> None:
    began = time.monotonic()
    packs = tuple(chosen.pack or STANDARD_PACKS)
    _book(packs)
    registers = _registers(chosen.registers, _words(packs, None))
    with session(chosen.master, settings=_settings(chosen.set)) as spark:
        spark.sparkContext.setLogLevel("ERROR")
        from pyspark.errors import AnalysisException, PythonException

        try:
            verdicts = judge_on_spark(
                spark,
                chosen.events,
                packs=packs,
                registers=registers,
                as_of=chosen.as_of,
                partitions=chosen.partitions,
                trusted=chosen.trusted,
            )
            verdicts.write.mode("errorifexists").parquet(chosen.out)
            written = spark.read.parquet(chosen.out).groupBy("verdict").count().collect()
        except AnalysisException as fault:
            raise Refused(_of_a_path(fault.getCondition(), chosen)) from None
        except PythonException as fault:
            raise Refused(_said_by_a_worker(fault)) from None
    counts = Counter({row["verdict"]: row["count"] for row in written})
    for name, count in counts.most_common():
        print(f"{name:<16}{count:>14,}")
    print(
        f"{sum(counts.values())} 条结论，已写入 {chosen.out}，{time.monotonic() - began:.1f} 秒",
        file=sys.stderr,
    )


def _settings(given: Sequence[str]) -> dict[str, str]:
    wrong = [each for each in given if "=" not in each]
    if wrong:
        raise Refused(f"--set 应写成 名称=值，收到 {wrong[0]}。")
    return dict(each.split("=", 1) for each in given)


def _of_a_path(condition: str | None, chosen: argparse.Namespace) -> str:
    if condition == "PATH_NOT_FOUND":
        return f"找不到事件表 {chosen.events}。请核对路径，并确认每个节点都能读。"
    if condition == "PATH_ALREADY_EXISTS":
        return f"{chosen.out} 已经存在。请换一个新的文件夹。"
    return f"Spark 不能读写所给的位置（{condition}）。请核对事件表和 --out。"


def _said_by_a_worker(fault: Exception) -> str:
    """The last line of a worker's traceback that is ours says what is wrong; anything else is a failure of the program."""
    for line in reversed(str(fault).splitlines()):
        name, colon, said = line.strip().partition(": ")
        if colon and name.startswith("plumbline.rules.bulk.part."):
            return said
    raise fault
