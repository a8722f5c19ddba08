"""What a programme counts of officers: certificates in the public list that are valid on the day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from plumbline.apps.programme.contract import Tally, TallyRow, register_tally
from plumbline.platform.identity.actor import Actor

from .models import OfficerCertificate


def _rows(actor: Actor, day: date) -> QuerySet[Any]:
    """The list is public: nobody's scope narrows it."""
    lasting = Q(valid_to=None) | Q(valid_to__gte=day)
    rows = OfficerCertificate.objects.filter(lasting, valid_from__lte=day, published_on__lte=day)
    return rows.order_by("agency_id", "number")


register_tally(
    Tally(
        "public-officers", "公布的执法人员", "人", "这一天列入公开名录、证件在有效期内的执法人员，按列入之日", _rows,
        lambda row: TallyRow(f"{row.name}（{row.number}）", row.published_on, f"/lists/officers/{row.pk}"),
    )
)  # fmt: skip
