"""Reconsideration, litigation and compensation about a penalty case, as the agency and the district's office see them.

What happened is in the event log under the matter's own id; a row is the projection that lists need, and the personal
data that must not be in the log (applicant, claims). Stage and outcome are never typed.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from plumbline.packs.reconsideration.procedures.words import OUTCOMES
from plumbline.platform.files.papers import KeptPaper
from plumbline.platform.scope.querysets import ScopedManager


class Route(models.TextChoices):
    """The contract's kinds of matter."""

    RECONSIDERATION = "reconsideration", "行政复议"
    LITIGATION = "litigation", "行政诉讼"
    COMPENSATION = "compensation", "行政赔偿"


class Stage(models.TextChoices):
    """Where a matter stands, in the order of the law's steps; computed from its events."""

    APPLIED = "applied", "待转送或受理"
    ANSWERING = "answering", "待答复举证"
    HEARING = "hearing", "审理中"
    JUDGED = "judged", "裁判未生效"
    PERFORMING = "performing", "待履行"
    ENDED = "ended", "待办结"
    CLOSED = "closed", "已办结"
    VOID = "void", "登记已作废"


class Outcome(models.TextChoices):
    UPHELD = OUTCOMES[0]
    CHANGED = OUTCOMES[1]
    REVOKED = OUTCOMES[2]
    UNLAWFUL = OUTCOMES[3]
    INVALID = OUTCOMES[4]
    WITHDRAWN = "withdrawn", "撤回、调解或者终止"
    REFUSED = "refused", "不予受理"
    CORRECTED = "self_corrected", "自行纠正"
    GRANTED = "granted", "予以赔偿"
    NOT_GRANTED = "not_granted", "不予赔偿"


class Challenge(models.Model):
    """One matter against one penalty case. ``heard_by`` is set where the district's own office hears it.

    ``duties`` are what somebody has to do now (see ``duties.py``), the earliest legal deadline first.
    """

    matter_id = models.CharField("事项号", max_length=100, unique=True)
    route = models.CharField("途径", max_length=20, choices=Route.choices)
    procedure = models.CharField("程序", max_length=30)
    procedure_version = models.CharField("程序版本", max_length=20)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="被申请人")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="challenges", verbose_name="处罚案件")
    organ = models.CharField("复议机关或法院", max_length=100)
    heard_by = models.ForeignKey(
        "identity.Agency", models.PROTECT, null=True, related_name="+", verbose_name="区复议机构"
    )
    number = models.CharField("案号", max_length=80, blank=True)
    applicant = models.CharField("申请人或原告", max_length=200)
    claims = models.TextField("请求和理由", blank=True)
    continues = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    stage = models.CharField("阶段", max_length=20, choices=Stage.choices, default=Stage.APPLIED)
    outcome = models.CharField("结果", max_length=30, choices=Outcome.choices, blank=True)
    orders_redo = models.BooleanField("责令重作", default=False)
    head_appeared = models.BooleanField("负责人参加", null=True)
    stayed = models.BooleanField("停止执行", default=False)
    opened_on = models.DateField("收到日")
    ended_on = models.DateField("终结日", null=True)
    hearing_on = models.DateField("开庭或听证日", null=True)
    due_on = models.DateField("最近的法定期限", null=True)
    due_unit = models.CharField("期限单位", max_length=4, blank=True)
    duties = models.JSONField("待办", default=list)
    last_event_at = models.DateTimeField("最近动态", null=True)
    registered_label = models.CharField("登记人", max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager()

    class Meta:
        db_table = "challenges"
        verbose_name = "复议诉讼"
        indexes: ClassVar = [
            models.Index(fields=["agency", "stage", "-opened_on"], name="challenges_agency_stage"),
            models.Index(fields=["-opened_on", "-id"], name="challenges_recent"),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.get_route_display()} {self.opened_on:%Y-%m-%d}"


class ChallengeEntry(models.Model):
    """A step as it was taken: its event, the details kept beside it, and what it did to the penalty case.

    ``consequences`` are ids of events in the case's matter; voiding the step voids them too. ``document`` is the paper that was signed of it.
    """

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="entries")
    step = models.CharField("步骤", max_length=60)
    event_id = models.CharField("事件号", max_length=100, unique=True)
    details = models.JSONField("附记", default=dict)
    consequences = models.JSONField("对处罚案件的影响", default=list)
    document = models.BigIntegerField("签发的文书", null=True)
    by_label = models.CharField("登记人", max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "challenge_entries"
        verbose_name = "复议诉讼步骤"


class ChallengePaper(KeptPaper):
    """A paper received or sent (application, notice, judgment), kept as a file under its hash."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="papers")

    class Meta(KeptPaper.Meta):
        abstract = False
        db_table = "challenge_papers"
        verbose_name = "复议诉讼材料"
