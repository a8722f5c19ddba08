"""``plumbline log convert``: XES, CSV and Parquet event logs become contract JSON Lines by a mapping file.

The mapping (YAML) names the columns of case, activity and time, and for each activity of the log the contract activity
and its data fields. What the mapping does not name is left out and counted, never guessed.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import orjson
import yaml

CHINA = timezone(timedelta(hours=8))
Row = Mapping[str, Any]


class LogFault(Exception):
    """The log or its mapping cannot be read; the message says where and what to do."""


@dataclass
class Conversion:
    """What a conversion did: events written and, by name, activities the mapping does not know."""

    written: int = 0
    cases: set[str] = field(default_factory=set)
    unmapped: Counter[str] = field(default_factory=Counter)


def rows_of(path: Path) -> Iterator[Row]:
    """The events of a log as flat rows, in file order; in XES the case's own attributes are prefixed ``case:``."""
    name = path.name.lower().removesuffix(".gz")
    if name.endswith(".parquet"):
        yield from _parquet(path)
    elif name.endswith(".csv"):
        with _open(path) as text:
            yield from csv.DictReader(line.decode("utf-8-sig") for line in text)
    elif name.endswith(".xes"):
        yield from _xes(path)
    else:
        raise LogFault(f"不认识的日志格式：{path.name}。可用 .xes、.xes.gz、.csv、.csv.gz、.parquet。")


def _open(path: Path) -> Any:
    return gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb")


def _parquet(path: Path) -> Iterator[Row]:
    from pyarrow import parquet

    for batch in parquet.ParquetFile(path).iter_batches(batch_size=50_000):
        columns = batch.to_pydict()
        names = list(columns)
        for values in zip(*columns.values(), strict=True):
            yield dict(zip(names, values, strict=True))


def _xes(path: Path) -> Iterator[Row]:
    from defusedxml.ElementTree import iterparse

    with _open(path) as source:
        trace: dict[str, Any] = {}
        for moment, element in iterparse(source, events=("start", "end")):
            tag = element.tag.rsplit("}", 1)[-1]
            if moment == "start":
                if tag == "trace":
                    trace = {}
                continue
            if tag == "event":
                yield {**trace, **{child.get("key"): child.get("value") for child in element}}
                element.clear()
            elif tag == "trace":
                element.clear()
            elif element.get("key") == "concept:name" and "case" not in trace:
                # The trace's own name stands before its events in every log seen; it is the case id.
                trace["case"] = element.get("value")


def convert(rows: Iterator[Row], mapping: Mapping[str, Any], *, done: Conversion) -> Iterator[dict[str, Any]]:
    """Contract events for the rows of a log; ``done`` counts as it goes."""
    activities: Mapping[str, Any] = mapping["activities"]
    values: Mapping[str, Mapping[str, str]] = mapping.get("values", {})
    position: Counter[str] = Counter()
    for number, row in enumerate(rows, start=1):
        case = str(_named(row, mapping["case"], number))
        name = str(_named(row, mapping["activity"], number))
        target = activities.get(name)
        if target is None:
            done.unmapped[name] += 1
            continue
        moment = _moment(_named(row, mapping["time"], number), number)
        whole_day = mapping.get("date_only_at_midnight", False) and (
            moment.hour,
            moment.minute,
            moment.second,
        ) == (0, 0, 0)
        place = position[case]
        position[case] += 1
        instant = moment.replace(tzinfo=CHINA).isoformat(timespec="seconds")
        done.written += 1
        done.cases.add(case)
        yield {
            "id": f"{case}-{place}",
            "matter": case,
            "kind": mapping["kind"],
            "activity": target["activity"],
            "occurred_at": moment.date().isoformat() if whole_day else instant,
            "recorded_at": moment.replace(hour=23, minute=59, second=59, tzinfo=CHINA).isoformat()
            if whole_day
            else instant,
            "agency": mapping["agency"],
            "data": _data(row, target.get("data", {}), values, number),
        }


def _named(row: Row, names: str | list[str], number: int) -> Any:
    for name in [names] if isinstance(names, str) else names:
        if row.get(name) not in (None, ""):
            return row[name]
    raise LogFault(f"第 {number} 个事件缺少 {names}。请核对映射文件中的列名。")


def _moment(value: Any, number: int) -> datetime:
    """Local time as the log wrote it; its own offset is left out, as the duties count local days."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError:
        raise LogFault(
            f"第 {number} 个事件的时间无法识别：{value}。应为 2026-03-02T09:30:00 这样的形式。"
        ) from None


def _data(
    row: Row, fields: Mapping[str, Any], values: Mapping[str, Mapping[str, str]], number: int
) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, how in fields.items():
        column, form, table = (
            (name, how, None)
            if isinstance(how, str)
            else (how["column"], how.get("as", "text"), how.get("values"))
        )
        value = row.get(column)
        if value in (None, ""):
            continue
        if table is not None:
            known = values[table]
            data[name] = known.get(str(value), known.get("default"))
        else:
            data[name] = _form(value, form, number, column)
    return data


def _form(value: Any, form: str, number: int, column: str) -> Any:
    try:
        if form == "cents":
            return int((Decimal(str(value)) * 100).quantize(Decimal(1), ROUND_HALF_UP))
        if form == "integer":
            return int(Decimal(str(value)))
    except InvalidOperation:
        raise LogFault(f"第 {number} 个事件的 {column} 不是数字：{value}。") from None
    return str(value)


def main(arguments: list[str]) -> int:
    """Command line: ``plumbline log convert LOG --mapping MAPPING.yaml [--out EVENTS.jsonl]``."""
    parser = argparse.ArgumentParser(
        prog="plumbline log convert", description="把 XES、CSV、Parquet 日志转换为事件契约的 JSON Lines"
    )
    parser.add_argument("log", type=Path)
    parser.add_argument("--mapping", type=Path, help="映射文件（YAML）；默认用交通罚单演示日志的映射")
    parser.add_argument("--out", type=Path, help="输出文件；默认写到标准输出")
    chosen = parser.parse_args(arguments)
    mapping_path = (
        chosen.mapping or Path(__file__).parents[2] / "packs" / "traffic_fines" / "log_mapping.yaml"
    )
    done = Conversion()
    try:
        mapping = yaml.safe_load(mapping_path.read_text("utf-8"))
        sink = chosen.out.open("wb") if chosen.out else sys.stdout.buffer
        with sink:
            for event in convert(rows_of(chosen.log), mapping, done=done):
                sink.write(orjson.dumps(event) + b"\n")
    except (OSError, LogFault, KeyError, yaml.YAMLError) as fault:
        print(f"日志没有转换：{fault}", file=sys.stderr)
        return 2
    print(f"已转换 {len(done.cases)} 个事项、{done.written} 个事件", file=sys.stderr)
    for name, count in done.unmapped.most_common():
        print(f"  映射中没有的活动，已略去：{name} {count} 次", file=sys.stderr)
    return 0
