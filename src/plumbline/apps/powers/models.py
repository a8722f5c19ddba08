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
    title = models.CharField("决定项目", max_length=200, blank=True)
    item = models.CharField("事项；空为全部", max_length=50, blank=True)
    kinds = ArrayField(models.CharField(max_length=40), null=True, blank=True)
    fine_from = models.BigIntegerField("罚没数额（分）", null=True, blank=True)
    basis = models.JSONField("依据", default=list)
    materials = models.JSONField("应提交的材料", default=list)
    focus = models.CharField("审核重点", max_length=500, blank=True)

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


class SupervisionDuty(Dated):
    """One duty of an agency in coordinating and supervising enforcement (《行政执法协调监督权责清单》, 新政办[2022]14号 二(一))."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="机关")
    code = models.CharField("编号", max_length=50)
    duty = models.CharField("权责事项", max_length=300)
    basis = models.JSONField("依据", default=list)
    way = models.CharField("履行方式", max_length=500)
    post = models.CharField("责任岗位", max_length=100)
    responsibility = models.CharField("工作责任", max_length=500)

    class Meta:
        db_table = "supervision_duties"
        verbose_name = "协调监督权责"


class GuideItem(Dated):
    """An item that streets and towns may take over, by a decision of the province (行政处罚法第二十四条)."""

    item = models.CharField("事项编码", max_length=50)
    granting = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="赋权机关")
    decision = models.CharField("省级决定", max_length=200)
    published_on = models.DateField("决定公布日")
    guidance = models.CharField("业务指导责任", max_length=500)
    oversight = models.CharField("监管责任", max_length=500)

    class Meta:
        db_table = "takeover_guide"
        verbose_name = "街道赋权事项指导清单"


class Boundary(Dated):
    """What the granting agency still does for an item and what the street does, and when one hands over to the other."""

    item = models.CharField("事项编码", max_length=50)
    granting = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="赋权机关")
    granting_does = models.CharField("赋权机关的职责", max_length=500)
    street_does = models.CharField("街道、镇的职责", max_length=500)
    hand_over = models.CharField("移送情形", max_length=500)
    basis = models.JSONField("依据", default=list)

    class Meta:
        db_table = "takeover_boundaries"
        verbose_name = "职责边界清单"


class Settlement(Dated):
    """Who acts on an item in a place after a dispute was settled; ``division_code`` empty is the whole district.

    ``matter_id`` is the dispute, ``source`` the paper that settled it. A later settlement ends the earlier one.
    """

    kind = models.CharField(
        "争议的是",
        max_length=12,
        choices=[("jurisdiction", "案件由谁管辖"), ("duty", "监管职责由谁承担")],
        default="jurisdiction",
    )
    item = models.CharField("事项编码", max_length=50, db_index=True)
    division_code = models.CharField("地点区划", max_length=12, blank=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="确定的机关")
    between = ArrayField(models.CharField(max_length=50), default=list, verbose_name="争议各方")
    text = models.TextField("结果", blank=True)
    source = models.CharField("来源", max_length=200)
    matter_id = models.CharField("争议的编号", max_length=100)

    class Meta:
        db_table = "power_settlements"
        verbose_name = "管辖争议的结果"
        ordering: ClassVar = ["-valid_from", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "item", "division_code"],
                condition=Q(valid_to__isnull=True),
                name="settlement_one_in_force",
            )
        ]


class CatalogueConflict(models.Model):
    """A conflict between entries of the review catalogue that 区司法局 has decided; the same conflict is not asked again.

    ``mark`` is the fingerprint of the entries as they stood. ``fine_from``: the amount (fen) that all are to take over.
    """

    mark = models.CharField("冲突指纹", max_length=64, unique=True)
    kind = models.CharField("冲突", max_length=20)
    item = models.CharField("事项", max_length=50, blank=True)
    agencies = ArrayField(models.CharField(max_length=40), default=list, verbose_name="机关")
    outcome = models.TextField("处理意见")
    fine_from = models.BigIntegerField("统一的数额（分）", null=True)
    settled_by = models.CharField("处理人", max_length=120)
    settled_at = models.DateTimeField("处理")

    class Meta:
        db_table = "review_catalogue_conflicts"
        verbose_name = "审核目录冲突"
        ordering: ClassVar = ["-settled_at"]
