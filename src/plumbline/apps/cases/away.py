"""Officers who still stand in an open case and hold no valid certificate of its agency any more: moved, suspended, ended.

Nothing of theirs can be recorded from that day on (``guards``); the head sees it before a step is refused.
"""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.platform import clock
from plumbline.platform.desk import DeskTask, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.verdicts.registers import current_registers
from plumbline.vocabulary import in_force

from .models import Case, CaseOfficer, Origin
from .parties import shown_name
from .people import names_of

MOST = 20


def officers_away(actor: Actor) -> list[CaseOfficer]:
    """The rows of one's own agency whose officer held a certificate and holds none of its own today, latest cases first."""
    agency = actor.agency_code
    rows = CaseOfficer.objects.filter(
        to_on=None,
        case__in=Case.objects.visible_to(actor).filter(agency_id=agency, closed_on=None, origin=Origin.OWN),
    )
    registers, today = current_registers()[0], clock.today()
    own = {row["id"] for row in registers.where("officers", "agency", agency) if in_force(row, today)}
    found = (
        rows.exclude(number__in=own).select_related("case__party").order_by("-case__opened_on", "pk")[:MOST]
    )
    return [row for row in found if registers.where("officers", "id", row.number)]


@task_source("officers_away")
def tasks_of_officers_away(actor: Actor) -> Sequence[DeskTask]:
    if not actor.agency_code or not actor.can("cases.approve", actor.agency_code):
        return []
    rows = officers_away(actor)
    names = names_of(row.number for row in rows)
    return [
        DeskTask(
            title=f"更换承办人：{names.get(row.number, row.number)} 已不持本机关有效证件",
            url=f"/cases/{row.case.matter_id}",
            kind="other",
            number=row.case.number,
            who=f"{shown_name(row.case)} · {row.case.title}",
            where="承办人",
            verb="查看",
            basis="行政处罚法第四十二条",
        )
        for row in rows
    ]
