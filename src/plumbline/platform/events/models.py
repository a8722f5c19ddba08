"""The append-only log, the outbox fed by it, and the log of reads and refusals."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.fields.json import KeyTransform

from plumbline.platform.scope.querysets import ScopedManager

INSERT_ONLY = [
    pgtrigger.Protect(name="no_update", operation=pgtrigger.Update),
    pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
    pgtrigger.Trigger(
        name="no_truncate",
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        func="RAISE EXCEPTION 'cannot truncate %', TG_TABLE_NAME;",
    ),
]


class StoredEvent(models.Model):
    """One thing that happened, in the words of the event contract. Written once; corrected only by a later event.

    ``occurred_at`` keeps the contract's text (a date, or an instant with +08:00); ``occurred_on`` is its local date.
    ``actors`` and ``data`` hold pseudonyms only: names and numbers of persons live in side tables and can be erased.
    """

    seq = models.BigAutoField(primary_key=True)
    event_id = models.CharField("事件号", max_length=100, unique=True)
    matter_id = models.CharField("事项号", max_length=100)
    kind = models.CharField("事项类别", max_length=40)
    activity = models.CharField("活动", max_length=60)
    occurred_at = models.CharField("发生时间", max_length=40)
    occurred_on = models.DateField("发生日")
    recorded_at = models.DateTimeField("录入时刻")
    received_at = models.DateTimeField("本平台接收时刻", auto_now_add=True)
    agency_code = models.CharField("机关", max_length=50)
    actors = models.JSONField("参与人员", null=True)
    data = models.JSONField("属性", default=dict)
    links = models.JSONField("关联", null=True)
    source = models.JSONField("来源", null=True)
    in_contract = models.BooleanField("属于事件契约", default=True)
    by_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="操作人",
        db_index=False,
    )
    by_label = models.CharField("操作方", max_length=60)
    digest = models.CharField("内容指纹", max_length=64)

    objects = ScopedManager()

    class Meta:
        db_table = "events"
        verbose_name = "事件"
        indexes: ClassVar = [
            models.Index(fields=["matter_id", "seq"], name="events_matter"),
            models.Index(fields=["agency_code", "-seq"], name="events_agency"),
            models.Index(
                fields=["-received_at", "-seq"], condition=models.Q(kind="rights"), name="events_rights"
            ),
            models.Index(
                KeyTransform("act", KeyTransform("violation", "data")),
                condition=models.Q(data__has_key="violation"),
                name="events_violation",
            ),
        ]
        triggers: ClassVar = INSERT_ONLY


class StatedViolation(models.Model):
    """Which event states which violation, through a view where the index on it works (``scope.rows.ScopedView``)."""

    seq = models.BigIntegerField(primary_key=True)
    matter_id = models.CharField(max_length=100)
    act = models.JSONField()
    in_contract = models.BooleanField()

    objects = ScopedManager()

    class Meta:
        db_table = "events_violations"
        managed = False
        verbose_name = "所涉违法行为"


class OutboxMessage(models.Model):
    """Work that a subscriber owes for a matter. It is retried for ever; after ``ESCALATE_AFTER`` a person is told."""

    subscriber = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    activities = ArrayField(models.CharField(max_length=60), default=list)
    attempts = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_error = models.TextField(blank=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outbox"
        verbose_name = "待办消息"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subscriber", "key"], name="outbox_once_per_key")
        ]
        indexes: ClassVar = [models.Index(fields=["next_attempt_at"], name="outbox_due")]


class AccessKind(models.TextChoices):
    READ = "read", "查阅"
    REFUSED = "refused", "拒绝"
    LOG_IN = "login", "登录"
    LOG_OUT = "logout", "退出"
    LOG_IN_FAILED = "login_failed", "登录失败"


class AccessRecord(models.Model):
    """A read of a sensitive record, a refused attempt, a log-in or one that failed.

    Written outside the transaction it concerns. ``by_agency`` is the agency of the post held at that moment.
    """

    at = models.DateTimeField("时刻", auto_now_add=True)
    kind = models.CharField("类别", max_length=20)
    by_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="人员"
    )
    by_label = models.CharField("操作方", max_length=60)
    by_agency = models.CharField("单位", max_length=50, blank=True, default="")
    action = models.CharField("动作", max_length=80)
    subject = models.CharField("对象", max_length=120, blank=True)
    reason = models.TextField("理由", blank=True)

    class Meta:
        db_table = "access_records"
        verbose_name = "查阅与拒绝记录"
        indexes: ClassVar = [models.Index(fields=["-at", "-id"], name="access_newest")]
        triggers: ClassVar = INSERT_ONLY
