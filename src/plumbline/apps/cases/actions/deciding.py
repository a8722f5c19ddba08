"""Approving, returning and withdrawing what was submitted."""

from __future__ import annotations

from datetime import date, datetime

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from ..composing import APPROVER_ROLES
from ..events import STEP_RETURNED, STEP_WITHDRAWN
from ..models import Case, RequestState, StepRequest
from ..policies import may_decide, may_withdraw
from ..reading import CaseFile
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
) -> StepRequest:
    """Approve a submitted step, which records it, or return it with a reason."""
    case = Case.objects.unscoped("锁定案件以审批").select_for_update().get(pk=request.case_id)
    current = StepRequest.objects.select_for_update().get(pk=request.pk)
    if current.state != RequestState.SUBMITTED:
        raise Refusal(
            f"这份报批刚刚被处理为“{current.get_state_display()}”",
            next_step="请刷新页面。",
        )
    if not approve and not opinion.strip():
        raise InputFault({"opinion": "退回须写明理由。"})
    file = CaseFile(case)
    step = step_of(file, request.step)
    if approve:
        role = actor.role_for("cases.approve", case.agency_id)
        stored = carry_out(
            actor,
            file,
            step,
            data=for_approver(step, current.data, role if role in APPROVER_ROLES else "section_head"),
            details=current.details,
            occurred=occurred_at or clock.now(),
        )
        current.event_id = stored.event_id
    else:
        _note(actor, case, STEP_RETURNED, current)
    current.state = RequestState.APPROVED if approve else RequestState.RETURNED
    current.decided_by_id = actor.person_id
    current.decided_label = actor.label
    current.decided_at = clock.now()
    current.opinion = opinion.strip()
    current.save()
    if current.written_by_id:
        verb = "批准了" if approve else "退回了"
        notify(
            title=f"{actor.label}{verb}“{step.label}”· {case.title}",
            body=current.opinion,
            url=f"/cases/{case.matter_id}",
            person_id=current.written_by_id,
        )
    return current


@action(
    "cases.withdraw_request",
    policy=may_withdraw,
    on="request",
    records=(STEP_WITHDRAWN,),
    basis="审批之前由提交人撤回，不产生法律效果",
)
def withdraw_request(*, actor: Actor, request: StepRequest) -> StepRequest:
    """Take a submitted step back while it is undecided; what was typed becomes a draft again."""
    current = StepRequest.objects.select_for_update().select_related(None).get(pk=request.pk)
    if current.state != RequestState.SUBMITTED:
        raise Refusal(
            f"这份报批刚刚被处理为“{current.get_state_display()}”，不能撤回",
            next_step="请刷新页面。",
        )
    case = Case.objects.unscoped("撤回报批").get(pk=request.case_id)
    current.state = RequestState.WITHDRAWN
    current.save(update_fields=["state", "written_at"])
    StepRequest.objects.update_or_create(
        case=case,
        step=current.step,
        written_by_id=actor.person_id,
        state=RequestState.DRAFT,
        defaults={
            "data": current.data,
            "details": current.details,
            "written_label": actor.label,
        },
    )
    _note(actor, case, STEP_WITHDRAWN, current)
    return current


def _note(actor: Actor, case: Case, activity: str, request: StepRequest) -> None:
    record(
        actor=actor,
        matter=case.matter_id,
        kind="penalty",
        activity=activity,
        agency=case.agency_id,
        data={"step": request.step, "request": str(request.pk)},
        actors=[{"id": actor.number, "role": "other"}],
    )
