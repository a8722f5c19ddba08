"""What a programme counts of volunteers: appointments whose term runs on the day, by the organ that appointed them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from plumbline.apps.programme.contract import Tally, TallyRow, register_tally
from plumbline.platform.identity.actor import Actor

from .models import Volunteer


def _rows(actor: Actor, day: date) -> QuerySet[Any]:
    serving = Q(ended_on=None) | Q(ended_on__gt=day)
    rows = Volunteer.objects.visible_to(actor).filter(serving, from_on__lte=day, to_on__gte=day)
    return rows.order_by("number")


register_tally(
    Tally(
        "public-volunteers", "在聘的义务监督员", "人", "这一天在聘期内的义务监督员，按聘期起，列出聘书文号", _rows,
        lambda row: TallyRow(row.number, row.from_on), each=False,
    )
)  # fmt: skip
