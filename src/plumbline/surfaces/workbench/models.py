"""Feedback on the system itself: everyone inside may read it, and each is answered in five working days."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class FeedbackKind(models.TextChoices):
    FAULT = "fault", "用不了或者出错"
    BURDEN = "burden", "增加了不必要的负担"
    WISH = "wish", "希望改进"
    PRAISE = "praise", "好用，请保留"


class Feedback(models.Model):
    """What somebody inside says about the system, from which page, and how it was answered."""

    kind = models.CharField("类别", max_length=20, choices=FeedbackKind.choices)
    text = models.TextField("内容")
    page = models.CharField("页面", max_length=200, blank=True)
    by_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="提出人"
    )
    by_label = models.CharField("提出人姓名", max_length=60, blank=True)
    agency_name = models.CharField("单位", max_length=60, blank=True)
    created_at = models.DateTimeField("提出时刻", auto_now_add=True)
    answer = models.TextField("答复", blank=True)
    answered_by = models.CharField("答复人", max_length=60, blank=True)
    answered_at = models.DateTimeField("答复时刻", null=True)

    class Meta:
        db_table = "feedback"
        verbose_name = "意见建议"
        indexes: ClassVar = [models.Index(fields=["-created_at"], name="feedback_recent")]
