"""Judging a snapshot with the array kernel and comparing with what is stored, matter by matter.

A verdict that differs is asked again of the reader for one matter before it is called a finding: where that reader agrees
with the database the kernel is wrong, where it agrees with the kernel the stored verdict is stale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from plumbline.law.calendar import Calendar
from plumbline.rules import RuleBook, evaluate
from plumbline.rules.bulk.chunks import Chunk, ChunkWriter
from plumbline.rules.bulk.compiling import Compiled, compile_rules
from plumbline.rules.bulk.running import Answers, judge_chunks
from plumbline.vocabulary import Matter, Registers

from .history import Snapshot
from .models import FindingKind

#: Verdict, due date and overlay: what is compared. Empty where there is no such verdict.
Said = tuple[str, str, str] | tuple[()]
Key = tuple[str, str]  # rule, subject
GONE = "not_applicable"


@dataclass(frozen=True)
class Difference:
    kind: FindingKind
    matter: str
    rule: str
    subject: str
    stored: Said
    found: Said
    read: Said


@dataclass
class Tally:
    """How far a comparison is."""

    matters: int = 0
    owed: int = 0
    verdicts: int = 0


class Comparison:
    """A snapshot's matters judged as of a moment and compared with its stored verdicts."""

    def __init__(self, snapshot: Snapshot, book: RuleBook, calendar: Calendar, as_of: datetime) -> None:
        self.snapshot, self.book, self.calendar, self.as_of = snapshot, book, calendar, as_of
        self.registers: Registers = snapshot.registers()
        self.tally = Tally()

    def differences(self, told: Callable[[Tally], None] = lambda _: None) -> Iterator[Difference]:
        """Every difference; no more is held than a few chunks of matters with their stored verdicts."""
        stored = _Beside(self.snapshot.stored())
        compiled = compile_rules(self.book, registers=self.registers, calendar=self.calendar)
        for answers in self._answers(compiled):
            said = said_by(answers)
            for matter in answers.chunk.matter_ids:
                for left, rows in stored.up_to(matter):
                    yield from self._compared(left, {}, rows)
                yield from self._compared(matter, said.get(matter, {}), stored.take(matter))
            told(self.tally)
        for left, rows in stored.rest():
            yield from self._compared(left, {}, rows)
        told(self.tally)

    def _answers(self, compiled: Compiled) -> Iterator[Answers]:
        return judge_chunks(compiled, self._chunks(compiled), self.as_of)

    def _chunks(self, compiled: Compiled) -> Iterator[Chunk]:
        writer = ChunkWriter(
            compiled.program, others=self.snapshot.events_of, affair=self.snapshot.matters_about
        )
        return writer.chunks(Matter.of(events, self.as_of) for _, events in self.snapshot.matters())

    def _compared(self, matter: str, found: dict[Key, Said], stored: dict[Key, Said]) -> Iterator[Difference]:
        self.tally.matters += 1
        self.tally.verdicts += len(found)
        if matter in self.snapshot.owed:
            self.tally.owed += 1
            return
        if found == stored:
            return
        keys = [
            key for key in found.keys() | stored.keys() if not _agree(stored.get(key, ()), found.get(key, ()))
        ]
        if not keys:
            return
        read = self._read(matter, {rule for rule, _ in keys})
        for rule, subject in sorted(keys):
            three = [each.get((rule, subject), ()) for each in (stored, found, read)]
            if not _agree(three[0], three[2]):
                yield Difference(FindingKind.STALE, matter, rule, subject, *three)
            if three[1] != three[2]:
                yield Difference(FindingKind.KERNEL, matter, rule, subject, *three)

    def _read(self, matter: str, rules: set[str]) -> dict[Key, Said]:
        """What the reader for one matter says from the same snapshot."""
        events = self.snapshot.events_of(matter)
        if not events:
            return {}
        verdicts = evaluate(
            [rule for rule in self.book.rules if rule.id in rules],
            Matter.of(events, self.as_of),
            registers=self.registers,
            calendar=self.calendar,
            as_of=self.as_of,
            others=self.snapshot.events_of,
            affair=self.snapshot.matters_about,
        )
        return {(v.rule, v.subject or ""): (v.verdict, v.due_text or "", v.overlay or "") for v in verdicts}


class _Beside:
    """The stored verdicts, read beside the matters in the same order."""

    def __init__(self, groups: Iterable[tuple[str, list[dict[str, str]]]]) -> None:
        self._groups = iter(groups)
        self._next = next(self._groups, None)

    def up_to(self, matter: str) -> Iterator[tuple[str, dict[Key, Said]]]:
        """Those of matters that come before and were not judged: they have no events that count yet."""
        while self._next is not None and self._next[0] < matter:
            yield self._next[0], self.take(self._next[0])

    def take(self, matter: str) -> dict[Key, Said]:
        if self._next is None or self._next[0] != matter:
            return {}
        rows = self._next[1]
        self._next = next(self._groups, None)
        return {(r["rule"], r["subject"]): (r["verdict"], r["due"], r["overlay"]) for r in rows}

    def rest(self) -> Iterator[tuple[str, dict[Key, Said]]]:
        while self._next is not None:
            yield self._next[0], self.take(self._next[0])


def _agree(stored: Said, found: Said) -> bool:
    # A verdict whose event was voided stays on file as not applicable; judging anew, there is nothing to judge.
    return stored == found or (not found and stored[:1] == (GONE,))


def said_by(answers: Answers) -> dict[str, dict[Key, Said]]:
    """A chunk's verdicts by matter, rule and subject."""
    found: dict[str, dict[Key, Said]] = {}
    for row in answers.rows():
        said = row["verdict"], row["due"] or "", row["overlay"] or ""
        found.setdefault(row["matter"], {})[row["rule"], row["subject"] or ""] = said
    return found
