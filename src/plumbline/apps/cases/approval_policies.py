"""Who may do what with a request beside deciding it; each reading policy beside its queryset twin."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import CountersignSetting, Opinion, RequestComment, RequestHand, RequestState, StepRequest
from .policies import READING, may_decide, may_see_case

ADMINISTERS = "agency.administer"


def may_answer(actor: Actor, opinion: Opinion) -> Decision:
    """Giving the opinion that a post was asked for: its holder or deputy today, who did not submit the step."""
    if not opinion.is_open:
        return denied("这份征求意见已经办结或者取消", next_step="请刷新页面。")
    if opinion.request.state != RequestState.SUBMITTED:
        return denied(f"这份报批已经是“{opinion.request.get_state_display()}”，不再征求意见")
    if not actor.is_system and opinion.post_id not in posts_of(actor):
        return denied("征求的是其他岗位的意见", next_step=f"请由{opinion.post.title}签署。")
    if actor.person_id is not None and opinion.request.written_by_id == actor.person_id:
        return denied("不能对自己提交的报批签署意见", basis="审办分离（平台内部控制）")
    return ALLOWED


def may_open(actor: Actor, request: StepRequest) -> Decision:
    """Being the next hand: who may decide, or is asked for an opinion."""
    if may_decide(actor, request):
        return ALLOWED
    mine = posts_of(actor)
    waiting = Opinion.objects.visible_to(actor).filter(request=request, answered_at=None, dropped_at=None)
    if mine and waiting.filter(post__in=mine).exists():
        return ALLOWED
    return denied("没有轮到您办理这份报批")


def may_set_countersigns(actor: Actor, agency_code: str) -> Decision:
    """Saying who countersigns: the administrator of the agency."""
    if actor.can(ADMINISTERS, agency_code):
        return ALLOWED
    return denied("您的岗位不设定会签", next_step="请由本单位管理员办理。")


def may_end_countersign(actor: Actor, setting: CountersignSetting) -> Decision:
    return may_set_countersigns(actor, setting.agency_id)


def countersigns_seen_by(actor: Actor) -> QuerySet[CountersignSetting]:
    """The settings of the agencies somebody administers, and of the own one; they hold no case data."""
    rows = CountersignSetting.objects.select_related("post__agency").order_by(
        "step", "turn", "-valid_from", "pk"
    )
    reach = actor.reach(ADMINISTERS)
    return rows if reach is None else rows.filter(agency_id__in={*reach, actor.agency_code})


def may_remind(actor: Actor, request: StepRequest) -> Decision:
    """Reminding the approver, or asking for the request back: who submitted it, while it is undecided."""
    if request.state != RequestState.SUBMITTED:
        return denied(f"这份报批已经是“{request.get_state_display()}”，不再催办")
    if actor.is_system or request.written_by_id == actor.person_id:
        return ALLOWED
    return denied("只有提交人可以催办")


def posts_of(actor: Actor) -> set[int]:
    """The posts that an actor holds or deputises today."""
    return {grant.post_id for grant in actor.grants}


def may_see_request(actor: Actor, request: StepRequest) -> Decision:
    """Whoever may see the case may see what was proposed in it and what became of that."""
    return may_see_case(actor, request.case)


def _seen(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = actor.reach(*READING)
    return rows if reach is None else rows.filter(agency_id__in=reach)


@visible(RequestHand)
def hands_seen_by(actor: Actor, rows: ScopedQuerySet[RequestHand]) -> ScopedQuerySet[RequestHand]:
    return _seen(actor, rows)


@visible(Opinion)
def opinions_seen_by(actor: Actor, rows: ScopedQuerySet[Opinion]) -> ScopedQuerySet[Opinion]:
    return _seen(actor, rows)


@visible(RequestComment)
def comments_seen_by(actor: Actor, rows: ScopedQuerySet[RequestComment]) -> ScopedQuerySet[RequestComment]:
    return _seen(actor, rows)
