"""A dataset as CSV and JSON, a piece at a time: a table of half a million rows is never held whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson

from plumbline.rules.reports.cells import guarded

from .registry import TYPES, Cell, Dataset

ROWS_OF_A_PIECE = 500
BYTE_ORDER_MARK = "\ufeff"  # lets a spreadsheet read Chinese


def as_csv(made: Dataset) -> Iterator[bytes]:
    """UTF-8 with a byte order mark and Chinese headings; no cell is a formula."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    sink.write(BYTE_ORDER_MARK)
    writer.writerow([column.label for column in made.columns])
    for number, row in enumerate(made.rows(), 1):
        writer.writerow([_text(cell) for cell in row])
        if number % ROWS_OF_A_PIECE == 0:
            yield _taken(sink)
    yield _taken(sink)


def _taken(sink: io.StringIO) -> bytes:
    piece = sink.getvalue().encode()
    sink.seek(0)
    sink.truncate()
    return piece


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return guarded(cell) if isinstance(cell, str) else str(cell)


def as_json(made: Dataset) -> Iterator[bytes]:
    """One object: what the dataset is, then ``rows``, each an object by column key."""
    keys = [column.key for column in made.columns]
    yield orjson.dumps(schema_of(made))[:-1] + b',"rows":['
    piece: list[bytes] = []
    before = b"\n"
    for row in made.rows():
        piece.append(orjson.dumps(dict(zip(keys, row, strict=True)), default=_number))
        if len(piece) == ROWS_OF_A_PIECE:
            yield before + b",\n".join(piece)
            piece, before = [], b",\n"
    if piece:
        yield before + b",\n".join(piece)
    yield b"\n]}\n"


def _number(cell: Any) -> float:
    if isinstance(cell, Decimal):
        return float(cell)
    raise TypeError(type(cell))


def schema_of(made: Dataset) -> dict[str, Any]:
    """What a dataset is, for the page of its fields and for the head of its JSON file."""
    day = made.updated_on()
    return {
        "dataset": made.key,
        "title": made.title,
        "about": made.about,
        "publisher": made.publisher,
        "basis": made.basis,
        "licence": made.licence.name,
        "licence_text": made.licence.text,
        "updated_on": day.isoformat() if day else None,
        "columns": [
            {"key": c.key, "label": c.label, "type": c.type, "type_zh": TYPES[c.type], "about": c.about}
            for c in made.columns
        ],
    }
