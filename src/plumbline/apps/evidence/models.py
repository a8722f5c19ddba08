"""Evidence of a case: what it is and where it comes from, its files with their hashes, whose hands it passed through,
the copies worked on, the facts it proves; and the recordings of the whole procedure."""

from __future__ import annotations

from datetime import time
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models

from plumbline.platform import clock
from plumbline.platform.scope.querysets import ScopedManager


def _kept(name: str) -> list[pgtrigger.Protect]:
    """Rows that are only ever added."""
    return [pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)]


class Evidence(models.Model):
    """One item of evidence. ``number`` is its id in the matter and in the events; never reused.

    ``quantity`` and ``place`` are for things: how many, and where they are kept now (``CustodyEntry`` has the history).
    ``list_event`` is the preregistration or seizure whose list names the thing. ``field_key`` names the photos of a
    phone's record that make the item; empty for one that was added at a desk.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="evidence")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    number = models.CharField("证据编号", max_length=20)
    title = models.CharField("名称", max_length=120)
    kind = models.CharField("种类", max_length=40)
    source = models.CharField("来源", max_length=40)
    origin = models.CharField("来源说明", max_length=200)
    proves = models.CharField("证明事项", max_length=300)
    stage = models.CharField("环节", max_length=20, default="evidence")
    quantity = models.CharField("数量和特征", max_length=200, blank=True)
    place = models.CharField("保管地点", max_length=200, blank=True)
    list_event = models.CharField("所在清单", max_length=100, blank=True)
    field_key = models.CharField("现场记录", max_length=120, blank=True)
    collected_on = models.DateField("收集日期")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    documents = models.ManyToManyField(
        "paperwork.Document", related_name="+", db_table="evidence_documents", verbose_name="引用的文书"
    )

    objects = ScopedManager()

    class Meta:
        db_table = "evidence"
        verbose_name = "证据"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="evidence_number_once"),
            models.UniqueConstraint(
                fields=["case", "field_key"], condition=~models.Q(field_key=""), name="evidence_field_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class EvidenceFile(models.Model):
    """A file of an item of evidence, kept under its SHA-256: the original, which nobody changes.

    What the camera wrote (``taken_at`` … ``longitude``) is read once; it leaves only with the original. Where the place
    is the phone's and not the camera's, ``accuracy_m`` is its radius in metres. ``small`` and ``clean`` name pictures
    drawn from it without metadata: for the grid, and for whoever looks or takes a copy.
    """

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="files")
    name = models.CharField("文件名", max_length=120)
    content_type = models.CharField(max_length=120)
    sha256 = models.CharField("指纹", max_length=64)
    size = models.BigIntegerField("字节")
    added_at = models.DateTimeField(auto_now_add=True)
    width = models.IntegerField("宽", null=True)
    height = models.IntegerField("高", null=True)
    pages = models.IntegerField("页数", null=True)
    taken_at = models.CharField("拍摄时间（设备）", max_length=80, blank=True)
    device = models.CharField("拍摄设备", max_length=80, blank=True)
    latitude = models.FloatField("纬度", null=True)
    longitude = models.FloatField("经度", null=True)
    accuracy_m = models.IntegerField("手机定位的误差（米）", null=True)
    small = models.CharField(max_length=64, blank=True)
    clean = models.CharField(max_length=64, blank=True)  # type: ignore[assignment]  # rows of this table are never validated as models
    checked_at = models.DateTimeField("最近一次校验", null=True)
    intact = models.BooleanField("校验一致", null=True)

    class Meta:
        db_table = "evidence_files"
        ordering: ClassVar = ["pk"]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="original_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__sha256__df=pgtrigger.F("new__sha256"))
                | pgtrigger.Q(old__name__df=pgtrigger.F("new__name"))
                | pgtrigger.Q(old__size__df=pgtrigger.F("new__size")),
            ),
            pgtrigger.Protect(name="original_is_kept", operation=pgtrigger.Delete),
        ]

    @property
    def form(self) -> str:
        """How it is shown: picture, pdf, sound, film or other."""
        general = self.content_type.split("/", 1)[0]
        if self.content_type == "application/pdf":
            return "pdf"
        return {"image": "picture", "audio": "sound", "video": "film"}.get(general, "other")


class WorkingCopy(models.Model):
    """A copy of a picture, drawn anew: turned, with boxes blacked out in the pixels, without metadata. The original stays."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    original = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="copies")
    name = models.CharField("文件名", max_length=120)
    content_type = models.CharField(max_length=120)
    sha256 = models.CharField("指纹", max_length=64)
    size = models.BigIntegerField("字节")
    turn = models.IntegerField("右转（度）", default=0)
    boxes = models.JSONField("遮盖", default=list)
    note = models.CharField("用途", max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_label = models.CharField("制作人", max_length=60)
    made_at = models.DateTimeField("制作时刻", auto_now_add=True)

    objects = ScopedManager()

    class Meta:
        db_table = "evidence_copies"
        verbose_name = "工作副本"
        ordering: ClassVar = ["pk"]
        triggers: ClassVar = _kept("copy_is_kept")


class CustodyKind(models.TextChoices):
    COLLECTED = "collected", "收集"
    RECEIVED = "received", "接收"
    HANDED_OVER = "handed_over", "移交"
    STORED = "stored", "入库、变更保管地点"
    COPIED = "copied", "复制"
    SENT_FOR_TEST = "sent_for_test", "送检"
    RETURNED = "returned", "退还"
    DESTROYED = "destroyed", "销毁"


class CustodyEntry(models.Model):
    """One link of the chain of custody. Only ever added; ``hashes`` are the files as they were at that moment."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="custody")
    kind = models.CharField("事项", max_length=20, choices=CustodyKind.choices)
    at = models.DateTimeField("时间")
    giver = models.CharField("交出", max_length=120, blank=True)
    taker = models.CharField("接收", max_length=120, blank=True)
    place = models.CharField("地点", max_length=200, blank=True)
    reason = models.CharField("理由", max_length=200)
    hashes = models.JSONField("当时的指纹", default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_label = models.CharField("登记人", max_length=60)
    recorded_at = models.DateTimeField("登记时刻", auto_now_add=True)

    objects = ScopedManager()

    class Meta:
        db_table = "evidence_custody"
        verbose_name = "保管记录"
        ordering: ClassVar = ["at", "pk"]
        triggers: ClassVar = _kept("custody_is_kept")

    @property
    def when(self) -> str:
        """The moment in Beijing time; of a collection of which only the day was told (kept as its midnight), the day."""
        moment = self.at.astimezone(clock.CHINA)
        day_alone = self.kind == CustodyKind.COLLECTED and moment.time() == time()
        return f"{moment:%Y-%m-%d}" if day_alone else f"{moment:%Y-%m-%d %H:%M}"


class ProvenFact(models.Model):
    """A fact that a case has to prove, with the evidence for it; one without evidence is a gap that pages show."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    text = models.CharField("待证事实", max_length=200)
    evidence = models.ManyToManyField(Evidence, related_name="facts", db_table="evidence_fact_items")
    stated_label = models.CharField("登记人", max_length=60)
    stated_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager()

    class Meta:
        db_table = "evidence_facts"
        verbose_name = "待证事实"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "text"], name="evidence_fact_once")]


class ProcessRecording(models.Model):
    """A sound or picture recording of a stage of the procedure (行政处罚法第四十七条): a file, or where it is kept."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    stage = models.CharField("环节", max_length=20)
    title = models.CharField("内容", max_length=120)
    event_id = models.CharField("所记步骤", max_length=100, blank=True)
    began_at = models.DateTimeField("开始")
    minutes = models.IntegerField("时长（分）")
    device = models.CharField("设备编号", max_length=80, blank=True)
    operator = models.CharField("摄录人", max_length=60)
    name = models.CharField("文件名", max_length=120, blank=True)
    content_type = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField("指纹", max_length=64, blank=True)
    size = models.BigIntegerField("字节", null=True)
    place = models.CharField("保存位置", max_length=200, blank=True)
    added_label = models.CharField("登记人", max_length=60)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager()

    class Meta:
        db_table = "process_recordings"
        verbose_name = "音像记录"
        ordering: ClassVar = ["began_at", "pk"]
        triggers: ClassVar = _kept("recording_is_kept")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(sha256="") | ~models.Q(place=""), name="recording_is_somewhere"
            )
        ]
