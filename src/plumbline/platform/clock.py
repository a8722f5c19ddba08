"""The one place where the platform asks for the time. Rules never do: they are given ``as_of``."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present instant, in China standard time."""
    return timezone.now().astimezone(CHINA)


def today() -> date:
    """The local date on which a step taken now is taken."""
    return now().date()


def as_instant(moment: datetime) -> str:
    """An instant as the event contract writes it: ``2026-03-02T09:30:00+08:00``."""
    return moment.astimezone(CHINA).isoformat(timespec="microseconds" if moment.microsecond else "seconds")
