"""Officers' certificates, legal reviewers' qualifications and entrustments: state on a date, never overwritten."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

ENDINGS = [("moved", "调离原机关"), ("renewed", "换发新证")]


class OfficerCertificate(models.Model):
    """A stretch of an enforcement certificate in one agency: a move or a renewal ends the row and opens the next one.

    ``valid_to`` is the last valid day; revoking ends it, suspending interrupts it. ``published_on`` is the day from which
    the public list shows the row; the check of one number answers whether it is listed or not.
    """

    number = models.CharField("执法证号", max_length=40)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField("姓名", max_length=40)
    agency = models.ForeignKey(
        "identity.Agency", models.PROTECT, related_name="certificates", verbose_name="所属机关"
    )
    area = models.CharField("执法区域", max_length=60, blank=True)
    field = models.CharField("执法领域", max_length=60, blank=True)
    valid_from = models.DateField("有效期起")
    valid_to = models.DateField("有效期止", null=True, blank=True)
    exam_passed_on = models.DateField("资格考试合格日", null=True, blank=True)
    issued_on = models.DateField("制发日", null=True, blank=True)
    published_on = models.DateField("列入公开名录之日", null=True, blank=True)
    ended_as = models.CharField("终止方式", max_length=12, blank=True, choices=ENDINGS)
    fictitious = models.BooleanField("虚构人员", default=False)

    class Meta:
        db_table = "officer_certificates"
        verbose_name = "执法证件"
        ordering: ClassVar = ["agency_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number", "valid_from"], name="certificate_once_per_start"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="certificate_ends_after_start",
            ),
        ]

    def state_on(self, day: date) -> str:
        """valid, not_yet, expired, suspended or revoked on a day; an ended certificate is not suspended any more."""
        if day < self.valid_from:
            return "not_yet"
        if self.valid_to is not None and day > self.valid_to:
            if self.revocations.all():
                return "revoked"
            return self.ended_as or "expired"
        for suspension in self.suspensions.all():
            if suspension.from_on <= day and (suspension.to_on is None or day <= suspension.to_on):
                return "suspended"
        return "valid"


STATE_ZH = {
    "valid": "有效",
    "not_yet": "尚未生效",
    "expired": "已过期",
    "suspended": "暂扣",
    "revoked": "已注销",
    "moved": "已调离原机关",
    "renewed": "已换发新证",
}


class CertificateSuspension(models.Model):
    """Days on which a certificate may not be used, with the reason."""

    certificate = models.ForeignKey(OfficerCertificate, models.PROTECT, related_name="suspensions")
    from_on = models.DateField("暂扣起")
    to_on = models.DateField("暂扣止", null=True, blank=True)
    reason = models.CharField("理由", max_length=200)

    class Meta:
        db_table = "certificate_suspensions"


class CertificateRevocation(models.Model):
    """Why and when a certificate was ended before its term."""

    certificate = models.ForeignKey(OfficerCertificate, models.PROTECT, related_name="revocations")
    on = models.DateField("注销日")
    reason = models.CharField("理由", max_length=200)

    class Meta:
        db_table = "certificate_revocations"


class ReviewerQualification(models.Model):
    """A legal reviewer: since when reviewing, and since when holding the legal professional qualification."""

    number = models.CharField("编号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="reviewers")
    first_review_on = models.DateField("初次从事法制审核日", null=True, blank=True)
    qualified_on = models.DateField("取得法律职业资格日", null=True, blank=True)

    class Meta:
        db_table = "reviewer_qualifications"
        verbose_name = "法制审核人员"


class Entrustment(models.Model):
    """A written entrustment of enforcement (行政处罚法第二十条)."""

    entrusting = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    entrusted = models.CharField("受委托组织编码", max_length=50)
    items = models.JSONField("事项", default=list)
    states_powers = models.BooleanField("载明权限")
    valid_from = models.DateField("期限起")
    valid_to = models.DateField("期限止", null=True, blank=True)
    published_on = models.DateField("公布日", null=True, blank=True)

    class Meta:
        db_table = "entrustments"
        verbose_name = "行政执法委托"


from .qualification_models import (  # noqa: E402 - the tables above come first
    AnnualCheck,
    CertificateApplication,
    Change,
    ExamResult,
    OfficerPhoto,
    PublicChange,
    QualificationExam,
    RegisterSetting,
)

__all__ = [
    "STATE_ZH",
    "AnnualCheck",
    "CertificateApplication",
    "CertificateRevocation",
    "CertificateSuspension",
    "Change",
    "Entrustment",
    "ExamResult",
    "OfficerCertificate",
    "OfficerPhoto",
    "PublicChange",
    "QualificationExam",
    "RegisterSetting",
    "ReviewerQualification",
]
