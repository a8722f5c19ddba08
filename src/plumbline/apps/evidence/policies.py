"""Who may see and add evidence: as far as the case itself may be seen and worked on."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.contract import case_rows, may_see, may_work
from plumbline.platform.actions import Decision
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import Evidence


def may_see_evidence(actor: Actor, evidence: Evidence) -> Decision:
    return may_see(actor, evidence.case)


@visible(Evidence)
def evidence_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return rows.filter(case__in=case_rows(actor).values("pk"))


def may_add_evidence(actor: Actor, case: Any) -> Decision:
    return may_work(actor, case)
