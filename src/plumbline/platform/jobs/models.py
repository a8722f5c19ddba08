"""Long work with progress that a person can watch and stop."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class JobState(models.TextChoices):
    WAITING = "waiting", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"
    CANCELLED = "cancelled", "已取消"


class Job(models.Model):
    """One piece of long work. ``result`` is what the page of its kind shows when it is over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField("种类", max_length=60)
    title = models.CharField("名称", max_length=200)
    state = models.CharField("状态", max_length=20, choices=JobState.choices, default=JobState.WAITING)
    arguments = models.JSONField(default=dict)
    done = models.BigIntegerField("已处理", default=0)
    total = models.BigIntegerField("总数", default=0)
    message = models.CharField("进展", max_length=300, blank=True)
    result = models.JSONField("结果", default=dict)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("提交时刻", auto_now_add=True)
    finished_at = models.DateTimeField("完成时刻", null=True)
    cancel_requested = models.BooleanField("请求取消", default=False)

    class Meta:
        db_table = "jobs"
        verbose_name = "任务"
        indexes: ClassVar = [models.Index(fields=["started_by", "-created_at"], name="jobs_mine")]

    @property
    def is_over(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}

    @property
    def percent(self) -> int:
        return 100 if self.state == JobState.DONE else (100 * self.done // self.total if self.total else 0)


class WorkerPass(models.Model):
    """When a part of the worker last came round, one row a part: the sign that it is alive.

    ``fault`` is the type of what stopped it that time, without its text: that may hold what a case says.
    """

    part = models.CharField("部分", max_length=40, primary_key=True)
    at = models.DateTimeField("最近一次")
    seconds = models.FloatField("用时（秒）", default=0)
    fault = models.CharField("出错类型", max_length=120, blank=True)

    class Meta:
        db_table = "worker_passes"
        verbose_name = "后台运行"
