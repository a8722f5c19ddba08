"""Stored verdicts: what each rule says about each instance in a matter, as last evaluated."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from plumbline.platform.scope.querysets import ScopedManager


class VerdictKind(models.TextChoices):
    MET = "met", "符合"
    BREACHED = "breached", "违反"
    PENDING = "pending", "未到期"
    NOT_APPLICABLE = "not_applicable", "不适用"
    UNKNOWN = "unknown", "缺少事实"
    ERROR = "error", "出错"


class StoredVerdict(models.Model):
    """One row per matter, rule and subject event. Recomputed, never edited by hand; events remain the source.

    ``due`` keeps the contract's text (a date, or an instant for hour limits); ``due_on`` is its local date.
    """

    matter_id = models.CharField("事项号", max_length=100)
    agency_code = models.CharField("机关", max_length=50)
    rule = models.CharField("规则", max_length=60)
    subject = models.CharField("被检查的事件", max_length=100)
    verdict = models.CharField("结论", max_length=20, choices=VerdictKind.choices)
    due = models.CharField("期限", max_length=40, blank=True)
    due_on = models.DateField("期限日", null=True)
    days_used = models.IntegerField("已用", null=True)
    days_limit = models.IntegerField("法定", null=True)
    unit = models.CharField("单位", max_length=4, blank=True)
    severity = models.CharField("级别", max_length=10)
    overlay = models.CharField("适用的领域规则", max_length=60, blank=True)
    law = models.CharField("法律", max_length=120)
    article = models.CharField("条", max_length=60)
    events = models.JSONField("依据的事件", default=list)
    missing = models.JSONField("缺少的事实", default=list)
    flags = models.JSONField("提示", default=list)
    explanation_zh = models.TextField("说明")
    as_of = models.DateTimeField("截至")
    first_breached_at = models.DateTimeField("首次判为违反", null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "verdicts"
        verbose_name = "结论"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter_id", "rule", "subject"], name="verdict_once_per_subject")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"], name="verdicts_open_clocks", condition=models.Q(verdict="pending")
            ),
            models.Index(fields=["agency_code", "verdict"], name="verdicts_agency"),
            # An officer's month: the clocks of an agency that ended in it.
            models.Index(
                fields=["agency_code", "due_on"],
                include=["matter_id", "verdict"],
                name="verdicts_ended",
                condition=models.Q(verdict__in=["met", "breached"], days_limit__isnull=False),
            ),
        ]
