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

from .conducts import conduct_of
from .findings import finding_keys
from .models import OPEN_STATES, UNDECIDED, Alert, AlertKind, AlertState, Instrument, InstrumentState
from .settings import value_of

WEEKS = 12
#: States a person brings an alert to; with an instrument the breach was found real.
DECIDED = (AlertState.INSTRUMENT, AlertState.EXPLAINED, AlertState.FALSE_ALARM, AlertState.CORRECTED)
#: Who closes an alert when its verdict changes: not a person's judgement, so not counted as one.
SYSTEM = "系统（预警）"
SEVERITY_ORDER = ("red", "yellow", "blue")


def open_alerts(actor: Actor) -> ScopedQuerySet[Any]:
    return Alert.objects.visible_to(actor).filter(state__in=OPEN_STATES)


def by_people(rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """Alerts that a person has decided; what the system cleared is nobody's judgement."""
    return rows.filter(decided_at__isnull=False, state__in=DECIDED).exclude(decided_label=SYSTEM)


def found_by_rules(rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """Alerts that a rule of the book has raised; those of register checks and of leads have no rule to be wrong."""
    return rows.exclude(rule__in=finding_keys())


def issuable_beside(actor: Actor, alert: Alert, picked: Sequence[int] = ()) -> ScopedQuerySet[Any]:
    """Further breaches of the same agency that may go into one instrument with ``alert``.

    Those of the same matter and those already ``picked`` first, then the newest twenty.
    """
    rows = Alert.objects.visible_to(actor).filter(
        agency_id=alert.agency_id, kind=AlertKind.BREACH, state__in=UNDECIDED
    )
    rows = rows.exclude(pk=alert.pk)
    newest = rows.order_by("-created_at").values("pk")[:20]
    wanted = Q(pk__in=newest) | Q(pk__in=picked) | Q(matter_id=alert.matter_id)
    first = Case(
        When(matter_id=alert.matter_id, then=Value(0)),
        When(pk__in=picked, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return rows.filter(wanted).order_by(first, "due_on", "pk")


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
            what=names.get(row.activity) or load_vocabulary().activity_zh(row.activity),
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
    """The case numbers of the alerts' matters, as far as there are and the actor may see them."""
    rows = case_rows(actor).filter(matter_id__in={alert.matter_id for alert in alerts})
    return dict(rows.values_list("matter_id", "number"))


def filtered_alerts(actor: Actor, filters: Any) -> ScopedQuerySet[Any]:
    """The alerts a page shows: its filters are its address."""
    rows = Alert.objects.visible_to(actor).select_related("agency", "owner", "instrument")
    state = filters.get("state", "open")
    if state == "open":
        rows = rows.filter(state__in=OPEN_STATES)
    elif state == "decided":
        rows = by_people(rows)
    elif state in AlertState.values:
        rows = rows.filter(state=state)
    if filters.get("today") == "1":
        rows = rows.filter(created_at__date=clock.today())
    if filters.get("new") == "week":
        rows = rows.filter(created_at__date__gte=_monday())
    if filters.get("new") == "weeks":
        rows = rows.filter(created_at__date__gte=_first_week())
    if filters.get("found") == "rules":
        rows = found_by_rules(rows)
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
    """Over the last twelve weeks: alerts of rules decided as false alarms, of all of rules that a person decided."""
    decided = found_by_rules(recently_decided(actor))
    found = decided.aggregate(all=Count("pk"), false=Count("pk", filter=Q(state=AlertState.FALSE_ALARM)))
    return FalseAlarms(found["false"], found["all"])


def recently_decided(actor: Actor) -> ScopedQuerySet[Any]:
    """What people have decided in the last twelve weeks, of every source."""
    since = clock.now() - timedelta(weeks=WEEKS)
    return by_people(Alert.objects.visible_to(actor)).filter(decided_at__gte=since)


def median_working_days(actor: Actor) -> float | None:
    """Median working days from an alert's appearance to a person's decision, over the last twelve weeks."""
    rows = recently_decided(actor)
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
    first = _first_week()
    rows = (
        Alert.objects.visible_to(actor)
        .filter(created_at__date__gte=first)
        .annotate(week=TruncWeek("created_at"))
        .values_list("week")
        .annotate(n=Count("pk"))
    )
    found = {week.astimezone(clock.CHINA).date(): n for week, n in rows}
    return [found.get(first + timedelta(weeks=i), 0) for i in range(WEEKS)]


def _monday() -> date:
    today = clock.today()
    return today - timedelta(days=today.weekday())


def _first_week() -> date:
    return _monday() - timedelta(weeks=WEEKS - 1)


def rule_precision(actor: Actor) -> list[dict[str, Any]]:
    """For each rule: alerts the actor sees, decided, false alarms; more than a fifth is marked for review."""
    return _precision(found_by_rules(Alert.objects.visible_to(actor)))


def check_precision(actor: Actor) -> list[dict[str, Any]]:
    """The same for the checks of registers, which are no rules."""
    checks = [key for key in finding_keys() if not conduct_of(key)]
    return _precision(Alert.objects.visible_to(actor).filter(rule__in=checks))


def _precision(alerts: ScopedQuerySet[Any]) -> list[dict[str, Any]]:
    rows = (
        alerts.values("rule")
        .annotate(
            total=Count("pk"),
            open=Count("pk", filter=Q(state__in=OPEN_STATES)),
            false=Count("pk", filter=Q(state=AlertState.FALSE_ALARM)),
            decided=Count(
                "pk",
                filter=Q(state__in=DECIDED, decided_at__isnull=False) & ~Q(decided_label=SYSTEM),
            ),
        )
        .order_by("-total", "rule")
    )
    return [
        {
            **row,
            "percent": 100 * row["false"] / row["decided"] if row["decided"] else None,
            "review": row["decided"] >= 5 and row["false"] * 5 > row["decided"],
        }
        for row in rows
    ]


#: The states an instruments list can be narrowed to, in the order of its tabs.
ORDER_STATES = {
    "running": "办理中",
    "late": "已逾期",
    "replied": "待审核",
    "escalated": "报请政府",
    "closed": "已销号",
    "stopped": "已终止",
    "all": "全部",
}


def by_state(rows: ScopedQuerySet[Any], state: str, today: date) -> ScopedQuerySet[Any]:
    """Instruments in a state of the list; the list, its tabs and the debt ledger ask here and nowhere else."""
    if state == "all":
        return rows
    running = rows.exclude(state__in=["closed", "stopped"])
    if state == "running":
        return running
    if state == "late":
        # Once it has answered, the addressee owes nothing: what is left is the issuer's review.
        return running.exclude(state=InstrumentState.REPLIED).filter(respond_by__lt=today)
    return rows.filter(state=state)


def aged_instruments(actor: Actor, today: date) -> list[dict[str, Any]]:
    """The debt ledger: what runs at each addressee, how old it is, how late, and the points that lateness counts."""
    each_ten = value_of("debt.points", today)
    rows: dict[str, dict[str, Any]] = {}
    for each in by_state(Instrument.objects.visible_to(actor), "running", today).select_related("to"):
        row = rows.setdefault(
            each.to_id,
            {"agency": each.to, "running": 0, "replied": 0, "late": 0, "oldest": 0, "points": 0}
            | dict.fromkeys(("age10", "age30", "age60", "more"), 0),
        )
        row["running"] += 1
        age = (today - each.issued_on).days
        row["age10" if age <= 10 else "age30" if age <= 30 else "age60" if age <= 60 else "more"] += 1
        row["replied"] += each.state == InstrumentState.REPLIED
        days = (today - each.respond_by).days
        if days > 0 and each.state != InstrumentState.REPLIED:
            row["late"] += 1
            row["oldest"] = max(row["oldest"], days)
            row["points"] += each_ten * (days // 10)
    return sorted(rows.values(), key=lambda row: (-row["late"], -row["oldest"]))
