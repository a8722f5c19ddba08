"""Questions of streets and agencies about their work, everything said about them, and the answers that all may read.

What happened is in the event log under the question's own matter; ``Saying`` keeps the words. Nothing said is changed: an
answer that was wrong is followed by another.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from plumbline.platform.bigrams import normal
from plumbline.platform.scope.querysets import ScopedManager
from plumbline.vocabulary import load_vocabulary


class State(models.TextChoices):
    ASKED = "asked", "待答复"
    RETURNED = "returned", "待补充"
    ANSWERED = "answered", "已答复，待确认"
    HELPED = "helped", "已解决"
    WITHDRAWN = "withdrawn", "已撤回"


#: Something still has to be done by somebody.
OPEN = (State.ASKED, State.RETURNED, State.ANSWERED)


class Question(models.Model):
    """``agency`` asks, ``to`` has it to answer; ``parties`` are all who may read it: whoever handed it on stays one.

    ``about`` is the case it is about, ``item_code`` the item; both empty: a question in general. ``due_on`` is set only
    where the district has set a term by a document of its own; no law gives days for an answer.
    """

    matter_id = models.CharField("编号", max_length=100, unique=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)
    title = models.CharField("问题", max_length=120)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="提问机关")
    to = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="答复机关")
    parties = ArrayField(models.CharField(max_length=50), verbose_name="各方")
    about = models.CharField("所涉案件", max_length=100, blank=True, db_index=True)
    item_code = models.CharField("事项编码", max_length=50, blank=True)
    domain = models.CharField("领域", max_length=40, blank=True)
    asked_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    asked_label = models.CharField("提问人", max_length=60)
    asked_at = models.DateTimeField("提问")
    moved_at = models.DateTimeField("最近动态")
    answered_at = models.DateTimeField("最先答复", null=True)
    ended_at = models.DateTimeField("办结", null=True)
    due_on = models.DateField("期限", null=True)
    due_source = models.CharField("期限的依据", max_length=200, blank=True)
    searched = models.TextField("检索文本", blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "questions"
        verbose_name = "业务咨询"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(agency=F("to")), name="question_to_another"),
            models.CheckConstraint(
                condition=Q(state__in=["helped", "withdrawn"], ended_at__isnull=False)
                | Q(~Q(state__in=["helped", "withdrawn"]), ended_at__isnull=True),
                name="question_ended_when_over",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(state="asked") & ~Q(due_source=""),
                name="question_term_has_source",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "helped"]) | Q(answered_at__isnull=False),
                name="question_answered_when_said",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-moved_at", "-id"], name="questions_moved"),
            GinIndex(fields=["parties"], name="questions_parties"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def page(self) -> str:
        return f"/questions/{self.matter_id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def domain_zh(self) -> str:
        return load_vocabulary().label("domain", self.domain) if self.domain else ""


class Did(models.TextChoices):
    ASKED = "asked", "提问"
    RETURNED = "returned", "要求补充"
    SUPPLIED = "supplied", "补充"
    HANDED_ON = "handed_on", "转办"
    ANSWERED = "answered", "答复"
    ASKED_ON = "asked_on", "追问"
    HELPED = "helped", "确认已解决"
    WITHDRAWN = "withdrawn", "撤回"
    SHARED = "shared", "共享答复"
    UNSHARED = "unshared", "停止共享"


class Saying(models.Model):
    """What one side did and said. ``basis`` are the articles of an answer, each with the fingerprint of its wording that day.

    ``papers`` names other documents an answer rests on. ``term_on`` is the term that ran when the asked body moved, so that
    an answer after it stays visible as such.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="sayings")
    did = models.CharField("做了什么", max_length=10, choices=Did.choices)
    text = models.TextField("内容", blank=True)
    basis = models.JSONField("依据的条款", default=list)
    papers = models.CharField("依据的文件", max_length=300, blank=True)
    to = models.ForeignKey(
        "identity.Agency", models.PROTECT, null=True, related_name="+", verbose_name="转给"
    )
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="机关")
    by_label = models.CharField(max_length=60)
    at = models.DateTimeField()
    term_on = models.DateField(null=True)
    files = models.JSONField("附件", default=list)

    class Meta:
        db_table = "question_sayings"
        ordering: ClassVar = ["pk"]


class SharedAnswer(models.Model):
    """An answer that every body of the district may read, told without anybody's name.

    ``question`` is where it came from; readers of the collection are not led there. One that no longer holds is withdrawn with
    a reason and stays readable as withdrawn.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="shared")
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="答复机关")
    title = models.CharField("问题", max_length=120)
    asked = models.TextField("问的是什么")
    answered = models.TextField("答复")
    basis = models.JSONField("依据的条款", default=list)
    papers = models.CharField("依据的文件", max_length=300, blank=True)
    item_code = models.CharField("事项编码", max_length=50, blank=True)
    domain = models.CharField("领域", max_length=40, blank=True)
    shared_at = models.DateTimeField("共享")
    shared_label = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField("停止共享", null=True)
    withdrawn_label = models.CharField(max_length=60, blank=True)
    reason = models.CharField("停止共享的理由", max_length=300, blank=True)
    searched = models.TextField(blank=True)

    class Meta:
        db_table = "shared_answers"
        verbose_name = "共享的答复"
        ordering: ClassVar = ["-shared_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["question"], condition=Q(withdrawn_at=None), name="answer_shared_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(reason=""), name="answer_unshared_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        told = (
            self.title,
            self.asked,
            self.answered,
            self.item_code,
            self.domain_zh,
            self.papers,
            *self.articles,
        )
        self.searched = normal(" ".join(told))
        super().save(*args, **kwargs)

    @property
    def page(self) -> str:
        return f"/questions/answers/{self.pk}"

    @property
    def domain_zh(self) -> str:
        return load_vocabulary().label("domain", self.domain) if self.domain else ""

    @property
    def articles(self) -> list[str]:
        return [f"《{each['law']}》{each['article']}" for each in self.basis]
