"""What a volunteer saw, in two minutes on a phone; what deserves a look goes to the triage of supervision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from ..events import VISIT_ANSWERED, VISIT_RECORDED
from ..leads import answer_visit, to_triage
from ..models import Activity, ActivityKind, Invitation, InvitationState, Visit, Volunteer
from ..photographing import kept_photo
from ..policies import BASIS, may_give_feedback, may_serve
from ..questions import SEEN, VISIT
from ..recording import demand, log, new_matter
from .inviting import lineage


@action("volunteers.record_visit", policy=may_serve, on="volunteer", records=(VISIT_RECORDED,), basis=BASIS)
def record_visit(
    *,
    actor: Actor,
    volunteer: Volunteer,
    answers: Mapping[str, str],
    observation: bool,
    text: str = "",
    photo: UploadedFile[Any] | None = None,
    invitation: Invitation | None = None,
    concerned: Agency | None = None,
    kind: str = ActivityKind.ROUND,
) -> Visit:
    """Keep what was seen. What was not answered is kept as not seen, never as in order.

    Without an invitation it is a walk of one's own to an agency that the volunteer names.
    """
    activity = _activity_of(volunteer, invitation)
    place, kind = (activity.concerned, activity.kind) if activity else (concerned, kind)
    if place is None:
        raise InputFault({"concerned": "请选择走访的是哪个机关。"})
    if kind not in VISIT:
        raise InputFault({"kind": "请选择种类。"})
    if lineage(place) & set(volunteer.conflicts):
        raise Refusal(
            f"您与{place.short_name}有利害关系，应当回避", next_step="情况要紧的，请通过“投诉举报”反映。"
        )
    if observation and len(text.strip()) < 5:
        raise InputFault({"text": "请用一两句话写明要反映的情况。"})
    allowed = {value for value, _ in SEEN}
    made = Visit.objects.create(
        matter_id=new_matter("YWJL"), agency_id=volunteer.agency_id, volunteer=volunteer, invitation=invitation,
        kind=kind, concerned=place, visited_on=_day_of(activity), text=text.strip(), observation=observation,
        answers={key: answers[key] if answers.get(key) in allowed else "unseen" for key, _ in VISIT[kind]},
        photo=kept_photo(photo) if photo else "", recorded_at=clock.now(),
    )  # fmt: skip
    log(actor, made.matter_id, VISIT_RECORDED, made.agency_id, {"observation": observation, "kind": kind})
    if observation:
        made.lead = to_triage(
            actor=actor,
            source="volunteer",
            ref=made.matter_id,
            url=f"/volunteers/visits/{made.matter_id}",
            title=f"义务监督员反映：{place.short_name}，{made.get_kind_display()}",
            facts=facts_of(made),
            concerned=place.pk,
            on=made.visited_on,
        )
        made.save(update_fields=["lead"])
    return made


def _activity_of(volunteer: Volunteer, invitation: Invitation | None) -> Activity | None:
    if invitation is None:
        return None
    if invitation.volunteer_id != volunteer.pk or invitation.state != InvitationState.ACCEPTED:
        raise Refusal("您没有接受这次邀请，不能登记", next_step="自己走访所见，请点“登记一次走访”。")
    if Visit.objects.unscoped("一次邀请登记一次").filter(invitation=invitation).exists():
        raise Refusal("这次活动您已经登记过", next_step="有补充的，请再登记一次走访。")
    if _day_of(invitation.activity) > clock.today():
        raise Refusal("活动还没有到日子，不能登记")
    return invitation.activity


def _day_of(activity: Activity | None) -> date:
    return activity.starts_at.astimezone(clock.CHINA).date() if activity else clock.today()


def facts_of(visit: Visit) -> str:
    """The observation as supervision reads it: no name of the volunteer in it."""
    words = dict(SEEN)
    marks = [
        f"{label}：{words[visit.answers[key]]}"
        for key, label in VISIT[visit.kind]
        if visit.answers[key] == "no"
    ]
    return visit.text + ("\n" + "；".join(marks) + "。" if marks else "")


@action(
    "volunteers.give_feedback", policy=may_give_feedback, on="visit", records=(VISIT_ANSWERED,), basis=BASIS
)
def give_feedback(*, actor: Actor, visit: Visit, text: str) -> Visit:
    """Tell the volunteer what came of a record. An observation's answer comes from its lead by itself as well."""
    demand({"text": (text, "请写明处理情况，这位义务监督员会看到。")})
    answer_visit(actor, visit, text)
    return visit
