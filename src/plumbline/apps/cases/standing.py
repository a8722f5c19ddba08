"""How a case stands, for the parts that hang on it."""

from __future__ import annotations

from plumbline.platform.events.models import StoredEvent

from .models import Case, Stage


def is_archived(case: Case) -> bool:
    """Whether the file is closed for good: nothing is added to it any more."""
    return case.stage == Stage.ARCHIVED


def happened_in(case: Case, activity: str) -> bool:
    """Whether the log of the case has such an event, one undone since included.

    A page that has read the log (``Case.logged``) is not asked twice.
    """
    if case.logged is not None:
        return activity in case.logged
    rows = StoredEvent.objects.unscoped("核对案件经过").filter(matter_id=case.matter_id)
    return rows.filter(activity=activity).exists()
