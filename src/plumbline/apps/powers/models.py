"""Power items with dated versions, their transfer to streets, the catalogue of major decisions, benchmarks."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Dated(models.Model):
    """A row in force from a day to a day; a new version is a new row."""

    valid_from = models.DateField("生效")
    valid_to = models.DateField("失效", null=True, blank=True)

    class Meta:
        abstract = True

    def is_in_force_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class PowerItem(Dated):
    """One version of an enforcement item on an agency's power list (权责清单)."""

    item = models.CharField("事项编码", max_length=50, db_index=True)
    agency = models.ForeignKey(
        "identity.Agency", models.PROTECT, related_name="power_items", verbose_name="有权机关"
    )
    violation = models.CharField("违法行为", max_length=200)
    domain = models.CharField("领域", max_length=40)
    basis = models.JSONField("依据", default=list)
    kinds = ArrayField(models.CharField(max_length=40), default=list, verbose_name="处罚种类")
    ranges = models.JSONField("罚款幅度（分）", default=list)
    illustrative = models.BooleanField("示例", default=False)

    class Meta:
        db_table = "power_items"
        verbose_name = "执法事项"
        ordering: ClassVar = ["item", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "agency", "valid_from"], name="power_item_once_per_start"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="power_item_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.violation}"


class PowerTransfer(models.Model):
    """An item taken over by a street or town (行政处罚法第二十四条)."""

    power = models.ForeignKey(PowerItem, models.CASCADE, related_name="transfers")
    street = models.ForeignKey(
        "identity.Agency", models.PROTECT, related_name="taken_over", verbose_name="承接街道、镇"
    )
    decision_published_on = models.DateField("省政府决定公布日", null=True, blank=True)
    taken_over_on = models.DateField("承接确认日", null=True, blank=True)
    ended_on = models.DateField("收回日", null=True, blank=True)

    class Meta:
        db_table = "power_transfers"
        verbose_name = "赋权承接"

    def is_held_on(self, day: date) -> bool:
        """Taken over, and not taken back before; the day of taking back is the last one."""
        begun = self.taken_over_on is not None and self.taken_over_on <= day
        return begun and (self.ended_on is None or day <= self.ended_on)


class LegalReviewEntry(Dated):
    """A row of the catalogue of major enforcement decisions that need legal review."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    item = models.CharField("事项；空为全部", max_length=50, blank=True)
    kinds = ArrayField(models.CharField(max_length=40), null=True, blank=True)
    fine_from = models.BigIntegerField("罚没数额（分）", null=True, blank=True)

    class Meta:
        db_table = "legal_review_list"
        verbose_name = "法制审核目录"


class Benchmark(Dated):
    """A discretion benchmark (裁量基准) with its steps; amounts in fen."""

    number = models.CharField("基准编号", max_length=50, unique=True)
    maker = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    item = models.CharField("事项", max_length=50)
    published_on = models.DateField("公布日", null=True, blank=True)
    steps = models.JSONField("阶次", default=list)

    class Meta:
        db_table = "benchmarks"
        verbose_name = "裁量基准"
