"""Buttons at the head of a case page that begin a matter of compulsion, or the penalty case that follows from one."""

from __future__ import annotations

from plumbline.platform.identity.actor import Actor

from .models import Case, Origin, Stage
from .panels import register_link
from .policies import may_work_on

ENDED = {Stage.ARCHIVED, Stage.MERGED}
#: Before the filing, and where no case was filed: afterwards a measure is a step of the case itself.
NOT_FILED = {Stage.CLUE, Stage.NOT_FILED, Stage.TERMINATED}


@register_link("compulsion", label="登记行政强制")
def begin_compulsion(actor: Actor, case: Case) -> str:
    if case.kind != "penalty" or case.origin != Origin.OWN or case.stage in ENDED:
        return ""
    if not actor.can("cases.handle", case.agency_id) or not may_work_on(actor, case):
        return ""
    # An order to correct is executed by itself; its own case may go on.
    ordered = case.logged is not None and "correction_ordered" in case.logged
    return f"/cases/compulsion/new?from={case.matter_id}" if case.stage in NOT_FILED or ordered else ""


@register_link("penalise", label="转为处罚案件")
def begin_penalty(actor: Actor, case: Case) -> str:
    if case.kind != "compulsion" or case.stage == Stage.ARCHIVED:
        return ""
    if case.logged is not None and "penalty_followed" in case.logged:
        return ""
    if actor.can("cases.handle", case.agency_id) and may_work_on(actor, case):
        return f"/cases/new?from={case.matter_id}"
    return ""
