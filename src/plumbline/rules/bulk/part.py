"""A part of the matters, judged from Arrow batches of events to Arrow batches of verdicts: the work of one process of many.

The rows come sorted by ``home`` (the matter to be judged), ``visiting`` and ``seq``. A matter may span batches; no more
matters are held than one chunk takes. A row with ``visiting`` is an event of another matter, sent along because a rule of
this one looks into it: who divided the matters among the processes has to send along what ``Program.joined`` asks for.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa

import plumbline
from plumbline.law import Calendar
from plumbline.vocabulary import Event, Matter, Registers, Vocabulary, load_vocabulary, validate_event

from ..book import RuleBook
from ..rule import Rule
from .chunks import EVENTS_OF_A_CHUNK, ChunkWriter
from .compiling import Compiled, compile_rules
from .event_table import COLUMNS, document_of
from .running import judge_chunk
from .verdict_table import verdict_batch

#: What is asked of the rows, in this order.
ROW = ("home", "visiting", *COLUMNS)
_LINE = ROW.index("seq")
#: What decides a verdict; a process with other sources must not take part.
DECIDING = ("vocabulary", "law", "lawbook", "rules", "packs")


class OtherProgram(Exception):
    """The process that judges runs another version of the program than the one that asked."""


class WrongEvent(Exception):
    """A row is no event that the contract accepts; the message says which and why."""


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """What a process needs beside the events. It travels as bytes, small but for the registers."""

    packs: tuple[str | Rule, ...]
    document: dict[str, Any]
    complete: frozenset[str]
    calendar: Calendar | None
    as_of: date | datetime
    trusted: bool
    sources: str

    def vocabulary(self) -> Vocabulary:
        """The contract's words, and those a pack brings."""
        return words_of(self.packs)

    def compiled(self) -> Compiled:
        registers = Registers(self.document, self.complete)
        return compile_rules(
            book_of(self.packs), registers=registers, calendar=self.calendar, vocabulary=self.vocabulary()
        )


def words_of(packs: Iterable[str | Rule]) -> Vocabulary:
    """The contract's words, with those of the pack that brings its own (at most one may)."""
    places = [import_module(pack).__file__ for pack in packs if isinstance(pack, str)]
    brought = [
        file for place in places if place and (file := Path(place).with_name("vocabulary.yaml")).exists()
    ]
    if len(brought) > 1:
        raise ValueError("一次只能使用一个自带词汇的规则包。")
    return load_vocabulary(brought[0] if brought else None)


def book_of(packs: Iterable[str | Rule]) -> RuleBook:
    """The rules of some packs, and some that stand in none (a draft)."""
    packs = tuple(packs)
    named = RuleBook.load([pack for pack in packs if isinstance(pack, str)])
    return RuleBook([*named.rules, *(rule for rule in packs if isinstance(rule, Rule))])


@cache
def sources_digest() -> str:
    """A digest of every file that decides a verdict."""
    root = Path(plumbline.__file__).parent
    digest = hashlib.sha256()
    for folder in DECIDING:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".yaml", ".json", ".csv"}:
                digest.update(str(path.relative_to(root)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


_ready: tuple[bytes, Assignment, Compiled] | None = None


def _taken_up(assignment: bytes) -> tuple[Assignment, Compiled]:
    """An assignment and its program, compiled once in a process and kept until another one comes."""
    global _ready
    if _ready is None or _ready[0] != assignment:
        taken: Assignment = pickle.loads(assignment)  # noqa: S301 - made by the process that asked
        if taken.sources != sources_digest():
            raise OtherProgram(
                "工作节点上的准绳与发起检查的准绳不是同一版本，没有检查。请在每个节点安装同一版本后重新运行。"
            )
        _ready = assignment, taken, taken.compiled()
    return _ready[1], _ready[2]


def judged(batches: Iterable[pa.RecordBatch], assignment: bytes) -> Iterator[pa.RecordBatch]:
    """The verdicts on the matters of some sorted rows."""
    task, compiled = _taken_up(assignment)
    reader = _Reader(task)
    held: list[Matter] = []
    visitors: dict[str, dict[int, Event]] = {}
    size = 0
    for _, rows in groupby(_rows(batches), key=itemgetter(0)):
        own: list[Event] = []
        for row in rows:
            event = reader.event(row)
            size += 1
            if row[1]:
                visitors.setdefault(event.matter, {})[event.order] = event
            else:
                own.append(event)
        if own and (matter := Matter.of(own, task.as_of)).events:
            held.append(matter)
        if size >= EVENTS_OF_A_CHUNK:
            yield from _answers(compiled, held, visitors, task.as_of)
            held, visitors, size = [], {}, 0
    yield from _answers(compiled, held, visitors, task.as_of)


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[Any, ...]]:
    for batch in batches:
        yield from zip(*(batch.column(name).to_pylist() for name in ROW), strict=True)


class _Reader:
    """Makes the events of rows; each is held against the contract first, unless the table is trusted."""

    def __init__(self, task: Assignment) -> None:
        self.words = None if task.trusted else task.vocabulary()

    def event(self, row: Sequence[Any]) -> Event:
        line = row[_LINE]
        try:
            document = document_of(row[2:])
        except ValueError:
            raise WrongEvent(f"第 {line} 行的 data、actors 或 links 不是 JSON。请核对事件表。") from None
        if self.words is not None and (errors := validate_event(self.words, document, line)):
            raise WrongEvent(f"事项 {row[0]}，{errors[0].message_zh}。请更正事件表后重新运行。")
        return Event.from_json(document, line)


def _answers(
    compiled: Compiled, matters: list[Matter], visitors: dict[str, dict[int, Event]], as_of: date | datetime
) -> Iterator[pa.RecordBatch]:
    if matters:
        # A writer for each chunk: the dictionary of one that went on would hold every text it has seen.
        beyond = _Visitors(visitors)
        writer = ChunkWriter(compiled.program, others=beyond.events_of, affair=beyond.about)
        yield verdict_batch(judge_chunk(compiled, writer.chunk(matters), as_of))


class _Visitors:
    """The matters that the rules of the held ones look into, whole; one that is not in the table has no events, as in ``check``."""

    def __init__(self, visitors: dict[str, dict[int, Event]]) -> None:
        self._events = {name: [events[line] for line in sorted(events)] for name, events in visitors.items()}
        self._parties: dict[str, set[str]] = {}
        self._acts: dict[str, set[str]] = {}
        for name, events in self._events.items():
            for event in events:
                for index, part, number in ((self._parties, "party", "id"), (self._acts, "violation", "act")):
                    stated = (event.data.get(part) or {}).get(number)
                    if stated is not None:
                        index.setdefault(stated, set()).add(name)

    def events_of(self, matter: str) -> list[Event]:
        return self._events.get(matter, [])

    def about(self, party: str, act: str) -> list[str]:
        return sorted(self._parties.get(party, set()) & self._acts.get(act, set()))
