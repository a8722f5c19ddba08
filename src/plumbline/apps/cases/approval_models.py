"""What stands around a request: every hand it passed, opinions asked of other posts, comments, and posts nobody holds."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from plumbline.packs.procedures import OBJECTIONS
from plumbline.platform.scope.querysets import ScopedManager


class HandKind(models.TextChoices):
    """What somebody did with a request. The rows are the history on its page; nothing is edited."""

    SUBMITTED = "submitted", "提交"
    OPENED = "opened", "打开"
    ASKED = "asked", "加签"
    DEMANDED = "demanded", "会签"
    ANSWERED = "answered", "签署意见"
    DROPPED = "dropped", "取消加签"
    TRANSFERRED = "transferred", "转办"
    SENT_BACK = "sent_back", "退回上一步"
    REMINDED = "reminded", "催办"
    RETURN_ASKED = "return_asked", "请求退回"
    APPROVED = "approved", "批准"
    RETURNED = "returned", "退回提交人"
    WITHDRAWN = "withdrawn", "撤回"


class RequestHand(models.Model):
    """One thing done with a request: who, as which post (or its deputy), when, and what was said."""

    request = models.ForeignKey("cases.StepRequest", models.PROTECT, related_name="hands")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    kind = models.CharField("经手", max_length=20, choices=HandKind.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    label = models.CharField("经手人", max_length=120)
    post = models.ForeignKey("identity.Post", models.PROTECT, null=True, related_name="+")
    as_deputy = models.BooleanField("代理", default=False)
    to_post = models.ForeignKey("identity.Post", models.PROTECT, null=True, related_name="+")
    text = models.TextField("意见", blank=True)
    at = models.DateTimeField("时刻")

    objects = ScopedManager()

    class Meta:
        db_table = "case_request_hands"
        verbose_name = "报批经手"
        indexes: ClassVar = [
            models.Index(fields=["request", "id"], name="case_hands_request"),
            models.Index(fields=["person", "kind", "-at"], name="case_hands_person"),
        ]


class Opinion(models.Model):
    """An opinion asked of a post before the decision: by the approver (加签), or by the step's declaration (会签)."""

    request = models.ForeignKey("cases.StepRequest", models.PROTECT, related_name="opinions")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    post = models.ForeignKey("identity.Post", models.PROTECT, related_name="+", verbose_name="岗位")
    demanded = models.BooleanField("程序规定", default=False)
    question = models.TextField("请就什么签署意见", blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_label = models.CharField("征求人", max_length=120)
    asked_at = models.DateTimeField("征求时刻")
    agrees = models.BooleanField("同意", null=True)
    text = models.TextField("意见", blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_label = models.CharField("签署人", max_length=120, blank=True)
    answered_at = models.DateTimeField("签署时刻", null=True)
    dropped_at = models.DateTimeField("取消时刻", null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "case_request_opinions"
        verbose_name = "征求意见"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request", "post"],
                condition=models.Q(answered_at=None, dropped_at=None),
                name="case_opinion_open_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["post"],
                condition=models.Q(answered_at=None, dropped_at=None),
                name="case_opinions_open",
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.dropped_at is None


class CountersignSetting(models.Model):
    """A post that countersigns a step of an agency, from a day to a day. Never edited; holds no case data."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    step = models.CharField("步骤", max_length=60)
    post = models.ForeignKey("identity.Post", models.PROTECT, related_name="+", verbose_name="会签岗位")
    turn = models.IntegerField("第几轮", default=1)
    objection = models.CharField("不同意的", max_length=10, choices=list(OBJECTIONS.items()))
    source = models.CharField("依据", max_length=200)
    valid_from = models.DateField("起用日")
    valid_to = models.DateField("最后一日", null=True)
    set_label = models.CharField("设定人", max_length=120)
    set_at = models.DateTimeField("设定时刻")
    ended_label = models.CharField("停用人", max_length=120, blank=True)

    class Meta:
        db_table = "case_countersigns"
        verbose_name = "会签设置"
        indexes: ClassVar = [models.Index(fields=["agency", "step"], name="case_countersigns_step")]


class RequestComment(models.Model):
    """A remark on one line of a proposal, made when it is returned; whoever mends the line ticks it off."""

    request = models.ForeignKey("cases.StepRequest", models.PROTECT, related_name="comments")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    path = models.CharField("栏目", max_length=80)
    label = models.CharField("栏目名称", max_length=120)
    text = models.CharField("批注", max_length=500)
    by_label = models.CharField("批注人", max_length=120)
    at = models.DateTimeField("批注时刻")
    resolved_label = models.CharField("处理人", max_length=120, blank=True)
    resolved_at = models.DateTimeField("处理时刻", null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "case_request_comments"
        verbose_name = "批注"


class Phrase(models.Model):
    """An opinion that one person saved to use again. Personal, holds no case data, seen by nobody else."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.CharField("常用意见", max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "case_phrases"
        verbose_name = "常用意见"
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "text"], name="case_phrase_once")]


class Vacancy(models.Model):
    """A power (or a post) that waiting work needs and nobody holds today; closed when somebody does. No case data."""

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+")
    capability = models.CharField("权能", max_length=60, blank=True)
    post = models.ForeignKey("identity.Post", models.PROTECT, null=True, related_name="+")
    waiting = models.IntegerField("等待的事项数")
    since = models.DateTimeField("发现时刻")
    filled_at = models.DateTimeField("补上时刻", null=True)

    class Meta:
        db_table = "case_vacancies"
        verbose_name = "岗位空缺"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "capability", "post"],
                condition=models.Q(filled_at=None),
                nulls_distinct=False,
                name="case_vacancy_once",
            )
        ]
