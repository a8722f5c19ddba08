"""Judging a snapshot twice, as things stand and as asked, and counting what differs.

Memory is bounded: some thousands of events are held at a time, and the changed verdicts go to a file as they are found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from plumbline.law.calendar import Calendar
from plumbline.platform.recheck.history import Snapshot
from plumbline.rules import Rule
from plumbline.rules.bulk.chunks import EVENTS_OF_A_CHUNK, ChunkWriter
from plumbline.rules.bulk.compiling import Compiled, compile_rules
from plumbline.rules.bulk.running import judge_chunk
from plumbline.vocabulary import Event, Matter, Registers

CLOSING = frozenset({"case_closed", "matter_closed"})
COLUMNS = ("matter", "agency", "open", "rule", "subject", "before", "due_before", "after", "due_after")
SCHEMA = pa.schema([(name, pa.bool_() if name == "open" else pa.string()) for name in COLUMNS])
ROWS = 5000
Said = tuple[str, str]  # verdict, due
Batch = list[tuple[str, list[Event]]]


@dataclass
class Summary:
    """What changed, in numbers: changed matters by agency, open and past apart, and verdicts by from and to."""

    matters: int = 0
    judged: int = 0
    verdicts: int = 0
    open: Counter[str] = field(default_factory=Counter)
    past: Counter[str] = field(default_factory=Counter)
    of_agency: Counter[str] = field(default_factory=Counter)
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)


class _Side:
    """One of the two readings: its rules, compiled, and its moment."""

    def __init__(
        self,
        rules: Sequence[Rule],
        snapshot: Snapshot,
        registers: Registers,
        calendar: Calendar,
        as_of: date | datetime,
    ) -> None:
        self.as_of = as_of
        self.compiled: Compiled | None = None
        if rules:
            self.compiled = compile_rules(rules, registers=registers, calendar=calendar)
            self.writer = ChunkWriter(
                self.compiled.program, others=snapshot.events_of, affair=snapshot.matters_about
            )

    def verdicts(self, batch: Batch) -> dict[str, dict[tuple[str, str], Said]]:
        found: dict[str, dict[tuple[str, str], Said]] = defaultdict(dict)
        if self.compiled is None:
            return found
        matters = [Matter.of(events, self.as_of) for _, events in batch]
        counted = [matter for matter in matters if matter.events]
        if counted:
            for row in judge_chunk(self.compiled, self.writer.chunk(counted), self.as_of).rows():
                found[row["matter"]][row["rule"], row["subject"]] = (row["verdict"], row["due"] or "")
        return found


def compare(
    snapshot: Snapshot,
    rules: tuple[Sequence[Rule], Sequence[Rule]],
    *,
    calendar: Calendar,
    as_of: date | None,
    to: Path,
    told: Callable[[int], None] = lambda _: None,
) -> Summary:
    """Judge every matter by both sets of rules, the second as of ``as_of`` where given; write the changes to ``to``.

    ``told(matters)`` hears how far it is and may raise to stop; the file is then removed.
    """
    registers = snapshot.registers()
    before = _Side(rules[0], snapshot, registers, calendar, snapshot.taken_at)
    after = _Side(rules[1], snapshot, registers, calendar, as_of or snapshot.taken_at)
    summary = Summary()
    try:
        with pq.ParquetWriter(to, SCHEMA, compression="zstd") as writer:
            held: list[dict[str, Any]] = []
            for batch in _batches(snapshot.matters()):
                held += _changes(batch, before.verdicts(batch), after.verdicts(batch), summary)
                if len(held) >= ROWS:
                    writer.write_table(pa.Table.from_pylist(held, schema=SCHEMA))
                    held = []
                told(summary.matters)
            if held:
                writer.write_table(pa.Table.from_pylist(held, schema=SCHEMA))
    except BaseException:
        to.unlink(missing_ok=True)
        raise
    return summary


def _batches(matters: Iterator[tuple[str, list[Event]]]) -> Iterator[Batch]:
    batch: Batch = []
    events = 0
    for matter in matters:
        batch.append(matter)
        events += len(matter[1])
        if events >= EVENTS_OF_A_CHUNK:
            yield batch
            batch, events = [], 0
    if batch:
        yield batch


def _changes(
    batch: Batch, before: dict[str, Any], after: dict[str, Any], summary: Summary
) -> Iterator[dict[str, Any]]:
    for matter, events in batch:
        summary.matters += 1
        old, new = before.get(matter, {}), after.get(matter, {})
        summary.judged += max(len(old), len(new))
        changed = [key for key in old.keys() | new.keys() if old.get(key, ("",))[0] != new.get(key, ("",))[0]]
        if not changed:
            continue
        agency = events[-1].agency
        is_open = not any(event.activity in CLOSING for event in events)
        (summary.open if is_open else summary.past)[agency] += 1
        summary.verdicts += len(changed)
        summary.of_agency[agency] += len(changed)
        for rule, subject in sorted(changed):
            was, is_now = old.get((rule, subject), ("", "")), new.get((rule, subject), ("", ""))
            summary.moves[was[0], is_now[0]] += 1
            yield dict(zip(COLUMNS, (matter, agency, is_open, rule, subject, *was, *is_now), strict=True))
