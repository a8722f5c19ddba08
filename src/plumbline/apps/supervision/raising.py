"""Raising alerts from verdicts, and keeping them true when verdicts change. Nothing is ever cleared in silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from plumbline.law import OutsideCalendar, statutory_calendar
from plumbline.lawbook import rule_facts
from plumbline.platform import clock
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.verdicts.evaluation import VerdictChange, on_clock, on_verdict_changes
from plumbline.platform.verdicts.models import StoredVerdict, VerdictKind

from .events import ALERT_TRIAGED
from .joined import as_it_is_now, come_apart, joins_into, open_join_of, settle
from .models import OPEN_STATES, Alert, AlertKind, AlertState

NEAR_DUE_WORKING_DAYS = 3


def concerns_agency(rule_id: str) -> bool:
    """Whether a breach is the agency's: duties of the party (to pay) and of supervision itself raise no alert."""
    facts = rule_facts().get(rule_id)
    return facts is not None and facts.bound != "party" and not rule_id.startswith("ESR-")


@on_verdict_changes
def follow_verdicts(changes: Sequence[VerdictChange], as_of: datetime) -> None:
    """Raise an alert for what is newly breached; bring the others in line with their verdicts."""
    concerned = [c for c in changes if concerns_agency(c.row.rule)]
    if not concerned:
        return
    known = {
        (a.matter_id, a.rule, a.subject): a
        for a in Alert.objects.unscoped("预警随结论变化").filter(
            matter_id__in={c.row.matter_id for c in concerned}
        )
    }
    agencies = set(Agency.objects.values_list("code", flat=True))
    fresh: list[Alert] = []
    for change in concerned:
        row = change.row
        alert = known.get((row.matter_id, row.rule, row.subject))
        if row.verdict == VerdictKind.BREACHED:
            if alert is None and row.agency_code in agencies:
                fresh.append(_alert(row, AlertKind.BREACH, done=change.done_on is not None))
            elif alert is not None:
                _sharpen(alert, row, done=change.done_on is not None)
        elif alert is not None:
            met = alert.kind == AlertKind.NEAR_DUE and row.verdict == VerdictKind.MET
            again = f"规则重新判断为“{row.get_verdict_display()}”：{row.explanation_zh}"
            relax(alert, "期限内已办理。" if met else again, row.explanation_zh, met=met)
    Alert.objects.unscoped("新预警").bulk_create(fresh, ignore_conflicts=True)


def _alert(row: StoredVerdict, kind: AlertKind, *, done: bool = False) -> Alert:
    return Alert(
        matter_id=row.matter_id,
        agency_id=row.agency_code,
        kind=kind,
        rule=row.rule,
        subject=row.subject,
        severity=row.severity,
        law=row.law,
        article=row.article,
        facts=row.explanation_zh,
        due_on=row.due_on,
        still_breached=not done,
    )


def _sharpen(alert: Alert, row: StoredVerdict, *, done: bool) -> None:
    """A near-due warning that came true, or a breach whose facts moved on."""
    as_it_is_now(alert)
    alert.facts, alert.due_on, alert.severity = row.explanation_zh, row.due_on, row.severity
    alert.kind, alert.still_breached = AlertKind.BREACH, not done
    if alert.state == AlertState.AUTO_CLEARED:
        alert.state = AlertState.NEW
    alert.save()


def relax(alert: Alert, reason: str, facts: str, *, met: bool = False) -> None:
    """What was found is no longer so: the alert says it in a state of its own, with the reason on record."""
    as_it_is_now(alert)
    joined = open_join_of(alert) if alert.state == AlertState.MERGED else None
    if joined is not None:
        # Its own verdict has changed while it stood under another alert: that is its outcome.
        settle(joined, AlertState.CORRECTED if met else AlertState.AUTO_CLEARED)
        alert.merged_into = None
    elif alert.state not in (*OPEN_STATES, AlertState.STOPPED):
        return
    alert.still_breached = False
    alert.facts = facts
    if alert.instrument_id is None:
        alert.state = AlertState.CORRECTED if met else AlertState.AUTO_CLEARED
        alert.reason = reason
        alert.decided_at, alert.decided_label = clock.now(), "系统（预警）"
        record(
            actor=system_actor("alerts"),
            matter=alert.lead_id,
            kind="supervision_lead",
            activity=ALERT_TRIAGED,
            agency=alert.agency_id,
            data={"about": alert.matter_id, "state": alert.state, "rule": alert.rule},
        )
    alert.save()
    if alert.instrument_id is None:
        # What had joined it is a breach still: it is decided by itself from here on.
        for row in joins_into(alert):
            come_apart(system_actor("alerts"), row, f"预警 {alert.pk}：{reason}这一条退回单独处置。")


@on_clock
def warn_near_due(*, as_of: datetime | None = None) -> int:
    """Early warnings for red and yellow duties within three working days of their due date; returns how many are new."""
    today = (as_of or clock.now()).date()
    rows = StoredVerdict.objects.unscoped("临期预警").filter(
        verdict=VerdictKind.PENDING,
        severity__in=["red", "yellow"],
        due_on__gte=today,
        due_on__lte=near_limit(today),
    )
    known = set(Alert.objects.unscoped("临期预警").values_list("matter_id", "rule", "subject"))
    fresh = [
        _alert(row, AlertKind.NEAR_DUE)
        for row in rows
        if (row.matter_id, row.rule, row.subject) not in known and concerns_agency(row.rule)
    ]
    Alert.objects.unscoped("临期预警").bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def near_limit(today: date) -> date:
    """The last due date that counts as near today."""
    try:
        return statutory_calendar().nth_working_after(today, NEAR_DUE_WORKING_DAYS)
    except OutsideCalendar:
        return today + timedelta(days=NEAR_DUE_WORKING_DAYS)
