"""How a person comes to a certificate and what became public of each change: examinations, applications, checks, changes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from plumbline.platform.scope.querysets import ScopedManager


class QualificationExam(models.Model):
    """One sitting of the qualification examination. Who organises it is stated, not assumed."""

    title = models.CharField("考试名称", max_length=120)
    held_on = models.DateField("考试日期")
    organiser = models.CharField("组织机关", max_length=120)

    class Meta:
        db_table = "qualification_exams"
        verbose_name = "资格考试"
        ordering: ClassVar = ["-held_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["title", "held_on"], name="qualification_exam_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.held_on}）"


class ExamResult(models.Model):
    """What one person achieved; ``score`` in tenths of a point. Seen by the person's agency and the district's keepers."""

    exam = models.ForeignKey(QualificationExam, models.PROTECT, related_name="results")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="所属机关")
    name = models.CharField("姓名", max_length=40)
    staff_number = models.CharField("人员编号", max_length=40)
    score = models.PositiveIntegerField("成绩（十分之一分）")
    passed = models.BooleanField("合格")

    objects = ScopedManager()

    class Meta:
        db_table = "exam_results"
        verbose_name = "考试成绩"
        ordering: ClassVar = ["exam_id", "staff_number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exam", "staff_number"], name="exam_result_once")
        ]

    @property
    def points(self) -> str:
        """The score as it is written: 86.5, 90."""
        whole, part = divmod(self.score, 10)
        return f"{whole}.{part}" if part else str(whole)


class CertificateApplication(models.Model):
    """An agency asks for a person's certificate. ``decision`` is empty while it waits."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="申领机关")
    result = models.ForeignKey(
        ExamResult, models.PROTECT, related_name="applications", verbose_name="考试成绩"
    )
    field = models.CharField("执法领域", max_length=60)
    area = models.CharField("执法区域", max_length=60)
    applied_at = models.DateTimeField("申领时刻")
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(
        "审核", max_length=10, blank=True, choices=[("issued", "制发"), ("refused", "不予制发")]
    )
    reason = models.CharField("理由", max_length=200, blank=True)
    decided_at = models.DateTimeField("审核时刻", null=True)
    decided_label = models.CharField("审核人", max_length=60, blank=True)
    certificate = models.ForeignKey(
        "agencies.OfficerCertificate", models.PROTECT, null=True, related_name="+", verbose_name="证件"
    )

    objects = ScopedManager()

    class Meta:
        db_table = "certificate_applications"
        verbose_name = "证件申领"
        ordering: ClassVar = ["-applied_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["result"],
                condition=models.Q(decision="") | models.Q(decision="issued"),
                name="application_once_per_result",
            )
        ]


class AnnualCheck(models.Model):
    """One certificate was checked for one year (年检)."""

    certificate = models.ForeignKey(
        "agencies.OfficerCertificate", models.PROTECT, related_name="annual_checks"
    )
    year = models.PositiveIntegerField("年度")
    on = models.DateField("年检日")
    passed = models.BooleanField("合格")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        db_table = "certificate_annual_checks"
        verbose_name = "证件年检"
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["certificate", "year"], name="annual_check_once_a_year")
        ]


class Change(models.TextChoices):
    """What changed of a person, a certificate or a subject."""

    ISSUED = "issued", "新领证件"
    RENEWED = "renewed", "换发证件"
    SUSPENDED = "suspended", "暂扣"
    RESTORED = "restored", "恢复使用"
    REVOKED = "revoked", "注销"
    MOVED_OUT = "moved_out", "调出"
    MOVED_IN = "moved_in", "调入"
    SUBJECT = "subject", "主体公告"
    SUBJECT_CHANGED = "subject_changed", "主体变更"
    SUBJECT_ENDED = "subject_ended", "主体撤销"


class PublicChange(models.Model):
    """A change that the public register has to show, from the day it happened to the day the public could see it.

    The matter ``matter_id`` carries the events that the disclosure rule reads (政府信息公开条例第二十六条).
    """

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="机关")
    what = models.CharField("变动", max_length=20, choices=Change.choices)
    about = models.CharField("对象编号", max_length=60)
    name = models.CharField("对象", max_length=120)
    certificate = models.ForeignKey(
        "agencies.OfficerCertificate", models.PROTECT, null=True, related_name="changes"
    )
    changed_on = models.DateField("变动日")
    recorded_at = models.DateTimeField("登记时刻")
    published_on = models.DateField("公开日", null=True, blank=True)
    published_label = models.CharField("公开人", max_length=60, blank=True)
    delay_wd = models.IntegerField("间隔（工作日）", null=True)
    matter_id = models.CharField("事项号", max_length=100, unique=True)

    class Meta:
        db_table = "public_changes"
        verbose_name = "公开变动"
        ordering: ClassVar = ["-changed_on", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["agency", "-changed_on"], name="public_changes_agency"),
        ]


class RegisterSetting(models.Model):
    """A number of the place for the registers, with the text it comes from. Without a row the setting is off."""

    name = models.CharField("参数", max_length=40)
    value = models.PositiveIntegerField("数值")
    source = models.CharField("依据文件", max_length=200)
    valid_from = models.DateField("生效")
    entered_at = models.DateTimeField("录入时刻")
    by_label = models.CharField("录入人", max_length=60)

    class Meta:
        db_table = "register_settings"
        verbose_name = "名册参数"
        ordering: ClassVar = ["name", "-valid_from", "-pk"]


class OfficerPhoto(models.Model):
    """The photo for a certificate's number, drawn anew without metadata. Never edited: the row entered last is the photo.

    It is shown inside and on the printed card alone: no article names it among what is public of an officer.
    """

    number = models.CharField("执法证号", max_length=40, db_index=True)
    sha256 = models.CharField("照片", max_length=64)
    at = models.DateTimeField("录入时刻")
    by_label = models.CharField("录入人", max_length=60)

    class Meta:
        db_table = "officer_photos"
        verbose_name = "证件照片"
        ordering: ClassVar = ["-pk"]
