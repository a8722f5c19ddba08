"""What the re-check found about ourselves: one row a run, one row a difference. Both are written once."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from plumbline.platform.events.models import INSERT_ONLY


class FindingKind(models.TextChoices):
    STALE = "stale", "存档过时"
    KERNEL = "kernel", "批量计算有误"


class RecheckRun(models.Model):
    """One re-check that came to its end. ``differences`` counts all of them, ``kept`` those written down as findings.

    ``owed`` are matters that the outbox was still to have judged when the snapshot was taken: they are not compared.
    """

    began_at = models.DateTimeField("开始")
    finished_at = models.DateTimeField("结束")
    as_of = models.DateTimeField("截至")
    snapshot = models.CharField("快照", max_length=40)
    matters = models.BigIntegerField("事项")
    owed = models.BigIntegerField("尚待判断的事项", default=0)
    verdicts = models.BigIntegerField("结论")
    seconds = models.FloatField("用时（秒）")
    differences = models.BigIntegerField("不一致")
    kept = models.BigIntegerField("记下的不一致")
    started_by = models.CharField("发起", max_length=60)

    class Meta:
        db_table = "recheck_runs"
        verbose_name = "复核"
        triggers: ClassVar = INSERT_ONLY

    @property
    def agreement(self) -> str:
        """What may be said where nothing differs: not more than was compared."""
        if not self.owed:
            return "与存档结论完全一致"
        return f"已比较的 {self.matters - self.owed} 个事项与存档结论一致，{self.owed} 个还在等判断、没有比较"


class Finding(models.Model):
    """A verdict on which two readings of the same snapshot disagree.

    ``stored`` is what the database held; ``found`` what the array kernel says, ``read`` what the reader of one matter says.
    Each is ``[verdict, due, overlay]``, or empty where there is no such verdict. No agency and no content of the case.
    """

    run = models.ForeignKey(RecheckRun, models.PROTECT, related_name="findings", verbose_name="复核")
    kind = models.CharField("种类", max_length=10, choices=FindingKind.choices)
    matter_id = models.CharField("事项号", max_length=100)
    rule = models.CharField("规则", max_length=60)
    subject = models.CharField("被检查的事件", max_length=100)
    stored: Any = models.JSONField("存档", default=list)
    found: Any = models.JSONField("批量计算", default=list)
    read: Any = models.JSONField("逐件计算", default=list)

    class Meta:
        db_table = "recheck_findings"
        verbose_name = "复核发现"
        indexes: ClassVar = [models.Index(fields=["run", "rule"], name="recheck_findings_rule")]
        triggers: ClassVar = INSERT_ONLY
