"""Workbooks that people take with them, all opened alike: nothing in a cell is taken for a formula or a link."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xlsxwriter


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
