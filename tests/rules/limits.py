"""The limits of a rule: its periods, its days of the calendar, and the numbers that something may not pass.

A limit can be moved by one. Where no history beside the rule answers otherwise then, the limit is not shown from that side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from plumbline.rules import Overlay, Rule
from plumbline.rules.language import Clock
from plumbline.rules.nodes.calendar_day import CalendarDay
from plumbline.rules.nodes.compare import Compare
from plumbline.rules.nodes.days import DateAfter
from plumbline.rules.nodes.literal import Literal

#: Neither part of the text nor a limit: what a fixed date is shown with, and what is no rule's own.
LEFT_OUT = {"shown", "examples", "own_facts"}
ORDERING = {"lt", "le", "gt", "ge"}


@dataclass(frozen=True, order=True)
class LimitShown:
    """``n`` of ``unit`` in one text of a rule: the general one (its own id) or an overlay's row."""

    text: str
    n: int
    unit: str

    @property
    def zh(self) -> str:
        return f"{self.n}{UNIT_ZH[self.unit]}"


UNIT_ZH = {"wd": "个工作日", "cd": "日", "h": "小时", "m": "个月", "y": "年", "day": "日（历日）", "": ""}


def limits_of(rule: Rule) -> tuple[LimitShown, ...]:
    """The different limits of each text of a rule."""
    found: dict[LimitShown, None] = {}
    for text, parts in _texts(rule).items():
        for node in _nodes(parts):
            told = _limit(node)
            if told is not None:
                found[LimitShown(text, *told)] = None
    return tuple(sorted(found))


def with_limit_moved(rule: Rule, limit: LimitShown, by: int) -> Rule:
    """The rule as it would read with one of its limits greater or smaller by one."""
    if limit.text != rule.id:
        rows = tuple(
            _moved(row, limit, by) if isinstance(row, Overlay) and row.row == limit.text else row
            for row in rule.overlays
        )
        return replace(rule, overlays=rows)
    names = ("require", "when", "counts")
    return replace(rule, **{name: _moved(getattr(rule, name), limit, by) for name in names})


def _texts(rule: Rule) -> dict[str, Any]:
    return {rule.id: (rule.require, rule.when, rule.counts)} | {row.row: row for row in rule.overlays}


def _nodes(part: Any) -> Iterator[Any]:
    yield part
    if isinstance(part, tuple):
        for each in part:
            yield from _nodes(each)
    elif is_dataclass(part):
        for each in fields(part):
            if each.name not in LEFT_OUT:
                yield from _nodes(getattr(part, each.name))


def _limit(node: Any) -> tuple[int, str] | None:
    if isinstance(node, Clock | DateAfter):
        return node.n, node.unit
    if isinstance(node, CalendarDay):
        return node.day, "day"
    if isinstance(node, Compare) and node.how in ORDERING and isinstance(node.right, Literal):
        return (node.right.value, "") if type(node.right.value) is int else None
    return None


def _moved(part: Any, limit: LimitShown, by: int) -> Any:
    if isinstance(part, tuple):
        return tuple(_moved(each, limit, by) for each in part)
    if not is_dataclass(part):
        return part
    changed = {
        each.name: _moved(getattr(part, each.name), limit, by)
        for each in fields(part)
        if each.name not in LEFT_OUT and each.init
    }
    if _limit(part) == (limit.n, limit.unit):
        if isinstance(part, Clock | DateAfter):
            changed["n"] = limit.n + by
        elif isinstance(part, CalendarDay):
            changed["day"] = limit.n + by
        else:
            changed["right"] = Literal(limit.n + by)
    return replace(part, **changed)  # type: ignore[type-var]
