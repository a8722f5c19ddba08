"""From the box into the sums: five ratings or more at once, mixed, and the single ones destroyed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F

from plumbline.platform import clock

from .models import HeldRating, RatingSum, SpentCode
from .rating_codes import period_before, period_of

AT_LEAST = 5


def add_up(*, now: datetime | None = None) -> int:
    """Add every group of five or more to its sums; returns how many ratings were added.

    What is left of a quarter whose codes have run out goes on to the present one: it is never shown alone.
    """
    this = period_of((now or clock.now()).date())
    with transaction.atomic():
        HeldRating.objects.exclude(period__in=[this, period_before(this)]).update(period=this)
        SpentCode.objects.filter(period__lt=period_before(this)).delete()
        groups = HeldRating.objects.values("agency", "period").annotate(n=Count("pk")).filter(n__gte=AT_LEAST)
        return sum(_add(group["agency"], group["period"]) for group in groups)


def _add(agency: str, period: str) -> int:
    rows = list(HeldRating.objects.select_for_update().filter(agency_id=agency, period=period))
    if len(rows) < AT_LEAST:  # another pass was faster
        return 0
    counted = Counter((question, answer) for row in rows for question, answer in row.answers.items())
    for (question, answer), n in sorted(counted.items()):
        held, new = RatingSum.objects.get_or_create(
            agency_id=agency, period=period, question=question, answer=answer, defaults={"count": n}
        )
        if not new:
            RatingSum.objects.filter(pk=held.pk).update(count=F("count") + n)
    HeldRating.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
