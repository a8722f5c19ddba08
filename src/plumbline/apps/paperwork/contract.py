"""What other apps may use of paperwork."""

from __future__ import annotations

from django.db.models import QuerySet

from .actions import issue
from .models import Document
from .numbers import take_number

__all__ = ["Document", "documents_of", "issue", "take_number"]


def documents_of(matter_id: str) -> QuerySet[Document]:
    """Documents of a matter whose visibility the caller has settled."""
    return Document.objects.unscoped("已核对事项的可见范围").filter(matter_id=matter_id)
