"""A notice before a limit of a linkage runs out, to the side whose step it is: once for each step and day.

How long before is the platform's own choice: six hours where the law counts hours, a week where it counts months, else a day.
What is late is told by the rules as an alert.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from plumbline.packs.transfer.procedures import (
    COMMISSION,
    CORRESPONDENT,
    HANDLER,
    LEADER,
    OFFICE,
    POLICE,
    PROCURATORATE,
)
from plumbline.platform import clock
from plumbline.platform.notify.models import notify
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.verdicts.evaluation import on_clock

from .models import CONFIDENTIAL, GONE, Linkage
from .policies import LIAISON

HOURS_BEFORE = timedelta(hours=6)
BEFORE = {"m": timedelta(days=7)}
A_DAY = timedelta(days=1)

_CAPABILITY = {
    HANDLER: "cases.handle",
    CORRESPONDENT: "supervision.reply",
    LEADER: "cases.approve",
    OFFICE: "supervision.supervise",
    "sign": "documents.sign",
}


@on_clock
def remind_of_limits() -> None:
    """Looks at what runs out within a week; looking again tells nothing twice."""
    ahead = clock.today() + max(BEFORE.values())
    with whole_district():
        rows = Linkage.objects.unscoped("临近期限的提醒").filter(due_on__lte=ahead).exclude(stage__in=GONE)
        for row in rows.select_related("agency", "organ").order_by("pk"):
            told = [_told(row, duty) for duty in row.duties if _is_near(duty)]
            fresh = [(key, duty) for key, duty in told if key not in row.reminded]
            for _, duty in fresh:
                _notify(row, duty)
            if fresh:
                row.reminded = [*row.reminded, *(key for key, _ in fresh)]
                row.save(update_fields=["reminded"])


def _told(row: Linkage, duty: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    return f"{duty['key']} {duty['rule']} {duty['due_at'] or duty['due_on']}", duty


def _is_near(duty: Mapping[str, Any]) -> bool:
    if duty["due_at"]:
        due = datetime.fromisoformat(duty["due_at"])
        return clock.now() <= due <= clock.now() + HOURS_BEFORE
    if not duty["due_on"]:
        return False
    due_on, today = date.fromisoformat(duty["due_on"]), clock.today()
    return today <= due_on <= today + BEFORE.get(duty["unit"], A_DAY)


def _notify(row: Linkage, duty: Mapping[str, Any]) -> None:
    """Names stay out; what few may know of is not named at all."""
    due = (
        f"{datetime.fromisoformat(duty['due_at']).astimezone(clock.CHINA):%m-%d %H:%M}"
        if duty["due_at"]
        else duty["due_on"]
    )
    outside = {
        POLICE: row.organ_id,
        COMMISSION: row.organ_id,
        PROCURATORATE: row.procuratorate_id or row.organ_id,
    }
    side = duty["side"]
    notify(
        title=f"{due} 届满：{row.get_route_display()}，{duty['title']}",
        body=duty["basis"] if row.route in CONFIDENTIAL else f"{row.title}（{duty['basis']}）",
        url=duty["url"],
        agency_code=outside.get(side, row.agency_id),
        capability=LIAISON if side in outside else _CAPABILITY[side],
    )
