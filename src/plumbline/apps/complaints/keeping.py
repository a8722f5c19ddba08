"""What must not be kept longer than it is needed."""

from __future__ import annotations

from datetime import datetime, timedelta

from plumbline.platform import clock

from .models import Complaint, Opening, State

#: Days for which a draft waits for its sender; the pages say so.
DRAFT_DAYS = 14
#: Hours for which an opened identity can be read by the one who asked.
READING_HOURS = 24


def forget_drafts(*, now: datetime | None = None) -> int:
    """Drafts that nobody handed in are removed whole, names and photos with them."""
    old = (now or clock.now()) - timedelta(days=DRAFT_DAYS)
    rows = Complaint.objects.unscoped("清除过期未提交的投诉举报").filter(state=State.DRAFT, began_at__lt=old)
    return rows.delete()[0]


def wipe_readings(*, now: datetime | None = None) -> int:
    """An identity that was opened for somebody is closed again."""
    over = Opening.objects.filter(readable_until__lt=now or clock.now()).exclude(readable="")
    return over.update(readable="")
