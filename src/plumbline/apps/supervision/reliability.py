"""How a rule's alerts were decided, for the rule's own page in the law library."""

from __future__ import annotations

from django.db.models import Count, Q

from plumbline.apps.law_library.contract import Reliability, register_reliability
from plumbline.platform.identity.actor import Actor

from .models import OPEN_STATES, Alert, AlertState
from .policies import SUPERVISING
from .queries import DECIDED, SYSTEM

ENOUGH = 5


def reliability(actor: Actor, rule: str) -> Reliability | None:
    """Only for supervisors: an agency sees few alerts, and a rate over those would say nothing of the rule."""
    if actor.reach(*SUPERVISING) == frozenset():
        return None
    people = Q(state__in=DECIDED, decided_at__isnull=False) & ~Q(decided_label=SYSTEM)
    n = (
        Alert.objects.visible_to(actor)
        .filter(rule=rule)
        .aggregate(
            total=Count("pk"),
            open=Count("pk", filter=Q(state__in=OPEN_STATES)),
            decided=Count("pk", filter=people),
            explained=Count("pk", filter=Q(state=AlertState.EXPLAINED)),
            false=Count("pk", filter=Q(state=AlertState.FALSE_ALARM)),
        )
    )
    rows = (
        ("预警", n["total"], f"/alerts?state=all&rule={rule}"),
        ("未了结", n["open"], f"/alerts?rule={rule}"),
        ("已由人处置", n["decided"], f"/alerts?state=decided&rule={rule}"),
        ("解释属实", n["explained"], f"/alerts?state=explained&rule={rule}"),
        ("误报", n["false"], f"/alerts?state=false_alarm&rule={rule}"),
    )
    percent = f"{100 * n['false'] / n['decided']:.1f}%" if n["decided"] else ""
    return Reliability(rows, percent, n["decided"] >= ENOUGH and n["false"] * 5 > n["decided"])


register_reliability(reliability)
