"""Counted facts, annual reports with their signed versions, and special reports with the round that asked for them.

A fact is one thing that happened, under one measure: a decision once, under its heaviest kind. Facts are kept from the
event log and never changed: what no longer counts gets ``gone_at``. So every figure of any past moment can be counted
again, and every figure is the number of its own rows.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from plumbline.platform.scope.querysets import ScopedManager

from .duty_models import DutyReport, DutyVersion
from .versions import STAGE_ZH, VersionedReport


class Fact(models.Model):
    """``known_at``: when it came into the statistics. ``undone_on``: the decision was revoked; it still counts in its year."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="单位")
    measure = models.CharField("指标", max_length=40)
    matter_id = models.CharField("事项号", max_length=100)
    event_id = models.CharField("事件号", max_length=100)
    on = models.DateField("发生日")
    year = models.PositiveSmallIntegerField("年度")
    item = models.CharField("执法事项", max_length=50, blank=True)
    amount_fen = models.BigIntegerField("金额（分）", null=True)
    known_at = models.DateTimeField("计入时刻")
    gone_at = models.DateTimeField("不再计入的时刻", null=True)
    gone_because = models.CharField("不再计入的原因", max_length=200, blank=True)
    undone_on = models.DateField("被撤销、变更之日", null=True)
    undone_at = models.DateTimeField("得知撤销、变更的时刻", null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "counted_facts"
        verbose_name = "统计事实"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event_id", "measure"], condition=Q(gone_at=None), name="fact_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "year", "measure", "on"], name="facts_agency_year"),
            # A statistics page reads this index and no table: a measure, a period, grouped by agency, month or item.
            models.Index(
                fields=["measure", "on", "agency"],
                include=["amount_fen", "item"],
                condition=Q(gone_at=None),
                name="facts_measure",
            ),
            models.Index(fields=["matter_id"], name="facts_matter"),
        ]


class FactTotal(models.Model):
    """Standing facts of one measure, agency, month and item added up, in the transaction that adds or ends them."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="单位")
    measure = models.CharField("指标", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    month = models.PositiveSmallIntegerField("月")
    item = models.CharField("执法事项", max_length=50, blank=True)
    number = models.IntegerField("件数")
    amount_fen = models.BigIntegerField("金额（分）")

    objects = ScopedManager()

    class Meta:
        db_table = "counted_totals"
        verbose_name = "统计合计"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year", "measure", "month", "item"], name="total_once"),
            models.CheckConstraint(condition=Q(number__gte=0), name="total_not_negative"),
        ]
        indexes: ClassVar = [models.Index(fields=["measure", "year", "month"], name="totals_measure")]


class Reading(models.Model):
    """How far the event log has been read into facts: one row. Between ``seq`` and ``head`` it is read once more.

    ``edition``: by which edition of the counting rules; by a newer one the log is read from its beginning again.
    """

    seq = models.BigIntegerField("不再重读的事件", default=0)
    head = models.BigIntegerField("已读到的事件", default=0)
    at = models.DateTimeField("时刻", null=True)
    certificates_on = models.DateField("证件人数统计日", null=True)
    edition = models.PositiveSmallIntegerField("统计口径版次", default=0)

    class Meta:
        db_table = "counted_reading"


class AnnualReport(VersionedReport):
    """《行政执法年报》 of one agency for one year. What is typed waits here; what was signed is in the versions."""

    matter_id = models.CharField("事项号", max_length=100, unique=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="单位")
    year = models.PositiveSmallIntegerField("年度")
    opened_on = models.DateField("开始日")
    sources = models.JSONField("来源是否完整", default=dict)
    explanations = models.JSONField("与上年差异的说明", default=dict)
    text = models.JSONField("情况说明", default=dict)
    objects = ScopedManager()

    class Meta:
        db_table = "annual_reports"
        verbose_name = "行政执法年报"
        ordering: ClassVar = ["-year", "agency_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year"], name="annual_report_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name} {self.year} 年行政执法年报"


class EnteredFigure(models.Model):
    """A figure the platform cannot count, entered by the agency with its source. A later row replaces an earlier one."""

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="entered")
    cell = models.CharField("栏目", max_length=60)
    value = models.BigIntegerField("数值（金额为分）", null=True)
    source = models.CharField("来源", max_length=120)
    reason = models.CharField("说明", max_length=200, blank=True)
    by_label = models.CharField("填报人", max_length=60)
    at = models.DateTimeField("填报时刻")

    class Meta:
        db_table = "annual_entered"
        ordering: ClassVar = ["pk"]


class AnnualVersion(models.Model):
    """What was signed: frozen figures and text with their hash. A correction is a further version."""

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    reason = models.CharField("更正理由", max_length=300, blank=True)
    content = models.JSONField("内容")
    sha256 = models.CharField("指纹", max_length=64)
    pdf_sha256 = models.CharField("PDF 指纹", max_length=64)
    counted_at = models.DateTimeField("统计时刻")
    signed_on = models.DateField("签发日")
    signed_label = models.CharField("签发人", max_length=60)
    to_government_on = models.DateField("报送区政府", null=True)
    to_superior_on = models.DateField("报送上级主管部门", null=True)
    published_on = models.DateField("公布日", null=True)
    checked_at = models.DateTimeField("最近复核", null=True)
    drift = models.PositiveIntegerField("与现在不同的栏目", default=0)
    intact = models.BooleanField("签发的数字与当时的事实一致", null=True)

    class Meta:
        db_table = "annual_versions"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="annual_version_once")
        ]


class SpecialRound(models.Model):
    """区司法局 asks every unit for a report on its enforcement over a period, by a day."""

    title = models.CharField("名称", max_length=120)
    from_on = models.DateField("期间起")
    to_on = models.DateField("期间止")
    due_on = models.DateField("报送期限")
    opened_on = models.DateField("布置日")
    opened_label = models.CharField("布置人", max_length=60)
    text = models.JSONField("全区综合分析", default=dict)
    compiled_on = models.DateField("形成日", null=True)
    compiled_label = models.CharField("形成人", max_length=60, blank=True)
    content = models.JSONField("形成时的内容", default=dict)

    class Meta:
        db_table = "special_rounds"
        verbose_name = "执法工作情况报告"
        ordering: ClassVar = ["-opened_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class SpecialReport(models.Model):
    """《执法工作情况报告》 of one unit: figures from facts, sections in its own words, submitted and read."""

    round = models.ForeignKey(SpecialRound, models.PROTECT, related_name="reports")
    matter_id = models.CharField("事项号", max_length=100, unique=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="单位")
    text = models.JSONField("各部分", default=dict)
    content = models.JSONField("报送的内容", default=dict)
    counted_at = models.DateTimeField("统计时刻", null=True)
    sha256 = models.CharField("指纹", max_length=64, blank=True)
    submitted_on = models.DateField("报送日", null=True)
    submitted_label = models.CharField("报送人", max_length=60, blank=True)
    returned_because = models.CharField("退回理由", max_length=300, blank=True)
    accepted_on = models.DateField("审阅通过日", null=True)
    opinion = models.CharField("审阅意见", max_length=300, blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "special_reports"
        verbose_name = "单位执法工作情况报告"
        ordering: ClassVar = ["agency_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "agency"], name="special_report_once")
        ]


class ReportSetting(models.Model):
    """A number 区司法局 has set for reports and statistics, from a day on, with its reason. Never edited: a later row replaces it."""

    name = models.CharField("参数", max_length=40)
    value = models.IntegerField("数值")
    valid_from = models.DateField("起用日")
    reason = models.CharField("依据或者理由", max_length=200)
    by_label = models.CharField("设定人", max_length=60)
    at = models.DateTimeField("设定时刻")

    class Meta:
        db_table = "report_settings"
        ordering: ClassVar = ["-valid_from", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(value__gte=0), name="report_setting_not_negative")
        ]


__all__ = [
    "STAGE_ZH", "AnnualReport", "AnnualVersion", "DutyReport", "DutyVersion", "EnteredFigure", "Fact", "FactTotal", "Reading",
    "ReportSetting", "SpecialReport", "SpecialRound",
]  # fmt: skip
