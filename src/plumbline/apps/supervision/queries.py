"""Figures of supervision. Every figure is the count of the list it links to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.db.models.functions import TruncWeek

from plumbline.apps.cases.contract import case_rows
from plumbline.law import OutsideCalendar, statutory_calendar
from plumbline.platform import clock
from plumbline.platform.events.declared import declared_activities
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet
from plumbline.vocabulary import load_vocabulary

from .models import CLOSED_STATES, OPEN_STATES, UNDECIDED, Alert, AlertKind, AlertState, Instrument

WEEKS = 12
#: Who closes an alert when its verdict changes: not a person's judgement, so not counted as one.
SYSTEM = "系统（预警）"
SEVERITY_ORDER = ("red", "yellow", "blue")


def open_alerts(actor: Actor) -> ScopedQuerySet[Any]:
    return Alert.objects.visible_to(actor).filter(state__in=OPEN_STATES)


def issuable_beside(actor: Actor, alert: Alert) -> ScopedQuerySet[Any]:
    """Further breaches of the same agency that may go into one instrument with ``alert``; the newest twenty."""
    rows = Alert.objects.visible_to(actor).filter(
        agency_id=alert.agency_id, kind=AlertKind.BREACH, state__in=UNDECIDED
    )
    newest = rows.exclude(pk=alert.pk).order_by("-created_at").values("pk")[:20]
    return Alert.objects.visible_to(actor).filter(pk__in=newest).order_by("due_on", "pk")


@dataclass(frozen=True)
class Past:
    """One line of supervision's own record: when, what, who, and the reason given."""

    at: datetime
    what: str
    who: str
    reason: str


def history(matter_id: str) -> list[Past]:
    """The record of an alert or an instrument, oldest first, as far as row security lets the actor see it."""
    names = declared_activities()
    rows = StoredEvent.objects.unscoped("监督事项自身的记录，受行级安全约束").filter(matter_id=matter_id)
    return [
        Past(
            at=row.recorded_at,
            what=names.get(row.activity) or load_vocabulary().activities[row.activity].zh,
            who=row.by_label,
            reason=str(row.data.get("reason") or row.data.get("text") or ""),
        )
        for row in rows.order_by("pk")
    ]


def by_gravity(rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """Red before yellow before blue; what still goes on before what is past; the newest first."""
    rank = Case(
        *(When(severity=severity, then=Value(n)) for n, severity in enumerate(SEVERITY_ORDER)),
        default=Value(len(SEVERITY_ORDER)),
        output_field=IntegerField(),
    )
    return rows.annotate(rank=rank).order_by("rank", "-still_breached", "-created_at", "pk")


def case_numbers(actor: Actor, alerts: Sequence[Alert]) -> dict[str, str]:
    """The case numbers of the alerts' matters, as far as the actor may see them."""
    rows = case_rows(actor).filter(matter_id__in={alert.matter_id for alert in alerts})
    return dict(rows.values_list("matter_id", "number"))


def filtered_alerts(actor: Actor, filters: Any) -> ScopedQuerySet[Any]:
    """The alerts a page shows: its filters are its address."""
    rows = Alert.objects.visible_to(actor).select_related("agency", "owner")
    state = filters.get("state", "open")
    if state == "open":
        rows = rows.filter(state__in=OPEN_STATES)
    elif state in AlertState.values:
        rows = rows.filter(state=state)
    if filters.get("today") == "1":
        rows = rows.filter(created_at__date=clock.today())
    if filters.get("weeks") == str(WEEKS):
        rows = rows.filter(decided_at__gte=clock.now() - timedelta(weeks=WEEKS))
    for name, column in (
        ("severity", "severity"),
        ("agency", "agency_id"),
        ("rule", "rule"),
        ("kind", "kind"),
        ("matter", "matter_id"),
    ):
        if value := filters.get(name):
            rows = rows.filter(**{column: value})
    return rows


@dataclass(frozen=True)
class FalseAlarms:
    false: int
    decided: int

    @property
    def percent(self) -> str:
        return f"{100 * self.false / self.decided:.1f}%" if self.decided else "—"


def false_alarms(actor: Actor) -> FalseAlarms:
    """Over the last twelve weeks: alerts decided as false alarms, of all decided by a person."""
    since = clock.now() - timedelta(weeks=WEEKS)
    decided = (
        Alert.objects.visible_to(actor)
        .filter(decided_at__gte=since, state__in=[s for s in CLOSED_STATES if s != AlertState.AUTO_CLEARED])
        .exclude(decided_label=SYSTEM)
    )
    found = decided.aggregate(all=Count("pk"), false=Count("pk", filter=Q(state=AlertState.FALSE_ALARM)))
    return FalseAlarms(found["false"], found["all"])


def median_working_days(actor: Actor) -> float | None:
    """Median working days from an alert's appearance to a person's decision, over the last twelve weeks."""
    since = clock.now() - timedelta(weeks=WEEKS)
    rows = (
        Alert.objects.visible_to(actor)
        .filter(decided_at__gte=since)
        .exclude(state=AlertState.AUTO_CLEARED)
        .exclude(decided_label=SYSTEM)
    )
    calendar = statutory_calendar()
    taken = []
    for created, decided in rows.values_list("created_at", "decided_at")[:5000]:
        try:
            taken.append(
                calendar.working_between(
                    created.astimezone(clock.CHINA).date(), decided.astimezone(clock.CHINA).date()
                )
            )
        except OutsideCalendar:
            continue
    return median(taken) if taken else None


def weekly(actor: Actor) -> list[int]:
    """New alerts in each of the last twelve weeks, oldest first."""
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    rows = (
        Alert.objects.visible_to(actor)
        .filter(created_at__date__gte=first)
        .annotate(week=TruncWeek("created_at"))
        .values_list("week")
        .annotate(n=Count("pk"))
    )
    found = {week.astimezone(clock.CHINA).date(): n for week, n in rows}
    return [found.get(first + timedelta(weeks=i), 0) for i in range(WEEKS)]


def rule_precision() -> list[dict[str, Any]]:
    """For each rule: alerts, decided, false alarms; more than a fifth is marked for review."""
    rows = (
        Alert.objects.unscoped("各规则误报率，只有数目")
        .values("rule")
        .annotate(
            total=Count("pk"),
            open=Count("pk", filter=Q(state__in=OPEN_STATES)),
            false=Count("pk", filter=Q(state=AlertState.FALSE_ALARM)),
            decided=Count(
                "pk",
                filter=Q(state__in=[s for s in CLOSED_STATES if s != AlertState.AUTO_CLEARED])
                & ~Q(decided_label=SYSTEM),
            ),
        )
        .order_by("-total")
    )
    return [
        {
            **row,
            "percent": 100 * row["false"] / row["decided"] if row["decided"] else None,
            "review": row["decided"] >= 5 and row["false"] * 5 > row["decided"],
        }
        for row in rows
    ]


def aged_instruments(actor: Actor, today: date) -> list[dict[str, Any]]:
    """The debt ledger: running instruments by addressee, how many are late and by how long at the most."""
    rows: dict[str, dict[str, Any]] = {}
    running = (
        Instrument.objects.visible_to(actor).exclude(state__in=["closed", "stopped"]).select_related("to")
    )
    for each in running:
        row = rows.setdefault(each.to_id, {"agency": each.to, "running": 0, "late": 0, "oldest": 0})
        row["running"] += 1
        days = (today - each.respond_by).days
        if days > 0:
            row["late"] += 1
            row["oldest"] = max(row["oldest"], days)
    return sorted(rows.values(), key=lambda row: (-row["late"], -row["oldest"]))
