"""Who may do what with volunteers, media leads and ratings. The public applies and rates; volunteers see their own."""

from __future__ import annotations

from typing import Any

from plumbline.apps.inspections.contract import Inspection
from plumbline.platform import clock
from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import (
    Application,
    ApplicationState,
    Invitation,
    InvitationState,
    MediaLead,
    RatingSlip,
    Recruitment,
    Training,
    Visit,
    Volunteer,
)

MANAGE, SERVE, SUPERVISE, INSPECTING = (
    "volunteers.manage",
    "volunteers.serve",
    "supervision.supervise",
    "cases.handle",
)
BASIS = "新政办[2022]14号 二(三)2"


def _of_managers(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = actor.reach(MANAGE)
    return rows if reach is None else rows.filter(agency_id__in=reach)


for _model in (Application, Volunteer, Visit, MediaLead):
    visible(_model)(_of_managers)


@visible(RatingSlip)
def slips_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = actor.reach(INSPECTING)
    return rows if reach is None else rows.filter(agency_id__in=reach)


def may_manage(actor: Actor) -> Decision:
    if actor.can(MANAGE):
        return ALLOWED
    return denied("您的岗位不管理义务监督员", next_step="请由区司法局负责社会监督的人员办理。")


def may_clear(actor: Actor) -> Decision:
    """The platform itself, as days pass."""
    return ALLOWED if actor.is_system else denied("到期清除由平台自动办理")


def may_see_ratings(actor: Actor) -> Decision:
    """The sums: the supervision organ. Never the agency that was rated."""
    if actor.can(MANAGE) or actor.can(SUPERVISE):
        return ALLOWED
    return denied("您的岗位不查看检查评价的汇总")


def _manages(actor: Actor, agency_code: str) -> Decision:
    return ALLOWED if actor.can(MANAGE, agency_code) else may_manage(actor) and denied("不属于您的机关")


def may_apply(actor: Actor, recruitment: Recruitment) -> Decision:
    """Everybody, while the notice stands."""
    if recruitment.takes_applications(clock.today()):
        return ALLOWED
    return denied("这次招募不在报名期内", next_step="请留意下一次招募公告。")


def may_withdraw(actor: Actor, application: Application) -> Decision:
    """Whoever came with the receipt code; it was asked for on the way here."""
    if application.state in {ApplicationState.RECEIVED, ApplicationState.ACCEPTED}:
        return ALLOWED
    return denied(f"报名是“{application.get_state_display()}”，不能撤回")


def may_decide(actor: Actor, application: Application) -> Decision:
    if application.state != ApplicationState.RECEIVED:
        return denied(f"报名是“{application.get_state_display()}”，不能再审查")
    return _manages(actor, application.agency_id)


def may_appoint(actor: Actor, application: Application) -> Decision:
    if application.state != ApplicationState.ACCEPTED:
        return denied("报名没有通过审查，不能聘任", next_step="请先审查报名材料和利害关系申报。")
    return _manages(actor, application.agency_id)


def may_keep(actor: Actor, volunteer: Volunteer) -> Decision:
    """Renewing, dismissing, declaring conflicts, praising."""
    if volunteer.ended_on is not None:
        return denied(
            f"{volunteer.name}已于 {volunteer.ended_on} 解聘", next_step="需要再聘任的，请重新报名。"
        )
    return _manages(actor, volunteer.agency_id)


def may_end_recruitment(actor: Actor, recruitment: Recruitment) -> Decision:
    if recruitment.ended_on is not None:
        return denied("这次招募已经结束")
    return _manages(actor, recruitment.agency_id)


def may_run(actor: Actor, activity: Any) -> Decision:
    if activity.cancelled_at is not None:
        return denied("这次活动已经取消")
    return _manages(actor, activity.agency_id)


def may_give_feedback(actor: Actor, visit: Visit) -> Decision:
    return _manages(actor, visit.agency_id)


def may_register_training(actor: Actor, training: Training) -> Decision:
    return _manages(actor, training.agency_id)


def may_serve(actor: Actor, volunteer: Volunteer) -> Decision:
    """A volunteer in office, acting for nobody else."""
    if actor.person_id is None or volunteer.person_id != actor.person_id or not actor.can(SERVE):
        return denied("这不是您本人的事项")
    if not volunteer.is_in_office(clock.today()):
        return denied(
            f"您的聘任{volunteer.standing(clock.today())}，不能再办理", next_step="如有疑问，请联系区司法局。"
        )
    return ALLOWED


def may_answer(actor: Actor, invitation: Invitation) -> Decision:
    verdict = may_serve(actor, invitation.volunteer)
    if verdict and invitation.state != InvitationState.SENT:
        return denied(f"这份邀请是“{invitation.get_state_display()}”，不能再答复")
    return verdict


def may_print_slip(actor: Actor, inspection: Inspection) -> Decision:
    """Once, by those who inspect, when the result is there."""
    if not actor.can(INSPECTING, inspection.agency_id):
        return denied("您的岗位不在该机关办理检查")
    if inspection.filed_at is None:
        return denied("检查结果还没有登记，不能打印评价卡", next_step="请先登记检查结果。")
    if RatingSlip.objects.unscoped("每次检查一张评价卡").filter(matter_id=inspection.matter_id).exists():
        return denied("这次检查的评价卡已经打印过", next_step="系统不保存评价码，不能再打印。")
    return ALLOWED


def may_rate(actor: Actor) -> Decision:
    """Whoever holds a code; the code is asked for in the action."""
    return ALLOWED
