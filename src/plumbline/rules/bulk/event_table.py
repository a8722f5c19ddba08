"""Events of the contract as a table: the columns that are sorted and joined by, the rest of an event as JSON text.

One row is one accepted event. ``seq`` is the order in which the events came in, over the whole table; ``actors`` and ``links`` are
null where they are not stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import orjson
import pyarrow as pa
from pyarrow import parquet

from plumbline.vocabulary import Event

ROWS_OF_A_BATCH = 50_000
TEXTS = ("id", "matter", "kind", "activity", "occurred_at", "recorded_at", "agency")
AS_JSON = ("data", "actors", "links")
COLUMNS = (*TEXTS, "seq", *AS_JSON)
SCHEMA = pa.schema(
    [
        *(pa.field(name, pa.string(), nullable=False) for name in TEXTS),
        pa.field("seq", pa.int64(), nullable=False),
        pa.field("data", pa.string(), nullable=False),
        pa.field("actors", pa.string()),
        pa.field("links", pa.string()),
    ]
)


def row_of(document: Mapping[str, Any], line: int) -> tuple[Any, ...]:
    """The row of an event that the contract accepts."""
    texts = [document[name] for name in TEXTS]
    parts = [document.get("data") or {}, document.get("actors"), document.get("links")]
    return (*texts, line, *(None if part is None else orjson.dumps(part).decode() for part in parts))


def document_of(row: Sequence[Any]) -> dict[str, Any]:
    """The event of a row as the contract writes it; ``row`` has the columns in the order of ``COLUMNS``."""
    document = dict(zip(TEXTS, row[: len(TEXTS)], strict=True))
    for name, text in zip(AS_JSON, row[len(TEXTS) + 1 :], strict=True):
        if text is not None:
            document[name] = orjson.loads(text)
    return document


def tables(events: Iterable[Event]) -> Iterator[pa.Table]:
    """Accepted events as tables of some ten thousand rows, in the order given."""
    waiting = iter(events)
    while rows := [row_of(event.to_json(), event.order) for event in islice(waiting, ROWS_OF_A_BATCH)]:
        yield pa.Table.from_arrays(
            [
                pa.array(column, field.type)
                for column, field in zip(zip(*rows, strict=True), SCHEMA, strict=True)
            ],
            schema=SCHEMA,
        )


def write_events(events: Iterable[Event], where: Path | BinaryIO) -> int:
    """Write accepted events as Parquet to a file or an open one; gives how many there are."""
    count = 0
    with parquet.ParquetWriter(where, SCHEMA, compression="zstd") as writer:
        for table in tables(events):
            writer.write_table(table)
            count += table.num_rows
    return count
