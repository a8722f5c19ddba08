"""Enforcement subjects as dated rows, the articles they rest on, their posts, and the rounds that clean them up (清理)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from plumbline.platform.scope.querysets import ScopedManager


class Kind(models.TextChoices):
    """What makes a body an enforcement subject (行政处罚法第十七条至第二十一条、第二十四条)."""

    ORGAN = "organ", "行政机关"
    AUTHORISED = "authorised", "法律、法规授权的组织"
    ENTRUSTED = "entrusted", "受委托组织"
    STREET = "street", "街道、镇"


class Ending(models.TextChoices):
    CHANGED = "changed", "变更"
    MERGED = "merged", "合并"
    ABOLISHED = "abolished", "撤销"


class Subject(models.Model):
    """One enforcement subject from its confirmation to the day before its change; never edited, a change is a new row.

    ``code`` is the agency's code, or the code of the organisation that ``agency`` has entrusted. ``published_on`` is the
    day from which the public list shows the row.
    """

    code = models.CharField("主体编码", max_length=50, db_index=True)
    agency = models.ForeignKey(
        "identity.Agency",
        models.PROTECT,
        related_name="subjects",
        verbose_name="机关（受委托组织填委托机关）",
    )
    kind = models.CharField("主体类别", max_length=12, choices=Kind.choices)
    name = models.CharField("主体名称", max_length=120)
    scope = models.TextField("执法范围", blank=True)
    area = models.CharField("执法区域", max_length=120, blank=True)
    responsible = models.CharField("负责人", max_length=40, blank=True)
    phone = models.CharField("公开电话", max_length=40, blank=True)
    entrusted_powers = models.CharField("委托书载明的事项和权限", max_length=500, blank=True)
    entrusted_from = models.DateField("委托期限起", null=True, blank=True)
    entrusted_to = models.DateField("委托期限止", null=True, blank=True)
    confirmed_on = models.DateField("确认日")
    consented_on = models.DateField("政府同意公布之日", null=True, blank=True)
    consent_number = models.CharField("政府同意的文号", max_length=80, blank=True)
    published_on = models.DateField("公布日", null=True, blank=True)
    valid_to = models.DateField("最后一日", null=True, blank=True)
    ended_as = models.CharField("终止方式", max_length=10, blank=True, choices=Ending.choices)
    ended_reason = models.CharField("终止的理由和依据", max_length=200, blank=True)
    successor = models.CharField("承继主体编码", max_length=50, blank=True)
    round = models.ForeignKey(
        "subjects.CleanupRound", models.PROTECT, null=True, blank=True, related_name="subjects"
    )

    class Meta:
        db_table = "enforcement_subjects"
        verbose_name = "执法主体"
        ordering: ClassVar = ["name", "-confirmed_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "confirmed_on"], name="subject_once_per_confirmation"),
            models.UniqueConstraint(fields=["code"], condition=Q(valid_to=None), name="subject_open_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stated_bases(self) -> list[dict[str, str]]:
        """The articles given with a new row, before they are kept with their fingerprints (``keeping.rest_on``)."""
        return getattr(self, "_stated_bases", [])

    @stated_bases.setter
    def stated_bases(self, bases: list[dict[str, str]]) -> None:
        self._stated_bases = bases

    def state_on(self, day: date) -> str:
        """not_yet, ended, unpublished or published on a day."""
        if day < self.confirmed_on:
            return "not_yet"
        if self.valid_to is not None and day > self.valid_to:
            return "ended"
        return "published" if self.published_on is not None and self.published_on <= day else "unpublished"


STATE_ZH = {
    "not_yet": "尚未确认",
    "unpublished": "已确认，未公布",
    "published": "已公布",
    "ended": "已终止",
}


class SubjectBasis(models.Model):
    """An article a subject rests on, with the fingerprint of the wording it was entered on (empty: not loaded then)."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="bases")
    law = models.CharField("法规", max_length=120)
    article = models.CharField("条款", max_length=60)
    level = models.CharField("层级", max_length=30, blank=True)
    sha256 = models.CharField("登记时的指纹", max_length=80, blank=True)
    reaffirmed_on = models.DateField("重新确认日", null=True)
    reaffirmed_label = models.CharField("确认人", max_length=60, blank=True)
    reaffirmed_reason = models.CharField("确认理由", max_length=200, blank=True)

    class Meta:
        db_table = "subject_bases"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.law}{self.article}"


class SubjectPost(models.Model):
    """An enforcement post (执法岗位). ``officers`` are certificate numbers; one person may stand in several posts."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="posts")
    title = models.CharField("岗位名称", max_length=60)
    post_class = models.CharField("岗位类别", max_length=1, choices=[("A", "A 类"), ("B", "B 类")])
    duty = models.CharField("岗位职责", max_length=300, blank=True)
    officers = ArrayField(models.CharField(max_length=40), default=list, verbose_name="在岗人员执法证号")

    class Meta:
        db_table = "subject_posts"
        ordering: ClassVar = ["pk"]


class CleanupRound(models.Model):
    """A clean-up of subjects and officers: opened with a deadline, reviewed, confirmed, consented to, published."""

    title = models.CharField("清理名称", max_length=120)
    basis = models.CharField("依据", max_length=200)
    asks = models.TextField("清理要求", blank=True)
    opened_on = models.DateField("启动日")
    due_on = models.DateField("报送期限")
    opened_label = models.CharField("启动人", max_length=60)
    confirmed_on = models.DateField("确认日", null=True)
    submitted_on = models.DateField("提请政府之日", null=True)
    submitted_number = models.CharField("提请文号", max_length=80, blank=True)
    consented_on = models.DateField("政府同意之日", null=True)
    consent_number = models.CharField("政府同意的文号", max_length=80, blank=True)
    published_on = models.DateField("公布日", null=True)

    class Meta:
        db_table = "cleanup_rounds"
        verbose_name = "主体清理"
        ordering: ClassVar = ["-opened_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def matter_id(self) -> str:
        return f"QL-{self.pk}"

    @property
    def stage(self) -> str:
        """collecting, confirmed, submitted, consented or published: what was done last."""
        for stage in ("published", "consented", "submitted", "confirmed"):
            if getattr(self, f"{stage}_on") is not None:
                return stage
        return "collecting"


STAGE_ZH = {
    "collecting": "报送和审核",
    "confirmed": "已确认，待提请区政府",
    "submitted": "已提请区政府，待同意",
    "consented": "区政府已同意，待公布",
    "published": "已公布",
}


class CleanupEntry(models.Model):
    """One agency's part in a round. What is empty has not happened; a returned entry may be handed in again."""

    round = models.ForeignKey(CleanupRound, models.PROTECT, related_name="entries")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="机关")
    submitted_at = models.DateTimeField("报送时刻", null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_label = models.CharField("报送人", max_length=60, blank=True)
    first_submitted_on = models.DateField("首次报送日", null=True)
    returned_at = models.DateTimeField("退回时刻", null=True)
    reviewed_at = models.DateTimeField("审核完成时刻", null=True)
    left_out_at = models.DateTimeField("不列入本次的时刻", null=True)
    left_out_reason = models.CharField("不列入本次的理由", max_length=200, blank=True)
    reminded_at = models.DateTimeField("最近催报时刻", null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "cleanup_entries"
        verbose_name = "清理报送"
        ordering: ClassVar = ["agency_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "agency"], name="cleanup_entry_once")
        ]

    def state_on(self, day: date) -> str:
        """left_out, reviewed, returned, submitted, late or open on a day."""
        if self.left_out_at is not None:
            return "left_out"
        if self.reviewed_at is not None:
            return "reviewed"
        if self.submitted_at is not None:
            return "submitted"
        if self.returned_at is not None:
            return "returned"
        return "late" if day > self.round.due_on else "open"


ENTRY_ZH = {
    "open": "待报送",
    "late": "逾期未报送",
    "submitted": "待审核",
    "returned": "已退回",
    "reviewed": "审核完成",
    "left_out": "不列入本次",
}


class Reviewed(models.Model):
    """A row that the reviewer decides on. ``decision`` is empty while it waits."""

    decision = models.CharField(
        "审核结论",
        max_length=12,
        blank=True,
        choices=[("passed", "合格"), ("returned", "退回补正"), ("unqualified", "不合格")],
    )
    reason = models.CharField("审核意见", max_length=300, blank=True)
    decided_at = models.DateTimeField("审核时刻", null=True)
    decided_label = models.CharField("审核人", max_length=60, blank=True)

    class Meta:
        abstract = True


class SubjectRow(Reviewed):
    """What an agency states of one subject in a round. ``bases`` and ``posts`` are lists of objects."""

    entry = models.ForeignKey(CleanupEntry, models.CASCADE, related_name="subject_rows")
    code = models.CharField("主体编码", max_length=50)
    kind = models.CharField("主体类别", max_length=12, choices=Kind.choices)
    name = models.CharField("主体名称", max_length=120)
    scope = models.TextField("执法范围", blank=True)
    area = models.CharField("执法区域", max_length=120, blank=True)
    responsible = models.CharField("负责人", max_length=40, blank=True)
    phone = models.CharField("公开电话", max_length=40, blank=True)
    entrusted_powers = models.CharField("委托书载明的事项和权限", max_length=500, blank=True)
    entrusted_from = models.DateField("委托期限起", null=True, blank=True)
    entrusted_to = models.DateField("委托期限止", null=True, blank=True)
    bases: Any = models.JSONField("主体资格依据", default=list)
    posts: Any = models.JSONField("执法岗位", default=list)

    class Meta:
        db_table = "cleanup_subject_rows"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "code"], name="cleanup_subject_row_once")
        ]


class Standing(models.TextChoices):
    """What the agency says of one of its certificate holders."""

    IN_POST = "in_post", "在岗"
    LEFT = "left", "已离开执法岗位"
    MOVED = "moved", "已调离本机关"


class OfficerRow(Reviewed):
    """What an agency states of one officer in a round."""

    entry = models.ForeignKey(CleanupEntry, models.CASCADE, related_name="officer_rows")
    certificate = models.ForeignKey("agencies.OfficerCertificate", models.PROTECT, related_name="+")
    standing = models.CharField("在岗情况", max_length=10, choices=Standing.choices, default=Standing.IN_POST)
    post = models.CharField("执法岗位", max_length=60, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        db_table = "cleanup_officer_rows"
        ordering: ClassVar = ["certificate__number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "certificate"], name="cleanup_officer_row_once")
        ]
