"""Plans of routine and key supervision with their measures, follow-up visits, and the organ's reports to its government."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from plumbline.platform.scope.querysets import ScopedManager, ScopedQuerySet


class PlanKind(models.TextChoices):
    """What a district may do by itself, and what it is given to do: 专项监督 is for province and above (条例第二十一条)."""

    ROUTINE = "routine", "日常监督"
    KEY = "key", "重点监督"
    RECEIVED = "received", "上级专项监督任务"


class NoticeWord(models.TextChoices):
    """The words of 新政办[2022]14号 for what the regulation now calls otherwise; shown beside the plan's own kind."""

    NONE = "", "不涉及"
    SPECIAL = "special", "专项督查"
    INDIVIDUAL = "individual", "个案督办"


class PlanState(models.TextChoices):
    DRAFT = "draft", "拟定中"
    RUNNING = "running", "实施中"
    REPORTED = "reported", "已报告，待落实"
    CLOSED = "closed", "已办结"
    DROPPED = "dropped", "不再实施"


class Plan(models.Model):
    """One plan. ``listed_on``: put up on the list (挂牌); ``raised_to``: taken to a higher level (提级), both for key supervision."""

    matter_id = models.CharField("编号", max_length=60, unique=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="监督机构")
    kind = models.CharField("种类", max_length=10, choices=PlanKind.choices)
    notice_word = models.CharField("通知的用语", max_length=12, choices=NoticeWord.choices, blank=True)
    title = models.CharField("名称", max_length=200)
    reason = models.TextField("事由和依据")
    scope = models.TextField("监督的范围和重点")
    from_on = models.DateField("开始")
    until_on = models.DateField("结束")
    state = models.CharField("状态", max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    lead_matter = models.CharField("由线索确定", max_length=60, blank=True)
    sent_by = models.CharField("下达机关", max_length=100, blank=True)
    sent_number = models.CharField("下达文号", max_length=100, blank=True)
    listed_on = models.DateField("挂牌日", null=True)
    listed_why = models.CharField("挂牌的理由", max_length=300, blank=True)
    raised_to = models.CharField("提级到", max_length=100, blank=True)
    raised_why = models.CharField("提级的理由", max_length=300, blank=True)
    approved_label = models.CharField("批准人", max_length=60, blank=True)
    approved_on = models.DateField("批准日", null=True)
    findings = models.TextField("发现的问题", blank=True)
    proposals = models.TextField("处理意见和建议", blank=True)
    report_number = models.CharField("报告文号", max_length=80, blank=True)
    reported_on = models.DateField("报告日", null=True)
    closed_on = models.DateField("办结日", null=True)
    conclusion = models.TextField("办结说明", blank=True)
    made_label = models.CharField("拟定人", max_length=60)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager()

    class Meta:
        db_table = "supervision_plans"
        verbose_name = "监督计划"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("from_on")), name="plan_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(kind="received") | ~Q(sent_by=""), name="plan_received_from"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def page(self) -> str:
        return f"/plans/{self.matter_id}"

    @property
    def is_open(self) -> bool:
        return self.state in {PlanState.DRAFT, PlanState.RUNNING, PlanState.REPORTED}


class PlanSubject(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="subjects")
    agency = models.ForeignKey(
        "identity.Agency", models.PROTECT, related_name="+", verbose_name="被监督的机关"
    )

    class Meta:
        db_table = "supervision_plan_subjects"
        ordering: ClassVar = ["agency_id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "agency"], name="plan_subject_once")]


class PlanMember(models.Model):
    """Who takes part: of the platform, or invited from outside (条例第二十三条) under a name and what they are."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    name = models.CharField("姓名", max_length=60)
    role = models.CharField("身份", max_length=60)
    left_on = models.DateField("退出日", null=True)
    left_why = models.CharField("退出的理由", max_length=300, blank=True)

    class Meta:
        db_table = "supervision_plan_members"
        ordering: ClassVar = ["pk"]


class PlanPoint(models.Model):
    """A point of 新政办[2022]14号 二(二) that a plan looks at, by its code in ``contents``."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="points")
    code = models.CharField("监督内容", max_length=8)

    class Meta:
        db_table = "supervision_plan_points"
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "code"], name="plan_point_once")]


class PlanChange(models.Model):
    """One change of a plan: what stood there and what stands there now, by label, and why. Never changed itself."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="changes")
    changed = models.JSONField("改动")
    why = models.CharField("理由", max_length=300, blank=True)
    by_label = models.CharField("改动人", max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "supervision_plan_changes"
        ordering: ClassVar = ["-pk"]


class MeasureKind(models.TextChoices):
    """The measures of 条例第二十二条."""

    SELF_CHECK = "self_check", "要求自查"
    EXPLAIN = "explain", "要求说明情况"
    INSPECT = "inspect", "检查"
    INTERVIEW = "interview", "访谈"
    UNANNOUNCED = "unannounced", "暗访"
    MEETING = "meeting", "座谈"
    HEARING = "hearing", "听证"
    STATISTICS = "statistics", "统计、评估"
    ACCESS = "access", "调阅、复制资料"
    TALK = "talk", "约谈"
    OTHER = "other", "其他必要的措施"


#: Measures that ask the agency for something; the others are taken by the team itself.
ASKING = (MeasureKind.SELF_CHECK, MeasureKind.EXPLAIN, MeasureKind.ACCESS)


class Measure(models.Model):
    """A measure at one agency: what was asked or done, what the agency handed in, what was found. ``lead_matter``: its finding as a lead."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="measures")
    agency = models.ForeignKey(
        "identity.Agency", models.PROTECT, related_name="+", verbose_name="被监督的机关"
    )
    kind = models.CharField("措施", max_length=12, choices=MeasureKind.choices)
    text = models.TextField("要求或者内容")
    taken_on = models.DateField("日期")
    place = models.CharField("地点", max_length=120, blank=True)
    respond_by = models.DateField("答复期限", null=True)
    answer = models.TextField("答复", blank=True)
    answered_label = models.CharField("答复人", max_length=60, blank=True)
    answered_at = models.DateTimeField("答复时刻", null=True)
    found = models.TextField("查明的情况", blank=True)
    problem = models.BooleanField("有问题", null=True)
    found_label = models.CharField("登记人", max_length=60, blank=True)
    found_at = models.DateTimeField("登记时刻", null=True)
    lead_matter = models.CharField("线索", max_length=60, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrected_by")
    struck_on = models.DateField("更正日", null=True)
    struck_why = models.CharField("登记有误之处", max_length=300, blank=True)
    struck_label = models.CharField("更正人", max_length=60, blank=True)
    by_label = models.CharField("采取人", max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager()

    class Meta:
        db_table = "supervision_measures"
        verbose_name = "监督措施"
        ordering: ClassVar = ["taken_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(struck_on=None) | ~Q(struck_why=""), name="measure_struck_with_reason"
            ),
        ]


class MeasureFile(models.Model):
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    by_label = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "supervision_measure_files"


class VisitRound(models.Model):
    """案件回访: a pool that is fixed and hashed first, then drawn by a seed nobody chose; anybody can draw it again.

    ``pool`` are the matters in the pool, sorted; ``drawn`` those that the seed picked, in order.
    """

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="监督机构")
    title = models.CharField("名称", max_length=120)
    closed_from = models.DateField("结案自")
    closed_to = models.DateField("结案至")
    size = models.IntegerField("抽取件数")
    pool = models.JSONField("抽取范围")
    pool_hash = models.CharField("范围指纹", max_length=64)
    seed = models.CharField("种子", max_length=120, blank=True)
    seed_source = models.CharField("种子的来源", max_length=200, blank=True)
    drawn = models.JSONField("抽中", default=list)
    drawn_at = models.DateTimeField("抽取时刻", null=True)
    made_label = models.CharField("建立人", max_length=60)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager()

    class Meta:
        db_table = "visit_rounds"
        verbose_name = "回访批次"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(size__gte=1), name="visit_round_has_size"),
            models.CheckConstraint(
                condition=Q(drawn_at=None) | ~Q(seed=""), name="visit_round_drawn_by_seed"
            ),
        ]


class Way(models.TextChoices):
    PHONE = "phone", "电话"
    VISIT = "visit", "上门"
    WEB = "web", "网上填写"


class Visit(models.Model):
    """One party asked about one case. The party is named in the case alone; here are only the answers."""

    round = models.ForeignKey(VisitRound, models.PROTECT, related_name="visits")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="办案机关")
    matter_id = models.CharField("事项号", max_length=100)
    due_on = models.DateField("回访期限")
    way = models.CharField("方式", max_length=6, choices=Way.choices, blank=True)
    answers = models.JSONField("答复", default=dict)
    said = models.TextField("意见", blank=True)
    reached = models.BooleanField("联系上", null=True)
    answered_at = models.DateTimeField("答复时刻", null=True)
    by_label = models.CharField("登记人", max_length=60, blank=True)
    lead_matter = models.CharField("线索", max_length=60, blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "follow_up_visits"
        verbose_name = "案件回访"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "matter_id"], name="visit_once_a_round")
        ]


class WorkReport(models.Model):
    """监督工作报告 (条例第六条): drafted from figures, worded by a person, signed with a number. Figures stay as they were signed."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="监督机构")
    title = models.CharField("标题", max_length=200)
    from_on = models.DateField("自")
    until_on = models.DateField("至")
    figures = models.JSONField("数字", default=list)
    text = models.TextField("正文")
    matter_id = models.CharField("编号", max_length=60, unique=True)
    number = models.CharField("文号", max_length=80, blank=True)
    signed_on = models.DateField("签发日", null=True)
    signed_label = models.CharField("签发人", max_length=60, blank=True)
    made_label = models.CharField("起草人", max_length=60)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager()

    class Meta:
        db_table = "supervision_work_reports"
        verbose_name = "监督工作报告"


def measures_of(plan: Plan, *, struck: bool = False) -> ScopedQuerySet[Any]:
    """The measures of a plan whose visibility the caller has settled; with ``struck`` those recorded in error too."""
    rows = Measure.objects.unscoped("措施随计划可见").filter(plan=plan).select_related("agency")
    return rows if struck else rows.filter(struck_on=None)


def visits_of(round: VisitRound) -> ScopedQuerySet[Any]:
    """The visits of a round whose visibility the caller has settled."""
    return Visit.objects.unscoped("回访随批次可见").filter(round=round).select_related("agency")
