"""The stages of a programme: self-check of each unit, acceptance by the city, rectification, and its papers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from plumbline.platform.scope.querysets import ScopedManager


class SelfCheck(models.Model):
    """自查: a unit's score and words for each of its tasks, frozen with the fingerprints of what it handed in.

    After a return the unit fills in a further one (``number``).
    """

    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="self_checks")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="单位")
    number = models.PositiveSmallIntegerField("次数", default=1)
    answers = models.JSONField("各项", default=dict)
    summary = models.CharField("自查小结", max_length=1000, blank=True)
    content = models.JSONField("报送的内容", default=dict)
    sha256 = models.CharField("指纹", max_length=64, blank=True)
    submitted_on = models.DateField("报送日", null=True)
    submitted_label = models.CharField("报送人", max_length=60, blank=True)
    accepted = models.BooleanField("通过", null=True)
    opinion = models.CharField("意见", max_length=300, blank=True)
    reviewed_on = models.DateField("审阅日", null=True)
    reviewed_label = models.CharField("审阅人", max_length=60, blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "programme_self_checks"
        verbose_name = "自查"
        ordering: ClassVar = ["agency_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "agency", "number"], name="programme_self_check_once"
            )
        ]


class AcceptanceCheck(models.Model):
    """检查验收 of one task by 市司法局, as recorded here: score, finding, the fingerprints that were looked at.

    Looking again is a further row; the latest counts.
    """

    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="acceptance")
    task = models.ForeignKey("programme.Task", models.PROTECT, related_name="acceptance")
    on = models.DateField("验收日")
    inspectors = models.CharField("验收人员", max_length=100)
    full = models.PositiveSmallIntegerField("满分")
    score = models.PositiveSmallIntegerField("得分")
    finding = models.CharField("验收意见", max_length=500, blank=True)
    evidence = models.JSONField("查阅的成果", default=list)
    by_label = models.CharField("登记人", max_length=60)

    class Meta:
        db_table = "programme_acceptance"
        verbose_name = "验收"
        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(score__lte=models.F("full")), name="acceptance_within_full"
            )
        ]


class Directive(models.Model):
    """What was decided or done for the programme as a whole, as it was recorded: a meeting of the leading group, an instruction
    of its, research, coordination with other plans, support that was sought. It may give units something to do.
    """

    class Kind(models.TextChoices):
        MEETING = "meeting", "领导小组会议"
        INSTRUCTION = "instruction", "批示指示"
        RESEARCH = "research", "调研"
        COORDINATION = "coordination", "统筹协调"
        SAFEGUARD = "safeguard", "落实保障"
        SUPPORT = "support", "争取指导支持"
        EXCHANGE = "exchange", "学习交流"

    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="directives")
    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    title = models.CharField("标题", max_length=120)
    text = models.TextField("内容", max_length=2000)
    on = models.DateField("日期")
    name = models.CharField("文件名", max_length=120, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField("指纹", max_length=64, blank=True)
    size = models.BigIntegerField("字节", default=0)
    at = models.DateTimeField("登记时刻", auto_now_add=True)
    by_label = models.CharField("登记人", max_length=60)

    class Meta:
        db_table = "programme_directives"
        verbose_name = "领导小组和统筹"
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.title}"


class Rectification(models.Model):
    """What one unit has to put right after a deduction (整改), or to do after a directive (交办), until its proof is verified."""

    check_row = models.ForeignKey(
        AcceptanceCheck, models.PROTECT, related_name="rectifications", null=True, verbose_name="由验收"
    )
    directive = models.ForeignKey(
        Directive, models.PROTECT, related_name="demands", null=True, verbose_name="由交办"
    )
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="单位")
    demand = models.CharField("整改要求", max_length=300)
    due_on = models.DateField("整改期限")
    opened_on = models.DateField("交办日")

    objects = ScopedManager()

    class Meta:
        db_table = "programme_rectifications"
        verbose_name = "整改"
        ordering: ClassVar = ["due_on", "agency_id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(check_row=None) ^ Q(directive=None), name="programme_demand_has_one_source"
            )
        ]

    @staticmethod
    def within(programme: Any, prefix: str = "") -> Q:
        """The rows of a programme, whatever they come from; ``prefix`` leads to the row from another table."""
        return Q(**{f"{prefix}check_row__programme": programme}) | Q(
            **{f"{prefix}directive__programme": programme}
        )

    @property
    def programme(self) -> Any:
        source = self.check_row or self.directive
        assert source is not None
        return source.programme

    @property
    def word(self) -> str:
        return "整改" if self.check_row_id else "交办"

    @property
    def source(self) -> str:
        """The code of the task that lost points, or what kind of directive asked for it."""
        if self.check_row is not None:
            return str(self.check_row.task.code)
        assert self.directive is not None
        return self.directive.get_kind_display()

    @property
    def why(self) -> str:
        """What was found, or what the directive says."""
        if self.check_row is not None:
            return self.check_row.finding
        assert self.directive is not None
        return self.directive.text


class RectificationProof(models.Model):
    """What a unit shows for its rectification, and whether it is enough."""

    rectification = models.ForeignKey(Rectification, models.PROTECT, related_name="proofs")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    text = models.CharField("整改情况", max_length=500)
    name = models.CharField("文件名", max_length=120)
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField("指纹", max_length=64)
    size = models.BigIntegerField("字节")
    on = models.DateField("报送日")
    by_label = models.CharField("报送人", max_length=60)
    by_number = models.CharField("报送人编号", max_length=60)
    accepted = models.BooleanField("通过", null=True)
    opinion = models.CharField("意见", max_length=300, blank=True)
    verified_on = models.DateField("核实日", null=True)
    verified_label = models.CharField("核实人", max_length=60, blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "programme_proofs"
        verbose_name = "整改证明"
        ordering: ClassVar = ["on", "pk"]


class Paper(models.Model):
    """A monthly report (``period`` 2022-08) or the results report. What is typed waits here until it is issued.

    Issued, its content is frozen under its fingerprint; a corrected one is a further number.
    """

    class Kind(models.TextChoices):
        MONTH = "month", "月报"
        RESULTS = "results", "工作成果报告"

    programme = models.ForeignKey("programme.Programme", models.PROTECT, related_name="papers")
    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    period = models.CharField("期间", max_length=7, blank=True)
    number = models.PositiveSmallIntegerField("版本", default=1)
    drafted_on = models.DateField("起草日")
    text = models.JSONField("各部分", default=dict)
    content = models.JSONField("印发的内容", default=dict)
    sha256 = models.CharField("指纹", max_length=64, blank=True)
    issued_on = models.DateField("印发日", null=True)
    issued_label = models.CharField("印发人", max_length=60, blank=True)

    class Meta:
        db_table = "programme_papers"
        verbose_name = "月报和报告"
        ordering: ClassVar = ["-drafted_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "kind", "period", "number"], name="programme_paper_once"
            )
        ]

    def __str__(self) -> str:
        if self.kind == self.Kind.RESULTS:
            return f"{self.programme.title}工作成果报告"
        year, month = self.period.split("-")
        return f"{self.programme.title} {year} 年 {int(month)} 月月报"
