"""Lists and figures of leads. Every figure is the count of the list it links to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q

from plumbline.platform import clock
from plumbline.platform.bigrams import bigrams_of
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet
from plumbline.platform.verdicts.models import StoredVerdict, VerdictKind

from .lead_models import OPEN_LEADS, OWED_AN_ANSWER, Lead, LeadState, Source
from .models import AlertState

TABS = {
    "open": "未了结",
    "registered": "待研判",
    "working": "核查中",
    "verified": "待反馈",
    "late": "已超期",
    "undated": "未登记期限",
    "over": "已了结",
    "merged": "已并入",
    "all": "全部",
}
#: How much of their pairs of characters two texts share before they are shown as like ones.
ALIKE = 0.25
WITHIN = timedelta(days=180)
#: The problem a lead told of, or was merged into, has been put right.
CORRECTED = Q(alert__state=AlertState.CORRECTED) | Q(merged_into__alert__state=AlertState.CORRECTED)


#: Orders whose source waits for an answer, with no day entered by when.
UNDATED = Q(source__in=OWED_AN_ANSWER, answer_by=None, answered_on=None)


def in_tab(rows: ScopedQuerySet[Any], tab: str, today: date) -> ScopedQuerySet[Any]:
    """The leads of a tab; the list, its tabs and its figures ask here and nowhere else."""
    if tab == "open":
        return rows.filter(state__in=OPEN_LEADS)
    if tab == "working":
        return rows.filter(state__in=[LeadState.ASSESSED, LeadState.REFERRED])
    if tab == "late":
        return rows.filter(state__in=OPEN_LEADS, due_on__lt=today)
    if tab == "undated":
        return rows.filter(UNDATED)
    if tab == "over":
        return rows.filter(state__in=[LeadState.FED_BACK, LeadState.DISMISSED, LeadState.WITHDRAWN])
    return rows.filter(state=tab) if tab in LeadState.values else rows


def filtered_leads(actor: Actor, filters: Any) -> ScopedQuerySet[Any]:
    """All leads that the selects and the search words leave; the tab is not among them."""
    rows = Lead.objects.visible_to(actor).select_related("concerned", "owner", "alert")
    if (source := filters.get("source", "")) in Source.values:
        rows = rows.filter(source=source)
    if agency := filters.get("agency", ""):
        rows = rows.filter(concerned_id=agency)
    if (held := filters.get("held", "")) in {"1", "0"}:
        rows = rows.filter(substantiated=held == "1")
    if filters.get("corrected") == "1":
        rows = rows.filter(CORRECTED)
    rows = within(rows, "received_on", filters)
    if text := filters.get("q", "").strip():
        words = Q(title__contains=text) | Q(facts__contains=text) | Q(source_ref__icontains=text)
        rows = rows.filter(words | Q(matter_id__icontains=text) | Q(about__icontains=text))
    return rows


def within(rows: ScopedQuerySet[Any], column: str, filters: Any) -> ScopedQuerySet[Any]:
    """The rows of a period, where an address names one (``from`` and ``until``); a day that is none narrows nothing."""
    for name, test in (("from", "gte"), ("until", "lte")):
        try:
            rows = rows.filter(**{f"{column}__{test}": date.fromisoformat(filters.get(name, ""))})
        except ValueError:
            continue
    return rows


def to_answer(actor: Actor) -> ScopedQuerySet[Any]:
    """Leads that are over and whose source waits for its answer outside the platform: by the day it has set, then by age."""
    rows = Lead.objects.visible_to(actor).filter(ended_at__isnull=False, answered_on=None)
    owed = rows.filter(Q(answer_by__isnull=False) | UNDATED)
    return owed.select_related("concerned").order_by(F("answer_by").asc(nulls_last=True), "received_on", "pk")


def in_turn(rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """What is due first; then what was received last."""
    return rows.order_by(F("due_on").asc(nulls_last=True), "-received_on", "-pk")


@dataclass(frozen=True)
class Like:
    """Another lead that may be about the same thing, and how much the two texts share, in per cent."""

    lead: Lead
    percent: int
    why: str


def like_leads(actor: Actor, lead: Lead) -> list[Like]:
    """Open leads of the last half year that name the same matter or say much the same, the likeliest first."""
    rows = (
        Lead.objects.visible_to(actor)
        .filter(state__in=OPEN_LEADS, received_on__gte=lead.received_on - WITHIN)
        .exclude(pk=lead.pk)
        .select_related("concerned")
        .order_by("-received_on", "-pk")[:500]
    )
    own = set(bigrams_of(lead.title + lead.facts))
    found = []
    for other in rows:
        theirs = set(bigrams_of(other.title + other.facts))
        share = len(own & theirs) / max(min(len(own), len(theirs)), 1)
        same_matter = bool(lead.about) and lead.about == other.about
        apart = lead.concerned_id and other.concerned_id and lead.concerned_id != other.concerned_id
        if same_matter or (share >= ALIKE and not apart):
            found.append(Like(other, round(100 * share), "同一事项" if same_matter else "内容相近"))
    return sorted(found, key=lambda each: (each.why != "同一事项", -each.percent))[:5]


@dataclass(frozen=True)
class LegalClock:
    """A term of law that runs in the matter a lead came from."""

    duty: str
    due_on: date
    basis: str


def legal_clocks(lead: Lead) -> list[LegalClock]:
    """What the law itself sets in the matter behind the lead (a petition's terms); the organ's own clock stands beside it."""
    if not lead.source_ref:
        return []
    from .naming import definition_of

    rows = StoredVerdict.objects.unscoped("来源事项的法定期限，只有规则和日期").filter(
        matter_id=lead.source_ref, verdict=VerdictKind.PENDING, due_on__isnull=False
    )
    found = []
    for row in rows.order_by("due_on"):
        definition = definition_of(row.rule)
        if definition is not None and row.due_on is not None:
            found.append(LegalClock(definition.duty_zh, row.due_on, f"{row.law}{row.article}"))
    return found


def by_source(actor: Actor) -> list[dict[str, Any]]:
    """For each source: leads, open, refused and withdrawn ones, those verified, how many held, and how many led to a correction."""
    rows = (
        Lead.objects.visible_to(actor)
        .values("source")
        .annotate(
            total=Count("pk"),
            open=Count("pk", filter=Q(state__in=OPEN_LEADS)),
            verified=Count("pk", filter=Q(substantiated__isnull=False)),
            dismissed=Count("pk", filter=Q(state=LeadState.DISMISSED)),
            withdrawn=Count("pk", filter=Q(state=LeadState.WITHDRAWN)),
            held=Count("pk", filter=Q(substantiated=True)),
            unfounded=Count("pk", filter=Q(substantiated=False)),
            corrected=Count("pk", filter=CORRECTED),
        )
        .order_by("-total", "source")
    )
    return [
        {
            **row,
            "zh": Source(row["source"]).label,
            "taken": row["total"] - row["dismissed"] - row["withdrawn"],
            "percent": 100 * row["held"] / row["verified"] if row["verified"] else None,
        }
        for row in rows
    ]


def today_late(lead: Lead) -> bool:
    return lead.due_on is not None and lead.is_open and lead.due_on < clock.today()
