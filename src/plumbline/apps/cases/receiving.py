"""A case or lead that another body hands over: the receiver's own case, linked to the one it comes from."""

from __future__ import annotations

from datetime import datetime

from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person

from .actions.opening import Handler, clue_data, new_case, register_clue
from .models import Case


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
    register_clue(
        actor,
        case,
        clue_data(case, "transferred", row, None),
        on=on,
        role="other",
        handler=Handler(handler.actor_number, handler.pk),
        reference=reference,
        links=[{"matter": origin.matter_id, "rel": "transferred_from"}],
    )
    return case
