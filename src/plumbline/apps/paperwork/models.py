"""Documents: drafted from facts, numbered at signing without gaps, frozen afterwards."""

from __future__ import annotations

import secrets
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from plumbline.platform.scope.querysets import ScopedManager


class DocumentState(models.TextChoices):
    DRAFT = "draft", "草稿"
    SIGNED = "signed", "已签发"
    VOID = "void", "已作废"


FROZEN = (
    "docx_sha256",
    "pdf_sha256",
    "pages",
    "entries",
    "layout_id",
    "signed_how",
    "number",
    "html",
    "sha256",
    "signed_on",
    "signed_by",
    "signed_label",
    "facts",
    "title",
    "template",
    "template_version",
    "matter_id",
    "agency",
    "event_id",
    "code",
)


def _changed(*fields: str) -> pgtrigger.Q:
    """Whether an update changes any of the fields."""
    found = pgtrigger.Q()
    for name in fields:
        found |= pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})
    return found


def _code() -> str:
    return secrets.token_hex(8)


class Document(models.Model):
    """One document of a matter. From signing on its number, text and hash never change; an error needs a new document."""

    matter_id = models.CharField("事项号", max_length=100, db_index=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="制发机关")
    template = models.CharField("文书", max_length=20)
    template_version = models.CharField(max_length=20)
    title = models.CharField("名称", max_length=120)
    event_id = models.CharField("所据事件", max_length=100, blank=True)
    facts = models.JSONField("所用事实", default=list)
    state = models.CharField(
        "状态", max_length=10, choices=DocumentState.choices, default=DocumentState.DRAFT
    )
    number = models.CharField("文号", max_length=80, blank=True)
    html = models.TextField("定稿", blank=True)
    sha256 = models.CharField("指纹", max_length=64, blank=True)
    code = models.CharField("验证码", max_length=32, unique=True, default=_code)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField(auto_now_add=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_label = models.CharField("签发人", max_length=60, blank=True)
    signed_on = models.DateField("成文日期", null=True)
    void_reason = models.CharField("作废理由", max_length=200, blank=True)
    entries = models.JSONField("本文书填写", default=dict)
    layout = models.ForeignKey(
        "paperwork.TemplateVersion", models.PROTECT, null=True, related_name="+", verbose_name="所用模板"
    )
    signed_how = models.CharField("签发确认方式", max_length=20, blank=True)
    docx_sha256 = models.CharField("Word 文件指纹", max_length=64, blank=True)
    pdf_sha256 = models.CharField("PDF 文件指纹", max_length=64, blank=True)
    pages = models.IntegerField("页数", default=0)

    objects = ScopedManager()

    class Meta:
        db_table = "documents"
        verbose_name = "文书"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="document_number_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(sha256=""), name="document_signed_has_hash"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="frozen_after_signing",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="signed")
                & (_changed(*FROZEN) | pgtrigger.Q(new__state="draft")),
            ),
            pgtrigger.Protect(
                name="void_is_final", operation=pgtrigger.Update, condition=pgtrigger.Q(old__state="void")
            ),
            pgtrigger.Protect(
                name="signed_is_kept", operation=pgtrigger.Delete, condition=~pgtrigger.Q(old__state="draft")
            ),
        ]


class NumberSeries(models.Model):
    """The last number given in a series: agency, mark and year."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    mark = models.CharField(max_length=20)
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        db_table = "document_number_series"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "mark", "year"], name="number_series_once")
        ]


class NumberState(models.TextChoices):
    FREE = "free", "预留未用"
    USED = "used", "已使用"
    VOID = "void", "作废"
    RETURNED = "returned", "已收回"


class BlockNumber(models.Model):
    """One number of a series that was set aside for a device without a network; see ``blocks``."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    mark = models.CharField(max_length=20)
    year = models.IntegerField()
    n = models.IntegerField("序号")
    number = models.CharField("文号", max_length=80, unique=True)
    holder = models.CharField("设备", max_length=64, db_index=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    state = models.CharField("状态", max_length=10, choices=NumberState.choices, default=NumberState.FREE)
    reason = models.CharField("理由", max_length=200, blank=True)
    at = models.DateTimeField("时刻")

    class Meta:
        db_table = "document_block_numbers"
        verbose_name = "预留文书号"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "mark", "year", "n"], name="block_number_once")
        ]


class VersionState(models.TextChoices):
    DRAFT = "draft", "待发布"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤下"


class TemplateVersion(models.Model):
    """A Word template that stands in place of the project's own: of one agency, or of the district (no agency).

    Published, it holds from ``valid_from`` until a later one does. It is never edited: an earlier one comes back as a new
    version of the same file. Documents keep the version they were made with.
    """

    code = models.CharField("文书", max_length=20)
    agency = models.ForeignKey(
        "identity.Agency", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="机关"
    )
    version = models.IntegerField("版本")
    state = models.CharField("状态", max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    valid_from = models.DateField("施行日", null=True)
    note = models.CharField("修改说明", max_length=200)
    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("指纹", max_length=64)
    facts = models.JSONField("所用字段", default=list)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_label = models.CharField("上传人", max_length=60)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    published_label = models.CharField("发布人", max_length=60, blank=True)
    published_at = models.DateTimeField("发布时刻", null=True)

    class Meta:
        db_table = "document_templates"
        verbose_name = "文书模板"
        ordering: ClassVar = ["code", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "agency", "version"], nulls_distinct=False, name="template_version_once"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(valid_from__isnull=False), name="template_published_dated"
            ),
        ]

    def __str__(self) -> str:
        whose = self.agency.short_name if self.agency else "全区"
        return f"{self.code} {whose}第 {self.version} 版"


class SignatureWay(models.TextChoices):
    """How somebody signed; a refusal is a way of its own, with its reason and two witnesses."""

    DRAWN = "drawn", "手写签名"
    TYPED = "typed", "确认姓名"
    PAPER = "paper", "纸上签名的照片"
    REFUSED = "refused", "拒绝签名"


class DocumentSignature(models.Model):
    """A signature on one document. It holds for the text that was signed: ``text_hash`` says which that was."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="signatures")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    role = models.CharField("签名栏", max_length=20)
    name = models.CharField("姓名", max_length=60)
    way = models.CharField("方式", max_length=10, choices=SignatureWay.choices)
    opinion = models.CharField("阅后意见", max_length=200, blank=True)
    reason = models.CharField("拒签理由", max_length=200, blank=True)
    witnesses = models.JSONField("见证人", default=list)
    sha256 = models.CharField("图片指纹", max_length=64, blank=True)
    text_hash = models.CharField("所签内容", max_length=64)
    at = models.DateTimeField("签名时刻")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_label = models.CharField("登记人", max_length=60)

    objects = ScopedManager()

    class Meta:
        db_table = "document_signatures"
        verbose_name = "文书签名"
        ordering: ClassVar = ["pk"]
        triggers: ClassVar = [
            pgtrigger.Protect(name="kept_as_signed", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class DocumentComment(models.Model):
    """What somebody asks to be changed in a draft, with the words it is about; settled one by one."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="comments")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    quote = models.CharField("所指文字", max_length=200, blank=True)
    text = models.CharField("意见", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_label = models.CharField("提出人", max_length=60)
    at = models.DateTimeField("提出时刻")
    settled_label = models.CharField("处理人", max_length=60, blank=True)
    settled_at = models.DateTimeField("处理时刻", null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "document_comments"
        verbose_name = "文书意见"
        ordering: ClassVar = ["pk"]
