"""Evidence of a case: what it is, where it comes from, and the files with their hashes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from plumbline.platform.scope.querysets import ScopedManager


class Evidence(models.Model):
    """One item of evidence. ``number`` is its id in the matter and in the events; never reused."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="evidence")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    number = models.CharField("证据编号", max_length=20)
    title = models.CharField("名称", max_length=120)
    kind = models.CharField("种类", max_length=40)
    source = models.CharField("来源", max_length=40)
    origin = models.CharField("来源说明", max_length=200)
    proves = models.CharField("证明事项", max_length=300)
    collected_on = models.DateField("收集日期")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager()

    class Meta:
        db_table = "evidence"
        verbose_name = "证据"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="evidence_number_once")
        ]


class EvidenceFile(models.Model):
    """A file of an item of evidence, kept under its SHA-256."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="files")
    name = models.CharField("文件名", max_length=120)
    content_type = models.CharField(max_length=120)
    sha256 = models.CharField("指纹", max_length=64)
    size = models.BigIntegerField("字节")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "evidence_files"
        ordering: ClassVar = ["pk"]
