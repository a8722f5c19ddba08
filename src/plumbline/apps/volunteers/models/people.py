"""Who may become a volunteer supervisor, who is one, and what they have learned."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from plumbline.platform.scope.querysets import ScopedManager


class Recruitment(models.Model):
    """A notice that volunteers are wanted; public from the moment it is made until its last day."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="发布机关")
    title = models.CharField("标题", max_length=120)
    text = models.TextField("条件和职责")
    wanted = models.PositiveSmallIntegerField("名额")
    opens_on = models.DateField("报名开始")
    closes_on = models.DateField("报名截止（最后一日）")
    # What the applicants were told (个人信息保护法 17); none on notices of before it was asked for.
    keep_until = models.DateField("未通过的报名保存到（最后一日）", null=True)
    published_at = models.DateTimeField("发布")
    published_label = models.CharField(max_length=60)
    ended_on = models.DateField("提前结束", null=True)
    ended_reason = models.CharField("结束的理由", max_length=200, blank=True)

    class Meta:
        db_table = "volunteer_recruitments"
        verbose_name = "义务监督员招募"
        ordering: ClassVar = ["-closes_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opens_on")), name="recruitment_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(keep_until=None) | Q(keep_until__gte=models.F("closes_on")),
                name="recruitment_keeps_to_its_close",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def takes_applications(self, on: date) -> bool:
        return self.ended_on is None and self.opens_on <= on <= self.closes_on


class ApplicationState(models.TextChoices):
    RECEIVED = "received", "已收到，待审查"
    ACCEPTED = "accepted", "审查通过，待聘任"
    DECLINED = "declined", "未通过审查"
    WITHDRAWN = "withdrawn", "本人撤回"
    APPOINTED = "appointed", "已聘任"


class Application(models.Model):
    """Somebody's wish to be a volunteer, with the conflicts of interest they declare. ``code_hash`` finds it for them."""

    matter_id = models.CharField("编号", max_length=40, unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="受理机关")
    recruitment = models.ForeignKey(Recruitment, models.PROTECT, related_name="applications")
    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("电话", max_length=40)
    employer = models.CharField("工作单位", max_length=120, blank=True)
    about = models.TextField("自我介绍")
    conflicts = ArrayField(models.CharField(max_length=50), default=list, verbose_name="应当回避的机关")
    conflict_words = models.CharField("与执法机关的其他利害关系", max_length=300, blank=True)
    state = models.CharField("状态", max_length=12, choices=ApplicationState.choices, default="received")
    received_at = models.DateTimeField("收到")
    answer = models.CharField("审查意见", max_length=300, blank=True)
    decided_at = models.DateTimeField("审查", null=True)
    decided_label = models.CharField(max_length=60, blank=True)
    cleared_on = models.DateField("清除个人信息", null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "volunteer_applications"
        verbose_name = "义务监督员报名"
        indexes: ClassVar = [
            models.Index(fields=["agency", "state", "received_at"], name="volunteer_applications_wait")
        ]


class Volunteer(models.Model):
    """An appointment with its term. ``conflicts``: agencies to which this person is never sent."""

    matter_id = models.CharField("编号", max_length=40, unique=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="聘任机关")
    application = models.OneToOneField(Application, models.PROTECT, null=True, related_name="volunteer")
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="账号"
    )
    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("电话", max_length=40, blank=True)
    employer = models.CharField("工作单位", max_length=120, blank=True)
    conflicts = ArrayField(models.CharField(max_length=50), default=list, verbose_name="应当回避的机关")
    number = models.CharField("聘书文号", max_length=60, unique=True)
    paper = models.PositiveBigIntegerField("聘书")
    from_on = models.DateField("聘期起")
    to_on = models.DateField("聘期止（最后一日）")
    appointed_label = models.CharField(max_length=60)
    ended_on = models.DateField("解聘日", null=True)
    ended_reason = models.CharField("解聘理由", max_length=200, blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "volunteers"
        verbose_name = "义务监督员"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(to_on__gte=models.F("from_on")), name="volunteer_term_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | ~Q(ended_reason=""), name="volunteer_dismissed_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_in_office(self, on: date) -> bool:
        return self.from_on <= on <= self.to_on and (self.ended_on is None or on < self.ended_on)

    def standing(self, on: date) -> str:
        """In one word what the appointment is on a day."""
        if self.ended_on is not None and on >= self.ended_on:
            return "已解聘"
        if on > self.to_on:
            return "聘期届满"
        return "聘期未到" if on < self.from_on else "在聘"


class Training(models.Model):
    """Something to learn: a lesson to read, or a meeting on a day."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="组织机关")
    title = models.CharField("标题", max_length=120)
    text = models.TextField("内容")
    held_on = models.DateField("集中培训的日期", null=True)
    minutes = models.PositiveSmallIntegerField("时长（分钟）")
    published_at = models.DateTimeField("发布")

    class Meta:
        db_table = "volunteer_trainings"
        verbose_name = "义务监督员培训"
        ordering: ClassVar = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class TrainingRecord(models.Model):
    """That a volunteer has read a lesson (said by the volunteer) or was at a meeting (said by the organ)."""

    training = models.ForeignKey(Training, models.PROTECT, related_name="records")
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="trainings")
    at = models.DateTimeField("登记")
    by_label = models.CharField(max_length=60)

    class Meta:
        db_table = "volunteer_training_records"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["training", "volunteer"], name="volunteer_trained_once")
        ]


class Commendation(models.Model):
    """Praise for something that was done. There are no points and no ranking."""

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="commendations")
    text = models.CharField("表扬的事", max_length=300)
    at = models.DateTimeField("登记")
    by_label = models.CharField(max_length=60)

    class Meta:
        db_table = "volunteer_commendations"
        ordering: ClassVar = ["-at", "-pk"]
