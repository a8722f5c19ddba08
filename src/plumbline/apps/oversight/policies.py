"""Who plans, who approves, who answers a measure, who visits."""

from __future__ import annotations

from typing import Any

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import Measure, Plan, PlanState, Visit, VisitRound, WorkReport

SUPERVISING = ("supervision.supervise", "supervision.sign", "supervision.decide")
ELSEWHERE = denied("您的岗位不办理执法监督", next_step="请由区司法局执法监督人员办理。")


def _of_organ(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = actor.reach(*SUPERVISING)
    return rows if reach is None else rows.filter(agency_id__in=reach)


@visible(Plan)
def plans_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """Supervisors; the agencies concerned see the measures that are put to them, not the plan (a visit may be unannounced)."""
    return _of_organ(actor, rows)


@visible(VisitRound)
def rounds_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _of_organ(actor, rows)


@visible(WorkReport)
def reports_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _of_organ(actor, rows)


@visible(Visit)
def visits_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _of_organ(actor, rows)


@visible(Measure)
def measures_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """Supervisors; an agency sees the measures that ask it for something."""
    supervised = actor.reach(*SUPERVISING)
    if supervised is None:
        return rows
    answering = actor.reach("supervision.reply")
    own = rows.filter(respond_by__isnull=False)
    return own if answering is None else own.filter(agency_id__in=answering)


def _sees(actor: Actor, agency: str) -> Decision:
    return ALLOWED if any(actor.can(each, agency) for each in SUPERVISING) else ELSEWHERE


def may_see_plan(actor: Actor, plan: Plan) -> Decision:
    return _sees(actor, plan.agency_id)


def may_see_round(actor: Actor, round: VisitRound) -> Decision:
    return _sees(actor, round.agency_id)


def may_see_report(actor: Actor, report: WorkReport) -> Decision:
    return _sees(actor, report.agency_id)


def may_see_visit(actor: Actor, visit: Visit) -> Decision:
    return _sees(actor, visit.agency_id)


def may_see_measure(actor: Actor, measure: Measure) -> Decision:
    if measure.respond_by is not None and actor.can("supervision.reply", measure.agency_id):
        return ALLOWED
    return _sees(actor, measure.agency_id)


def may_plan(actor: Actor) -> Decision:
    return ALLOWED if actor.can("supervision.supervise") else ELSEWHERE


def may_work_plan(actor: Actor, plan: Plan) -> Decision:
    if not actor.can("supervision.supervise", plan.agency_id):
        return ELSEWHERE
    if not plan.is_open:
        return denied(f"这个计划已经是“{plan.get_state_display()}”，不能再办理")
    return ALLOWED


def may_approve_plan(actor: Actor, plan: Plan) -> Decision:
    """A plan starts, is put on the list or taken up by whoever signs for the organ."""
    if not actor.can("supervision.sign", plan.agency_id):
        return denied("您的岗位不能批准监督计划", next_step="请由区司法局有签发权的人员批准。")
    if not plan.is_open:
        return denied(f"这个计划已经是“{plan.get_state_display()}”，不能再办理")
    return ALLOWED


def may_change_plan(actor: Actor, plan: Plan) -> Decision:
    """Before it begins whoever drafts it; from then on whoever approved it, for what was approved is being changed."""
    if plan.state == PlanState.DRAFT:
        return may_work_plan(actor, plan)
    if plan.state == PlanState.RUNNING:
        return may_approve_plan(actor, plan)
    return denied(f"这个计划已经是“{plan.get_state_display()}”，不能再修改")


def may_work_measure(actor: Actor, measure: Measure) -> Decision:
    return may_work_plan(actor, measure.plan)


def may_answer_measure(actor: Actor, measure: Measure) -> Decision:
    if measure.respond_by is None or not actor.can("supervision.reply", measure.agency_id):
        return denied("只有被监督的机关可以答复", next_step="请由该机关负责答复监督的人员办理。")
    if measure.struck_on is not None:
        return denied("这项要求登记有误，已经更正", next_step="请看更正以后的要求；没有的，不用答复。")
    if measure.answered_at is not None:
        return denied("这项要求已经答复")
    if measure.plan.state != PlanState.RUNNING:
        return denied("这个计划已经不在实施")
    return ALLOWED


def may_visit(actor: Actor, round: VisitRound) -> Decision:
    return ALLOWED if actor.can("supervision.supervise", round.agency_id) else ELSEWHERE


def may_enter_visit(actor: Actor, visit: Visit) -> Decision:
    """A supervisor who asked the party, or the party with the code on the paper, which the page has checked."""
    if visit.answered_at is not None:
        return denied("这件已经答复", next_step="有新的情况，请提交投诉举报。")
    if actor.is_authenticated and not actor.can("supervision.supervise"):
        return ELSEWHERE
    return ALLOWED


def may_report(actor: Actor) -> Decision:
    return ALLOWED if actor.can("supervision.supervise") else ELSEWHERE


def may_sign_report(actor: Actor, report: WorkReport) -> Decision:
    if not actor.can("supervision.sign", report.agency_id):
        return denied("您的岗位不能签发工作报告", next_step="请由区司法局有签发权的人员签发。")
    if report.signed_on is not None:
        return denied("这份报告已经签发")
    return ALLOWED
