"""The record of an alert: triage is supervision's own matter, and nothing of it is written into a case (条例第八条)."""

from __future__ import annotations

from typing import Any

from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from .models import Alert

LEAD = "supervision_lead"


def write_alert(actor: Actor, alert: Alert, activity: str, data: dict[str, Any]) -> None:
    """A step of triage, in the alert's own matter."""
    record(
        actor=actor,
        matter=alert.lead_id,
        kind=LEAD,
        activity=activity,
        agency=actor.agency_code or alert.agency_id,
        data={"about": alert.matter_id, "rule": alert.rule, **data},
        links=[{"matter": alert.matter_id, "rel": "about"}],
    )
