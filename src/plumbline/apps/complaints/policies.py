"""Who may hear what: handling organ, the agency asked for its statement, the custodians of identities; the public writes."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import Complaint, Opening, Referral, State

HANDLING, CUSTODY, REPLYING = "complaints.handle", "complaints.custody", "supervision.reply"


@visible(Complaint)
def complaints_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = actor.reach(HANDLING)
    rows = rows.exclude(state=State.DRAFT)
    return rows if reach is None else rows.filter(agency_id__in=reach)


def may_see_complaint(actor: Actor, complaint: Complaint) -> Decision:
    if complaint.state != State.DRAFT and actor.can(HANDLING, complaint.agency_id):
        return ALLOWED
    return denied("您的岗位不能查看投诉举报")


@visible(Referral)
def referrals_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = actor.reach(REPLYING)
    return rows if reach is None else rows.filter(to_id__in=reach)


def may_see_referral(actor: Actor, referral: Referral) -> Decision:
    return ALLOWED if actor.can(REPLYING, referral.to_id) else denied("您的岗位不能查看这份转办")


def may_tell(actor: Actor) -> Decision:
    """Everybody may complain and report; nobody has to say who they are."""
    return ALLOWED


def may_write(actor: Actor, complaint: Complaint) -> Decision:
    """Whoever came with the receipt code, as long as it is not handed in. The code itself was asked for on the way here."""
    if complaint.state == State.DRAFT:
        return ALLOWED
    return denied("这份反映已经提交，不能再修改", next_step="需要补充的，请在查询页填写。")


def may_supplement(actor: Actor, complaint: Complaint) -> Decision:
    if complaint.state in {State.RECEIVED, State.ACCEPTED}:
        return ALLOWED
    return denied("这份反映已经办结，不能再补充", next_step="有新的情况，请重新提交一份。")


def may_handle(actor: Actor, complaint: Complaint) -> Decision:
    if not actor.can(HANDLING, complaint.agency_id):
        return denied("您的岗位不办理投诉举报", next_step="请由区司法局负责投诉举报的人员办理。")
    if complaint.state not in {State.RECEIVED, State.ACCEPTED}:
        return denied(f"这份反映是“{complaint.get_state_display()}”，不能再办理")
    return ALLOWED


def may_reply(actor: Actor, referral: Referral) -> Decision:
    if not actor.can(REPLYING, referral.to_id):
        return denied("您的岗位不答复转办的投诉举报", next_step="请由本机关负责答复的人员办理。")
    if referral.replied_at is not None:
        return denied("这份转办已经答复")
    return ALLOWED


def may_keep_identities(actor: Actor) -> Decision:
    """Custodians: they never handle what they keep the names of."""
    if not actor.can(CUSTODY):
        return denied("您的岗位不保管反映人身份")
    if actor.can(HANDLING) and not actor.is_system:
        return denied(
            "办理投诉举报的人不能同时保管反映人身份", next_step="请安全管理员把这两项权能分给不同的人。"
        )
    return ALLOWED


def openings_for(actor: Actor) -> QuerySet[Opening, Any]:
    """The queryset twin of custody: requests about complaints of the organs one keeps identities for."""
    rows = Opening.objects.select_related("complaint")
    reach = actor.reach(CUSTODY)
    return rows if reach is None else rows.filter(complaint__agency_id__in=reach)


def may_ask_opening(actor: Actor, complaint: Complaint) -> Decision:
    verdict = may_see_complaint(actor, complaint)
    if not verdict:
        return verdict
    if not complaint.named:
        return denied("反映人没有留下姓名，没有可以开启的身份")
    if complaint.openings.filter(granted=None, asked_by_id=actor.person_id).exists():
        return denied("您已经申请过，请等待保管人答复")
    return ALLOWED


def may_decide_opening(actor: Actor, opening: Opening) -> Decision:
    verdict = may_keep_identities(actor)
    if not verdict:
        return verdict
    if not actor.can(CUSTODY, opening.complaint.agency_id):
        return denied("这份身份由别的机关保管")
    if opening.granted is not None:
        return denied("这份申请已经答复")
    if opening.asked_by_id == actor.person_id:
        return denied("不能答复自己的申请")
    return ALLOWED


def may_read_identity(actor: Actor, opening: Opening) -> Decision:
    if opening.asked_by_id != actor.person_id:
        return denied("身份只向申请人本人开启")
    if not actor.can(HANDLING, opening.complaint.agency_id):
        return denied("您的岗位已经不办理投诉举报")
    if not opening.granted:
        return denied("保管人没有同意开启")
    if not opening.readable:
        return denied("查看时间已过，身份已经重新封存", next_step="确需再看的，请重新申请。")
    return ALLOWED
