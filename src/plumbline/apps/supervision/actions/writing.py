"""What every verb of supervision does: check what was typed, move a row, write the log, tell the other side."""

from __future__ import annotations

from datetime import date
from typing import Any

from plumbline.platform import clock
from plumbline.platform.actions import InputFault
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from .. import events
from ..models import (
    Alert,
    AlertState,
    Instrument,
)
from .following import leads_follow

KIND = "supervision_instrument"
LEAD = "supervision_lead"


def demand(text: str, field: str, message: str) -> None:
    """Refuse an empty text; a form's own check is not the only way in."""
    if not text.strip():
        raise InputFault({field: message})


def demand_future(day: date, label: str = "答复期限") -> None:
    """Refuse a date for an answer that is not after today."""
    if day <= clock.today():
        raise InputFault({"respond_by": f"「{label}」应晚于今天。"})


def move(
    actor: Actor, alert: Alert, state: AlertState, reason: str, activity: str = events.ALERT_TRIAGED
) -> Alert:
    """Bring an alert into ``state``; anything but asking ends its wait and names who decided."""
    alert.state, alert.reason = state, reason
    if state != AlertState.VERIFYING:
        alert.decided_at, alert.decided_label = clock.now(), actor.label
    alert.save()
    write_alert(actor, alert, activity, {"state": state, "reason": reason})
    leads_follow(actor, alert, reason)
    return alert


def write_alert(actor: Actor, alert: Alert, activity: str, data: dict[str, Any]) -> None:
    """A step of triage, in the alert's own matter: supervision writes nothing into a case (条例第八条)."""
    record(
        actor=actor,
        matter=alert.lead_id,
        kind=LEAD,
        activity=activity,
        agency=actor.agency_code or alert.agency_id,
        data={"about": alert.matter_id, "rule": alert.rule, **data},
        links=[{"matter": alert.matter_id, "rel": "about"}],
    )


def write_instrument(
    actor: Actor, instrument: Instrument, activity: str, data: dict[str, Any], on: date | None = None
) -> None:
    """A step of an instrument, in the instrument's own matter."""
    record(
        actor=actor,
        matter=instrument.matter_id,
        kind=KIND,
        activity=activity,
        agency=actor.agency_code or instrument.issuer_id,
        data=data,
        occurred_at=on,
    )


def tell_issuer(instrument: Instrument, title: str) -> None:
    """A message to whoever supervises."""
    notify(
        title=title,
        body=str(instrument),
        url=f"/orders/{instrument.matter_id}",
        capability="supervision.supervise",
    )


def tell_addressee(instrument: Instrument, title: str) -> None:
    """A message to whoever answers supervision at the addressee."""
    notify(
        title=f"{title}：{instrument}",
        url=f"/orders/{instrument.matter_id}",
        agency_code=instrument.to_id,
        capability="supervision.reply",
    )
