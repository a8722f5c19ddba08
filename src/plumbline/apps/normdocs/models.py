"""Normative documents from the yearly plan to the end: what lists need of them, their texts, comments and papers.

What happened is in the event log under the document's matter; a row is the projection that lists, the public database and
the register of the rules need. Whether a document is in force is never stored: it follows from its days (``validity``).
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from plumbline.packs.normdoc.words import CLEANUPS, DECISION_ENDINGS, ENDINGS
from plumbline.platform.scope.querysets import ScopedManager

from .choices import Handling, Kind, NoticeKind, PaperKind, Stage
from .kinds import Words, words_of


class PlanItem(models.Model):
    """An entry of a year's plan: what is to be made, by whom, why, by which month.

    Of decisions it is the catalogue that the organ publishes (重大行政决策程序暂行条例第三条): ``published_on`` and ``approval`` are of that.
    """

    kind = models.CharField("种类", max_length=30, choices=Kind.choices, default=Kind.NORM.value)
    year = models.IntegerField("年度")
    title = models.CharField("文件名称", max_length=200)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="起草单位")
    reason = models.TextField("制定理由")
    due_month = models.IntegerField("完成月份")
    dropped = models.CharField("调出理由", max_length=300, blank=True)
    published_on = models.DateField("目录公布日", null=True)
    approval = models.CharField("同级党委同意的情况", max_length=200, blank=True)
    by_label = models.CharField("列入人", max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager()

    class Meta:
        db_table = "norm_plan_items"
        verbose_name = "制定计划"
        ordering: ClassVar = ["-year", "due_month", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(due_month__range=(1, 12)), name="norm_plan_month")
        ]

    def __str__(self) -> str:
        return self.title


class NormDoc(models.Model):
    """A document. ``agency`` is the unit that drafts it, ``maker`` the organ in whose name it is issued.

    ``basis`` are the articles it rests on, each with the fingerprint of the wording that was read. ``valid_to`` is the
    last day of its term, ``ended_on`` the first day on which it is no longer in force for another reason.
    """

    matter_id = models.CharField("事项号", max_length=100, unique=True)
    kind = models.CharField("种类", max_length=30, choices=Kind.choices, default=Kind.NORM.value)
    title = models.CharField("文件名称", max_length=200)
    maker = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="制定机关")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="起草单位")
    joint = models.CharField("联合制定机关", max_length=300, blank=True)
    procedure_version = models.CharField("程序版本", max_length=20)
    plan = models.ForeignKey(PlanItem, models.PROTECT, null=True, related_name="documents")
    basis = models.JSONField("制定依据", default=list)
    necessity = models.TextField("必要性", blank=True)
    declared = models.JSONField("起草申报", default=dict)
    stage = models.CharField("阶段", max_length=20, choices=Stage.choices, default=Stage.DRAFTING)
    comment_until = models.DateField("意见截止日", null=True)
    respond_by = models.DateField("希望审查完成日", null=True)
    register_no = models.CharField("统一登记号", max_length=60, blank=True)
    number = models.CharField("文号", max_length=80, blank=True)
    decided_on = models.DateField("集体讨论日", null=True)
    published_on = models.DateField("公布日", null=True)
    effective_from = models.DateField("施行日", null=True)
    valid_to = models.DateField("有效期止", null=True)
    ended_on = models.DateField("失效日", null=True)
    ended_how = models.CharField("失效方式", max_length=20, choices=[*ENDINGS, *DECISION_ENDINGS], blank=True)
    ended_reason = models.TextField("失效理由", blank=True)
    filed_on = models.DateField("备案日", null=True)
    filing_no = models.CharField("备案登记号", max_length=80, blank=True)
    review_result = models.CharField("合法性审查结论", max_length=20, blank=True)
    evaluation = models.CharField("评估结论", max_length=20, blank=True)
    amend_wanted = models.CharField("须修改的理由", max_length=300, blank=True)
    catalogued = models.BooleanField("收入目录的现有文件", default=False)
    searched = models.TextField("可检索的文字", blank=True)
    begun_on = models.DateField("起草日")
    last_event_at = models.DateTimeField("最近动态", null=True)
    by_label = models.CharField("登记人", max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager()

    class Meta:
        db_table = "normative_documents"
        verbose_name = "行政规范性文件"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register_no"], condition=~Q(register_no=""), name="norm_register_no_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("effective_from")),
                name="norm_valid_after_start",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["stage", "-begun_on", "-id"], name="norm_stage")]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> Words:
        return words_of(self.kind)

    @property
    def is_policy(self) -> bool:
        return self.kind == Kind.POLICY

    @property
    def stage_zh(self) -> str:
        if self.is_policy and self.stage == Stage.PUBLISHING and self.declared.get("secret"):
            return "已决定，依法不公布"
        return self.words.stage(self.stage)

    @property
    def is_published(self) -> bool:
        return self.published_on is not None

    @property
    def page(self) -> str:
        return f"/norms/{self.matter_id}"

    @property
    def public_page(self) -> str:
        if self.is_policy:
            return f"/open/policy-decisions/{self.matter_id}" if self.is_published else ""
        return f"/open/norms/{self.register_no}" if self.register_no else ""

    @property
    def last_day(self) -> date | None:
        """The last day on which it is in force; None while nothing ends it."""
        ended = date.fromordinal(self.ended_on.toordinal() - 1) if self.ended_on else None
        days = [day for day in (self.valid_to, ended) if day is not None]
        return min(days) if days else None


class NormText(models.Model):
    """One version of the text, article by article, with the file it came in. Never edited: a change is a new version."""

    doc = models.ForeignKey(NormDoc, models.PROTECT, related_name="texts")
    version = models.IntegerField("版次")
    articles = models.JSONField("条文", default=list)
    note = models.CharField("说明", max_length=200, blank=True)
    purpose = models.CharField("用途", max_length=20, blank=True)
    name = models.CharField("文件名", max_length=120, blank=True)
    content_type = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField("指纹", max_length=64, blank=True)
    size = models.BigIntegerField("大小", default=0)
    by_label = models.CharField("保存人", max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "norm_texts"
        verbose_name = "文件文本"
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["doc", "version"], name="norm_text_version_once")
        ]


class NormEntry(models.Model):
    """A step as it was taken: its event and what is kept beside it. ``text`` is the version it was taken on."""

    doc = models.ForeignKey(NormDoc, models.PROTECT, related_name="entries")
    step = models.CharField("步骤", max_length=60)
    event_id = models.CharField("事件号", max_length=100, unique=True)
    details = models.JSONField("附记", default=dict)
    text = models.ForeignKey(NormText, models.PROTECT, null=True, related_name="+")
    by_label = models.CharField("登记人", max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "norm_entries"
        verbose_name = "制定步骤"


class NormPaper(models.Model):
    doc = models.ForeignKey(NormDoc, models.PROTECT, related_name="papers")
    kind = models.CharField("类别", max_length=20, choices=PaperKind.choices)
    title = models.CharField("名称", max_length=100)
    name = models.CharField("文件名", max_length=120)
    content_type = models.CharField(max_length=120)
    sha256 = models.CharField("指纹", max_length=64)
    size = models.BigIntegerField("大小")
    by_label = models.CharField("收入人", max_length=60)
    at = models.DateTimeField(auto_now_add=True)
    withdrawn = models.CharField("撤下的理由", max_length=200, blank=True)

    class Meta:
        db_table = "norm_papers"
        verbose_name = "制定材料"
        ordering: ClassVar = ["pk"]


def _receipt() -> str:
    """Twelve letters and digits without those that are mistaken for one another."""
    return "".join(secrets.choice("23456789abcdefghjkmnpqrstuvwxyz") for _ in range(12))


class PublicComment(models.Model):
    """What somebody says of a draft. Name and contact are for the drafting unit alone and are never published."""

    doc = models.ForeignKey(NormDoc, models.PROTECT, related_name="comments")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    receipt = models.CharField("回执码", max_length=20, unique=True, default=_receipt)
    article = models.CharField("针对的条文", max_length=40, blank=True)
    text = models.TextField("意见")
    name = models.CharField("姓名或者单位", max_length=60, blank=True)
    contact = models.CharField("联系方式", max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    handling = models.CharField("处理", max_length=10, choices=Handling.choices, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_by = models.CharField("答复人", max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "norm_comments"
        verbose_name = "公众意见"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(handling__in=["", "adopted"]) | ~Q(answer=""), name="norm_comment_says_why"
            )
        ]


class NormLink(models.Model):
    """A newer document that amends or repeals an older one, from the day on which it takes effect."""

    newer = models.ForeignKey(NormDoc, models.PROTECT, related_name="changes")
    older = models.ForeignKey(NormDoc, models.PROTECT, related_name="changed_by")
    kind = models.CharField("关系", max_length=10, choices=[("amends", "修改"), ("repeals", "废止")])
    from_on = models.DateField("起")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        db_table = "norm_links"
        verbose_name = "修改和废止"
        constraints: ClassVar = [models.UniqueConstraint(fields=["newer", "older"], name="norm_link_once")]


class NumberSeries(models.Model):
    """The last number given: of the district's register (no maker) or of one maker's own series, by year."""

    maker = models.ForeignKey("identity.Agency", models.PROTECT, null=True, related_name="+")
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        db_table = "norm_number_series"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["maker", "year"], name="norm_series_once", nulls_distinct=False)
        ]


class BasisCheck(models.Model):
    """A person looked at a changed basis beside the document and said what follows; another change asks anew."""

    doc = models.ForeignKey(NormDoc, models.PROTECT, related_name="basis_checks")
    law = models.CharField("法规", max_length=200)
    article = models.CharField("条", max_length=40)
    change = models.CharField("变化的标记", max_length=120)
    conclusion = models.CharField("结论", max_length=10, choices=[("stands", "文件仍然成立"), *CLEANUPS[1:]])
    reason = models.TextField("理由")
    by_label = models.CharField("核对人", max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "norm_basis_checks"
        verbose_name = "依据核对"


class CleanupRound(models.Model):
    """A clean-up of the documents in force: each gets a conclusion, the result is published."""

    title = models.CharField("名称", max_length=200)
    reason = models.TextField("缘由和范围")
    opened_on = models.DateField("开始日")
    due_on = models.DateField("报送意见截止日")
    published_on = models.DateField("公布日", null=True)
    summary = models.TextField("清理结果说明", blank=True)
    by_label = models.CharField("发起人", max_length=60)

    class Meta:
        db_table = "norm_cleanups"
        verbose_name = "文件清理"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def matter_id(self) -> str:
        return f"GFQL-{self.pk}"


class CleanupItem(models.Model):
    round = models.ForeignKey(CleanupRound, models.PROTECT, related_name="items")
    doc = models.ForeignKey(NormDoc, models.PROTECT, related_name="cleanups")
    conclusion = models.CharField("清理意见", max_length=10, choices=CLEANUPS, blank=True)
    reason = models.TextField("理由", blank=True)
    by_label = models.CharField("登记人", max_length=60, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        db_table = "norm_cleanup_items"
        verbose_name = "清理意见"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "doc"], name="norm_cleanup_once")]


#: How the ids of questions about legality begin: each is a matter of its own.
NOTICE_MARK = "GFSC-"


class ReviewNotice(models.Model):
    """A question about a document's legality from a reconsideration organ or a court: a matter of its own."""

    doc = models.ForeignKey(NormDoc, models.PROTECT, related_name="notices")
    matter_id = models.CharField("事项号", max_length=100, unique=True)
    kind = models.CharField("来源", max_length=20, choices=NoticeKind.choices)
    sender = models.CharField("来文机关", max_length=100)
    number = models.CharField("来文号", max_length=80, blank=True)
    clauses = models.CharField("涉及的条款", max_length=200)
    received_on = models.DateField("收到日")
    due_on = models.DateField("答复期限", null=True)
    due_unit = models.CharField("期限单位", max_length=4, blank=True)
    rule = models.CharField("期限的规则", max_length=60, blank=True)
    answered_on = models.DateField("答复日", null=True)
    answer = models.TextField("答复内容", blank=True)
    by_label = models.CharField("登记人", max_length=60)

    class Meta:
        db_table = "norm_review_notices"
        verbose_name = "合法性质询"
        ordering: ClassVar = ["-pk"]


class CitedDocument(models.Model):
    """A document that a decision names as its basis, by the name it was named under; kept from the decision's event."""

    event_id = models.CharField("决定事件", max_length=100)
    matter_id = models.CharField("案件事项号", max_length=100)
    agency_code = models.CharField("机关", max_length=50)
    decided_on = models.DateField("决定日")
    cited = models.CharField("引用的编号", max_length=100, db_index=True)

    objects = ScopedManager()

    class Meta:
        db_table = "norm_citations"
        verbose_name = "案件引用的规范性文件"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event_id", "cited"], name="norm_citation_once")
        ]
        indexes: ClassVar = [models.Index(fields=["matter_id"], name="norm_citations_matter")]
