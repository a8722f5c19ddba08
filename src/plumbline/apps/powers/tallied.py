"""What a programme counts of the catalogue of decisions that need legal review: rows in force on the day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from plumbline.apps.programme.contract import Tally, TallyRow, register_tally
from plumbline.platform.identity.actor import Actor

from .models import LegalReviewEntry


def _rows(actor: Actor, day: date) -> QuerySet[Any]:
    """The catalogue is public: nobody's scope narrows it."""
    lasting = Q(valid_to=None) | Q(valid_to__gte=day)
    return LegalReviewEntry.objects.filter(lasting, valid_from__lte=day).order_by("agency_id", "pk")


register_tally(
    Tally(
        "review-catalogue", "法制审核目录的事项", "项", "这一天施行的目录事项，按生效日", _rows,
        lambda row: TallyRow(row.title or row.item or "全部重大行政执法决定", row.valid_from, "/lists/legal-review"),
    )
)  # fmt: skip
