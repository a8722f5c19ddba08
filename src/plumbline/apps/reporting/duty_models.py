"""Yearly reports that other acts ask for, beside the annual report on enforcement: drafts and signed versions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from plumbline.platform.scope.querysets import ScopedManager

from .versions import VersionedReport


class DutyReport(VersionedReport):
    """One agency's report of a kind (``data/report_duties.yaml``) on a year."""

    kind = models.CharField("报告", max_length=40)
    matter_id = models.CharField("事项号", max_length=100, unique=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="单位")
    year = models.PositiveSmallIntegerField("年度")
    opened_on = models.DateField("开始日")
    text = models.JSONField("各部分", default=dict)

    objects = ScopedManager()

    class Meta:
        db_table = "duty_reports"
        verbose_name = "其他年度报告"
        ordering: ClassVar = ["-year", "kind", "agency_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "agency", "year"], name="duty_report_once")
        ]


class DutyVersion(models.Model):
    """What was signed: words and figures frozen with their hash. ``submitted``: the day by recipient."""

    report: Any = models.ForeignKey(DutyReport, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    reason = models.CharField("更正理由", max_length=300, blank=True)
    content = models.JSONField("内容")
    sha256 = models.CharField("指纹", max_length=64)
    pdf_sha256 = models.CharField("PDF 指纹", max_length=64)
    counted_at = models.DateTimeField("统计时刻")
    signed_on = models.DateField("签发日")
    signed_label = models.CharField("签发人", max_length=60)
    submitted = models.JSONField("报送", default=dict)
    published_on = models.DateField("公布日", null=True)

    class Meta:
        db_table = "duty_versions"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="duty_version_once")
        ]
