"""A mapped log in Parquet as chunks, batch by batch, without a Python object for an event.

Says what ``logs.conversion``, the contract's reader, ``Matter.of`` and ``ChunkWriter`` say of the same log, one after the
other. A log for which that cannot be done by columns raises ``NotFlat``, when it is opened or at the place where it shows:
its matters do not stand together, a value is refused, a rule looks into other matters. It is then to be read line by line.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from plumbline.vocabulary import end_of, validate_event

from ..logs.conversion import CASE_FORM, Conversion
from ..logs.mapping import LogMapping, Target
from .chunks import EVENTS_OF_A_CHUNK, Chunk
from .encoding import moments_of
from .kinds import Kind
from .log_columns import FieldReader, NotFlat, Raw, Scattered, first_stated, seconds_of, text_column, whole
from .log_events import Act, Batch, BatchCutter, Slot
from .ordering import Whole, boundaries, hashes, in_contract_order, seen_again
from .program import Program

ROWS_OF_A_BATCH = 1 << 17
_DAY = 86_400


class FlatLog:
    """The log at ``path`` for one program and moment. ``chunks`` reads it once; ``done`` counts as it goes.

    Raises LogFault where the mapping names a column that is not there.
    """

    def __init__(self, path: Path, mapping: LogMapping, program: Program, as_of: date | datetime) -> None:
        if path.suffix.lower() != ".parquet":
            raise NotFlat("no Parquet")
        self._path, self._mapping, self._program = path, mapping, program
        columns = parquet.read_schema(path).names
        mapping.check_columns(columns)
        if len(set(columns)) < len(columns):
            raise NotFlat("two columns of one name")
        moment = end_of(as_of)
        # In whole seconds, as every moment of a converted log.
        self._until = moment.toordinal() * _DAY + moment.hour * 3600 + moment.minute * 60 + moment.second
        self.done = Conversion()
        layouts = program.layouts()
        self._acts = {
            name: self._act(target, layouts[target.activity]) for name, target in mapping.targets.items()
        }
        self._ids = _Ids()

    def _act(self, target: Target, layout: list[tuple[str, Kind]]) -> Act:
        """How the rows of an activity are read; what the contract says of all of them is asked once, with no data."""
        name, words = target.activity, self._mapping.vocabulary
        if name == "event_voided" or any(name in asked for asked in self._program.joined_at.values()):
            raise NotFlat(f"{name} is not judged by its own matter's columns")
        base = {
            "id": "a-0",
            "matter": "a",
            "kind": self._mapping.kind,
            "activity": name,
            "occurred_at": "2000-01-01",
            "recorded_at": "2000-01-01T23:59:59+08:00",
            "agency": self._mapping.agency,
        }
        errors = validate_event(words, {**base, "data": {}}, 0)
        required = {error.field for error in errors if error.code == "E-REQUIRED"}
        mapped = {f"data.{field.name}": field for field in target.fields}
        deciding = {
            sister
            for spec in words.activities[name].fields.values()
            for sister in spec.get("required_if", {})
        }
        if len(required) < len(errors) or not required <= mapped.keys():
            raise NotFlat(f"the contract refuses {name}")
        if deciding & {field.name for field in target.fields}:
            raise NotFlat(f"a field decides what else {name} has to state")
        places = {path: place for place, (path, _) in enumerate(layout)}
        slots = []
        for path, field in mapped.items():
            place = places.get(field.name, -1)
            kind = layout[place][1] if place >= 0 else None
            attribute = self._program.attributes.get(field.name, -1)
            slots.append(Slot(FieldReader(words, base, field), place, kind, attribute, path in required))
        return Act(self._program.activities[name], len(layout), tuple(slots))

    def chunks(self, *, size: int = EVENTS_OF_A_CHUNK, rows: int = ROWS_OF_A_BATCH) -> Iterator[Chunk]:
        """The chunks in the order of the log; a matter is never divided."""
        try:
            for table in self._whole_matters(rows):
                batch = self._batch(table)
                if batch is not None and len(batch.act):
                    yield from BatchCutter(self._program, batch).chunks(size)
        except pa.ArrowException as fault:
            raise NotFlat(str(fault)) from None
        self._ids.demand_each_once()
        self.done.demand_something()

    def _whole_matters(self, rows: int) -> Iterator[pa.Table]:
        """The rows in batches that end where a matter ends; what is begun is carried over."""
        mapping = self._mapping
        schema = parquet.read_schema(self._path)
        wanted = [name for name in schema.names if name in mapping.columns]
        repeated = [
            name
            for name in wanted
            if name not in mapping.case and pa.types.is_string(schema.field(name).type)
        ]
        held: list[pa.Table] = []
        with parquet.ParquetFile(self._path, read_dictionary=repeated, pre_buffer=True) as file:
            for read in _one_ahead(file.iter_batches(batch_size=rows, columns=wanted)):
                if not read.num_rows:
                    continue
                table = pa.Table.from_batches([read])
                case = self._cases(table)
                begun = int(boundaries(case)[-1])
                if begun or (held and self._cases(held[-1].slice(0, 1))[0] != case[0]):
                    yield pa.concat_tables([*held, table.slice(0, begun)])
                    held = []
                held.append(table.slice(begun))
        if held:
            yield pa.concat_tables(held)

    def _cases(self, table: pa.Table) -> pa.Array:
        found = first_stated(table, self._mapping.case, text_column)
        return found.cast(pa.string()) if pa.types.is_dictionary(found.type) else found

    def _batch(self, table: pa.Table) -> Batch | None:
        """The events of some whole matters."""
        mapping, done = self._mapping, self.done
        table, act = self._mapped(table)
        if not len(act):
            return None
        cases = self._cases(table)
        starts = boundaries(cases)
        names = cases.take(pa.array(starts))
        self._ids.take(names)
        matter = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(act)))
        place = np.arange(len(act)) - starts[matter]
        days, seconds = seconds_of(first_stated(table, mapping.time, lambda column: column))
        dated = (seconds == 0) & mapping.date_only_at_midnight
        # A bare date is recorded at the end of its day.
        recorded = days * _DAY + np.where(dated, _DAY - 1, seconds)
        moment = moments_of(days, seconds, dated)
        row = in_contract_order(matter, moment, recorded <= self._until)
        done.written += len(act)
        done.matters += len(names)
        fields = {slot.reader.field.column for each in self._acts.values() for slot in each.slots}
        return Batch(
            acts=tuple(self._acts.values()),
            columns={name: Raw.of(whole(table, name)) for name in sorted(fields)},
            names=names,
            row=row,
            act=act[row],
            matter=matter[row],
            moment=moment[row],
            place=place[row],
            kind=self._program.kinds[mapping.kind],
            agency=mapping.agency,
        )

    def _mapped(self, table: pa.Table) -> tuple[pa.Table, Whole]:
        """The rows whose activity is mapped, with its number; the others are counted."""
        raw = Raw.of(first_stated(table, self._mapping.activity, text_column))
        numbers = {name: number for number, name in enumerate(self._acts)}
        texts = raw.values or []
        known = np.array([numbers.get(name, -1) for name in texts], dtype=np.int16)
        act = known[raw.numbers]
        if known.min() >= 0:
            return table, act
        times = np.bincount(raw.numbers, minlength=len(texts))
        for name, number, count in zip(texts, known.tolist(), times.tolist(), strict=True):
            if number < 0 and count:
                self.done.unmapped[name] += count
        there = act >= 0
        return table.filter(pa.array(there)), act[there]


class _Ids:
    """The ids of the matters as they come: of the contract's form, and each once. Kept as numbers, for a log has many."""

    def __init__(self) -> None:
        self._hashes: list[Whole] = []
        self._ascending = True
        self._last = ""

    def take(self, names: pa.Array) -> None:
        if not pc.all(pc.match_substring_regex(names, rf"\A{CASE_FORM}\z")).as_py():
            raise NotFlat("a matter's id is not of the contract's form")
        self._hashes.append(hashes(names))
        if self._ascending:
            self._ascending = self._last < names[0].as_py() and bool(
                pc.all(pc.less(names[:-1], names[1:])).as_py()
            )
            self._last = names[-1].as_py()
        if not self._ascending and seen_again(self._hashes[-1]):
            raise Scattered("the rows of a matter do not stand together")

    def demand_each_once(self) -> None:
        if not self._ascending and seen_again(np.concatenate(self._hashes)):
            raise Scattered("the rows of a matter do not stand together")


def _one_ahead(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same batches, the next one read by a thread while one is looked at."""
    with ThreadPoolExecutor(1) as reader:
        waiting = reader.submit(next, batches, None)
        while (batch := waiting.result()) is not None:
            waiting = reader.submit(next, batches, None)
            yield batch
