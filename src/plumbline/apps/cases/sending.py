"""Sending a submitted step on its way: the first hand, the opinions its declaration demands, and word to the approver."""

from __future__ import annotations

from plumbline.packs.procedures import Step
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Post
from plumbline.platform.notify.models import notify

from .countersigning import demands_on, next_turn
from .hands import address_of, keep_hand, tell_post
from .models import HandKind, Opinion, StepRequest
from .posts import Standing
from .vacancies import look_at


def sent(actor: Actor, request: StepRequest, step: Step) -> None:
    """What follows from submitting, in its transaction."""
    case, by = request.case, Standing(actor)
    keep_hand(request, HandKind.SUBMITTED, by)
    request.countersigning = [each.kept for each in demands_on(case.agency_id, step, clock.today())]
    if request.countersigning:
        request.save(update_fields=["countersigning"])
        demand_next(by, request, step.label)
    notify(
        title=f"待审批：{step.label} · {case.title}",
        body=f"{actor.label}提交，{case.number or '未立案'}",
        url=address_of(request),
        agency_code=case.agency_id,
        capability=step.approval,
    )
    look_at(case.agency_id, step.approval, but=actor.person_id)


def demand_next(by: Standing, request: StepRequest, label: str) -> None:
    """Ask the posts whose turn it is for their countersignature; nothing while a turn is still open."""
    wanted = next_turn(request)
    posts = Post.objects.in_bulk([each["post"] for each in wanted])
    for each in wanted:
        post = posts[each["post"]]
        Opinion.objects.create(
            request=request,
            agency_id=request.case.agency_id,
            post=post,
            demanded=True,
            question=each["source"],
            asked_by_id=request.written_by_id,
            asked_label=request.written_label,
            asked_at=clock.now(),
        )
        keep_hand(request, HandKind.DEMANDED, by, to_post=post)
        tell_post(
            post,
            title=f"请会签：{label} · {request.case.title}",
            body=each["source"],
            url=address_of(request),
        )
