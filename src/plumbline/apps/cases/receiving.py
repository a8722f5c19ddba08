"""A case or lead that another body hands over: the receiver's own case, linked to the one it comes from."""

from __future__ import annotations

from datetime import datetime

from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person

from .actions.opening import clue_data, new_case
from .models import Case, CaseOfficer, StepEntry
from .projection import project


def receive_case(
    *, actor: Actor, agency: Agency, origin: Case, item: str, handler: Person, reference: str, on: datetime
) -> Case:
    """Open a case at ``agency`` for what ``origin`` told, in the caller's transaction and after its own policy.

    Raises InputFault when the agency does not hold ``item`` that day. The party's row is the same: it is handed over.
    """
    case, row = new_case(
        agency,
        title=origin.title,
        item=item,
        summary=origin.summary,
        place=origin.place,
        occurred=on,
        procedure="ordinary",
    )
    case.party, case.division_code = origin.party, origin.division_code
    case.save(update_fields=["party", "division_code"])
    stored = record(
        actor=actor,
        matter=case.matter_id,
        kind="penalty",
        activity="clue_received",
        agency=agency.code,
        occurred_at=on,
        data=clue_data(case, "transferred", row, None),
        actors=[{"id": actor.number, "role": "other"}],
        links=[{"matter": origin.matter_id, "rel": "transferred_from"}],
    )
    StepEntry.objects.create(
        case=case,
        step="clue_received",
        event_id=stored.event_id,
        details={"reference": reference, "content": origin.summary},
        by_label=actor.label,
    )
    CaseOfficer.objects.create(
        case=case, number=handler.actor_number, person=handler, from_on=stored.occurred_on
    )
    project(case.matter_id)
    return case
