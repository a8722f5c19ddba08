"""Reading a snapshot: matters in their order with what is stored of each, and any other matter by its number."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from plumbline.vocabulary import Event, Registers, load_vocabulary

_JSON = ("actors", "data", "links", "source")
ROWS = 8192
HELD_GROUPS = 4  # row groups of events kept for looking into other matters


class SnapshotDefect(RuntimeError):
    """A snapshot whose registers the contract refuses: a defect of ours."""


class Snapshot:
    """One finished snapshot."""

    def __init__(self, place: Path) -> None:
        self.place = place
        manifest = orjson.loads((place / "manifest.json").read_bytes())
        self.taken_at = datetime.fromisoformat(manifest["taken_at"])
        self.counts: dict[str, int] = manifest["counts"]
        self._events = pq.ParquetFile(place / "events.parquet")
        self._last = [
            self._events.metadata.row_group(n).column(2).statistics.max
            for n in range(self._events.metadata.num_row_groups)
        ]
        self._groups: OrderedDict[int, pa.Table] = OrderedDict()
        affairs = pq.read_table(place / "affairs.parquet").to_pylist()
        self._affairs = {(row["party"], row["act"]): row["matters"] for row in affairs}

        #: Matters that were still to be judged.
        self.owed = frozenset(pq.read_table(place / "owed.parquet")["matter"].to_pylist())

    def registers(self) -> Registers:
        rows = pq.read_table(self.place / "registers.parquet").to_pylist()
        document = {row["register"]: orjson.loads(row["rows"]) for row in rows}
        registers, errors = Registers.parse(load_vocabulary(), document)
        if errors:
            raise SnapshotDefect("；".join(error.message_zh for error in errors[:5]))
        return registers

    def matters(self) -> Iterator[tuple[str, list[Event]]]:
        """Every matter with its events in intake order."""
        rows = (_event(row) for row in _each(self._events))
        for matter, events in groupby(rows, key=lambda event: event.matter):
            yield matter, list(events)

    def stored(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """The stored verdicts of every matter that has any, in the order of the matters."""
        rows = _each(pq.ParquetFile(self.place / "verdicts.parquet"))
        for matter, verdicts in groupby(rows, key=lambda row: row["matter"]):
            yield matter, list(verdicts)

    def events_of(self, matter: str) -> list[Event]:
        """The events of one matter, as ``matter_events`` gives them from the database."""
        found: list[Event] = []
        for number in range(bisect_left(self._last, matter), len(self._last)):
            group = self._group(number)
            rows = group.filter(pc.equal(group["matter"], matter)).to_pylist()
            found += [_event(row) for row in rows]
            if self._last[number] > matter:
                break
        return found

    def matters_about(self, party: str, act: str) -> list[str]:
        """The matters that share a party and an act; none where no second one does."""
        return self._affairs.get((party, act), [])

    def _group(self, number: int) -> pa.Table:
        if number in self._groups:
            self._groups.move_to_end(number)
        else:
            self._groups[number] = self._events.read_row_group(number)
            if len(self._groups) > HELD_GROUPS:
                self._groups.popitem(last=False)
        return self._groups[number]


def _each(file: pq.ParquetFile) -> Iterator[dict[str, Any]]:
    for batch in file.iter_batches(batch_size=ROWS):
        yield from batch.to_pylist()


def _event(row: dict[str, Any]) -> Event:
    for name in _JSON:
        if row[name] is not None:
            row[name] = orjson.loads(row[name])
    return Event.from_json(row, row["seq"])
