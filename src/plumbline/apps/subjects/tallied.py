"""What a programme counts of enforcement subjects: those whose publication holds on the day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from plumbline.apps.programme.contract import Tally, TallyRow, register_tally
from plumbline.platform.identity.actor import Actor

from .models import Subject


def _rows(actor: Actor, day: date) -> QuerySet[Any]:
    """The list is public: nobody's scope narrows it."""
    lasting = Q(valid_to=None) | Q(valid_to__gte=day)
    return Subject.objects.filter(lasting, published_on__lte=day).order_by("agency_id", "name")


register_tally(
    Tally(
        "public-subjects", "公布的执法主体", "个", "这一天在公布状态的执法主体，按公布日", _rows,
        lambda row: TallyRow(row.name, row.published_on, f"/subjects/{row.pk}"),
    )
)  # fmt: skip
