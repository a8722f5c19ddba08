"""What other apps may use of paperwork."""

from __future__ import annotations

from django.db.models import QuerySet

from plumbline.platform.scope.rows import whole_district

from .actions import issue
from .blocks import account, reserve_numbers, return_numbers, use_number, void_number
from .events import DOCUMENT_SIGNED
from .models import Document, DocumentState
from .numbers import take_number
from .of_steps import (
    Called,
    Fact,
    PaperRow,
    StepPaper,
    addressed_to,
    called_by,
    line,
    named,
    sign_called,
    where_said,
)
from .policies import sealed
from .printing import PrintedDocument, printed, printed_pdf
from .rendering import qr_of
from .telling import remedy_on_spot
from .verifying import is_unaltered, verification_code

DECISION = "D32"  # 行政处罚决定书

__all__ = [
    "DOCUMENT_SIGNED",
    "Called",
    "Document",
    "Fact",
    "PaperRow",
    "PrintedDocument",
    "StepPaper",
    "account",
    "addressed_to",
    "called_by",
    "documents_of",
    "is_unaltered",
    "issue",
    "issued_paper",
    "line",
    "named",
    "number_of_decision",
    "printed",
    "printed_pdf",
    "public_paper",
    "qr_of",
    "remedy_on_spot",
    "reserve_numbers",
    "return_numbers",
    "sealed",
    "sign_called",
    "take_number",
    "use_number",
    "verification_code",
    "void_number",
    "where_said",
]


def issued_paper(matter_id: str) -> Document | None:
    """The paper of an instrument for its addressee too: it belongs to the issuer, but is addressed to the reader.

    The caller has settled that the reader may see the matter; row security is opened for this one look.
    """
    with whole_district():
        return documents_of(matter_id).exclude(state=DocumentState.DRAFT).first()


def public_paper(matter_id: str, number: str) -> Document | None:
    """The signed paper behind a published decision, for its code alone; the portal shows nothing of its content."""
    if not number:
        return None
    with whole_district():
        return documents_of(matter_id).filter(number=number, state=DocumentState.SIGNED).first()


def number_of_decision(matter_id: str, event_id: str) -> str:
    """The 文号 of the signed paper of a decision; empty while there is none."""
    papers = documents_of(matter_id).filter(event_id=event_id, template=DECISION, state=DocumentState.SIGNED)
    return papers.values_list("number", flat=True).last() or ""


def documents_of(matter_id: str) -> QuerySet[Document]:
    """Documents of a matter whose visibility the caller has settled."""
    return Document.objects.unscoped("已核对事项的可见范围").filter(matter_id=matter_id)
