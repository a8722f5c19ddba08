"""A verdict a row, for a spreadsheet: UTF-8 with a byte order mark, without which Excel takes the text for GBK."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from ..base import Judged, Report
from ..cells import COLUMNS, Cell, guarded, row_of


class CommaSeparated(Report):
    name = "csv"
    zh = "一行一条结论的表格，电子表格软件可以直接打开"
    suffixes = (".csv",)
    row_by_row = True
    rank = 3

    def render(self, judged: Sequence[Judged]) -> bytes:
        return _rows(row_of(verdict, self.about) for each in judged for verdict in each.verdicts)

    def begin(self, sink: BinaryIO, scratch: Path | None) -> None:
        super().begin(sink, scratch)
        self.write(codecs.BOM_UTF8 + _rows([tuple(column.heading for column in COLUMNS)]))

    def add(self, part: bytes) -> None:
        self.write(part)


def _rows(rows: Iterable[tuple[Cell, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _text(cell: Cell) -> str:
    """A number or a date as it stands; of a text, no formula is left."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date | int):
        return str(cell)
    return guarded(cell)
