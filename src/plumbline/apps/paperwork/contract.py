"""What other apps may use of paperwork."""

from __future__ import annotations

from django.db.models import QuerySet

from plumbline.platform.scope.rows import whole_district

from .actions import issue
from .models import Document, DocumentState
from .numbers import take_number
from .verifying import is_unaltered, verification_code

__all__ = [
    "Document",
    "documents_of",
    "is_unaltered",
    "issue",
    "issued_paper",
    "public_paper",
    "take_number",
    "verification_code",
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


def documents_of(matter_id: str) -> QuerySet[Document]:
    """Documents of a matter whose visibility the caller has settled."""
    return Document.objects.unscoped("已核对事项的可见范围").filter(matter_id=matter_id)
