"""``plumbline log convert``: XES, CSV and Parquet event logs become contract JSON Lines by a mapping file.

The mapping (YAML) names the columns of case, activity and time, and for each activity of the log the contract activity
and its data fields. What the mapping does not name is left out and counted, never guessed. Exit code 0: converted; 2:
the log or the mapping is refused, and no output file is left behind.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from .log_mapping import DataField, LogMapping, load_mapping
from .log_reading import LogFault, Row, open_log

DEFAULT = Path(__file__).parents[2] / "packs" / "traffic_fines" / "log_mapping.yaml"
SHOWN_EVERY = 50_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@-]{0,89}")  # the contract's, with room for the event's number


@dataclass
class Conversion:
    """What a conversion did: events and matters written and, by name, activities the mapping does not know."""

    written: int = 0
    matters: int = 0
    unmapped: Counter[str] = field(default_factory=Counter)


def convert(rows: Iterable[Row], mapping: LogMapping, *, done: Conversion) -> Iterator[dict[str, Any]]:
    """Contract events for the rows of a log; ``done`` counts as it goes."""
    position: Counter[str] = Counter()
    for number, row in enumerate(rows, start=1):
        case = str(_named(row, mapping.case, number))
        name = str(_named(row, mapping.activity, number))
        target = mapping.targets.get(name)
        if target is None:
            done.unmapped[name] += 1
            continue
        occurred, recorded = _times(
            _named(row, mapping.time, number), number, dates=mapping.date_only_at_midnight
        )
        place = position[case]
        if not place:
            if not _ID.fullmatch(case):
                raise LogFault(
                    f"第 {number} 个事件的事项号“{case[:60]}”不能用作契约的标识：只可用字母、数字和 . _ : / @ -，"
                    "最长 90 个字符。请先在日志中换成编号。"
                )
            done.matters += 1
        position[case] = place + 1
        done.written += 1
        yield {
            "id": f"{case}-{place}",
            "matter": case,
            "kind": mapping.kind,
            "activity": target.activity,
            "occurred_at": occurred,
            "recorded_at": recorded,
            "agency": mapping.agency,
            "data": _data(row, target.fields, number),
        }


def _named(row: Row, names: tuple[str, ...], number: int) -> Any:
    for name in names:
        value = row.get(name)
        if value is not None and value != "":
            return value
    raise LogFault(f"第 {number} 个事件没有 {' 或 '.join(names)}。请核对映射文件中的列名，或补上这一格。")


def _times(value: Any, number: int, *, dates: bool) -> tuple[str, str]:
    """When it occurred and was recorded, as the log's own clock had it: its offset is left out, the duties count local days."""
    if not isinstance(value, datetime):
        try:
            value = datetime.fromisoformat(str(value))
        except ValueError:
            raise LogFault(
                f"第 {number} 个事件的时间无法识别：{str(value)[:60]}。应为 2026-03-02T09:30:00 这样的形式。"
            ) from None
    day = f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
    if dates and not (value.hour or value.minute or value.second):
        return day, day + "T23:59:59+08:00"
    instant = f"{day}T{value.hour:02d}:{value.minute:02d}:{value.second:02d}+08:00"
    return instant, instant


def _data(row: Row, fields: tuple[DataField, ...], number: int) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for each in fields:
        value = row.get(each.column)
        # An empty cell, null and NaN are not stated.
        if value is None or value == "" or value != value:  # noqa: PLR0124
            continue
        if each.values is not None:
            found = each.values.get(str(value), each.values.get("default"))
            if found is None:
                raise LogFault(
                    f"第 {number} 个事件的 {each.column} 是“{str(value)[:60]}”，对照表中没有。请补上这个值，或写明 default。"
                )
            data[each.name] = found
        elif each.form == "text":
            data[each.name] = str(value)
        else:
            data[each.name] = _number(value, number, each)
    return data


def _number(value: Any, number: int, each: DataField) -> int:
    """A whole number: of cents, rounded half up, or as it stands."""
    if value.__class__ is int:
        return int(value) * (100 if each.form == "cents" else 1)
    try:
        exact = Decimal(str(value))
        if each.form == "cents":
            return int((exact * 100).quantize(Decimal(1), ROUND_HALF_UP))
        if exact == exact.to_integral_value():
            return int(exact)
    except (InvalidOperation, ValueError, OverflowError):
        pass
    raise LogFault(
        f"第 {number} 个事件的 {each.column} 应为{'金额' if each.form == 'cents' else '整数'}，收到 {str(value)[:60]}。"
    )


# -- the command line --------------------------------------------------------------------------------------------------


def main(arguments: list[str]) -> int:
    """Command line: ``plumbline log convert LOG --mapping MAPPING.yaml [--out EVENTS.jsonl]``."""
    chosen = _parser().parse_args(arguments)
    done = Conversion()
    try:
        mapping = load_mapping(chosen.mapping)
        log = open_log(chosen.log, only=mapping.columns)
        if log.columns is not None:
            mapping.check_columns(log.columns)
        with _sink(chosen.out) as sink:
            for event in convert(log.rows, mapping, done=done):
                sink.write(orjson.dumps(event, option=orjson.OPT_APPEND_NEWLINE))
                if done.written % SHOWN_EVERY == 0 and sys.stderr.isatty():
                    print(f"\r已转换 {done.written:,} 个事件 ", end="", file=sys.stderr, flush=True)
            if not done.written:
                names = "、".join(name for name, _ in done.unmapped.most_common(10)) or "没有"
                raise LogFault(f"没有一个事件被转换。日志中的活动：{names}。请核对映射文件的 activities。")
    except LogFault as fault:
        print(f"日志没有转换：{fault}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:
        print(f"日志没有转换：{fault.filename or ''} {fault.strerror or fault}。", file=sys.stderr)
        return 2
    print(f"已转换 {done.matters} 个事项、{done.written} 个事件", file=sys.stderr)
    for name, count in done.unmapped.most_common(20):
        print(f"  映射中没有的活动，已略去：{name} {count} 次", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plumbline log convert", description="把 XES、CSV、Parquet 日志转换为事件契约的 JSON Lines"
    )
    parser.add_argument("log", type=Path, help=".xes、.csv（都可以是 .gz）或 .parquet")
    parser.add_argument(
        "--mapping", type=Path, default=DEFAULT, help="映射文件（YAML）；默认用交通罚单演示日志的映射"
    )
    parser.add_argument("--out", type=Path, help="输出文件；默认写到标准输出")
    return parser


@contextmanager
def _sink(path: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that is there only when it is whole."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as sink:
            yield sink
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
