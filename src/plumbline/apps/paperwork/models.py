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
