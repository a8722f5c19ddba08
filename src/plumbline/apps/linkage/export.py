"""The ledger as a workbook or as CSV: every row of the filter, said on the first sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.workbooks import open_workbook

from .figures import late_words
from .models import Linkage
from .queries import LinkageFilter, linkages_matching

HEADINGS = (
    "编号", "类别", "文书号", "名称", "行政机关", "对方机关", "案号", "阶段", "结果", "曾不予立案", "提请复议", "建议立案监督",
    "逾期的步骤", "登记日", "发出或收到日", "办结日", "最近的法定期限", "移送材料指纹",
)  # fmt: skip


def _guarded(text: str) -> str:
    """Text that a spreadsheet would take for a formula is made plain text."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def rows_of(actor: Actor, wanted: LinkageFilter) -> Iterator[tuple[str, ...]]:
    """One row a matter, without the names of persons."""
    found = linkages_matching(actor, wanted).order_by("-opened_on", "-pk")
    for row in found.iterator(chunk_size=500):
        yield tuple(_guarded(each) for each in _columns(row))


def _columns(row: Linkage) -> tuple[str, ...]:
    days = (row.opened_on, row.sent_on, row.ended_on, row.due_on)
    return (
        row.code,
        row.get_route_display(),
        row.number,
        row.title,
        row.agency.short_name,
        row.organ.short_name,
        row.case.number if row.case is not None else "",
        row.get_stage_display(),
        row.get_outcome_display(),
        *("是" if each else "" for each in (row.refused, row.reconsidered, row.supervised)),
        "；".join(late_words(rule) for rule in row.late_rules),
        *(day.isoformat() if day else "" for day in days),
        row.package_hash,
    )


def workbook(actor: Actor, wanted: LinkageFilter) -> bytes:
    sink = io.BytesIO()
    book = open_workbook(sink)
    cover, sheet = book.add_worksheet("说明"), book.add_worksheet("衔接台账")
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(HEADINGS) - 1, 16)
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(0, column, heading, bold)
    number = 0
    for number, row in enumerate(rows_of(actor, wanted), start=1):
        for column, value in enumerate(row):
            sheet.write_string(number, column, value)
    for at, (name, value) in enumerate(
        (
            ("内容", "行刑衔接和检察、监察衔接台账"),
            ("筛选", wanted.words),
            ("截至", f"{clock.now():%Y-%m-%d %H:%M}"),
            ("行数", f"共 {number} 行，全部导出"),
            ("导出人", f"{actor.label}（{actor.agency_name}）"),
        )
    ):
        cover.write_string(at, 0, name, bold)
        cover.write_string(at, 1, _guarded(value))
    cover.set_column(1, 1, 60)
    book.close()
    return sink.getvalue()


def csv_text(actor: Actor, wanted: LinkageFilter) -> bytes:
    """UTF-8 with a mark, so that office programs open it without asking."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(HEADINGS)
    writer.writerows(rows_of(actor, wanted))
    return sink.getvalue().encode("utf-8-sig")
