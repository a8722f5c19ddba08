"""When what a record tells happened, by two clocks that may differ."""

from __future__ import annotations

from datetime import datetime, timedelta

from .models import FieldRecord

SKEWED = 300  # seconds beyond which the phone's clock is corrected by what it was ahead when it sent


def occurred_at(row: FieldRecord) -> datetime:
    """When it happened: the phone's time, corrected by what its clock was ahead, and never after it was received."""
    ahead = timedelta(seconds=row.skew_s) if abs(row.skew_s) > SKEWED else timedelta(0)
    return min(row.captured_at - ahead, row.received_at)
