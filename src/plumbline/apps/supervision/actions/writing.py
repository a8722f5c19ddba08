"""What every verb of supervision does: check what was typed, move a row, write the log, tell the other side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from plumbline.platform import clock
from plumbline.platform.actions import InputFault
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from .. import events
from ..alert_log import write_alert
from ..joined import come_apart, joins_into, settle
from ..models import (
    Alert,
    AlertState,
    Instrument,
)
from .following import leads_follow

KIND = "supervision_instrument"
#: What an alert that had joined another one can turn out to be, when that one is decided.
OWN_OUTCOMES = (AlertState.INSTRUMENT, AlertState.EXPLAINED, AlertState.FALSE_ALARM)
NOTHING_SAID: Mapping[int, str] = MappingProxyType({})


def demand(text: str, field: str, message: str) -> None:
    """Refuse an empty text; a form's own check is not the only way in."""
    if not text.strip():
        raise InputFault({field: message})


def demand_future(day: date, label: str = "答复期限") -> None:
    """Refuse a date for an answer that is not after today."""
    if day <= clock.today():
        raise InputFault({"respond_by": f"「{label}」应晚于今天。"})


def move(
    actor: Actor,
    alert: Alert,
    state: AlertState,
    reason: str,
    activity: str = events.ALERT_TRIAGED,
    *,
    outcomes: Mapping[int, str] = NOTHING_SAID,
) -> Alert:
    """Bring an alert into ``state``; anything but asking ends its wait and names who decided.

    ``outcomes`` says by number what the alerts were that had joined it (a state of ``OWN_OUTCOMES``).
    """
    alert.state, alert.reason = state, reason
    if state != AlertState.VERIFYING:
        alert.decided_at, alert.decided_label = clock.now(), actor.label
    alert.save()
    write_alert(actor, alert, activity, {"state": state, "reason": reason})
    leads_follow(actor, alert, reason)
    if state not in {AlertState.VERIFYING, AlertState.MERGED}:
        _answer_joined(actor, alert, outcomes, reason)
    return alert


def _answer_joined(actor: Actor, alert: Alert, outcomes: Mapping[int, str], reason: str) -> None:
    """Give each alert that had joined this one its own outcome; one of which nothing was said comes back by itself."""
    for row in joins_into(alert):
        wanted = outcomes.get(row.alert_id, "")
        if wanted not in OWN_OUTCOMES or (wanted == AlertState.INSTRUMENT and alert.instrument_id is None):
            come_apart(
                actor, row, f"预警 {alert.pk} 已经是“{alert.get_state_display()}”，这一条退回单独处置。"
            )
            continue
        joined = settle(row, AlertState(wanted))
        if wanted == AlertState.INSTRUMENT:
            joined.instrument, joined.owner_id = alert.instrument, alert.owner_id
        move(actor, joined, AlertState(wanted), f"随预警 {alert.pk} 处置：{reason}")


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
