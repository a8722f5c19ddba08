"""Approving, returning and withdrawing what was submitted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from ..attached import attached_behind, home_of, label_of
from ..composing import APPROVER_ROLES
from ..countersigning import objections
from ..events import STEP_RETURNED, STEP_WITHDRAWN
from ..hands import keep_hand, note
from ..models import Case, HandKind, Opinion, RequestState, StepRequest
from ..policies import may_decide, may_withdraw
from ..posts import Standing, standing
from ..reading import CaseFile, MatterFile
from .commenting import Remark, keep_remarks
from .submitting import keep_draft
from .taking import STEP_ACTIVITIES, carry_out, for_approver, step_of


@action(
    "cases.decide_request",
    policy=may_decide,
    on="request",
    records=(*STEP_ACTIVITIES, STEP_RETURNED),
    basis="行政处罚法第五十四条、第五十七条：由机关负责人批准或决定",
)
def decide_request(
    *,
    actor: Actor,
    request: StepRequest,
    approve: bool,
    opinion: str = "",
    occurred_at: date | datetime | None = None,
    remarks: Sequence[Remark] = (),
) -> StepRequest:
    """Approve a submitted step, which records it, or return it with a reason and remarks on its lines.

    A deputy is named as one in what is recorded. Approval waits for the opinions that were asked for.
    """
    case = _case_locked(request)
    current = locked_request(request)
    opinion = opinion.strip()
    if not approve and not opinion:
        if not remarks:
            raise InputFault({"opinion": "退回须写明理由。"})
        opinion = f"请按批注修改（{len(remarks)} 处）。"
    by = standing(actor, "cases.approve", case.agency_id, post_id=current.post_id)
    waiting = Opinion.objects.unscoped("审批前核对征求的意见").filter(
        request=current, answered_at=None, dropped_at=None
    )
    stand = objections(
        Opinion.objects.unscoped("审批前核对会签").filter(request=current).select_related("post")
    )
    if approve and stand and not opinion:
        titles = "、".join(each.post.title for each in stand)
        raise InputFault({"opinion": f"{titles}会签不同意。仍然批准的，请写明理由。"})
    if approve and (awaited := list(waiting.values_list("post__title", flat=True))):
        raise Refusal(
            f"还没有收到{'、'.join(awaited)}的意见，现在不能批准",
            basis="本件已征求意见（平台内部控制）",
            next_step="请等意见签署以后再批；不再需要的，可以取消加签。",
        )
    attached = attached_behind(current)
    file: MatterFile
    if attached:
        file, take = attached.file, attached.carry_out
    else:
        file = own = CaseFile(case)
        take = partial(carry_out, file=own)
    step = step_of(file, request.step)
    if approve:
        role = actor.role_for("cases.approve", case.agency_id)
        data = for_approver(step, current.data, role if role in APPROVER_ROLES else "section_head")
        stored = take(
            by.actor, step=step, data=data, details=current.details, occurred=occurred_at or clock.now()
        )
        current.event_id = stored.event_id
    else:
        keep_remarks(current, by, remarks)
        _leave_unanswered(current)
        note(by, case, STEP_RETURNED, current)
    _settle(current, by, step.label, approve=approve, opinion=opinion)
    if attached:
        attached.moved()
    return current


def give_back(request: StepRequest, by: Standing, opinion: str) -> None:
    """Return a request to who submitted it because a post whose objection does so objected."""
    _leave_unanswered(request)
    note(by, request.case, STEP_RETURNED, request)
    _settle(request, by, label_of(request), approve=False, opinion=opinion)
    if attached := attached_behind(request):
        attached.moved()


def _leave_unanswered(request: StepRequest) -> None:
    rows = Opinion.objects.unscoped("退回报批").filter(request=request, answered_at=None, dropped_at=None)
    rows.update(dropped_at=clock.now())


def _settle(request: StepRequest, by: Standing, label: str, *, approve: bool, opinion: str) -> None:
    """The request as it was decided, its last hand, and word to who submitted it."""
    request.state = RequestState.APPROVED if approve else RequestState.RETURNED
    request.decided_by_id = by.actor.person_id
    request.decided_label = by.actor.label
    request.decided_at = clock.now()
    request.opinion = opinion
    request.save()
    keep_hand(request, HandKind.APPROVED if approve else HandKind.RETURNED, by, text=opinion)
    if request.written_by_id:
        verb = "批准了" if approve else "退回了"
        notify(
            title=f"{by.actor.label}{verb}“{label}”· {request.case.title}",
            body=opinion,
            url=home_of(request),
            person_id=request.written_by_id,
        )


@action(
    "cases.withdraw_request",
    policy=may_withdraw,
    on="request",
    records=(STEP_WITHDRAWN,),
    basis="审批之前由提交人撤回，不产生法律效果",
)
def withdraw_request(*, actor: Actor, request: StepRequest) -> StepRequest:
    """Take a submitted step back while it is undecided; what was typed becomes a draft again."""
    current = locked_request(request)
    # The next hand may have opened it since the page was drawn.
    may_withdraw(actor, current).demand()
    case = Case.objects.unscoped("撤回报批").get(pk=request.case_id)
    current.state = RequestState.WITHDRAWN
    current.save(update_fields=["state", "written_at"])
    keep_draft(
        actor,
        case,
        current.step,
        data=current.data,
        details=current.details,
        kind=current.kind,
        attached_to=current.attached_to,
    )
    Opinion.objects.unscoped("撤回报批").filter(request=current, answered_at=None, dropped_at=None).update(
        dropped_at=clock.now()
    )
    by = Standing(actor)
    keep_hand(current, HandKind.WITHDRAWN, by)
    note(by, case, STEP_WITHDRAWN, current)
    if attached := attached_behind(current):
        attached.moved()
    return current


def _case_locked(request: StepRequest) -> Case:
    """The case, locked where the step is its own; an attached matter locks its own row."""
    rows = Case.objects.unscoped("锁定案件以审批")
    return (rows if request.attached_to else rows.select_for_update()).get(pk=request.case_id)


def locked_request(request: StepRequest) -> StepRequest:
    """The request as it stands now, locked; refused when it was decided in between."""
    current = StepRequest.objects.select_for_update(of=("self",)).select_related("case").get(pk=request.pk)
    if current.state != RequestState.SUBMITTED:
        raise Refusal(
            f"这份报批刚刚被处理为“{current.get_state_display()}”，不能再办理",
            next_step="请刷新页面。",
        )
    return current
