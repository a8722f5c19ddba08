"""A notice as a living plan: its tasks in dated wordings, the units' shares, what they report and hand in, its stages.

Nothing is overwritten. A changed wording or deadline is a further term of the task, a correction a further report, a
better file a further version; what somebody decides about a row is filled in once.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from plumbline.platform import clock
from plumbline.platform.scope.querysets import ScopedManager

from .stage_models import AcceptanceCheck, Directive, Paper, Rectification, RectificationProof, SelfCheck


class Programme(models.Model):
    """``shown_on``: a programme of the past is shown, and filled in, as on that day; empty for one that runs today.

    ``groups``: the members of what the notice names as a group, by its name. ``near_days``: how many days before a
    deadline it is called near; chosen by 区司法局, not by any law.
    """

    key = models.SlugField("编码", max_length=40, unique=True)
    matter_id = models.CharField("事项号", max_length=60, unique=True)
    title = models.CharField("名称", max_length=120)
    number = models.CharField("文号", max_length=60)
    issuer = models.CharField("印发机关", max_length=60)
    issued_on = models.DateField("印发日")
    from_on = models.DateField("起")
    to_on = models.DateField("止")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="组织单位")
    phases = models.JSONField("阶段", default=list)
    conflicts = models.JSONField("不一致之处", default=list)
    groups = models.JSONField("单位分组", default=dict)
    near_days = models.PositiveSmallIntegerField("临期提示天数", default=7)
    shown_on = models.DateField("展示日", null=True)
    opened_on = models.DateField("纳入日")
    opened_label = models.CharField("纳入人", max_length=60)

    class Meta:
        db_table = "programmes"
        verbose_name = "工作方案"
        ordering: ClassVar = ["-issued_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    def today(self) -> date:
        """The programme's own day: what is registered now is registered on it."""
        return self.shown_on or clock.today()


class Kind(models.TextChoices):
    ANNEX = "annex", "附件任务"
    BODY = "body", "正文要求"


class Nature(models.TextChoices):
    ONE_OFF = "one_off", "一次完成"
    CONTINUOUS = "continuous", "持续开展"
    RECURRING = "recurring", "定期开展"
    ANNUAL = "annual", "每年"
    ON_DEMAND = "on_demand", "按需"


class Stage(models.TextChoices):
    """A record of the programme that fulfils a task by itself, so that nobody reports it twice."""

    SELF_CHECK = "self_check", "自查"
    PEOPLE = "people", "责任人名单"
    RESULTS = "results", "工作成果报告"


class Task(models.Model):
    """A row of the annex or a duty of the body. What it says stands in its terms."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="tasks")
    code = models.CharField("编号", max_length=20)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    order = models.PositiveSmallIntegerField("次序")

    class Meta:
        db_table = "programme_tasks"
        verbose_name = "任务"
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "code"], name="programme_task_once")
        ]

    def __str__(self) -> str:
        return self.code


class TaskTerm(models.Model):
    """What a task says from a day on. ``units`` as the notice names them; ``unit_stated`` false: our reading of the notice.

    ``refs``: the duties of the body behind a task of the annex, or the other way round. ``after``: what has to be done
    before. ``links``: where the platform itself delivers it. ``elements``: what the deliverable has to hold, each checked
    when it is confirmed. ``points``: full score in self-checks and acceptance, set by
    区司法局.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="terms")
    since_on = models.DateField("起")
    until_on = models.DateField("止", null=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    section = models.CharField("部分", max_length=60)
    title = models.CharField("任务", max_length=200)
    deliverable = models.CharField("成果", max_length=200, blank=True)
    demand = models.CharField("要求", max_length=400, blank=True)
    units = models.JSONField("责任主体", default=list)
    unit_stated = models.BooleanField("方案写明单位", default=True)
    due = ArrayField(models.DateField(), verbose_name="时限", default=list)
    recurs = models.CharField("每年期限", max_length=5, blank=True)
    nature = models.CharField("性质", max_length=12, choices=Nature.choices, default=Nature.ONE_OFF)
    refs = ArrayField(models.CharField(max_length=20), verbose_name="对应", default=list)
    after = ArrayField(models.CharField(max_length=20), verbose_name="先完成", default=list)
    body_only = models.BooleanField("只在正文", default=False)
    stage = models.CharField("由哪项记录完成", max_length=12, choices=Stage.choices, blank=True)
    links = models.JSONField("平台中的成果", default=list)
    elements = models.JSONField("成果的要素", default=list)
    points = models.PositiveSmallIntegerField("分值", default=0)
    by_label = models.CharField("登记人", max_length=60)

    class Meta:
        db_table = "programme_terms"
        ordering: ClassVar = ["since_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(until_on=None), name="programme_term_one_current"
            )
        ]


class Share(models.Model):
    """One unit's part in a task, while it has one. Each unit of a group has its own."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="shares")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="单位")
    lead = models.BooleanField("列在首位", default=False)
    since_on = models.DateField("起")
    until_on = models.DateField("止", null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "programme_shares"
        verbose_name = "单位任务"
        ordering: ClassVar = ["task__order", "agency_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "agency"], condition=Q(until_on=None), name="programme_share_once"
            )
        ]


class Progress(models.Model):
    """What a unit reports on its share, and what 区司法局 answers: confirmed, or returned with what is lacking.

    ``round``: which of the task's deadlines. ``on`` is the programme's day, ``at`` the moment it was really written.
    """

    class State(models.TextChoices):
        DOING = "doing", "进行中"
        STUCK = "stuck", "受阻"
        DONE = "done", "已完成，请确认"

    share = models.ForeignKey(Share, models.PROTECT, related_name="progress")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField("第几次时限", default=1)
    state = models.CharField("进展", max_length=10, choices=State.choices)
    text = models.CharField("进展情况", max_length=500)
    next_step = models.CharField("下一步", max_length=200, blank=True)
    expected_on = models.DateField("承诺完成日", null=True)
    on = models.DateField("报告日")
    at = models.DateTimeField("登记时刻", auto_now_add=True)
    by_label = models.CharField("报告人", max_length=60)
    by_number = models.CharField("报告人编号", max_length=60)
    accepted = models.BooleanField("确认", null=True)
    elements = models.JSONField("核对过的要素", default=list)
    opinion = models.CharField("意见", max_length=300, blank=True)
    redo_by = models.DateField("补正期限", null=True)
    reviewed_on = models.DateField("确认、退回日", null=True)
    reviewed_label = models.CharField("确认人", max_length=60, blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "programme_progress"
        verbose_name = "任务进展"
        ordering: ClassVar = ["on", "pk"]


class Deliverable(models.Model):
    """A file that a unit hands in, under its fingerprint; a better one is a further version of the same title."""

    share = models.ForeignKey(Share, models.PROTECT, related_name="deliverables")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    progress = models.ForeignKey(Progress, models.PROTECT, related_name="files")
    title = models.CharField("名称", max_length=100)
    version = models.PositiveSmallIntegerField("版本")
    name = models.CharField("文件名", max_length=120)
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField("指纹", max_length=64)
    size = models.BigIntegerField("字节")
    on = models.DateField("报送日")

    objects = ScopedManager()

    class Meta:
        db_table = "programme_deliverables"
        verbose_name = "任务成果"
        ordering: ClassVar = ["title", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["share", "title", "version"], name="programme_file_version_once")
        ]


class Responsible(models.Model):
    """责任部门和责任人: whom a unit names for the programme, from a day on."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="responsible")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    department = models.CharField("责任部门", max_length=60)
    person = models.CharField("责任人", max_length=40)
    position = models.CharField("职务", max_length=40, blank=True)
    since_on = models.DateField("起")
    until_on = models.DateField("止", null=True)
    by_label = models.CharField("报送人", max_length=60)

    objects = ScopedManager()

    class Meta:
        db_table = "programme_responsible"
        verbose_name = "责任人"
        ordering: ClassVar = ["agency_id", "since_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "agency"], condition=Q(until_on=None), name="programme_responsible_once"
            )
        ]


class Settlement(models.Model):
    """How 区司法局 reads a place where body and annex disagree; a later reading is a further row."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="settlements")
    conflict = models.CharField("编号", max_length=10)
    decision = models.CharField("处理", max_length=300)
    on = models.DateField("确认日")
    by_label = models.CharField("确认人", max_length=60)

    class Meta:
        db_table = "programme_settlements"
        ordering: ClassVar = ["on", "pk"]


class Merit(models.Model):
    """A bonus, a recommendation or an accountability for what was done in the programme; appraisal reads it.

    ``points_tenths``: points to be added or taken off, in tenths; empty for a recommendation. A wrong record is withdrawn
    with a reason, never edited.
    """

    class Kind(models.TextChoices):
        BONUS = "bonus", "加分"
        PRIORITY = "priority", "优先推荐"
        ACCOUNTABILITY = "accountability", "追责"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="merits")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="单位")
    task = models.ForeignKey(Task, models.PROTECT, related_name="+", null=True, verbose_name="任务")
    kind = models.CharField("种类", max_length=20, choices=Kind.choices)
    person = models.CharField("个人", max_length=40, blank=True)
    points_tenths = models.SmallIntegerField("分值（十分之一分）", null=True)
    reason = models.CharField("事由", max_length=300)
    basis = models.CharField("依据", max_length=120)
    on = models.DateField("登记日")
    by_label = models.CharField("登记人", max_length=60)
    withdrawn_on = models.DateField("撤回日", null=True)
    withdrawn_because = models.CharField("撤回理由", max_length=200, blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "programme_merits"
        verbose_name = "加分和追责"
        ordering: ClassVar = ["-on", "-pk"]


class Reminder(models.Model):
    """That a unit was reminded of a deadline: before it, on the day, after it. Once each."""

    share = models.ForeignKey(Share, models.PROTECT, related_name="reminders")
    due_on = models.DateField("时限")
    kind = models.CharField("提醒", max_length=10)
    on = models.DateField("提醒日")

    class Meta:
        db_table = "programme_reminders"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["share", "due_on", "kind"], name="programme_reminder_once")
        ]


class Intake(models.Model):
    """A notice that came in as a workbook: what was read, what is wrong with it, and when it was taken over."""

    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("指纹", max_length=64)
    plan: Any = models.JSONField("读到的方案", default=dict)
    faults = models.JSONField("问题", default=list)
    at = models.DateTimeField("上传时刻", auto_now_add=True)
    by_label = models.CharField("上传人", max_length=60)
    applied_at = models.DateTimeField("纳入时刻", null=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "programme_intakes"
        verbose_name = "上传的方案"
        ordering: ClassVar = ["-pk"]


__all__ = [
    "AcceptanceCheck", "Deliverable", "Directive", "Intake", "Kind", "Merit", "Nature", "Paper", "Programme", "Progress", "Rectification",
    "RectificationProof", "Reminder", "Responsible", "SelfCheck", "Settlement", "Share", "Stage", "Task", "TaskTerm",
]  # fmt: skip
