"""Who may reckon in a case and who may read how it was reckoned."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases import contract as cases
from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import Calculation


def may_reckon(actor: Actor, case: Any) -> Decision:
    """Proposing how heavy the penalty should be: whoever handles cases of the agency."""
    general = cases.may_work(actor, case)
    if not general:
        return general
    if not actor.can("cases.handle", case.agency_id):
        return denied("裁量由承办人员提出", next_step="请转承办人员。")
    return ALLOWED


def may_read(actor: Actor, case: Any) -> Decision:
    return cases.may_see(actor, case)


@visible(Calculation)
def calculations_seen_by(actor: Actor, rows: ScopedQuerySet[Calculation]) -> ScopedQuerySet[Calculation]:
    """The calculations of the cases the actor may see."""
    return rows.filter(case__in=cases.case_rows(actor).select_related(None).values("pk"))
