"""Leads of supervision: one register for whatever says that enforcement may have gone wrong, whoever says it.

A lead says what somebody reports; the problem it turns out to be is an ``Alert`` like those of the rules, with the same ways
out. Nobody's name or number is kept here: whoever reports stays with the app that heard them.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from plumbline.platform import clock
from plumbline.platform.scope.querysets import ScopedManager


class Source(models.TextChoices):
    """Where a lead comes from; the rules' own alerts are found without one."""

    COMPLAINT = "complaint", "投诉举报"
    HOTLINE = "hotline", "12345 热线"
    ENTERPRISE = "enterprise", "涉企诉求渠道"
    VOLUNTEER = "volunteer", "义务监督员"
    MEDIA = "media", "媒体反映"
    SOCIETY = "society", "社会组织意见"
    EVALUATION = "evaluation", "案卷评查"
    VISIT = "visit", "案件回访"
    PLAN = "plan", "日常、重点监督"
    PROCURATORIAL = "procuratorial", "检察建议"
    JUDICIAL = "judicial", "司法建议、裁判结果"
    COMMISSION = "commission", "监察建议"
    RECONSIDERATION = "reconsideration", "复议建议、复议结果"
    COORDINATION = "coordination", "协作移送"
    ASSIGNED = "assigned", "上级交办"
    OTHER = "other", "其他"


#: They hand an order over and wait for its answer, whether or not a day was entered with it.
OWED_AN_ANSWER = (Source.HOTLINE,)


class LeadState(models.TextChoices):
    REGISTERED = "registered", "待研判"
    ASSESSED = "assessed", "已研判，待核查"
    REFERRED = "referred", "已转办，待答复"
    VERIFIED = "verified", "已核查，待反馈"
    FED_BACK = "fed_back", "已反馈"
    DISMISSED = "dismissed", "不属于监督事项"
    MERGED = "merged", "已并入"
    WITHDRAWN = "withdrawn", "来源已作废"


OPEN_LEADS = (LeadState.REGISTERED, LeadState.ASSESSED, LeadState.REFERRED, LeadState.VERIFIED)
#: Nobody has said yet whether it is so.
UNVERIFIED = (LeadState.REGISTERED, LeadState.ASSESSED, LeadState.REFERRED)


class Lead(models.Model):
    """``agency`` holds it (the supervising organ), ``concerned`` is who it is about; ``due_on`` is the clock of its next step."""

    matter_id = models.CharField("线索编号", max_length=60, unique=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="监督机构")
    source = models.CharField("来源", max_length=20, choices=Source.choices)
    source_ref = models.CharField("来源编号", max_length=100, blank=True)
    source_url = models.CharField("来源页面", max_length=200, blank=True)
    concerned = models.ForeignKey(
        "identity.Agency", models.PROTECT, null=True, related_name="+", verbose_name="涉及的机关"
    )
    about = models.CharField("涉及的事项", max_length=100, blank=True)
    title = models.CharField("标题", max_length=200)
    facts = models.TextField("反映的情况")
    received_on = models.DateField("收到日")
    state = models.CharField("状态", max_length=20, choices=LeadState.choices, default=LeadState.REGISTERED)
    conduct = models.CharField("问题类型", max_length=30, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="责任人"
    )
    due_on = models.DateField("办理期限", null=True)
    source_void = models.TextField("来源作废的理由", blank=True, default="")
    answer_by = models.DateField("来源要求答复的日期", null=True)
    answered_on = models.DateField("已回复来源", null=True)
    answered_how = models.CharField("怎样回复来源", max_length=200, blank=True)
    answered_label = models.CharField("回复登记人", max_length=60, blank=True)
    own_due_on = models.DateField("并入以前的办理期限", null=True)
    assessment = models.TextField("研判意见", blank=True)
    substantiated = models.BooleanField("属实", null=True)
    verified = models.TextField("核查结论", blank=True)
    verified_label = models.CharField("核查人", max_length=60, blank=True)
    verified_at = models.DateTimeField("核查时刻", null=True)
    feedback = models.TextField("反馈内容", blank=True)
    ended_label = models.CharField("办结人", max_length=60, blank=True)
    ended_at = models.DateTimeField("办结时刻", null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    state_before_merge = models.CharField(max_length=20, blank=True)
    alert = models.ForeignKey("supervision.Alert", models.PROTECT, null=True, related_name="leads")
    registered_label = models.CharField("登记人", max_length=60)
    registered_at = models.DateTimeField("登记时刻", auto_now_add=True)

    objects = ScopedManager()

    class Meta:
        db_table = "supervision_leads"
        verbose_name = "监督线索"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_ref"], condition=~Q(source_ref=""), name="lead_once_per_source"
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
                name="lead_merged_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["verified", "fed_back"]) | Q(substantiated__isnull=False),
                name="lead_verified_says_whether",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | ~Q(answered_how=""), name="lead_answered_says_how"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="leads_waiting")]

    def __str__(self) -> str:
        return self.matter_id

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_LEADS

    @property
    def page(self) -> str:
        return f"/leads/{self.matter_id}"

    @property
    def awaits_answer(self) -> bool:
        """Over here, and its source, who set a day or always waits, has not been answered outside the platform yet."""
        owed = self.answer_by is not None or self.source in OWED_AN_ANSWER
        return self.ended_at is not None and owed and self.answered_on is None

    @property
    def lacks_day(self) -> bool:
        """Its source waits for an answer and nobody has entered by when: neither late nor in time, only old."""
        return self.source in OWED_AN_ANSWER and self.answer_by is None and self.answered_on is None

    @property
    def days_since(self) -> int:
        """Calendar days since it was received."""
        return (clock.today() - self.received_on).days


class LeadFile(models.Model):
    """A paper that a lead came with: the order of a hotline, the score sheet of a file review, a letter."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    by_label = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "supervision_lead_files"
        ordering: ClassVar = ["pk"]


class LeadJoin(models.Model):
    """A lead put to an alert that was there already; ``own_alert`` is the lead's own, given up for it; ``before`` brings it back.

    Rows are never removed: an undone one says when, by whom and why.
    """

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="joins")
    alert = models.ForeignKey("supervision.Alert", models.PROTECT, related_name="joins")
    own_alert = models.ForeignKey("supervision.Alert", models.PROTECT, null=True, related_name="given_up")
    before = models.JSONField("并入以前", default=dict)
    reason = models.TextField("为什么是同一件事")
    by_label = models.CharField("并入人", max_length=60)
    at = models.DateTimeField("并入时刻", auto_now_add=True)
    undone_why = models.TextField("为什么不是同一件事", blank=True)
    undone_label = models.CharField("撤销人", max_length=60, blank=True)
    undone_at = models.DateTimeField("撤销时刻", null=True)

    class Meta:
        db_table = "supervision_lead_joins"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lead", "alert"], condition=Q(undone_at=None), name="lead_joined_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | ~Q(undone_why=""), name="lead_join_undone_with_reason"
            ),
        ]


class SupervisionSetting(models.Model):
    """A number that the supervising organ has set for its own work, from a day on, with its reason; a later row replaces it."""

    name = models.CharField("参数", max_length=40)
    value = models.IntegerField("数值")
    valid_from = models.DateField("起用日")
    reason = models.CharField("依据或者理由", max_length=200)
    by_label = models.CharField("设定人", max_length=60)
    at = models.DateTimeField("设定时刻", auto_now_add=True)

    class Meta:
        db_table = "supervision_settings"
        ordering: ClassVar = ["-valid_from", "-pk"]
