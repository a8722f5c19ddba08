"""Alerts of several rules that are one problem: which stand together, and how they come apart again."""

from __future__ import annotations

from collections.abc import Callable

from plumbline.platform import clock
from plumbline.platform.actions import Decision
from plumbline.platform.identity.actor import Actor

from . import events
from .alert_log import write_alert
from .models import Alert, AlertJoin, AlertState


def held(actor: Actor, policy: Callable[[Actor, Alert], Decision], *alerts: Alert) -> None:
    """Lock alerts for this transaction, bring each to what it is now, and ask the policy of each again.

    In the order of their numbers, so that two callers do not wait for each other. An alert that has joined another one is
    locked after that one, by a call of its own.
    """
    for each in sorted(alerts, key=lambda alert: alert.pk):
        as_it_is_now(each)
    for each in alerts:
        policy(actor, each).demand()


def as_it_is_now(alert: Alert) -> None:
    """Lock an alert for this transaction and read it again: whoever saves it writes over nobody."""
    rows = Alert.objects.unscoped("处置以前锁定").select_related("agency")
    alert.refresh_from_db(from_queryset=rows.select_for_update(of=("self",)))


def open_join_of(alert: Alert) -> AlertJoin | None:
    """The join by which an alert stands under another one now."""
    rows = AlertJoin.objects.filter(alert=alert, undone_at=None, outcome="")
    return rows.select_related("alert", "into").first()


def joins_into(alert: Alert) -> list[AlertJoin]:
    """What stands under an alert now, in the order in which it came."""
    rows = AlertJoin.objects.filter(into=alert, undone_at=None, outcome="")
    return list(rows.select_related("alert", "alert__agency", "into").order_by("pk"))


def come_apart(actor: Actor, row: AlertJoin, reason: str) -> Alert:
    """Bring a joined alert back to where it stood; it is somebody's to decide by itself from here on."""
    alert = row.alert
    row.undone_why, row.undone_label, row.undone_at = reason, actor.label[:60], clock.now()
    row.save()
    alert.state, alert.reason, alert.merged_into = row.before, "", None
    alert.decided_at, alert.decided_label = None, ""
    alert.save()
    write_alert(
        actor, alert, events.ALERT_PARTED, {"state": alert.state, "reason": reason, "other": row.into_id}
    )
    write_alert(actor, row.into, events.ALERT_PARTED, {"reason": reason, "other": alert.pk})
    return alert


def settle(row: AlertJoin, outcome: AlertState) -> Alert:
    """End a join because the joined alert has an outcome of its own; the caller brings the alert into that state."""
    row.outcome, row.settled_at = outcome, clock.now()
    row.save()
    row.alert.merged_into = None
    return row.alert
