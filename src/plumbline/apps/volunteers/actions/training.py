"""Lessons and meetings for volunteers, and who has done them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor

from ..events import TRAINING_DONE, TRAINING_PUBLISHED
from ..models import Training, TrainingRecord, Volunteer
from ..policies import BASIS, may_manage, may_register_training, may_serve
from ..recording import demand, log, organ_of


@action("volunteers.publish_training", policy=may_manage, records=(TRAINING_PUBLISHED,), basis=BASIS)
def publish_training(
    *, actor: Actor, title: str, text: str, minutes: int, held_on: date | None = None
) -> Training:
    """A lesson to read, or with ``held_on`` a meeting on a day."""
    demand({"title": (title, "请填写标题。"), "text": (text, "请填写内容。")})
    if minutes < 1:
        raise InputFault({"minutes": "时长至少 1 分钟。"})
    made = Training.objects.create(
        agency=organ_of(actor), title=title.strip(), text=text.strip(), minutes=minutes, held_on=held_on,
        published_at=clock.now(),
    )  # fmt: skip
    log(actor, f"YWPX-{made.pk}", TRAINING_PUBLISHED, made.agency_id)
    return made


@action(
    "volunteers.mark_attended",
    policy=may_register_training,
    on="training",
    records=(TRAINING_DONE,),
    basis=BASIS,
)
def mark_attended(*, actor: Actor, training: Training, volunteers: Iterable[Volunteer]) -> int:
    """Register who was at a meeting; returns how many were new."""
    if training.held_on is None:
        raise Refusal("这是自学内容，由义务监督员自己登记")
    if training.held_on > clock.today():
        raise Refusal("培训还没有举行，不能登记到场的人")
    return sum(_keep(actor, training, each) for each in volunteers)


@action("volunteers.mark_read", policy=may_serve, on="volunteer", records=(TRAINING_DONE,), basis=BASIS)
def mark_read(*, actor: Actor, volunteer: Volunteer, training: Training) -> bool:
    """The volunteer says that a lesson was read."""
    if training.held_on is not None:
        raise Refusal("集中培训由区司法局登记到场的人")
    return _keep(actor, training, volunteer)


def _keep(actor: Actor, training: Training, volunteer: Volunteer) -> bool:
    _, new = TrainingRecord.objects.get_or_create(
        training=training, volunteer=volunteer, defaults={"at": clock.now(), "by_label": actor.label}
    )
    if new:
        log(actor, volunteer.matter_id, TRAINING_DONE, volunteer.agency_id, {"training": training.pk})
    return new
