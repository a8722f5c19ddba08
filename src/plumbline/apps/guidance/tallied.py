"""What a programme counts of guiding cases: those that the public could read on the day, by the agency that proposed them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from plumbline.apps.programme.contract import Tally, TallyRow, register_tally
from plumbline.platform.identity.actor import Actor

from .models import GuidingCase


def _rows(actor: Actor, day: date) -> QuerySet[Any]:
    standing = Q(withdrawn_on=None) | Q(withdrawn_on__gt=day)
    rows = GuidingCase.objects.visible_to(actor).filter(standing, published_on__lte=day, number__isnull=False)
    return rows.order_by("-number")


register_tally(
    Tally(
        "guidance", "发布的指导案例", "件", "这一天公开着的指导案例，按发布日，计在推荐机关名下", _rows,
        lambda row: TallyRow(f"{row.name}：{row.title}", row.published_on, f"/open/guidance/{row.number}"), each=False,
    )
)  # fmt: skip
