"""Phones registered to officers, and the records that they send: appended, signed, never edited."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from plumbline.platform.scope.querysets import ScopedManager


class DeviceState(models.TextChoices):
    PENDING = "pending", "待本人确认"
    CONFIRMED = "confirmed", "使用中"
    REVOKED = "revoked", "已停用"


class Device(models.Model):
    """A phone with a key pair of its own. ``last_sequence`` is the last record dealt with in order.

    ``cosign_key`` is derived on the phone from the officer's PIN (PBKDF2); with it the server checks that this officer
    has signed as second officer on a colleague's phone. ``wipe`` orders the phone to delete what it holds.
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="使用人"
    )
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="机关")
    label = models.CharField("型号", max_length=120)
    public_key = models.JSONField("公钥")
    fingerprint = models.CharField("指纹", max_length=20)
    cosign_key = models.CharField(max_length=64, blank=True)
    state = models.CharField("状态", max_length=10, choices=DeviceState.choices, default=DeviceState.PENDING)
    registered_at = models.DateTimeField("登记", auto_now_add=True)
    confirmed_at = models.DateTimeField("确认", null=True)
    revoked_at = models.DateTimeField("停用", null=True)
    revoked_label = models.CharField("停用人", max_length=60, blank=True)
    revoked_reason = models.CharField("停用理由", max_length=200, blank=True)
    wipe = models.BooleanField("清除手机上的数据", default=False)
    wiped_at = models.DateTimeField("手机已清除", null=True)
    heard_at = models.DateTimeField("最近联系", null=True)
    last_sequence = models.PositiveIntegerField("末号", default=0)

    objects = ScopedManager()

    class Meta:
        db_table = "field_devices"
        verbose_name = "现场设备"

    def __str__(self) -> str:
        return f"{self.label}（{self.fingerprint}）"


class RecordState(models.TextChoices):
    ACCEPTED = "accepted", "已受理"
    HELD = "held", "已收到，暂存"
    REFUSED = "refused", "未受理"
    CONFLICT = "conflict", "与他人记录不一致，待处理"


class FieldRecord(models.Model):
    """One record as the phone signed it. The first of an id is kept; the state says what came of it.

    ``captured_at`` is the phone's clock, ``received_at`` the server's; ``skew_s`` is by how much the phone was ahead.
    """

    id = models.UUIDField(primary_key=True)
    device = models.ForeignKey(Device, models.PROTECT, related_name="records")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField("设备序号")
    kind = models.CharField("类别", max_length=20)
    digest = models.CharField("指纹", max_length=64)
    signature = models.CharField("设备签名", max_length=120)
    record = models.JSONField("记录")
    captured_at = models.DateTimeField("手机时间")
    received_at = models.DateTimeField("收到")
    skew_s = models.IntegerField("手机快（秒）", default=0)
    state = models.CharField("状态", max_length=10, choices=RecordState.choices)
    waits = models.CharField("等待", max_length=80, blank=True)
    message = models.CharField("说明", max_length=600, blank=True)
    receipt = models.CharField("回执号", max_length=20, unique=True)
    matter_id = models.CharField("事项号", max_length=100, blank=True, db_index=True)
    settled_reason = models.CharField("处理理由", max_length=300, blank=True)
    settled_label = models.CharField("处理人", max_length=60, blank=True)
    settled_at = models.DateTimeField("处理", null=True)
    settled = models.JSONField("处理结果", default=list)

    objects = ScopedManager()

    class Meta:
        db_table = "field_records"
        verbose_name = "现场记录"
        indexes: ClassVar = [
            models.Index(fields=["agency", "-received_at"], name="field_records_agency"),
            models.Index(fields=["device", "state"], name="field_records_device"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["device", "sequence"], name="field_sequence_once"),
            models.CheckConstraint(
                condition=Q(state="accepted", waits="") | ~Q(state="accepted"),
                name="field_accepted_waits_not",
            ),
        ]


class FieldFile(models.Model):
    """A file that a record names. It arrives by itself, in parts; ``arrived_at`` is empty until it is in the store."""

    record = models.ForeignKey(FieldRecord, models.PROTECT, related_name="files")
    sha256 = models.CharField("指纹", max_length=64, db_index=True)
    size = models.BigIntegerField("字节")
    content_type = models.CharField(max_length=120)
    purpose = models.CharField("用途", max_length=20)
    arrived_at = models.DateTimeField("收到", null=True)

    class Meta:
        db_table = "field_files"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["record", "sha256"], name="field_file_once")]
