"""Who may see a challenge and act in it; each policy beside its queryset twin."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from plumbline.apps.cases.contract import case_rows, holds, may_see
from plumbline.packs.procedures import Step
from plumbline.packs.reconsideration.procedures import HEARING_OFFICE, Entry
from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import Challenge, Stage

#: Any of these posts of the agency answers for it; an own-matters post only in its own cases.
RESPONDING = ("cases.handle", "cases.review", "cases.approve")
READING = (
    *RESPONDING,
    "cases.view",
    "documents.sign",
    "publicity.publish",
    "supervision.supervise",
    "supervision.sign",
    "supervision.decide",
    HEARING_OFFICE,
)


def may_see_challenge(actor: Actor, challenge: Challenge) -> Decision:
    """Whoever may see the penalty case; and the office that hears the matter."""
    if _hears(actor, challenge) or may_see(actor, challenge.case):
        return ALLOWED
    return denied("没有找到该事项，或您的岗位不能查看")


@visible(Challenge)
def challenges_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """The condition of ``may_see_challenge`` over rows: the two must agree."""
    condition = Q(case__in=case_rows(actor).values("pk"))
    reach = actor.reach(HEARING_OFFICE)
    if reach is None:
        condition |= Q(heard_by__isnull=False)
    elif reach:
        condition |= Q(heard_by__isnull=False, agency__in=sorted(reach))
    return rows.filter(condition)


def _hears(actor: Actor, challenge: Challenge) -> bool:
    return challenge.heard_by_id is not None and actor.can(HEARING_OFFICE, challenge.agency_id)


def _responds(actor: Actor, case: Any) -> bool:
    return any(holds(actor, each, case) for each in RESPONDING)


def responds(actor: Actor, challenge: Challenge) -> bool:
    """Whether the actor works on the respondent's side."""
    return _responds(actor, challenge.case)


def may_register(actor: Actor, case: Any) -> Decision:
    """Registering anything against a case at all: the agency's own posts, or the office."""
    if _responds(actor, case) or actor.can(HEARING_OFFICE, case.agency_id):
        return ALLOWED
    return denied(
        "您的岗位不登记本案的复议、诉讼", next_step="请由办案机关的承办、法制审核人员或者区复议机构登记。"
    )


def may_register_entry(actor: Actor, case: Any, entry: Entry) -> Decision:
    """Registering by one way in: an application at the office is the office's, all else the agency's."""
    if entry.by_office:
        if actor.can(HEARING_OFFICE, case.agency_id):
            return ALLOWED
        return denied(f"“{entry.label}”由区复议机构登记", basis=entry.first.basis)
    if _responds(actor, case):
        return ALLOWED
    return denied(f"“{entry.label}”由办案机关登记", basis=entry.first.basis)


def may_work_on(actor: Actor, challenge: Challenge) -> Decision:
    """Working on the matter on either side of it."""
    if challenge.stage == Stage.VOID:
        return denied("这件登记已经作废", next_step="需要时请重新登记。")
    if _hears(actor, challenge) or _responds(actor, challenge.case):
        return ALLOWED
    return denied("您的岗位不办理本事项", next_step="请由办案机关的承办、法制审核人员或者区复议机构办理。")


def may_take(actor: Actor, challenge: Challenge, step: Step) -> Decision:
    """One step: the office's steps by the office, the respondent's by the respondent."""
    general = may_work_on(actor, challenge)
    if not general:
        return general
    if step.capability == HEARING_OFFICE:
        if _hears(actor, challenge):
            return ALLOWED
        return denied(f"“{step.label}”由区复议机构办理", basis=step.basis)
    if _responds(actor, challenge.case):
        return ALLOWED
    return denied(f"“{step.label}”由{challenge.agency.short_name}办理", basis=step.basis)


def may_sign(actor: Actor, challenge: Challenge) -> Decision:
    """Signing the agency's answer: the post that signs its documents."""
    if challenge.stage != Stage.VOID and holds(actor, "documents.sign", challenge.case):
        return ALLOWED
    return denied("您的岗位不签发本机关文书", next_step="请由本机关负责人签发。")
