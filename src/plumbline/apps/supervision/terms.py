"""Early warning of an instrument's own term: once for each date, so an extended term is warned of anew."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from plumbline.platform import clock
from plumbline.platform.verdicts.evaluation import on_clock

from .actions.writing import tell_addressee
from .models import WAITING, Instrument
from .raising import near_limit


@on_clock
def warn_of_terms(*, as_of: datetime | None = None) -> int:
    """Tell the addressee of every term that ends within three working days; returns how many were told."""
    today = (as_of or clock.now()).astimezone(clock.CHINA).date()
    ending = (
        Instrument.objects.unscoped("报送期限将到")
        .filter(state__in=WAITING, respond_by__gte=today, respond_by__lte=near_limit(today))
        .exclude(warned_for=F("respond_by"))
    )
    told = 0
    for instrument in ending:
        tell_addressee(instrument, f"报送期限将到，请于 {instrument.respond_by} 前报送")
        instrument.warned_for = instrument.respond_by
        instrument.save(update_fields=["warned_for"])
        told += 1
    return told
