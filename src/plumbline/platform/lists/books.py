"""Workbooks of a list: the template to fill in, the list as it stands, and the rows that could not be read."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from ..workbooks import column_letters, guarded, open_workbook
from .cells import remembering
from .declaration import Register, Row
from .intake import EXAMPLE, OWNER, SINCE, UNTIL, Fault, Intake

FILL: Final = "填写"
_ROWS_WITH_CHOICES: Final = 20_000
_INLINE: Final = 250  # characters of a drop-down that Excel takes without a range


def _width(heading: str, long: bool) -> int:
    return 48 if long else max(12, 2 * len(heading) + 4)


def template(register: Register) -> bytes:
    """The workbook to fill in: headings, one example that is not read, drop-downs, and what each column wants."""
    sink = io.BytesIO()
    book = open_workbook(sink)
    sheet, told, choices = (
        book.add_worksheet(FILL),
        book.add_worksheet("填表说明"),
        book.add_worksheet("选项"),
    )
    head = book.add_format(
        {"bold": True, "bg_color": "#E8EEF5", "border": 1, "text_wrap": True, "valign": "top"}
    )
    pale = book.add_format({"italic": True, "font_color": "#5B6673", "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    with remembering():
        for at, column in enumerate(register.columns):
            mark = " *" if column.required else ""
            sheet.write_string(0, at, column.heading + mark, head)
            sheet.set_column(at, at, _width(column.heading, column.cell.long), text)
            sheet.write_string(
                1, at, guarded(f"{EXAMPLE}：{column.example}" if at == 0 else column.example), pale
            )
            offered = list(column.cell.choices())
            if offered:
                _drop_down(sheet, choices, at, offered)
            for place, said in enumerate(
                (
                    column.heading,
                    "必填" if column.required else "可不填",
                    column.cell.says,
                    column.help,
                    column.example,
                )
            ):
                told.write_string(at + 1, place, guarded(said), wrap)
    for place, (heading, width) in enumerate(
        (("列", 20), ("是否必填", 10), ("怎么填", 48), ("说明", 48), ("示例", 40))
    ):
        told.write_string(0, place, heading, head)
        told.set_column(place, place, width)
    below = len(register.columns) + 2
    for at, line in enumerate(
        (
            f"在“{FILL}”表从第 3 行起填写，每{register.unit}一行；第 2 行是示例，上传时不读。",
            "不要改动表头，不要合并单元格，不要用公式；带 * 的列必填。",
            "日期可以写 2026-03-02、20260302 或 2026年3月2日；全角数字也可以。",
            "上传后先核对，不写入；有问题的行会列出所在的表、行、列和改法。",
        )
    ):
        told.write_string(below + at, 0, line)
    sheet.freeze_panes(1, 1)
    choices.hide()
    book.close()
    return sink.getvalue()


def _drop_down(sheet: Any, choices: Any, at: int, offered: Sequence[str]) -> None:
    source: Any = list(offered)
    if len(",".join(offered)) > _INLINE:
        for row, each in enumerate(offered):
            choices.write_string(row, at, each)
        letters = column_letters(at)
        source = f"=选项!${letters}$1:${letters}${len(offered)}"
    rule = {
        "validate": "list", "source": source, "ignore_blank": True, "error_type": "warning",
        "error_title": "不在选项中", "error_message": "请从下拉列表选择。",
    }  # fmt: skip
    sheet.data_validation(2, at, _ROWS_WITH_CHOICES, at, rule)


def as_workbook(
    register: Register, rows: Iterable[Row], *, about: Sequence[tuple[str, str]], agency_names: dict[str, str]
) -> bytes:
    """The list as a workbook that can be filled in and taken in again; its first sheet says what it is.

    ``about`` are lines of that sheet; the number of rows is added.
    """
    sink = io.BytesIO()
    book = open_workbook(sink)
    cover, sheet = book.add_worksheet("说明"), book.add_worksheet(register.title[:31])
    bold = book.add_format({"bold": True})
    headings = [OWNER, *(column.heading for column in register.columns), SINCE, UNTIL]
    for at, heading in enumerate(headings):
        sheet.write_string(0, at, heading, bold)
    sheet.set_column(0, 0, 18)
    for at, column in enumerate(register.columns, start=1):
        sheet.set_column(at, at, _width(column.heading, column.cell.long))
    number = 0
    with remembering():
        for number, row in enumerate(rows, start=1):
            said = [
                agency_names.get(row.agency, row.agency),
                *(column.show(row.values) for column in register.columns),
                row.since.isoformat() if row.since else "",
                row.until.isoformat() if row.until else "",
            ]
            for at, value in enumerate(said):
                sheet.write_string(number, at, guarded(value))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, number), len(headings) - 1)
    for at, (name, value) in enumerate((*about, ("行数", f"共 {number} {register.unit}，全部导出"))):
        cover.write_string(at, 0, name, bold)
        cover.write_string(at, 1, guarded(value))
    cover.set_column(0, 0, 12)
    cover.set_column(1, 1, 70)
    book.close()
    return sink.getvalue()


def fault_book(register: Register, read: Intake) -> bytes:
    """The rows that could not be taken in, as they were, with what is wrong in the last column."""
    sink = io.BytesIO()
    book = open_workbook(sink)
    sheet = book.add_worksheet("需要修改")
    bold = book.add_format({"bold": True})
    red = book.add_format({"font_color": "#A8201A", "text_wrap": True, "valign": "top"})
    headings = [*read.headings, "原文件的行", "问题和改法"]
    for at, heading in enumerate(headings):
        sheet.write_string(0, at, guarded(heading), bold)
    sheet.set_column(0, len(headings) - 2, 18)
    sheet.set_column(len(headings) - 1, len(headings) - 1, 70)
    said: dict[int, list[Fault]] = {}
    for fault in read.faults:
        said.setdefault(fault.row, []).append(fault)
    for at, (number, faults) in enumerate(sorted(said.items()), start=1):
        for place, text in enumerate(read.texts.get(number, [])[: len(read.headings)]):
            sheet.write_string(at, place, guarded(text))
        sheet.write_number(at, len(headings) - 2, number)
        told = "\n".join(f"{fault.column}：{fault.message}" for fault in faults)
        sheet.write_string(at, len(headings) - 1, guarded(told), red)
    sheet.freeze_panes(1, 0)
    book.close()
    return sink.getvalue()
