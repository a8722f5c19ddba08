"""What a programme counts of reports: those on their enforcement work that units had submitted by the day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from plumbline.apps.programme.contract import Tally, TallyRow, register_tally
from plumbline.platform.identity.actor import Actor

from .models import SpecialReport


def _rows(actor: Actor, day: date) -> QuerySet[Any]:
    rows = SpecialReport.objects.visible_to(actor).filter(submitted_on__lte=day)
    return rows.select_related("round").order_by("agency_id", "-submitted_on")


register_tally(
    Tally(
        "special-reports", "报送的执法工作情况报告", "份", "这一天以前报送的执法工作情况报告，按报送日", _rows,
        lambda row: TallyRow(str(row.round), row.submitted_on, f"/special-reports/{row.round_id}/{row.agency_id}"),
    )
)  # fmt: skip
