"""The ledger as a workbook or as CSV: every row of the filter, said on the first sheet."""

from __future__ import annotations

from collections.abc import Iterator

from plumbline.platform.identity.actor import Actor
from plumbline.platform.workbooks import list_book, list_csv

from .figures import late_words
from .limits import UNREGISTERED
from .models import Linkage
from .queries import LinkageFilter, linkages_matching

HEADINGS = (
    "编号", "类别", "文书号", "名称", "行政机关", "对方机关", "案号", "阶段", "结果", "曾不予立案", "提请复议", "建议立案监督",
    "逾期的步骤", "登记日", "发出或收到日", "办结日", "最近的期限", "期限的依据", "移送材料指纹",
)  # fmt: skip


def rows_of(actor: Actor, wanted: LinkageFilter) -> Iterator[tuple[str, ...]]:
    """One row a matter, without the names of persons."""
    found = linkages_matching(actor, wanted).order_by("-opened_on", "-pk")
    for row in found.iterator(chunk_size=500):
        yield _columns(row)


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
        _due_basis(row),
        row.package_hash,
    )


def _due_basis(row: Linkage) -> str:
    """Whose day the nearest limit is: an article, or the letter's own; that none is known, where a reply waits for one."""
    if row.due_on is None:
        return UNREGISTERED if row.day_unknown else ""
    return next((duty["basis"] for duty in row.duties if duty["due_on"] == row.due_on.isoformat()), "")


def workbook(actor: Actor, wanted: LinkageFilter) -> bytes:
    return list_book(
        title="衔接台账",
        headings=HEADINGS,
        rows=rows_of(actor, wanted),
        actor=actor,
        content="行刑衔接和检察、监察衔接台账",
        filtered=wanted.words,
    )


def csv_text(actor: Actor, wanted: LinkageFilter) -> bytes:
    return list_csv(HEADINGS, rows_of(actor, wanted))
