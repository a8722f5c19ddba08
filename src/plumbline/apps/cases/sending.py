"""Sending a submitted step on its way: the first hand, the opinions its declaration demands, and word to the approver."""

from __future__ import annotations

from plumbline.packs.procedures import Step
from plumbline.platform import clock
from plumbline.platform.actions import Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from .hands import address_of, keep_hand, tell_post
from .models import HandKind, Opinion, StepRequest
from .policies import POSTS
from .posts import Standing, held_posts
from .vacancies import look_at


def sent(actor: Actor, request: StepRequest, step: Step) -> None:
    """What follows from submitting, in its transaction."""
    case, by = request.case, Standing(actor)
    keep_hand(request, HandKind.SUBMITTED, by)
    for capability in step.countersign:
        _demand(actor, request, step, capability)
    notify(
        title=f"待审批：{step.label} · {case.title}",
        body=f"{actor.label}提交，{case.number or '未立案'}",
        url=address_of(request),
        agency_code=case.agency_id,
        capability=step.approval,
    )
    look_at(case.agency_id, step.approval, but=actor.person_id)


def _demand(actor: Actor, request: StepRequest, step: Step, capability: str) -> None:
    """Ask the agency's own post that carries ``capability`` (or the one above it) for its opinion."""
    agency = request.case.agency_id
    posts = sorted(
        (held for held in held_posts([capability]) if held.reaches(agency)),
        key=lambda held: (held.post.agency_id != agency, not held.people, held.post.pk),
    )
    if not posts:
        raise Refusal(
            f"“{step.label}”须经{POSTS.get(capability, capability)}会签，本机关没有设这个岗位",
            next_step="请联系单位管理员设岗。",
        )
    post = posts[0].post
    Opinion.objects.create(
        request=request,
        agency_id=agency,
        post=post,
        demanded=True,
        asked_by_id=actor.person_id,
        asked_label=actor.label,
        asked_at=clock.now(),
    )
    keep_hand(request, HandKind.DEMANDED, Standing(actor), to_post=post)
    tell_post(post, title=f"请会签：{step.label} · {request.case.title}", body="", url=address_of(request))
