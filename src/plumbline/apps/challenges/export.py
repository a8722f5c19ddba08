"""The list as a workbook or as CSV: every row of the filter, said on the first sheet."""

from __future__ import annotations

from collections.abc import Iterator

from plumbline.apps.cases.contract import shown_name
from plumbline.platform.identity.actor import Actor
from plumbline.platform.workbooks import list_book, list_csv

from .models import Challenge
from .queries import ChallengeFilter, challenges_matching

HEADINGS = (
    "途径", "案号", "被申请人", "处罚案号", "处罚案由", "当事人", "复议机关或法院", "阶段", "结果", "责令重作",
    "负责人参加", "停止执行", "收到日", "终结日", "开庭或听证日", "最近的法定期限",
)  # fmt: skip


def _said(value: bool | None) -> str:
    return "" if value is None else "是" if value else "否"


def rows_of(actor: Actor, wanted: ChallengeFilter) -> Iterator[tuple[str, ...]]:
    """One row a matter; the names of natural persons are cut as in every list."""
    found = challenges_matching(actor, wanted).order_by("-opened_on", "-pk")
    for row in found.iterator(chunk_size=500):
        yield _columns(row)


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
    return list_book(
        title="复议诉讼",
        headings=HEADINGS,
        rows=rows_of(actor, wanted),
        actor=actor,
        content="行政复议、行政诉讼和行政赔偿",
        filtered=wanted.words,
    )


def csv_text(actor: Actor, wanted: ChallengeFilter) -> bytes:
    return list_csv(HEADINGS, rows_of(actor, wanted))
