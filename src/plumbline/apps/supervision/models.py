"""Alerts, the questions they lead to, and the instruments of supervision with their whole life."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from plumbline.platform.scope.querysets import ScopedManager

from .lead_models import (
    OPEN_LEADS,
    UNVERIFIED,
    Lead,
    LeadFile,
    LeadJoin,
    LeadState,
    Source,
    SupervisionSetting,
)

__all__ = [
    "CLOSED_STATES", "OPEN_LEADS", "OPEN_STATES", "RECORDS", "RUNNING", "UNDECIDED", "UNVERIFIED", "WAITING", "Alert",
    "AlertJoin", "AlertKind", "AlertState", "Extension", "Instrument", "InstrumentKind", "InstrumentState", "Lead", "LeadFile", "LeadJoin", "LeadState",
    "Objection", "Question", "Reply", "ReplyFile", "ResultUse", "Source", "SupervisionSetting",
]  # fmt: skip


class AlertState(models.TextChoices):
    NEW = "new", "待处置"
    VERIFYING = "verifying", "核实中"
    INSTRUMENT = "instrument", "已制发文书"
    EXPLAINED = "explained", "解释属实"
    FALSE_ALARM = "false_alarm", "误报"
    CORRECTED = "corrected", "已纠正"
    AUTO_CLEARED = "auto_cleared", "依据已作废，自动解除"
    STOPPED = "stopped", "进入复议诉讼，不重复监督"
    MERGED = "merged", "已并入另一条预警"


OPEN_STATES = (AlertState.NEW, AlertState.VERIFYING, AlertState.INSTRUMENT)
UNDECIDED = (AlertState.NEW, AlertState.VERIFYING)
CLOSED_STATES = (
    AlertState.EXPLAINED,
    AlertState.FALSE_ALARM,
    AlertState.CORRECTED,
    AlertState.AUTO_CLEARED,
    AlertState.STOPPED,
    AlertState.MERGED,
)


class AlertKind(models.TextChoices):
    BREACH = "breach", "违反"
    NEAR_DUE = "near_due", "临期"


class Alert(models.Model):
    """Somebody's task until it is decided: one for each matter, rule and subject. It never fades by itself."""

    matter_id = models.CharField("事项号", max_length=100, db_index=True)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="单位")
    kind = models.CharField("种类", max_length=10, choices=AlertKind.choices, default=AlertKind.BREACH)
    rule = models.CharField("规则", max_length=60)
    subject = models.CharField("事件", max_length=100)
    severity = models.CharField("等级", max_length=10)
    law = models.CharField(max_length=120)
    article = models.CharField(max_length=60)
    facts = models.TextField("事实")
    due_on = models.DateField("期限", null=True)
    still_breached = models.BooleanField("目前仍未完成", default=True)
    state = models.CharField("状态", max_length=20, choices=AlertState.choices, default=AlertState.NEW)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="责任人"
    )
    instrument = models.ForeignKey("supervision.Instrument", models.PROTECT, null=True, related_name="alerts")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    reason = models.TextField("处置理由", blank=True)
    created_at = models.DateTimeField("出现", auto_now_add=True)
    decided_at = models.DateTimeField("处置时刻", null=True)
    decided_label = models.CharField("处置人", max_length=60, blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "alerts"
        verbose_name = "预警"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter_id", "rule", "subject"], name="alert_once_per_subject"),
            models.CheckConstraint(
                condition=~Q(state__in=["explained", "false_alarm"]) | ~Q(reason=""),
                name="alert_closed_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="stopped") | ~Q(reason=""), name="alert_stopped_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
                name="alert_merged_into_another",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "severity", "due_on"], name="alerts_desk"),
            models.Index(fields=["state", "agency"], name="alerts_waiting"),
            models.Index(fields=["rule", "state"], name="alerts_rule"),
            models.Index(fields=["-created_at"], name="alerts_new"),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def lead_id(self) -> str:
        """The alert's own matter in the log: triage is supervision's record, never the case's."""
        return f"YJ-{self.pk}"


class AlertJoin(models.Model):
    """An alert put to another rule's alert of the same matter. ``before`` is the state it comes back to when this is undone.

    ``outcome`` is what the joined alert turned out to be, said when ``into`` was decided: each rule is answered by its own.
    """

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="joined_to")
    into = models.ForeignKey(Alert, models.PROTECT, related_name="joined")
    before = models.CharField("并入以前的状态", max_length=20)
    reason = models.TextField("为什么是同一个问题")
    by_label = models.CharField("并入人", max_length=60)
    at = models.DateTimeField("并入时刻", auto_now_add=True)
    outcome = models.CharField("自己的结果", max_length=20, blank=True)
    settled_at = models.DateTimeField("得出结果", null=True)
    undone_why = models.TextField("为什么不是同一个问题", blank=True)
    undone_label = models.CharField("撤销人", max_length=60, blank=True)
    undone_at = models.DateTimeField("撤销时刻", null=True)

    class Meta:
        db_table = "alert_joins"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["alert"], condition=Q(undone_at=None, outcome=""), name="alert_joined_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | (~Q(undone_why="") & Q(outcome="")), name="alert_join_ends_once"
            ),
        ]


class Question(models.Model):
    """核实: what the supervisor asks the agency about an alert, by when, and the answer."""

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="questions")
    text = models.TextField("要核实的事实")
    respond_by = models.DateField("答复期限")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_label = models.CharField(max_length=60)
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField("答复", blank=True)
    answered_label = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "alert_questions"


class InstrumentKind(models.TextChoices):
    LETTER = "letter", "督办函"
    OPINION = "opinion", "监督意见书"
    DECISION = "decision", "监督决定书"
    ON_SPOT = "on_spot", "当场纠正记录"
    TALK = "talk", "约谈记录"
    CIRCULAR = "circular", "执法监督通报"
    ADVICE = "advice", "人员处理建议书"
    CLUE = "clue", "问题线索移送函"


#: Papers that are complete when they are signed: nobody owes an answer to them.
RECORDS = (InstrumentKind.ON_SPOT, InstrumentKind.CIRCULAR)


class InstrumentState(models.TextChoices):
    ISSUED = "issued", "已制发，待签收"
    READ = "read", "已签收，待答复"
    REPLIED = "replied", "已答复，待审核"
    REFUSED = "refused", "纠正不到位，待再报"
    ESCALATED = "escalated", "已报请政府决定"
    CLOSED = "closed", "已销号"
    STOPPED = "stopped", "已进入复议诉讼，终止"


RUNNING = (
    InstrumentState.ISSUED,
    InstrumentState.READ,
    InstrumentState.REPLIED,
    InstrumentState.REFUSED,
    InstrumentState.ESCALATED,
)
#: The addressee owes an answer.
WAITING = (InstrumentState.ISSUED, InstrumentState.READ, InstrumentState.REFUSED)


class Instrument(models.Model):
    """A supervision letter, opinion or decision, from issue to closing. ``matter_id`` is its own matter in the log."""

    matter_id = models.CharField("事项号", max_length=100, unique=True)
    about = models.CharField("针对的事项", max_length=100, db_index=True)
    kind = models.CharField("文书", max_length=10, choices=InstrumentKind.choices)
    number = models.CharField("文号", max_length=80, blank=True)
    issuer = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="制发机关")
    to = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="收文机关")
    title = models.CharField("标题", max_length=200)
    facts = models.TextField("事实")
    basis = models.CharField("依据", max_length=200)
    demands = models.TextField("要求")
    respond_by = models.DateField("报送期限")
    state = models.CharField(
        "状态", max_length=20, choices=InstrumentState.choices, default=InstrumentState.ISSUED
    )
    escalated_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="escalations")
    document_code = models.CharField("文书验证码", max_length=32, blank=True)
    issued_on = models.DateField("制发日")
    issued_label = models.CharField("签发人", max_length=60)
    read_at = models.DateTimeField("签收时刻", null=True)
    read_label = models.CharField("签收人", max_length=60, blank=True)
    closed_on = models.DateField("销号日", null=True)
    conclusion = models.TextField("审核意见", blank=True)
    checked_how = models.CharField("核验方式", max_length=10, blank=True)
    result_use = models.CharField("结果运用", max_length=200, blank=True)
    copied_to = models.JSONField("抄送", default=list)
    summary = models.TextField("公开摘要", blank=True)
    summary_on = models.DateField("摘要公开日", null=True)
    summary_withdrawn = models.CharField("撤回摘要的理由", max_length=200, blank=True)
    reminded_at = models.DateTimeField("最近催办", null=True)
    warned_for = models.DateField("已提醒的期限", null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "instruments"
        verbose_name = "监督文书"
        indexes: ClassVar = [
            models.Index(fields=["to", "state"], name="instruments_to"),
            models.Index(fields=["state", "respond_by"], name="instruments_clock"),
        ]

    def __str__(self) -> str:
        return self.number or self.matter_id

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING


class Reply(models.Model):
    """What the agency reports: what it corrected, with proof; refused replies stay beside the next one."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="replies")
    text = models.TextField("办理情况")
    at = models.DateTimeField(auto_now_add=True)
    by_label = models.CharField(max_length=60)
    verdict = models.CharField("审核结果", max_length=10, blank=True)
    verdict_text = models.TextField("审核意见", blank=True)

    class Meta:
        db_table = "instrument_replies"
        ordering: ClassVar = ["pk"]


class ReplyFile(models.Model):
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()

    class Meta:
        db_table = "instrument_reply_files"


class Objection(models.Model):
    """异议 (条例第三十条): raised by the addressee, answered by the issuer."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="objections")
    text = models.TextField("异议和理由")
    at = models.DateTimeField(auto_now_add=True)
    by_label = models.CharField(max_length=60)
    sustained = models.BooleanField("异议成立", null=True)
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_label = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "instrument_objections"
        ordering: ClassVar = ["pk"]


class Extension(models.Model):
    """延期: the addressee asks before the term ends, whoever issues such instruments grants or refuses.

    The term is the instrument's own (条例第二十七条、第二十八条), so its issuer may move it. A request that the addressee's
    report or the end of the instrument has overtaken has ``decided_at`` and no ``granted``.
    """

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="extensions")
    reason = models.TextField("延期理由")
    before = models.DateField("申请时的期限")
    until = models.DateField("申请延至")
    at = models.DateTimeField(auto_now_add=True)
    by_label = models.CharField(max_length=60)
    granted = models.BooleanField("准予延期", null=True)
    granted_until = models.DateField("准予延至", null=True)
    answer = models.TextField("答复", blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_label = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "instrument_extensions"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(decided_at=None), name="extension_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(granted=True) | Q(granted_until__gt=models.F("before")),
                name="extension_granted_later",
            ),
        ]


class ResultUse(models.Model):
    """结果运用 (条例第三十四条): what the result of an instrument was used for, and the points it counts in an appraisal."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="uses")
    kind = models.CharField(
        "用途",
        max_length=12,
        choices=[
            ("appraisal", "计入考核"), ("circular", "通报"), ("transfer", "移送有权机关"), ("training", "培训、谈话"),
            ("none", "不另运用"),
        ],
    )  # fmt: skip
    points = models.IntegerField("考核扣分", default=0)
    year = models.IntegerField("年度")
    note = models.CharField("说明", max_length=200, blank=True)
    by_label = models.CharField("登记人", max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "instrument_uses"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(points=0) | Q(kind="appraisal", points__range=(1, 100)),
                name="use_points_of_appraisal",
            )
        ]
