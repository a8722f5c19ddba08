"""What stands beside an alert's count: the case as far as it is the supervisor's to know, and the unit's earlier alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q

from plumbline.apps.agencies.contract import holders_of
from plumbline.apps.cases.contract import current_officers
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor

from .models import OPEN_STATES, UNDECIDED, Alert, AlertKind, AlertState

YEAR = timedelta(days=365)
SHOWN = 4


@dataclass(frozen=True)
class Earlier:
    """Alerts of the same unit under the same rule in the last year, this one left out; the newest few by name."""

    total: int
    open: int
    explained: int
    false: int
    newest: tuple[Alert, ...]


def earlier_alerts(actor: Actor, alert: Alert) -> Earlier:
    rows = (
        Alert.objects.visible_to(actor)
        .filter(agency_id=alert.agency_id, rule=alert.rule, created_at__gte=clock.now() - YEAR)
        .exclude(pk=alert.pk)
    )
    counted = rows.aggregate(
        total=Count("pk"),
        open=Count("pk", filter=Q(state__in=OPEN_STATES)),
        explained=Count("pk", filter=Q(state=AlertState.EXPLAINED)),
        false=Count("pk", filter=Q(state=AlertState.FALSE_ALARM)),
    )
    return Earlier(**counted, newest=tuple(rows.order_by("-created_at", "-pk")[:SHOWN]))


def same_matter(actor: Actor, alert: Alert) -> list[Alert]:
    """Further undecided breaches of the same matter: they belong into one instrument with this one."""
    rows = Alert.objects.visible_to(actor).filter(
        matter_id=alert.matter_id, agency_id=alert.agency_id, kind=AlertKind.BREACH, state__in=UNDECIDED
    )
    return list(rows.exclude(pk=alert.pk).order_by("pk")[:20])


def handling_officers(case: Any) -> list[str]:
    """Who handles the case: name and certificate number; the number alone where the register has no name."""
    numbers = current_officers(case)
    names = holders_of(numbers)
    return [f"{names[number]}（{number}）" if number in names else number for number in numbers]
