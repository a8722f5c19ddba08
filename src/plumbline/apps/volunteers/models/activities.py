"""What volunteers are invited to, how they were drawn, and what they saw."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plumbline.platform.scope.querysets import ScopedManager

from .people import Volunteer


class ActivityKind(models.TextChoices):
    INSPECTION = "inspection", "现场检查"
    HEARING = "hearing", "听证"
    EVALUATION = "evaluation", "案卷评查"
    ROUND = "round", "巡查走访"


class Activity(models.Model):
    """Something volunteers may accompany. It names an agency, a day and a place, never a party or a case.

    ``draw`` holds what is needed to draw again: method, seed, everybody considered, and the order that came of it.
    """

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="组织机关")
    kind = models.CharField("种类", max_length=12, choices=ActivityKind.choices)
    title = models.CharField("活动", max_length=120)
    concerned = models.ForeignKey(
        "identity.Agency", models.PROTECT, related_name="+", verbose_name="被监督的机关"
    )
    starts_at = models.DateTimeField("时间")
    place = models.CharField("集合地点", max_length=120)
    wanted = models.PositiveSmallIntegerField("人数")
    made_at = models.DateTimeField("登记")
    made_label = models.CharField(max_length=60)
    draw = models.JSONField("抽取", null=True)
    drawn_at = models.DateTimeField("抽取时刻", null=True)
    cancelled_at = models.DateTimeField("取消", null=True)
    cancelled_reason = models.CharField("取消的理由", max_length=200, blank=True)

    class Meta:
        db_table = "volunteer_activities"
        verbose_name = "监督活动"
        ordering: ClassVar = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def matter_id(self) -> str:
        return f"YWHD-{self.pk}"


class InvitationState(models.TextChoices):
    SENT = "sent", "待答复"
    ACCEPTED = "accepted", "已接受"
    DECLINED = "declined", "不参加"
    CANCELLED = "cancelled", "活动已取消"


class Invitation(models.Model):
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="invitations")
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="invitations")
    turn = models.PositiveSmallIntegerField("抽取的次序")
    state = models.CharField("状态", max_length=10, choices=InvitationState.choices, default="sent")
    conflict = models.BooleanField("因利害关系回避", default=False)
    reason = models.CharField("不参加的理由", max_length=200, blank=True)
    sent_at = models.DateTimeField("发出")
    answered_at = models.DateTimeField("答复", null=True)

    class Meta:
        db_table = "volunteer_invitations"
        verbose_name = "邀请"
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "volunteer"], name="volunteer_invited_once")
        ]


class Visit(models.Model):
    """What a volunteer saw: a mark for each question, one free text, a photo drawn anew without metadata.

    ``lead`` is the lead of supervision that an observation became; ``feedback`` tells the volunteer what came of it.
    """

    matter_id = models.CharField("编号", max_length=40, unique=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="组织机关")
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="visits")
    invitation = models.OneToOneField(Invitation, models.PROTECT, null=True, related_name="visit")
    kind = models.CharField("种类", max_length=12, choices=ActivityKind.choices)
    concerned = models.ForeignKey(
        "identity.Agency", models.PROTECT, related_name="+", verbose_name="被监督的机关"
    )
    visited_on = models.DateField("日期")
    answers = models.JSONField("所见", default=dict)
    text = models.TextField("要反映的情况", blank=True)
    observation = models.BooleanField("有情况要反映")
    photo = models.CharField("去除拍摄信息的照片", max_length=64, blank=True)
    recorded_at = models.DateTimeField("登记")
    lead = models.CharField("监督线索", max_length=100, blank=True)
    feedback = models.TextField("反馈", blank=True)
    feedback_at = models.DateTimeField("反馈时刻", null=True)
    feedback_label = models.CharField(max_length=60, blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "volunteer_visits"
        verbose_name = "监督记录"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(observation=False) | ~Q(text=""), name="volunteer_observation_has_text"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "-recorded_at"], name="volunteer_visits_agency")]
