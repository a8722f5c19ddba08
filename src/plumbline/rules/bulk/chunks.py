"""Events as columns: matters are put together into chunks, each one array that the kernel reads.

A chunk holds some thousands of events, so that all rules are judged while it lies in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from plumbline.law.calendar import Calendar
from plumbline.vocabulary import CHINA, MISSING, Matter, Registers

from ..nodes.field import walk
from ..scope import Affair, Others, Scope, Unknown
from . import opcodes as op
from .encoding import Dictionary, moment, packed, scalar
from .kinds import CODE, Kind
from .layout import Array, Columns, Layout
from .program import Program

__all__ = ["EVENTS_OF_A_CHUNK", "Array", "Chunk", "ChunkWriter"]

EVENTS_OF_A_CHUNK = 8192
#: Below this a number in a column only marks the place of a list; no amount is so small.
_MARK = -(1 << 61)


class Chunk:
    """Some matters as one array, with the ids that the answers name."""

    __slots__ = ("array", "event_ids", "matter_ids", "subjects")

    def __init__(
        self, array: Array, matter_ids: Sequence[str], event_ids: Sequence[str], subjects: Array
    ) -> None:
        self.array = array
        self.matter_ids = matter_ids
        self.event_ids = event_ids
        self.subjects = subjects  # how many events there are of each activity

    def matter_of(self, event: int) -> str:
        array = self.array
        number = array[array[op.M_EVENT] + event * op.EVENT_WORDS + op.E_MATTER]
        return self.matter_ids[int(number)]


_LAYOUTS: WeakKeyDictionary[Program, dict[str, list[tuple[tuple[str, ...], Kind]]]] = WeakKeyDictionary()


def _layouts_of(program: Program) -> dict[str, list[tuple[tuple[str, ...], Kind]]]:
    """The layouts of a finished program, worked out once: a writer may be made for each chunk."""
    found = _LAYOUTS.get(program)
    if found is None:
        found = _LAYOUTS[program] = {
            name: [(tuple(path.split(".")), kind) for path, kind in paths]
            for name, paths in program.layouts().items()
        }
    return found


class ChunkWriter:
    """Puts matters into chunks after the layout of a finished program."""

    def __init__(
        self,
        program: Program,
        *,
        registers: Registers | None = None,
        calendar: Calendar | None = None,
        others: Others | None = None,
        affair: Affair | None = None,
    ) -> None:
        """``others`` and ``affair`` reach the other matters that a few facts look into, as for ``evaluate``."""
        self.program = program
        self.registers = registers if registers is not None else program.registers
        self.calendar = calendar if calendar is not None else program.calendar
        self.others = others
        self.affair = affair
        self.dictionary = Dictionary(program.dictionary)
        self.layouts = _layouts_of(program)
        self.attributes = list(program.attributes)
        self.joined = list(program.joined)

    def chunks(self, matters: Iterable[Matter], *, size: int = EVENTS_OF_A_CHUNK) -> Iterator[Chunk]:
        """The chunks of the matters, in order. A matter is never divided."""
        held: list[Matter] = []
        events = 0
        for matter in matters:
            if not matter.events:
                continue
            held.append(matter)
            events += len(matter.events)
            if events >= size:
                yield self.chunk(held)
                held, events = [], 0
        if held:
            yield self.chunk(held)

    def chunk(self, matters: Sequence[Matter]) -> Chunk:
        """One chunk of some matters that have events."""
        program = self.program
        records: list[int] = []
        values: list[int] = []
        starts, kinds = [0], []
        sources: list[list[int]] = [[] for _ in self.attributes]
        joined: list[list[int]] = [[] for _ in self.joined]
        pending: list[tuple[int, Any, Kind]] = []
        for number, matter in enumerate(matters):
            begin = starts[-1]
            for event in matter.events:
                records += (
                    program.activities[event.activity],
                    moment(event.occurred_at),
                    event.recorded.astimezone(CHINA).date().toordinal(),
                    self.dictionary.number(event.agency),
                    self.dictionary.number(event.id) if program.needs_ids else 0,
                    0,
                    len(values),
                    number,
                )
                if event.actors is None:
                    records[-3] = op.UNKNOWN
                else:
                    records[-3] = _MARK - len(pending)
                    pending.append((0, event.actors, CODE))
                for path, kind in self.layouts[event.activity]:
                    values.append(self._value(event.data, path, kind, pending))
            starts.append(begin + len(matter.events))
            kinds.append(program.kinds[matter.kind])
            for column, name in zip(sources, self.attributes, strict=True):
                column.extend(_sources(matter, name, begin))
            for column, node in zip(joined, self.joined, strict=True):
                column.extend(self._joined(node, matter))
        return self._finished(matters, records, values, starts, kinds, sources, joined, pending)

    def _joined(self, node: Any, matter: Matter) -> list[int]:
        """The answers of a fact that looks beyond the matter, at each event of the activities whose rules ask it."""
        answer = node.compile()
        scope = Scope(
            matter=matter,
            registers=self.registers,
            calendar=self.calendar,
            as_of=matter.as_of,
            others=self.others,
            affair=self.affair,
        )
        asked = self.program.joined_at[node]
        column = []
        for event in matter.events:
            found: Any = op.UNKNOWN
            if event.activity in asked:
                scope.subject = event
                found = answer(scope)
                found = op.UNKNOWN if found.__class__ is Unknown else op.NULL if found is None else int(found)
            column.append(found)
        return column

    def _value(self, data: Mapping[str, Any], path: tuple[str, ...], kind: Kind, pending: list[Any]) -> int:
        value = walk(data, path)
        if value is MISSING:
            return op.UNKNOWN
        if value is None or kind.what != "list":
            return scalar(value, kind, self.dictionary)
        # Where the list will stand is not known yet: its number marks the place.
        pending.append((1, value, kind.inner or CODE))
        return _MARK - len(pending) + 1

    def _finished(
        self,
        matters: Sequence[Matter],
        records: list[int],
        values: list[int],
        starts: list[int],
        kinds: list[int],
        sources: list[list[int]],
        joined: list[list[int]],
        pending: list[tuple[int, Any, Kind]],
    ) -> Chunk:
        count = starts[-1]
        table = np.array(records, dtype=np.int64).reshape(count, op.EVENT_WORDS)
        activity = table[:, op.E_ACTIVITY].copy()
        layout = Layout()
        addresses = [self._place(layout, what, value, inner) for what, value, inner in pending]
        held = np.array(values, dtype=np.int64)
        _settle(held, addresses)
        _settle(table[:, op.E_ACTORS], addresses)
        columns = Columns(
            records=tuple(table.T),
            activity=activity,
            values=held,
            starts=np.array(starts),
            kinds=np.array(kinds),
            order=np.lexsort((np.arange(count), activity, table[:, op.E_MATTER])),
            sources=np.array(sources, dtype=np.int64),
            joined=np.array(joined, dtype=np.int64),
        )
        array, subjects = layout.finished(columns, activities=len(self.program.activities))
        return Chunk(array, [m.id for m in matters], [e.id for m in matters for e in m.events], subjects)

    def _place(self, layout: Layout, what: int, value: Any, inner: Kind) -> int:
        """Put a list (or the actors of an event) into the array; gives it as a value."""
        if what == 0:
            flat = [self.dictionary.number(text) for actor in value for text in (actor.id, actor.role)]
            return packed(layout.add(flat), len(value))
        if inner.what != "object":
            return packed(layout.add([scalar(each, inner, self.dictionary) for each in value]), len(value))
        paths = list(self.program.elements[inner.name].kinds.items())
        flat = []
        for element in value:
            held = [self._element(layout, element, path, kind) for path, kind in paths]
            flat += held or [0]
        return packed(layout.add(flat), len(value))

    def _element(self, layout: Layout, element: Mapping[str, Any], path: str, kind: Kind) -> int:
        value = walk(element, tuple(path.split(".")))
        if value is MISSING:
            return op.UNKNOWN
        if value is None or kind.what != "list":
            return scalar(value, kind, self.dictionary)
        return self._place(layout, 1, value, kind.inner or CODE)


def _settle(column: Array, addresses: list[int]) -> None:
    """Put the addresses of lists in the place of the marks that stand for them."""
    marks = (column <= _MARK) & (column > op.NULL)
    if marks.any():
        column[marks] = np.array(addresses, dtype=np.int64)[_MARK - column[marks]]


def _sources(matter: Matter, name: str, begin: int) -> list[int]:
    """For each event of a matter, the event that states a case attribute for it: itself, the latest before, the first after."""
    stating = [number for number, event in enumerate(matter.events) if name in event.data]
    if not stating:
        return [-1] * len(matter.events)
    sources, latest, known = [], stating[0], set(stating)
    for number in range(len(matter.events)):
        if number in known:
            latest = number
        sources.append(begin + latest)
    return sources
