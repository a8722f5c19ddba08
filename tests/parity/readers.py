"""Both readers of the rules on the same matters, and what they say differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from plumbline.law import Calendar
from plumbline.rules import Rule, RuleBook, evaluate
from plumbline.rules.bulk.chunks import ChunkWriter
from plumbline.rules.bulk.compiling import Compiled
from plumbline.rules.bulk.running import judge_chunk
from plumbline.vocabulary import Event, Matter, Registers

#: What of a verdict both readers give; the sentence and its events are worded by the reader for one matter alone.
COMPARED = (
    "matter",
    "rule",
    "subject",
    "verdict",
    "due",
    "days_used",
    "days_limit",
    "unit",
    "overlay",
    "flags",
)
Row = tuple[Any, ...]


def by_tree(
    rules: RuleBook | Iterable[Rule],
    matters: Sequence[Matter],
    *,
    registers: Registers,
    calendar: Calendar | None,
    as_of: date | datetime,
    **beyond: Any,
) -> list[Row]:
    """The verdicts of the reader for one matter."""
    found = []
    for matter in matters:
        for v in evaluate(rules, matter, registers=registers, calendar=calendar, as_of=as_of, **beyond):
            clock = (v.due_text, v.days_used, v.days_limit, v.unit)
            found.append((v.matter, v.rule, v.subject, v.verdict, *clock, v.overlay, tuple(sorted(v.flags))))
    return sorted(found, key=repr)


def by_kernel(
    compiled: Compiled, matters: Sequence[Matter], as_of: date | datetime, *, size: int = 8192, **beyond: Any
) -> list[Row]:
    """The verdicts of the array kernel."""
    found = []
    for chunk in ChunkWriter(compiled.program, **beyond).chunks(matters, size=size):
        for row in judge_chunk(compiled, chunk, as_of).rows():
            row["flags"] = tuple(sorted(row["flags"]))
            found.append(tuple(row[name] for name in COMPARED))
    return sorted(found, key=repr)


def differences(
    compiled: Compiled,
    matters: Sequence[Matter],
    as_of: date | datetime,
    *,
    others: dict[str, list[Event]] | None = None,
    size: int = 8192,
) -> list[tuple[str, Row]]:
    """Verdicts that only one of the readers gives, each with the reader that gives it."""
    registers, calendar = compiled.program.registers, compiled.program.calendar
    beyond: dict[str, Any] = {"others": others.get} if others is not None else {}
    tree = by_tree(compiled.rules, matters, registers=registers, calendar=calendar, as_of=as_of, **beyond)
    kernel = by_kernel(compiled, matters, as_of, size=size, **beyond)
    only = Counter(tree)
    only.subtract(kernel)
    return [("tree" if count > 0 else "kernel", row) for row, count in only.items() if count]
