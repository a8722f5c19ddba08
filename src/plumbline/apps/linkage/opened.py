"""A case as far as a decided request opened it: outline and progress, the list of papers, the papers themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from plumbline.apps.cases.contract import activity_zh, shown_name
from plumbline.apps.paperwork.contract import Document, documents_of
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.scope.rows import whole_district

from .models import Inquiry, InquiryScope


@dataclass(frozen=True)
class Opened:
    """``party`` is cut as in every list: a look at a case opens no identity."""

    party: str
    steps: list[tuple[date, str]]
    papers: list[Document] | None
    may_open: bool


def opened_case(inquiry: Inquiry, case: Any) -> Opened:
    with whole_district():
        rows = StoredEvent.objects.unscoped("按已同意的范围查看案件").filter(
            matter_id=case.matter_id, in_contract=True
        )
        voided = {row.data.get("voids") for row in rows.filter(activity="event_voided")}
        steps = [
            (row.occurred_on, activity_zh(row.activity))
            for row in rows.exclude(activity="event_voided").order_by("occurred_on", "seq")
            if row.event_id not in voided
        ]
    listed = None if inquiry.scope == InquiryScope.OUTLINE else _signed(case.matter_id)
    return Opened(shown_name(case), steps, listed, inquiry.scope == InquiryScope.PAPERS)


def _signed(matter_id: str) -> list[Document]:
    with whole_district():
        return list(documents_of(matter_id).filter(state="signed").order_by("pk"))


def opened_papers(inquiry: Inquiry) -> list[Document]:
    """The papers that the granted scope opens; none with a narrower one."""
    if inquiry.scope != InquiryScope.PAPERS or inquiry.case is None:
        return []
    return _signed(inquiry.case.matter_id)
