"""包容审慎 lists, the calculations made in cases, and the amounts of past decisions without any party."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from plumbline.platform.scope.querysets import ScopedManager


class ListKind(models.TextChoices):
    """The four lists that agencies publish (国办发〔2022〕27号（六）)."""

    FIRST_EXEMPT = "first_exempt", "首违不罚"
    MINOR_EXEMPT = "minor_exempt", "轻微免罚"
    LIGHTER = "lighter", "从轻处罚"
    MITIGATED = "mitigated", "减轻处罚"


class LeniencyEntry(models.Model):
    """One entry of a 包容审慎 list: an item, and the conditions that must all hold. A public register, dated."""

    number = models.CharField("清单编号", max_length=50)
    kind = models.CharField("清单", max_length=20, choices=ListKind.choices)
    maker = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="制定机关")
    item = models.CharField("事项", max_length=50, db_index=True)
    title = models.CharField("情形", max_length=200)
    conditions = models.JSONField("适用条件", default=list)
    basis = models.CharField("依据", max_length=200)
    source = models.CharField("来源文件", max_length=200)
    valid_from = models.DateField("生效")
    valid_to = models.DateField("失效", null=True, blank=True)
    illustrative = models.BooleanField("示例", default=False)

    class Meta:
        db_table = "leniency_entries"
        verbose_name = "包容审慎清单"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number", "valid_from"], name="leniency_once_per_start")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


def entries_in_force(item: str, on: date) -> models.QuerySet[LeniencyEntry]:
    """The entries for an item on a day."""
    rows = LeniencyEntry.objects.filter(item=item, valid_from__lte=on).exclude(valid_to__lt=on)
    return rows.order_by("kind", "number")


class Calculation(models.Model):
    """How a penalty was arrived at in a case. Never edited: another calculation is another row, the last one counts.

    ``facts`` is what was stated, ``account`` the lines as they were shown, ``registers`` the versions they rest on.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", verbose_name="案件")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    item = models.CharField("事项", max_length=50)
    facts = models.JSONField("事实和情节", default=dict)
    account = models.JSONField("计算过程", default=list)
    registers = models.JSONField("清单和基准版本", default=dict)
    low = models.BigIntegerField("法定下限（分）", null=True)
    high = models.BigIntegerField("法定上限（分）", null=True)
    base = models.BigIntegerField("罚款基数（分）", null=True)
    benchmark = models.CharField("裁量基准", max_length=50, blank=True)
    proposed_step = models.CharField("建议阶次", max_length=20, blank=True)
    proposed_fine = models.BigIntegerField("建议罚款（分）", null=True)
    outcome = models.CharField("处理", max_length=20)
    kinds = ArrayField(models.CharField(max_length=40), default=list, verbose_name="处罚种类")
    step = models.CharField("选定阶次", max_length=20, blank=True)
    fine = models.BigIntegerField("选定罚款（分）", null=True)
    leniency = models.CharField("从轻减轻", max_length=20)
    deviates = models.BooleanField("调整适用", default=False)
    approval = models.CharField("调整由谁批准", max_length=120, blank=True)
    reasons = models.TextField("理由", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_label = models.CharField("计算人", max_length=120)
    at = models.DateTimeField("计算时刻")

    objects = ScopedManager()

    class Meta:
        db_table = "discretion_calculations"
        verbose_name = "裁量计算"
        indexes: ClassVar = [models.Index(fields=["case", "-id"], name="discretion_by_case")]


class PastDecision(models.Model):
    """The amount of one decision, for comparison across the district: no party, no text, no place.

    Kept by a subscriber from ``decision_made``; a voided or revoked decision has no row. Read by every officer, so it
    stands behind no scope; whether its case may be opened is asked of the case.
    """

    matter_id = models.CharField("事项号", max_length=100, unique=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    item = models.CharField("事项", max_length=50)
    party_kind = models.CharField("当事人类别", max_length=20)
    step = models.CharField("阶次", max_length=20, blank=True)
    leniency = models.CharField("从轻减轻", max_length=20, blank=True)
    fine = models.BigIntegerField("罚款（分）")
    decided_on = models.DateField("决定日")

    class Meta:
        db_table = "past_decisions"
        verbose_name = "既往决定"
        indexes: ClassVar = [
            models.Index(fields=["item", "party_kind", "-decided_on"], name="past_decisions_alike")
        ]
