"""The changed verdicts as CSV and as a workbook. Text that a spreadsheet would take for a formula is made plain text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.jobs.models import Job
from plumbline.platform.workbooks import open_workbook

HEADINGS = ("事项", "单位", "状态", "规则", "事件", "现在的结论", "现在的期限", "假设的结论", "假设的期限")


def _cells(rows: Sequence[dict[str, Any]]) -> list[list[str]]:
    names = dict(Agency.objects.values_list("code", "short_name"))
    return [
        [
            row["matter"],
            names.get(row["agency"], row["agency"]),
            "在办" if row["open"] else "已办结",
            row["rule"],
            row["subject"],
            row["before_zh"],
            row["due_before"],
            row["after_zh"],
            row["due_after"],
        ]
        for row in rows
    ]


def csv_of(rows: Sequence[dict[str, Any]]) -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(HEADINGS)
    for cells in _cells(rows):
        writer.writerow([f"'{c}" if c[:1] in {"=", "+", "-", "@", "\t", "\r"} else c for c in cells])
    return sink.getvalue().encode("utf-8-sig")


def workbook_of(actor: Actor, job: Job, rows: Sequence[dict[str, Any]]) -> bytes:
    sink = io.BytesIO()
    book = open_workbook(sink)
    cover, sheet = book.add_worksheet("说明"), book.add_worksheet("变化的结论")
    taken = datetime.fromisoformat(job.result["snapshot"]).astimezone(clock.CHINA)
    said = (
        ("内容", job.title),
        ("快照", f"{taken:%Y-%m-%d %H:%M}"),
        ("行数", f"共 {len(rows)} 行，全部导出"),
        ("导出人", actor.label),
        ("说明", "假设推演，不是执法结论；没有写入任何案件"),
    )
    for number, (name, value) in enumerate(said):
        cover.write_string(number, 0, name)
        cover.write_string(number, 1, value)
    cover.set_column(1, 1, 60)
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(0, column, heading)
        sheet.set_column(column, column, 24 if column in {0, 3, 4} else 14)
    sheet.freeze_panes(1, 0)
    for number, cells in enumerate(_cells(rows), start=1):
        for column, value in enumerate(cells):
            sheet.write_string(number, column, value)
    book.close()
    return sink.getvalue()
