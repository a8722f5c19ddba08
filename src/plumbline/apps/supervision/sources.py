"""What stands behind a problem: the rule that found it and every lead that was put to it; and what may belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from plumbline.platform import clock
from plumbline.platform.bigrams import bigrams_of
from plumbline.platform.identity.actor import Actor

from .conducts import PREFIX
from .lead_models import UNVERIFIED, Lead
from .models import UNDECIDED, Alert, AlertKind
from .naming import breach_of, finding_of
from .policies import may_triage

WITHIN = timedelta(days=365)
MOST = 40


@dataclass(frozen=True)
class Beside:
    """Something that may be the same thing, and why it is thought so."""

    row: Any
    title: str
    why: str


def sources_of(alert: Alert) -> list[Lead]:
    """The leads behind an alert with those merged into them, for whoever may triage it."""
    rows = Lead.objects.unscoped("预警的来源，由页面判断谁看").filter(
        Q(alert=alert) | Q(merged_into__alert=alert)
    )
    return list(rows.select_related("merged_into").order_by("received_on", "pk"))


def sources_in_words(alerts: Sequence[Alert]) -> dict[int, str]:
    """For each of these alerts, the kinds of source behind it, the rule first: 「规则、投诉举报、12345 热线」."""
    rows = Lead.objects.unscoped("预警的来源，只有种类").filter(
        Q(alert__in=alerts) | Q(merged_into__alert__in=alerts)
    )
    named: dict[int, list[str]] = defaultdict(list)
    for lead in rows.select_related("merged_into").order_by("received_on", "pk"):
        at = lead.alert_id or (lead.merged_into.alert_id if lead.merged_into else None)
        label = lead.get_source_display()
        if at is not None and label not in named[at]:
            named[at].append(label)
    return {
        alert.pk: "、".join([*([] if alert.rule.startswith(PREFIX) else ["规则"]), *named[alert.pk]])
        for alert in alerts
        if named[alert.pk]
    }


def alerts_for(actor: Actor, lead: Lead) -> list[Beside]:
    """Undecided alerts that a lead may belong to: of its matter first, then of its agency, the likest first."""
    own = Q(pk=lead.alert_id) if lead.alert_id else Q(pk=None)
    at = Q(matter_id=lead.about) if lead.about else Q(pk=None)
    if lead.concerned_id:
        at = Q(agency_id=lead.concerned_id)
    rows = (
        Alert.objects.visible_to(actor)
        .filter(at, kind=AlertKind.BREACH, state__in=UNDECIDED, created_at__gte=clock.now() - WITHIN)
        .exclude(own)
        .select_related("agency")
        .annotate(same=_first(Q(matter_id=lead.about) if lead.about else Q(pk=None)))
        .order_by("same", "-created_at")[:200]
    )
    said = lead.title + lead.facts
    found = []
    for alert in rows:
        if not may_triage(actor, alert):
            continue
        same = bool(lead.about) and alert.matter_id == lead.about
        share = shared(said, breach_of(alert) + finding_of(alert))
        why = "同一案件" if same else f"同一机关，{share}% 的字词相同"
        title = f"预警 {alert.pk} · {breach_of(alert)} · {why}"
        found.append((not same, -share, Beside(alert, title, why)))
    return [each for _, _, each in sorted(found, key=lambda each: each[:2])[:MOST]]


def leads_for(actor: Actor, alert: Alert) -> list[Beside]:
    """Leads nobody has verified that may belong to an alert: about the same matter, or of its agency and much alike."""
    about = Q(about=alert.matter_id)
    rows = (
        Lead.objects.visible_to(actor)
        .filter(about | Q(concerned_id=alert.agency_id), state__in=UNVERIFIED)
        .filter(Q(alert=None) | Q(alert__rule__startswith=PREFIX, alert__instrument=None))
        .exclude(Q(concerned__isnull=False) & ~Q(concerned_id=alert.agency_id))
        .order_by("-received_on", "-pk")
    )
    said = breach_of(alert) + finding_of(alert)
    found = []
    for lead in rows[:200]:
        if lead.alert_id == alert.pk:
            continue
        same = lead.about == alert.matter_id
        share = shared(said, lead.title + lead.facts)
        if same or share >= 10:
            why = "同一案件" if same else f"同一机关，{share}% 的字词相同"
            found.append((not same, -share, Beside(lead, lead.title, why)))
    return [each for _, _, each in sorted(found, key=lambda each: each[:2])[:5]]


def shared(one: str, other: str) -> int:
    """How much of the shorter text's pairs of characters the other one has too, in per cent."""
    mine, theirs = set(bigrams_of(one)), set(bigrams_of(other))
    return round(100 * len(mine & theirs) / max(min(len(mine), len(theirs)), 1))


def _first(which: Q) -> Case:
    return Case(When(which, then=Value(0)), default=Value(1), output_field=IntegerField())
