"""Who proposes, who reviews: an agency writes, 区司法局 reads, and never the same person both."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import GuidingCase, State

PROPOSING = ("cases.review", "publicity.publish")
REVIEWING = "supervision.supervise"


def may_draft(actor: Actor, agency: str) -> Decision:
    """An agency's reviewers and publishers for their own; 区司法局 for itself, with cases from outside the district too."""
    own = any(actor.can(capability, agency) for capability in PROPOSING)
    if own or (agency == actor.agency_code and actor.can(REVIEWING, agency)):
        return ALLOWED
    return denied("您的岗位不推荐指导案例", next_step="请由本机关法制审核或者负责公示的人员起草。")


def may_revise(actor: Actor, case: GuidingCase) -> Decision:
    if case.state != State.DRAFT:
        return denied(f"这件案例是“{case.get_state_display()}”，不能修改")
    return may_draft(actor, case.agency_id)


def may_take_back(actor: Actor, case: GuidingCase) -> Decision:
    if case.state != State.SUBMITTED:
        return denied(f"这件案例是“{case.get_state_display()}”，不能取回")
    return may_draft(actor, case.agency_id)


def may_review(actor: Actor, case: GuidingCase) -> Decision:
    if not actor.can(REVIEWING, case.agency_id):
        return denied("您的岗位不审核指导案例", next_step="请由区司法局执法监督人员办理。")
    if case.state != State.SUBMITTED:
        return denied(f"这件案例是“{case.get_state_display()}”，不能审核")
    return _another(actor, case)


def may_publish_guidance(actor: Actor, case: GuidingCase) -> Decision:
    if not actor.can(REVIEWING, case.agency_id):
        return denied("您的岗位不发布指导案例", next_step="请由区司法局执法监督人员办理。")
    if case.state != State.PASSED:
        return denied(f"这件案例是“{case.get_state_display()}”，不能发布")
    return _another(actor, case)


def may_withdraw_guidance(actor: Actor, case: GuidingCase) -> Decision:
    if not actor.can(REVIEWING, case.agency_id):
        return denied("您的岗位不撤回指导案例", next_step="请由区司法局执法监督人员办理。")
    if case.state != State.PUBLISHED:
        return denied(f"这件案例是“{case.get_state_display()}”，不能撤回")
    return ALLOWED


def _another(actor: Actor, case: GuidingCase) -> Decision:
    if case.written_by_id == actor.person_id:
        return denied("案例由另一个人审核、发布，不能由起草人自己办理", next_step="请本科室其他人员办理。")
    return ALLOWED


@visible(GuidingCase)
def cases_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """Own ones in every state; whoever reviews sees those of others once they are handed in."""
    own, reviewed = actor.reach(*PROPOSING), actor.reach(REVIEWING)
    mine = Q(agency_id=actor.agency_code) if actor.can(REVIEWING) else Q(pk=None)
    mine |= Q() if own is None else Q(agency_id__in=own)
    if own is None:
        return rows
    handed_in = ~Q(state__in=[State.DRAFT, State.DROPPED])
    theirs = handed_in if reviewed is None else handed_in & Q(agency_id__in=reviewed)
    return rows.filter(mine | theirs)
