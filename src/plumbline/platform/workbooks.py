"""Workbooks that people take with them, all opened alike: nothing in a cell is taken for a formula or a link.

A list goes out as ``list_book`` or ``list_csv``: every row of the filter, and a first sheet that says what it is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.rules.reports.cells import guarded

if TYPE_CHECKING:
    import xlsxwriter

__all__ = ["column_letters", "guarded", "list_book", "list_csv", "open_workbook"]


def open_workbook(sink: IO[bytes] | str, *, in_rows: bool = False, **options: Any) -> xlsxwriter.Workbook:
    """A workbook to be written to ``sink`` when it is closed.

    ``in_rows``: rows are written once and in their order, which keeps memory flat for any number of them. Further
    options are the library's own.
    """
    import xlsxwriter  # dear to load, and few processes write a workbook

    own = {"constant_memory": in_rows, "in_memory": not in_rows}
    return xlsxwriter.Workbook(
        sink, {"strings_to_formulas": False, "strings_to_urls": False, **own, **options}
    )


def column_letters(at: int) -> str:
    """What a spreadsheet calls a column, counted from 0: A, B, … AA."""
    from xlsxwriter.utility import xl_col_to_name

    return xl_col_to_name(at)


def list_book(
    *,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    actor: Actor,
    content: str,
    filtered: str,
    more: Sequence[tuple[str, str]] = (),
    widths: Mapping[int, int] | None = None,
    fixed_columns: int = 0,
) -> bytes:
    """A list as a workbook.

    ``title`` names its sheet, ``content`` and ``filtered`` say on the first one what it holds and by which filter; ``more``
    are further lines there. ``widths`` are columns wider than usual, in characters.
    """
    sink = io.BytesIO()
    book = open_workbook(sink)
    cover, sheet = book.add_worksheet("说明"), book.add_worksheet(title)
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, fixed_columns)
    sheet.set_column(0, len(headings) - 1, 16)
    for column, width in (widths or {}).items():
        sheet.set_column(column, column, width)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    number = 0
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            sheet.write_string(number, column, guarded(value))
    told = (
        ("内容", content),
        ("筛选", filtered),
        *more,
        ("截至", f"{clock.now():%Y-%m-%d %H:%M}"),
        ("行数", f"共 {number} 行，全部导出"),
        ("导出人", f"{actor.label}（{actor.agency_name}）"),
    )
    for at, (name, said) in enumerate(told):
        cover.write_string(at, 0, name, bold)
        cover.write_string(at, 1, guarded(said))
    cover.set_column(1, 1, 60)
    book.close()
    return sink.getvalue()


def list_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark, so that office programs open it without asking."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(headings)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return sink.getvalue().encode("utf-8-sig")
