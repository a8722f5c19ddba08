"""Rows of a log become events of the contract, as its mapping says.

What the mapping does not name is left out and counted, never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from .mapping import DataField, LogMapping
from .reading import LogFault, Row

CASE_FORM = r"[A-Za-z0-9][A-Za-z0-9._:/@-]{0,89}"  # the contract's, with room for the event's number
_CASE = re.compile(CASE_FORM)


@dataclass
class Conversion:
    """What a conversion did: events and matters written and, by name, activities the mapping does not know."""

    written: int = 0
    matters: int = 0
    unmapped: Counter[str] = field(default_factory=Counter)

    def demand_something(self) -> None:
        """Raises LogFault when not one event was converted: the mapping is of another log."""
        if not self.written:
            names = "、".join(name for name, _ in self.unmapped.most_common(10)) or "没有"
            raise LogFault(f"没有一个事件被转换。日志中的活动：{names}。请核对映射文件的 activities。")

    def left_out(self) -> list[str]:
        """What the mapping does not name, one line each, the most frequent first."""
        return [
            f"  映射中没有的活动，已略去：{name} {count} 次" for name, count in self.unmapped.most_common(20)
        ]


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
            if not _CASE.fullmatch(case):
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
        data[each.name] = data_value(value, each, number)
    return data


def data_value(value: Any, each: DataField, number: int) -> Any:
    """What a cell that states something becomes; ``number`` counts the log's events, for the message."""
    if each.values is not None:
        found = each.values.get(str(value), each.values.get("default"))
        if found is None:
            raise LogFault(
                f"第 {number} 个事件的 {each.column} 是“{str(value)[:60]}”，对照表中没有。请补上这个值，或写明 default。"
            )
        return found
    return str(value) if each.form == "text" else _number(value, number, each)


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
