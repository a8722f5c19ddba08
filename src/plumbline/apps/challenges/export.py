"""The list as a workbook or as CSV: every row of the filter, said on the first sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from plumbline.apps.cases.contract import shown_name
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.workbooks import open_workbook

from .models import Challenge
from .queries import ChallengeFilter, challenges_matching

HEADINGS = (
    "途径", "案号", "被申请人", "处罚案号", "处罚案由", "当事人", "复议机关或法院", "阶段", "结果", "责令重作",
    "负责人参加", "停止执行", "收到日", "终结日", "开庭或听证日", "最近的法定期限",
)  # fmt: skip


def _said(value: bool | None) -> str:
    return "" if value is None else "是" if value else "否"


def _guarded(text: str) -> str:
    """Text that a spreadsheet would take for a formula is made plain text."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def rows_of(actor: Actor, wanted: ChallengeFilter) -> Iterator[tuple[str, ...]]:
    """One row a matter; the names of natural persons are cut as in every list."""
    found = challenges_matching(actor, wanted).order_by("-opened_on", "-pk")
    for row in found.iterator(chunk_size=500):
        yield tuple(_guarded(each) for each in _columns(row))


def _columns(row: Challenge) -> tuple[str, ...]:
    days = [
        day.isoformat() if day else "" for day in (row.opened_on, row.ended_on, row.hearing_on, row.due_on)
    ]
    return (
        row.get_route_display(),
        row.number,
        row.agency.short_name,
        row.case.number,
        row.case.title,
        shown_name(row.case),
        row.organ,
        row.get_stage_display(),
        row.get_outcome_display(),
        _said(row.orders_redo),
        _said(row.head_appeared),
        _said(row.stayed),
        *days,
    )


def workbook(actor: Actor, wanted: ChallengeFilter) -> bytes:
    sink = io.BytesIO()
    book = open_workbook(sink)
    cover, sheet = book.add_worksheet("说明"), book.add_worksheet("复议诉讼")
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
            ("内容", "行政复议、行政诉讼和行政赔偿"),
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


def csv_text(actor: Actor, wanted: ChallengeFilter) -> bytes:
    """UTF-8 with a mark, so that office programs open it without asking."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(HEADINGS)
    writer.writerows(rows_of(actor, wanted))
    return sink.getvalue().encode("utf-8-sig")
