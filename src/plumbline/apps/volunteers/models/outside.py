from __future__ import annotations

from typing import ClassVar

from django.db import models

from plumbline.platform.scope.querysets import ScopedManager


class MediaLead(models.Model):
    """What a medium reported about enforcement: where, when, and the clipping as a file with its hash."""

    matter_id = models.CharField("编号", max_length=40, unique=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="登记机关")
    outlet = models.CharField("媒体", max_length=80)
    title = models.CharField("标题", max_length=200)
    url = models.URLField("网址", max_length=500, blank=True)
    published_on = models.DateField("报道日期")
    concerned = models.ForeignKey(
        "identity.Agency", models.PROTECT, null=True, related_name="+", verbose_name="涉及的机关"
    )
    summary = models.TextField("反映的情况")
    clipping = models.CharField("剪报指纹", max_length=64, blank=True)
    clipping_name = models.CharField("剪报文件", max_length=120, blank=True)
    registered_at = models.DateTimeField("登记")
    registered_label = models.CharField(max_length=60)
    lead = models.CharField("监督线索", max_length=100, blank=True)
    outcome = models.TextField("处理结果", blank=True)
    outcome_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "media_leads"
        verbose_name = "媒体线索"
        ordering: ClassVar = ["-registered_at"]
