"""Who may see a case and who may act in it; each policy beside its queryset twin."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from plumbline.packs.procedures import Step
from plumbline.platform import clock
from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import Case, CaseIndexRow, CaseOfficer, CaseTask, Origin, RequestState, StepRequest

SUPERVISING = ("supervision.supervise", "supervision.sign", "supervision.decide")
READING = (
    "cases.handle",
    "cases.approve",
    "cases.review",
    "cases.view",
    "documents.sign",
    "publicity.publish",
    *SUPERVISING,
)
INTERNAL_CONTROL = "审办分离（平台内部控制）"


def may_see_case(actor: Actor, case: Case) -> Decision:
    """Somebody with a reading post over the agency; an own-matters post only as an officer of the case."""
    if actor.is_system:
        return ALLOWED
    for grant in actor.grants:
        if grant.capability in READING and grant.reaches(case.agency_id):
            if not grant.own_matters_only or _is_officer(actor, case):
                return ALLOWED
    return denied("没有找到该案件，或您的岗位不能查看")


@visible(Case)
def cases_seen_by(actor: Actor, rows: ScopedQuerySet[Case]) -> ScopedQuerySet[Case]:
    return rows.filter(_seen(actor, agency="agency_id", case="pk"))


@visible(CaseIndexRow)
def index_seen_by(actor: Actor, rows: ScopedQuerySet[CaseIndexRow]) -> ScopedQuerySet[CaseIndexRow]:
    return rows.filter(_seen(actor, agency="agency_id", case="pk"))


@visible(CaseTask)
def tasks_seen_by(actor: Actor, rows: ScopedQuerySet[CaseTask]) -> ScopedQuerySet[CaseTask]:
    """Tasks of the cases the actor may see (whose turn it is, is ``queries.my_tasks``)."""
    return rows.filter(_seen(actor, agency="agency_id", case="case_id"))


def _seen(actor: Actor, *, agency: str, case: str) -> Q:
    """The condition of ``may_see_case`` over columns: the two must agree."""
    wide: set[str] = set()
    own: set[str] = set()
    everywhere = own_everywhere = False
    for grant in actor.grants:
        if grant.capability not in READING:
            continue
        if grant.agencies is None:
            everywhere, own_everywhere = (
                everywhere or not grant.own_matters_only,
                own_everywhere or grant.own_matters_only,
            )
        else:
            (own if grant.own_matters_only else wide).update(grant.agencies)
    if everywhere:
        return Q()
    condition = Q(**{f"{agency}__in": sorted(wide)})
    if own or own_everywhere:
        handled = Q(
            Exists(CaseOfficer.objects.filter(case_id=OuterRef(case), number=actor.number, to_on=None))
        )
        condition |= handled if own_everywhere else Q(**{f"{agency}__in": sorted(own)}) & handled
    return condition


def _is_officer(actor: Actor, case: Case) -> bool:
    return case.officers.filter(number=actor.number, to_on=None).exists()


def _holds(actor: Actor, capability: str, case: Case) -> bool:
    """Whether a post held today carries the capability for this case."""
    return actor.is_system or any(
        grant.capability == capability
        and grant.reaches(case.agency_id)
        and (not grant.own_matters_only or _is_officer(actor, case))
        for grant in actor.grants
    )


def may_open_case(actor: Actor) -> Decision:
    if actor.can("cases.handle"):
        return ALLOWED
    return denied(
        "您的岗位没有办理案件的权能",
        next_step="请由本单位执法人员登记，或联系单位管理员调整岗位。",
    )


def may_work_on(actor: Actor, case: Case) -> Decision:
    """Taking any step at all: some working post over the case, which must be handled on this platform."""
    if case.origin == Origin.IMPORTED:
        return denied(
            "这是外部系统报送的案件，在原系统办理",
            next_step="需要更正的，请由报送单位重新报送。",
        )
    if any(_holds(actor, each, case) for each in ("cases.handle", "cases.approve", "cases.review")):
        return ALLOWED
    return denied("您的岗位不办理本案", next_step="如因工作需要，请由承办人员办理。")


def may_take(actor: Actor, case: Case, step: Step) -> Decision:
    """Taking (or proposing) one step: the post that the step names, and never reviewing one's own case."""
    general = may_work_on(actor, case)
    if not general:
        return general
    if not _holds(actor, step.capability, case):
        return denied(
            f"“{step.label}”由{POSTS[step.capability]}办理",
            next_step=f"请转{POSTS[step.capability]}。",
        )
    if step.capability == "cases.review" and not actor.is_system and _is_officer(actor, case):
        return denied(
            "本案承办人员不能审核自己承办的案件",
            basis=INTERNAL_CONTROL,
            next_step="请由其他法制审核人员审核。",
        )
    return ALLOWED


def may_decide(actor: Actor, request: StepRequest) -> Decision:
    """Approving or returning a submitted step: the approving post, and not the one who submitted it."""
    case = request.case
    if not _holds(actor, "cases.approve", case):
        return denied("您的岗位没有审批权能", next_step="请由本机关负责人审批。")
    if request.post_id is not None and not actor.is_system:
        if all(grant.post_id != request.post_id for grant in actor.grants):
            return denied("这份报批已经转办给其他岗位", next_step="请由接办的岗位审批。")
    if request.state != RequestState.SUBMITTED:
        return denied(f"这份报批已经是“{request.get_state_display()}”，不能再审批")
    if actor.person_id is not None and request.written_by_id == actor.person_id:
        return denied(
            "不能审批自己提交的报批",
            basis=INTERNAL_CONTROL,
            next_step="请由机关其他负责人审批。",
        )
    return ALLOWED


def may_withdraw(actor: Actor, request: StepRequest) -> Decision:
    """Taking a submitted step back: who submitted it, until the next hand has opened it."""
    if request.state != RequestState.SUBMITTED:
        return denied(f"这份报批已经是“{request.get_state_display()}”，不能撤回")
    if not actor.is_system and request.written_by_id != actor.person_id:
        return denied("只有提交人可以撤回")
    if request.opened_at is not None:
        opened = request.opened_at.astimezone(clock.CHINA)
        return denied(
            f"{request.opened_label}已于 {opened:%m-%d %H:%M} 打开这份报批，不能再撤回",
            next_step="需要修改的，请写明理由请求退回。",
        )
    return ALLOWED


def may_read_identity(actor: Actor, case: Case) -> Decision:
    """Seeing the party's identity numbers and address: who works on the case or supervises it; each read is kept."""
    seen = may_see_case(actor, case)
    if not seen:
        return seen
    if any(
        _holds(actor, each, case)
        for each in ("cases.handle", "cases.approve", "cases.review", "documents.sign")
    ):
        return ALLOWED
    if actor.can("supervision.supervise", case.agency_id):
        return ALLOWED
    return denied("您的岗位不能查看当事人身份信息", basis="个人信息保护法第六条")


POSTS: dict[str, str] = {
    "cases.handle": "承办人员",
    "cases.approve": "机关负责人",
    "cases.review": "法制审核人员",
}


def capability_of(capability: str) -> Any:
    """The Chinese name of the post that carries a working capability."""
    return POSTS.get(capability, capability)
