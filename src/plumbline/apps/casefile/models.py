"""The case file: how an officer arranged it, and the volumes and packages made of it. What is sealed never changes."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from plumbline.platform.scope.querysets import ScopedManager

MAIN, AUXILIARY, SUPPLEMENT = "main", "aux", "supp"


def volume_label(volume: str) -> str:
    """``main`` 正卷, ``aux`` 副卷, ``supp-1`` 补充卷（一）."""
    if volume.startswith(SUPPLEMENT):
        return f"补充卷（{volume.partition('-')[2]}）"
    return {MAIN: "正卷", AUXILIARY: "副卷"}[volume]


class Arrangement(models.Model):
    """What an officer changed of the usual order of a case's file; one row a case.

    ``order`` lists part keys by volume, ``moved`` names the volume of parts put elsewhere, ``left_out`` the parts that are not
    bound, each with its reason.
    """

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    order = models.JSONField("次序", default=dict)
    moved = models.JSONField("换卷", default=dict)
    left_out = models.JSONField("不入卷", default=dict)
    note = models.CharField("本卷情况说明", max_length=500, blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "case_file_arrangements"
        verbose_name = "案卷编排"


class _Made(models.Model):
    """Something made of a case file: its bytes by hash, in the store once it is sealed."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    sealed = models.BooleanField("已定稿", default=False)
    sha256 = models.CharField("指纹", max_length=64)
    size = models.BigIntegerField("字节")
    made_at = models.DateTimeField("生成时刻")
    made_label = models.CharField("生成人", max_length=60)

    objects = ScopedManager()

    class Meta:
        abstract = True


def _sealed_stays(name: str) -> pgtrigger.Protect:
    return pgtrigger.Protect(
        name=name, operation=pgtrigger.Update | pgtrigger.Delete, condition=pgtrigger.Q(old__sealed=True)
    )


class BoundVolume(_Made):
    """A volume as one PDF. ``contents`` are its rows: key, title, number, author, date, first page and pages."""

    volume = models.CharField("卷", max_length=20)
    pages = models.IntegerField("页数")
    contents = models.JSONField("卷内目录", default=list)

    class Meta:
        db_table = "case_file_volumes"
        verbose_name = "案卷"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "volume", "sealed"], name="case_file_volume_once")
        ]
        triggers: ClassVar = [_sealed_stays("sealed_volume_stays")]

    @property
    def label(self) -> str:
        return volume_label(self.volume)


class ExportPackage(_Made):
    """A package of a case: documents, originals, events, metadata and hashes in one ZIP file."""

    volume = models.CharField("至", max_length=20, default=MAIN)
    files = models.IntegerField("文件数")

    class Meta:
        db_table = "case_file_packages"
        verbose_name = "电子案卷包"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "volume"], condition=Q(sealed=True), name="case_package_sealed_once"
            )
        ]
        triggers: ClassVar = [_sealed_stays("sealed_package_stays")]
