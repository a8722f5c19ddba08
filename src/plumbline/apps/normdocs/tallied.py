"""What a programme counts of normative documents: those published by the day and not ended, by the unit that drafted them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from plumbline.apps.programme.contract import Tally, TallyRow, register_tally
from plumbline.platform.identity.actor import Actor

from .models import NormDoc


def _rows(actor: Actor, day: date) -> QuerySet[Any]:
    standing = Q(ended_on=None) | Q(ended_on__gt=day)
    rows = NormDoc.objects.visible_to(actor).filter(standing, published_on__lte=day)
    return rows.order_by("-published_on", "-pk")


register_tally(
    Tally(
        "public-norms", "统一公布的规范性文件", "件", "这一天以前公布、没有失效的规范性文件，按公布日，计在起草单位名下", _rows,
        lambda row: TallyRow(f"{row.title} {row.number}".strip(), row.published_on, row.page), each=False,
    )
)  # fmt: skip
