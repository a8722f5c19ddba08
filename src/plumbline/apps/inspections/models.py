"""Inspections: what may be inspected and how (register data), and each visit with its answers and files."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from plumbline.platform.scope.querysets import ScopedManager


class InspectionItem(models.Model):
    """A row of the list of inspection items (检查事项清单), as the register ``inspection_list`` of the contract has it.

    ``repeat_days``: the agency's own plan says that one firm is not visited again within so many days; empty is none.
    """

    code = models.CharField("事项编码", max_length=50, db_index=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="检查主体")
    name = models.CharField("检查事项", max_length=200)
    basis = models.JSONField("依据", default=list)
    published_on = models.DateField("清单公布日", null=True, blank=True)
    valid_from = models.DateField("生效")
    valid_to = models.DateField("失效", null=True, blank=True)
    repeat_days = models.PositiveIntegerField("本机关计划的最短间隔（日）", null=True, blank=True)

    class Meta:
        db_table = "inspection_items"
        verbose_name = "检查事项"
        ordering: ClassVar = ["code", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "agency", "valid_from"], name="inspection_item_once_per_start"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CheckPoint(models.Model):
    """One line of an item's check list. A problem found here may lead to the power item ``power`` and needs a photo
    where ``photo_basis`` names what demands it."""

    item = models.ForeignKey(InspectionItem, models.CASCADE, related_name="points")
    place = models.PositiveIntegerField("次序")
    text = models.CharField("检查内容", max_length=200)
    basis = models.CharField("依据", max_length=120, blank=True)
    photo_basis = models.CharField("要求拍照的依据", max_length=120, blank=True)
    power = models.CharField("对应的处罚事项", max_length=50, blank=True)

    class Meta:
        db_table = "inspection_points"
        ordering: ClassVar = ["item_id", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "place"], name="inspection_point_place")
        ]

    def __str__(self) -> str:
        return self.text


class Result(models.TextChoices):
    COMPLIANT = "compliant", "各项均符合"
    PROBLEMS = "problems", "有不符合项"
    PARTIAL = "partial", "有未查项"


class Handling(models.TextChoices):
    NONE = "none", "不需处理"
    CORRECTION = "correction", "责令改正"
    CASE = "case", "转为案件"


class Signing(models.TextChoices):
    """How the party confirmed the record: one's own hand, typed with a photo of the paper, or not at all."""

    SIGNED = "signed", "当事人手写签名"
    TYPED = "typed", "当事人确认，附纸质签名照片"
    REFUSED = "refused", "当事人拒绝签名"


class Inspection(models.Model):
    """One visit to one target for one item. ``version`` counts changes, so that two phones do not overwrite each other."""

    matter_id = models.CharField("事项号", max_length=100, unique=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="检查机关")
    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="+", verbose_name="检查事项")
    target = models.ForeignKey(
        "targets.Target", models.PROTECT, related_name="inspections", verbose_name="检查对象"
    )
    cause = models.CharField("原因", max_length=30)
    planned_on = models.DateField("计划日期")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    officers = ArrayField(models.CharField(max_length=40), default=list, verbose_name="检查人员执法证号")
    started_at = models.DateTimeField("开始", null=True)
    ended_at = models.DateTimeField("结束", null=True)
    filed_at = models.DateTimeField("登记", null=True)
    result = models.CharField("结果", max_length=12, choices=Result.choices, blank=True)
    conclusion = models.TextField("结论", blank=True)
    handling = models.CharField("处理", max_length=12, choices=Handling.choices, blank=True)
    correct_by = models.DateField("改正期限", null=True)
    signing = models.CharField("当事人签名", max_length=10, choices=Signing.choices, blank=True)
    signed_name = models.CharField("在场人", max_length=60, blank=True)
    refusal = models.CharField("拒签理由", max_length=200, blank=True)
    witnesses = models.CharField("见证人", max_length=200, blank=True)
    second_officer = models.CharField("第二名执法人员", max_length=40, blank=True)
    second_by = models.CharField("第二名执法人员的确认方式", max_length=40, blank=True)
    repeat_reason = models.CharField("间隔内再次检查的理由", max_length=200, blank=True)
    latitude_e6 = models.IntegerField("纬度（百万分之一度）", null=True)
    longitude_e6 = models.IntegerField("经度（百万分之一度）", null=True)
    accuracy_m = models.PositiveIntegerField("精度（米）", null=True)
    version = models.PositiveIntegerField("版本", default=1)
    case_matter = models.CharField("转成的案件", max_length=100, blank=True)
    compulsion_matter = models.CharField("另行登记的行政强制", max_length=100, blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "inspections"
        verbose_name = "检查"
        indexes: ClassVar = [
            models.Index(fields=["agency", "-planned_on"], name="inspections_agency"),
            models.Index(fields=["target", "-ended_at"], name="inspections_target"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(filed_at__isnull=True) | ~Q(result=""), name="inspection_filed_has_result"
            )
        ]

    def __str__(self) -> str:
        return f"{self.target} · {self.item}"


class Answer(models.Model):
    """What was found at one point: y 符合, n 不符合, u 未查. A point not answered is 未查, never 符合."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="answers")
    point = models.ForeignKey(CheckPoint, models.PROTECT, related_name="+")
    answer = models.CharField("结果", max_length=1, choices=[("y", "符合"), ("n", "不符合"), ("u", "未查")])
    note = models.CharField("说明", max_length=500, blank=True)

    class Meta:
        db_table = "inspection_answers"
        ordering: ClassVar = ["point__place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "point"], name="inspection_answer_once")
        ]


class Purpose(models.TextChoices):
    PHOTO = "photo", "照片"
    SIGNATURE = "signature", "签名"
    PAPER = "paper", "纸质签名照片"


class InspectionFile(models.Model):
    """A file named in the record by its SHA-256; ``arrived_at`` is empty until all its parts have been received."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="files")
    point = models.ForeignKey(CheckPoint, models.PROTECT, null=True, related_name="+")
    purpose = models.CharField("用途", max_length=10, choices=Purpose.choices)
    sha256 = models.CharField("指纹", max_length=64, db_index=True)
    size = models.BigIntegerField("字节")
    content_type = models.CharField(max_length=120)
    taken_at = models.DateTimeField("拍摄", null=True)
    device = models.CharField("拍摄手机", max_length=160, blank=True)
    arrived_at = models.DateTimeField("收到", null=True)

    class Meta:
        db_table = "inspection_files"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inspection", "sha256"], name="inspection_file_once")
        ]


def items_in_force(agency: str, on: date) -> models.QuerySet[InspectionItem, Any]:
    """The inspection items an agency has in force on a day."""
    dated = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    return InspectionItem.objects.filter(dated, agency_id=agency).order_by("name")
