"""What lists, desks and phones ask about inspections."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from plumbline.apps.targets.contract import Kind, Target, current
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor

from .models import Inspection


def planned_for(actor: Actor, until: date) -> list[Inspection]:
    """The visits that this officer has yet to make, planned for a day up to ``until``."""
    rows = Inspection.objects.visible_to(actor).filter(filed_at=None, planned_on__lte=until)
    mine = rows.filter(officers__contains=[actor.number])
    return list(mine.select_related("item", "target", "agency").order_by("planned_on", "pk")[:50])


def last_visits(agency: str, targets: list[int]) -> dict[int, datetime]:
    """When each target was last inspected by the agency."""
    rows = Inspection.objects.unscoped("同一机关对同一对象的上次检查").filter(
        agency_id=agency, target_id__in=targets, ended_at__isnull=False
    )
    return dict(rows.order_by("ended_at").values_list("target_id", "ended_at"))


def targets_around(division_code: str, limit: int = 500) -> QuerySet[Target]:
    """The firms of a division that are still registered, for the work package of a phone; natural persons stay here."""
    rows = current().filter(life="active").exclude(kind=Kind.NATURAL_PERSON)
    return rows.filter(division_code=division_code)[:limit] if division_code else rows[:limit]


def days_since(last: datetime | None, on: date | None = None) -> int | None:
    """Whole days since the last visit."""
    return None if last is None else ((on or clock.today()) - last.astimezone(clock.CHINA).date()).days
