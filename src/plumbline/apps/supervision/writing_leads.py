"""A step of a lead in the log, for whatever part of supervision takes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from .lead_models import Lead

LEAD = "supervision_lead"


def lead_held(lead: Lead) -> None:
    """Lock a lead for this transaction and bring it to what it is now: what is refused is judged by that."""
    rows = Lead.objects.unscoped("登记以前锁定").select_related("agency")
    lead.refresh_from_db(from_queryset=rows.select_for_update(of=("self",)))


def write_lead(
    actor: Actor, lead: Lead, activity: str, data: Mapping[str, object], on: date | None = None
) -> None:
    """A step of a lead, in its own matter."""
    record(
        actor=actor,
        matter=lead.matter_id,
        kind=LEAD,
        activity=activity,
        agency=lead.agency_id,
        occurred_at=on,
        data=data,
        links=[{"matter": lead.about, "rel": "about"}] if lead.about else None,
    )
