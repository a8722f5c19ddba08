"""Penalty cases handled here or fed by another system, and compulsion by itself: one kind of row for all.

What happened is in the event log; a ``Case`` row is the projection that lists and pages need (kept by the subscriber
in ``projection``) plus the personal data that must not be in the log. Status is never typed: ``stage`` follows from
the events.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from plumbline.packs.penalty.procedures import COMPULSION
from plumbline.platform.scope.querysets import ScopedManager


class PartyKind(models.TextChoices):
    NATURAL_PERSON = "natural_person", "自然人（含个体工商户）"
    LEGAL_PERSON = "legal_person", "法人"
    OTHER_ORGANIZATION = "other_organization", "其他组织"


class Party(models.Model):
    """A party, known in events only by ``pseudonym``. Personal data stays here and can be erased lawfully."""

    pseudonym = models.CharField("当事人代号", max_length=100, unique=True)
    kind = models.CharField("类别", max_length=30, choices=PartyKind.choices)
    name = models.CharField("姓名或名称", max_length=200, blank=True)
    identity_number = models.CharField("身份证号", max_length=18, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True, db_index=True)
    legal_representative = models.CharField("法定代表人（负责人）", max_length=60, blank=True)
    address = models.CharField("住址或住所", max_length=200, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    birth_on = models.DateField("出生日期", null=True, blank=True)

    class Meta:
        db_table = "parties"
        verbose_name = "当事人"

    def __str__(self) -> str:
        return self.name or f"（{self.get_kind_display()}，未报送名称）"


class Origin(models.TextChoices):
    OWN = "own", "本平台办理"
    IMPORTED = "imported", "外部系统报送"


class Stage(models.TextChoices):
    """Where a case stands, in the order of the law's steps; computed from events by ``projection``."""

    CLUE = "clue", "线索核查"
    FILED = "filed", "调查取证"
    NOTICE = "notice", "告知申辩"
    HEARING = "hearing", "听证"
    REVIEW = "review", "法制审核"
    DISCUSSION = "discussion", "集体讨论"
    DECIDED = "decided", "待送达"
    SERVED = "served", "执行"
    CLOSED = "closed", "已结案"
    ARCHIVED = "archived", "已归档"
    NOT_FILED = "not_filed", "不予立案"
    COMPELLING = "compelling", "强制办理"
    TRANSFERRED = "transferred", "已移送"
    TERMINATED = "terminated", "终止调查"
    REVOKED = "revoked", "决定被撤销"
    MERGED = "merged", "并入他案"


class Case(models.Model):
    """A penalty matter, or one of compulsion. ``matter_id`` is its id in the event log and in the address; ``number`` is the 案号."""

    matter_id = models.CharField("事项号", max_length=100, unique=True)
    number = models.CharField("案号", max_length=80, blank=True, db_index=True)
    title = models.CharField("案由", max_length=200)
    origin = models.CharField("来源", max_length=20, choices=Origin.choices, default=Origin.OWN)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="办案机关")
    procedure = models.CharField("程序", max_length=20, default="ordinary")
    procedure_version = models.CharField("程序版本", max_length=20, default="2021-07-15")
    item_code = models.CharField("事项编码", max_length=50, blank=True)
    domain = models.CharField("领域", max_length=40, blank=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="cases", verbose_name="当事人")
    place = models.CharField("违法地点", max_length=200, blank=True)
    division_code = models.CharField("地点区划", max_length=12, blank=True)
    summary = models.TextField("案情", blank=True)
    stage = models.CharField("阶段", max_length=20, choices=Stage.choices, default=Stage.CLUE)
    opened_on = models.DateField("线索日")
    filed_on = models.DateField("立案日", null=True)
    decided_on = models.DateField("决定日", null=True)
    served_on = models.DateField("送达日", null=True)
    closed_on = models.DateField("结案日", null=True)
    outcome = models.CharField("处理结果", max_length=30, blank=True)
    fine_fen = models.BigIntegerField("罚款（分）", null=True)
    last_event_at = models.DateTimeField("最近动态", null=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入的主案"
    )
    due_on = models.DateField("最近的法定期限", null=True)
    due_unit = models.CharField("期限单位", max_length=4, blank=True)
    standing = models.CharField("停止计算的期限", max_length=60, blank=True)
    searched = models.TextField("检索文本", blank=True, editable=False)
    bigrams = ArrayField(
        models.CharField(max_length=3),
        default=list,
        editable=False,
        verbose_name="检索字与双字",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # The activities of the log, where whoever holds this row has read it.
    logged: frozenset[str] | None = None

    objects = ScopedManager()

    class Meta:
        db_table = "cases"
        verbose_name = "案件"
        indexes: ClassVar = [
            # Each in the order of the list, so that a page is read and not sorted.
            models.Index(fields=["-last_event_at", "-id"], name="cases_recent"),
            models.Index(fields=["agency", "-last_event_at", "-id"], name="cases_agency_recent"),
            models.Index(fields=["stage", "-last_event_at", "-id"], name="cases_stage_recent"),
            models.Index(fields=["agency", "stage", "-last_event_at", "-id"], name="cases_agency_stage"),
            models.Index(
                fields=["due_on", "agency"], name="cases_due", condition=models.Q(due_on__isnull=False)
            ),
            models.Index(
                fields=["agency", "closed_on"],
                include=["id", "filed_on", "opened_on"],
                name="cases_closed",
                condition=models.Q(closed_on__isnull=False),
            ),
            models.Index(
                fields=["-last_event_at", "-id"], name="cases_imported", condition=models.Q(origin="imported")
            ),
            models.Index(
                fields=["-last_event_at", "-id"],
                name="cases_summary",
                condition=models.Q(procedure="summary"),
            ),
            models.Index(fields=["party"], name="cases_party"),
            # Which agency a case is of, and which case a matter is: read from the index alone, for thousands at a time.
            models.Index(fields=["id"], include=["agency"], name="cases_agency_of"),
            models.Index(fields=["agency", "matter_id"], include=["id"], name="cases_of_agency"),
            GinIndex(fields=["bigrams"], name="cases_bigrams"),
        ]

    def __str__(self) -> str:
        return self.number or self.matter_id

    @property
    def called(self) -> str:
        """What pages call it: its number; as long as it has none, what it is and the id it is found by."""
        what = "行政强制案件" if self.kind == "compulsion" else "处罚案件"
        return self.number or f"尚无案号的{what}（编号 {self.matter_id}）"

    @property
    def number_said(self) -> str:
        """What stands where a number is expected; as long as there is none, that, and the id it is found by."""
        return self.number or f"尚无案号，编号 {self.matter_id}"

    @property
    def kind(self) -> str:
        """The contract's kind of the matter."""
        return "compulsion" if self.procedure in COMPULSION else "penalty"


class CaseIndexRow(models.Model):
    """What lists and searches ask of a case, through a view where every index works (``platform.scope.rows.ScopedView``)."""

    id = models.BigIntegerField(primary_key=True)
    agency = models.ForeignKey("identity.Agency", models.DO_NOTHING, related_name="+")
    stage = models.CharField(max_length=20, choices=Stage.choices)
    origin = models.CharField(max_length=20, choices=Origin.choices)
    procedure = models.CharField(max_length=20)
    due_on = models.DateField(null=True)
    last_event_at = models.DateTimeField(null=True)
    searched = models.TextField()
    bigrams = ArrayField(models.CharField(max_length=3))

    objects = ScopedManager()

    class Meta:
        db_table = "case_index"
        managed = False
        verbose_name = "案件索引"


class CaseOfficer(models.Model):
    """An officer handling a case, by certificate number, from a day to a day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="officers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    number = models.CharField("执法证号", max_length=40)
    from_on = models.DateField("承办起")
    to_on = models.DateField("承办止", null=True)

    class Meta:
        db_table = "case_officers"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number", "from_on"], name="case_officer_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["number", "case"], name="case_officers_now", condition=models.Q(to_on=None)),
        ]


class CaseNumberSeries(models.Model):
    """The last case number given by an agency in a year. Locked while one is given, so numbers have no gaps."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    year = models.IntegerField("年")
    series = models.CharField("序列", max_length=20, default="case")
    last = models.IntegerField("末号", default=0)

    class Meta:
        db_table = "case_number_series"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year", "series"], name="case_series_once")
        ]


class RequestState(models.TextChoices):
    """The life of a step that needs approval, or of a draft of any step."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "已批准"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"


class StepRequest(models.Model):
    """A step being written (draft) or waiting for the post that approves it. Never the record itself: that is the event.

    ``data`` are the event's fields, ``details`` what is kept beside it, ``occurred`` the time typed for the step.
    ``attached_to`` is the matter hanging on the case whose step it is, with its ``kind``; empty for the case's own.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    kind = models.CharField("事项类型", max_length=30, default="penalty")
    attached_to = models.CharField("所属的复议诉讼等事项", max_length=100, blank=True)
    step = models.CharField("步骤", max_length=60)
    state = models.CharField("状态", max_length=20, choices=RequestState.choices, default=RequestState.DRAFT)
    data = models.JSONField("属性", default=dict)
    details = models.JSONField("附记", default=dict)
    occurred = models.CharField("发生时间", max_length=40, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="提交人",
    )
    written_label = models.CharField("提交人姓名", max_length=120, blank=True)
    written_at = models.DateTimeField("最近保存", auto_now=True)
    submitted_at = models.DateTimeField("提交时刻", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="审批人",
    )
    decided_label = models.CharField("审批人姓名", max_length=120, blank=True)
    decided_at = models.DateTimeField("审批时刻", null=True)
    opinion = models.TextField("审批意见", blank=True)
    event_id = models.CharField("事件号", max_length=100, blank=True)
    post = models.ForeignKey(
        "identity.Post",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="转给的岗位",
        help_text="空：由有审批权能的任一岗位办理",
    )
    opened_at = models.DateTimeField("首次打开", null=True)
    opened_label = models.CharField("打开人", max_length=120, blank=True)
    reminded_on = models.DateField("最近催办日", null=True)
    countersigning = models.JSONField("应当会签的岗位", default=list)

    class Meta:
        db_table = "case_step_requests"
        verbose_name = "步骤报批"
        indexes: ClassVar = [
            models.Index(fields=["state", "submitted_at"], name="case_requests_state"),
            models.Index(fields=["written_by", "-submitted_at"], name="case_requests_mine"),
            models.Index(
                fields=["attached_to"], name="case_requests_attached", condition=~models.Q(attached_to="")
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "attached_to", "step", "written_by"],
                condition=models.Q(state="draft"),
                name="case_draft_once",
            ),
            models.UniqueConstraint(
                fields=["case", "attached_to", "step"],
                condition=models.Q(state="submitted"),
                name="case_request_once",
            ),
        ]

    @property
    def matter_id(self) -> str:
        """The matter that the step belongs to."""
        return self.attached_to or self.case.matter_id


class StepEntry(models.Model):
    """A step as it was taken: which step, which event, and the details kept beside the event (may be personal)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    step = models.CharField("步骤", max_length=60)
    event_id = models.CharField("事件号", max_length=100, unique=True)
    details = models.JSONField("附记", default=dict)
    by_label = models.CharField("登记人", max_length=120)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "case_step_entries"
        verbose_name = "步骤记录"


class CaseTask(models.Model):
    """Something a post has to do in a case, with its legal deadline. Derived (``tasks``), never typed.

    ``holders`` are the certificate numbers it concerns first; empty means whoever holds ``capability``.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    key = models.CharField("事项键", max_length=120)
    kind = models.CharField("类别", max_length=20)
    title = models.CharField("事项", max_length=120)
    where = models.CharField("到哪一步", max_length=40)
    verb = models.CharField("按钮", max_length=20, default="办理")
    step = models.CharField("步骤", max_length=60, blank=True)
    capability = models.CharField("权能", max_length=60)
    post = models.ForeignKey("identity.Post", models.PROTECT, null=True, related_name="+")
    holders = ArrayField(models.CharField(max_length=40), default=list)
    rule = models.CharField("规则", max_length=60, blank=True)
    basis = models.CharField("依据", max_length=120, blank=True)
    due_on = models.DateField("期限", null=True)
    unit = models.CharField("单位", max_length=4, blank=True)
    standing = models.CharField("停止计算的期限", max_length=60, blank=True)
    url = models.CharField("去处", max_length=200)
    since = models.DateTimeField("自", auto_now_add=True)

    objects = ScopedManager()

    class Meta:
        db_table = "case_tasks"
        verbose_name = "待办"
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "key"], name="case_task_once")]
        indexes: ClassVar = [
            # All that counts and orders the tasks of an agency, of which somebody's own are a few in a hundred.
            models.Index(
                fields=["agency", "capability", "due_on", "id"],
                include=["holders", "post", "title", "kind"],
                name="case_tasks_mine",
            ),
        ]


from .approval_models import (  # noqa: E402 - Django finds an app's tables through this module
    CountersignSetting,
    HandKind,
    Opinion,
    Phrase,
    RequestComment,
    RequestHand,
    Vacancy,
)

__all__ = [
    "Case",
    "CaseNumberSeries",
    "CaseOfficer",
    "CaseTask",
    "CountersignSetting",
    "HandKind",
    "Opinion",
    "Origin",
    "Party",
    "PartyKind",
    "Phrase",
    "RequestComment",
    "RequestHand",
    "RequestState",
    "Stage",
    "StepEntry",
    "StepRequest",
    "Vacancy",
]
