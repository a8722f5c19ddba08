"""The events of a batch of a log, in the contract's order, as columns that are cut into chunks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import opcodes as op
from .chunks import Chunk
from .encoding import Dictionary
from .kinds import Kind
from .layout import Array, Columns, Layout, Whole
from .log_columns import FieldReader, NotFlat, Raw
from .names import EventNames, MatterNames
from .ordering import by_matter_and_activity, sources_of
from .program import Program


@dataclass(frozen=True)
class Slot:
    """Where a field's value goes: its place among the event's values (-1: no rule reads it) and its attribute (-1: none)."""

    reader: FieldReader
    place: int
    kind: Kind | None
    attribute: int
    required: bool


@dataclass(frozen=True)
class Act:
    """What an activity of the log becomes: the number of the contract's activity, how many values it has, its fields."""

    number: int
    width: int
    slots: tuple[Slot, ...]


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Rows of a log in the contract's order: of each its act, matter, moment, place in the log, and its row in ``columns``.

    ``names`` are the ids of the matters, numbered from 0; a matter may have no event that counts.
    """

    acts: Sequence[Act]
    columns: Mapping[str, Raw]
    names: pa.Array
    row: Array
    act: Whole
    matter: Array
    moment: Array
    place: Array
    kind: int
    agency: str


class BatchCutter:
    """One batch, made into columns once and cut into chunks."""

    def __init__(self, program: Program, batch: Batch) -> None:
        self.batch = batch
        self.activities = len(program.activities)
        # Numbers of texts only have to agree within a chunk: a dictionary that went on would hold every text of the log.
        self.dictionary = Dictionary(program.dictionary)
        changes = np.ones(len(batch.matter), dtype=bool)
        changes[1:] = batch.matter[1:] != batch.matter[:-1]
        self.starts = np.nonzero(changes)[0]
        self.matter = np.cumsum(changes) - 1
        names = batch.names
        there = batch.matter[self.starts]
        self.names = names if len(there) == len(names) else names.take(pa.array(there))
        number = np.array([act.number for act in batch.acts], dtype=np.int16)
        width = np.array([act.width for act in batch.acts], dtype=np.int64)
        self.activity = number[batch.act]
        self.first = np.concatenate(([0], np.cumsum(width[batch.act])))
        self.stated = np.zeros((len(program.attributes), len(batch.act)), dtype=bool)
        self.values = self._values()
        self.sources = (
            np.stack([sources_of(each, self.starts) for each in self.stated])
            if len(self.stated)
            else np.zeros((0, len(batch.act)), dtype=np.int64)
        )
        self.joined = len(program.joined)
        self.order = by_matter_and_activity(self.matter, self.activity, self.activities)
        self.ids: Array | None = self._ids() if program.needs_ids else None
        self.agency = self.dictionary.number(batch.agency)

    def _values(self) -> Array:
        batch = self.batch
        values = np.full(int(self.first[-1]), op.UNKNOWN, dtype=np.int64)
        by_act = np.argsort(batch.act, kind="stable")
        ends = np.cumsum(np.bincount(batch.act, minlength=len(batch.acts)))
        begin = 0
        for act, end in zip(batch.acts, ends.tolist(), strict=True):
            here = by_act[begin:end]
            begin = end
            if not len(here):
                continue
            for slot in act.slots:
                raw = batch.columns[slot.reader.field.column]
                found, stated = slot.reader.read(raw, batch.row[here], slot.kind, self.dictionary)
                if slot.required and not stated.all():
                    raise NotFlat(f"{slot.reader.field.name} is not always stated")
                if slot.place >= 0:
                    values[self.first[here] + slot.place] = found
                if slot.attribute >= 0:
                    self.stated[slot.attribute, here[stated]] = True
        return values

    def _ids(self) -> Array:
        """The ids as numbers: of a text that is known, if some value names the event, else one of their own."""
        names = EventNames(MatterNames(self.names), self.matter, self.batch.place)
        ids = names.take(pa.array(np.arange(len(self.matter))))
        known = pc.index_in(ids, pa.array(list(self.dictionary.numbers), pa.string()))
        numbers = known.fill_null(-1).to_numpy(zero_copy_only=False)
        return np.where(numbers >= 0, numbers, len(self.dictionary.numbers) + np.arange(len(numbers)))

    def chunks(self, size: int) -> Iterator[Chunk]:
        """The chunks: whole matters, until there are ``size`` events."""
        ends = np.append(self.starts, len(self.matter))
        begin, matters = 0, len(self.starts)
        while begin < matters:
            end = min(matters, int(np.searchsorted(ends, ends[begin] + size)))
            yield self._chunk(begin, end, int(ends[begin]), int(ends[end]))
            begin = end

    def _chunk(self, first: int, end: int, begin: int, stop: int) -> Chunk:
        here = slice(begin, stop)
        value = int(self.first[begin])
        sources, moment, matter = self.sources[:, here], self.batch.moment[here], self.matter[here] - first
        columns = Columns(
            records=(
                self.activity[here],
                moment,
                moment >> op.DAY_SHIFT,
                self.agency,
                0 if self.ids is None else self.ids[here],
                op.UNKNOWN,
                self.first[begin:stop] - value,
                matter,
            ),
            activity=self.activity[here],
            values=self.values[value : int(self.first[stop])],
            starts=np.append(self.starts[first:end], stop) - begin,
            kinds=np.full(end - first, self.batch.kind, dtype=np.int64),
            order=self.order[here] - begin,
            sources=np.where(sources < 0, -1, sources - begin),
            joined=np.full((self.joined, stop - begin), op.UNKNOWN, dtype=np.int64),
        )
        array, subjects = Layout().finished(columns, activities=self.activities)
        names = MatterNames(self.names[first:end])
        return Chunk(array, names, EventNames(names, matter, self.batch.place[here]), subjects)
