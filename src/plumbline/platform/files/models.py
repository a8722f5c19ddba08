"""Uploads that arrive in parts: what was announced, and which parts have been written out."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class UploadState(models.TextChoices):
    RECEIVING = "receiving", "接收中"
    READY = "ready", "已收齐"
    REFUSED = "refused", "已拒收"
    TAKEN = "taken", "已使用"


class Upload(models.Model):
    """One file on its way in, bound to who sends it. ``parts`` are the numbers of the parts written out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sha256 = models.CharField("指纹", max_length=64)
    name = models.CharField("文件名", max_length=120)
    size = models.BigIntegerField("字节")
    kind = models.CharField("种类", max_length=20, blank=True)
    state = models.CharField(
        "状态", max_length=20, choices=UploadState.choices, default=UploadState.RECEIVING
    )
    parts = ArrayField(models.IntegerField(), default=list)
    message = models.CharField("拒收原因", max_length=300, blank=True)
    begun_at = models.DateTimeField("开始时刻", auto_now_add=True)
    heard_at = models.DateTimeField("最近一次", auto_now_add=True)

    class Meta:
        db_table = "uploads"
        verbose_name = "上传"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "sha256"], name="upload_once_a_person")
        ]
        indexes: ClassVar = [models.Index(fields=["state", "heard_at"], name="uploads_left_over")]


class FilmLook(models.Model):
    """What a film hides, by its hash: the boxes that tell the place (begin, length of the head, whole length).

    ``tracked``: it carries positions sample by sample, so that no copy without them is made here.
    """

    sha256 = models.CharField("指纹", max_length=64, primary_key=True)
    hides = models.JSONField("记着位置的部分", default=list)
    tracked = models.BooleanField("连续记着位置", default=False)
    looked_at = models.DateTimeField("读取", auto_now_add=True)

    class Meta:
        db_table = "film_looks"
        verbose_name = "录像读取结果"
