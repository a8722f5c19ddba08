"""A province on Apache Spark: the matters divided among many machines, each judging its own by the same kernel.

    with session("spark://10.0.0.1:7077") as spark:
        verdicts = judge_on_spark(spark, "hdfs:///events.parquet", packs=STANDARD_PACKS, registers=registers, as_of=day)
        verdicts.write.parquet("hdfs:///verdicts")

A verdict rests on its own matter, so the rows are divided by matter and each part is judged where it lies (``part``). Two
facts look into other matters; the few events they ask about are joined to the matters that ask, and travel with them as
visitors. What is said is what one machine says. PySpark is imported here alone, and only when it is used.
"""

from __future__ import annotations

import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import reduce
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from plumbline.law import Calendar
from plumbline.vocabulary import Registers

from ..book import STANDARD_PACKS
from ..nodes.any_matter import EarlierInAnyMatter
from ..nodes.linked import OpenInLinked
from ..rule import Rule
from .compiling import compile_rules
from .event_table import COLUMNS
from .part import ROW, Assignment, book_of, judged, sources_digest, words_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

JAVA = 17
#: The columns of the verdicts, as Spark writes types.
VERDICTS = (
    "matter string, rule string, subject string, verdict string, due string, "
    "days_used bigint, days_limit bigint, unit string, overlay string, flags array<string>"
)
LINKS = "array<struct<matter:string,rel:string>>"


class SparkMissing(Exception):
    """Spark cannot run here; the message says what to install."""


class WrongTable(Exception):
    """The table has not the columns of events; the message says which are missing."""


class NotDivisible(Exception):
    """A rule looks into other matters in a way for which nobody has said how to divide them."""


def demand_spark() -> None:
    """Refuse, in words, where PySpark or Java is missing or too old."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        raise SparkMissing(
            "没有安装 PySpark。请在本机和每个工作节点安装：pip install 'pyspark>=4.0.1,<4.1'。"
        ) from None
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if java is None:
        raise SparkMissing(
            f"没有找到 Java。Spark 需要 Java {JAVA}：apt-get install openjdk-{JAVA}-jre-headless，或者设置 JAVA_HOME。"
        )
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    if found is None or int(found[1]) < JAVA:
        raise SparkMissing(
            f"{java} 的版本低于 {JAVA}。请安装 Java {JAVA}：apt-get install openjdk-{JAVA}-jre-headless。"
        )


@contextmanager
def session(
    master: str, *, name: str = "plumbline", settings: Mapping[str, str] | None = None
) -> Iterator[SparkSession]:
    """A session on a cluster (``spark://host:7077``, ``yarn``, ``local[2]``), ended with all it started."""
    demand_spark()
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    os.environ.setdefault(
        "PYSPARK_PYTHON", sys.executable
    )  # the workers' Python is ours unless somebody says which
    builder = SparkSession.builder.master(master).appName(name)
    for key, value in {"spark.ui.showConsoleProgress": "false", **(settings or {})}.items():
        builder = builder.config(key, value)
    started = builder.getOrCreate()
    try:
        yield started
    finally:
        started.stop()
        _end_gateway(SparkContext)


def _end_gateway(context: Any) -> None:
    """End the Java process behind the session; PySpark itself would keep it until this program ends."""
    gateway = context._gateway
    if gateway is None:
        return
    context._gateway = context._jvm = None
    gateway.shutdown()
    gateway.proc.stdin.close()  # the Java side ends with its input
    gateway.proc.wait(timeout=60)


def judge_on_spark(
    session: SparkSession,
    events: DataFrame | str,
    *,
    packs: Iterable[str | Rule] = STANDARD_PACKS,
    registers: Registers,
    as_of: date | datetime,
    calendar: Calendar | None = None,
    partitions: int | None = None,
    trusted: bool = False,
) -> DataFrame:
    """The verdicts on every matter of a table of events (``event_table.COLUMNS``; a path is read as Parquet).

    ``packs`` are names of packs, and rules that stand in none. ``calendar`` is the registers' own unless given. Each event is
    held against the contract as it is read, unless ``trusted``. The rows come in no order; nothing runs until they are taken.
    """
    table = session.read.parquet(events) if isinstance(events, str) else events
    lacking = [name for name in COLUMNS if name not in table.columns]
    if lacking:
        raise WrongTable(f"事件表缺少列：{'、'.join(lacking)}。应有的列：{'、'.join(COLUMNS)}。")
    packs = tuple(packs)
    if calendar is None:
        calendar = Calendar.from_registers(registers.holidays)
    assignment = pickle.dumps(
        Assignment(
            packs=packs,
            document=dict(registers.document),
            complete=registers.complete,
            calendar=calendar,
            as_of=as_of,
            trusted=trusted,
            sources=sources_digest(),
        )
    )
    program = compile_rules(
        book_of(packs), registers=registers, calendar=calendar, vocabulary=words_of(packs)
    ).program
    rows = _with_visitors(table.select(*COLUMNS), program.joined_at)
    divided = rows.repartition(partitions, "home") if partitions else rows.repartition("home")

    def judge(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return judged(batches, assignment)

    return _map_in_arrow(
        divided.sortWithinPartitions("home", "visiting", "seq").select(*ROW), judge, VERDICTS
    )


def _map_in_arrow(rows: DataFrame, function: Any, schema: str) -> DataFrame:
    """``DataFrame.mapInArrow``, which refuses to start without pandas though it uses none of it; the parts it is made of do not."""
    from pyspark.sql import DataFrame
    from pyspark.sql.udf import UserDefinedFunction
    from pyspark.util import PythonEvalType

    mapped = UserDefinedFunction(function, schema, evalType=PythonEvalType.SQL_MAP_ARROW_ITER_UDF)
    column: Any = mapped(*(rows[name] for name in rows.columns))
    return DataFrame(rows._jdf.mapInArrow(column._jc, False, None), rows.sparkSession)


# -- what looks into other matters -------------------------------------------------------------------------------------


def _with_visitors(events: DataFrame, joined: Mapping[Any, set[str]]) -> DataFrame:
    """Every event at home, and once more with each matter that asks about its own."""
    from pyspark.sql import functions as f

    rows = [events.withColumn("home", f.col("matter")).withColumn("visiting", f.lit(False))]
    for node, activities in joined.items():
        asking = events.where(f.col("activity").isin(sorted(activities)))
        if isinstance(node, OpenInLinked):
            wanted = _linked(asking, node.rel)
        elif isinstance(node, EarlierInAnyMatter) and not _looks_beyond(node.condition):
            wanted = _of_the_same_affair(events, asking)
        else:
            raise NotDivisible(f"{type(node).__name__} 涉及别的事项，尚不能按事项分区检查：{node.phrase()}。")
        rows.append(events.join(wanted, "matter").withColumn("visiting", f.lit(True)))
    return reduce(lambda one, other: one.unionByName(other), rows)


def _linked(asking: DataFrame, rel: str) -> DataFrame:
    """The matters that ask (``home``) and those they are linked to (``matter``)."""
    from pyspark.sql import functions as f

    link = f.explode(f.from_json("links", LINKS)).alias("link")
    found = asking.where(f.col("links").isNotNull()).select(f.col("matter").alias("home"), link)
    return (
        found.where(f.col("link.rel") == rel).select("home", f.col("link.matter").alias("matter")).distinct()
    )


def _of_the_same_affair(events: DataFrame, asking: DataFrame) -> DataFrame:
    """The matters that ask (``home``) and the others that state one of their parties and one of their violations (``matter``)."""
    from pyspark.sql import functions as f

    def stated(path: str, name: str) -> DataFrame:
        found = events.select("matter", f.get_json_object("data", path).alias(name))
        return found.where(f.col(name).isNotNull()).distinct()

    affairs = stated("$.party.id", "party").join(stated("$.violation.act", "act"), "matter")
    homes = asking.select("matter").distinct().join(affairs, "matter").withColumnRenamed("matter", "home")
    return homes.join(affairs, ["party", "act"]).where("home <> matter").select("home", "matter").distinct()


def _looks_beyond(part: Any) -> bool:
    """Whether such a fact stands anywhere in an expression."""
    if isinstance(part, (OpenInLinked, EarlierInAnyMatter)):
        return True
    if isinstance(part, tuple):
        return any(map(_looks_beyond, part))
    return is_dataclass(part) and any(_looks_beyond(getattr(part, each.name)) for each in fields(part))
