"""The audit log as XLSX: the first sheet says filter, moment, rows and who; the second holds every row."""

from __future__ import annotations

import io

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.capabilities import ADMINISTRATOR_POWERS
from plumbline.platform.workbooks import open_workbook

from .audit import LIMIT, AuditFilter, Line, every_line

COLUMNS = (("时刻", 20), ("类别", 10), ("操作方", 16), ("单位", 20), ("动作", 24), ("对象", 30), ("说明", 60))


def workbook_of(actor: Actor, wanted: AuditFilter) -> tuple[bytes, int]:
    """The workbook and its number of rows; no file is made past ``LIMIT``."""
    lines = list(every_line(wanted))
    if len(lines) > LIMIT:
        return b"", len(lines)
    sink = io.BytesIO()
    # Text stays text: a spreadsheet must not take what somebody typed for a formula or a link.
    book = open_workbook(sink)
    about, sheet, bold = (
        book.add_worksheet("说明"),
        book.add_worksheet("审计记录"),
        book.add_format({"bold": True}),
    )
    said = (
        ("内容", "审计记录"),
        ("筛选", wanted.words),
        ("截至", f"{clock.now():%Y-%m-%d %H:%M}"),
        ("行数", len(lines)),
        ("导出人", f"{actor.label}（{ADMINISTRATOR_POWERS.get(actor.administrator, '')}）"),
        ("说明", f"共 {len(lines)} 行，全部导出；导出本身也留痕。不含案件内容。"),
    )
    for at, (name, value) in enumerate(said):
        about.write(at, 0, name, bold)
        about.write(at, 1, value)
    about.set_column(0, 0, 10)
    about.set_column(1, 1, 60)
    for at, (name, width) in enumerate(COLUMNS):
        sheet.write(0, at, name, bold)
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 0)
    for number, line in enumerate(lines, start=1):
        for at, value in enumerate(_cells(line)):
            sheet.write_string(number, at, value)
    sheet.autofilter(0, 0, max(1, len(lines)), len(COLUMNS) - 1)
    book.close()
    return sink.getvalue(), len(lines)


def _cells(line: Line) -> tuple[str, ...]:
    moment = line.at.astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M:%S")
    return moment, line.kind_zh, line.who, line.agency, line.action, line.subject, line.reason
