"""Guiding cases (指导性案例): drafted by an agency, reviewed by 区司法局, published with a number, withdrawn with a reason."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

import orjson
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from plumbline.platform.bigrams import normal
from plumbline.platform.scope.querysets import ScopedManager
from plumbline.vocabulary import load_vocabulary

# What the public reads, in its order, with what each is called on the page.
PARTS = {
    "title": "标题",
    "gist": "要旨",
    "facts": "基本案情",
    "outcome": "处理结果",
    "guidance": "指导意义",
}


class State(models.TextChoices):
    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "待审核"
    PASSED = "passed", "审核通过，待发布"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤回"
    DROPPED = "dropped", "不再推荐"


class GuidingCase(models.Model):
    """One guiding case. ``agency`` proposes it; ``source`` is the published decision it is told after, or none.

    ``written_by`` wrote what stands there now: somebody else reviews and publishes it. ``number`` is given at publication,
    without gaps, and stays with a case that is withdrawn.
    """

    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="推荐机关")
    source = models.ForeignKey(
        "publicity.Publication", models.PROTECT, null=True, related_name="+", verbose_name="来源决定"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    number = models.PositiveIntegerField("编号", null=True, unique=True)
    title = models.CharField("标题", max_length=120)
    topic = models.CharField("领域", max_length=40, blank=True)
    gist = models.TextField("要旨", blank=True)
    facts = models.TextField("基本案情", blank=True)
    outcome = models.TextField("处理结果", blank=True)
    law = models.JSONField("适用的法律", default=list)
    guidance = models.TextField("指导意义", blank=True)
    written_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    written_label = models.CharField(max_length=60)
    written_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField("送审", null=True)
    reviewed_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    reviewed_label = models.CharField(max_length=60, blank=True)
    reviewed_at = models.DateTimeField("审核", null=True)
    review_note = models.CharField("审核意见", max_length=500, blank=True)
    published_on = models.DateField("发布日", null=True)
    published_label = models.CharField(max_length=60, blank=True)
    withdrawn_on = models.DateField("撤回日", null=True)
    withdrawn_label = models.CharField(max_length=60, blank=True)
    reason = models.CharField("撤回理由", max_length=300, blank=True)
    sha256 = models.CharField("公开内容指纹", max_length=64, blank=True)
    searched = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now=True, db_default=Now())

    objects = ScopedManager()

    class Meta:
        db_table = "guiding_cases"
        verbose_name = "指导案例"
        ordering: ClassVar = ["-changed_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=["passed", "published"])
                | (Q(reviewed_by__isnull=False) & ~Q(reviewed_by=F("written_by"))),
                name="guiding_case_read_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["published", "withdrawn"], number__isnull=False)
                | Q(~Q(state__in=["published", "withdrawn"]), number__isnull=True),
                name="guiding_case_numbered_when_published",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(reason=""), name="guiding_case_withdrawn_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        told = (self.name, *(getattr(self, part) for part in PARTS), self.topic_zh, *self.articles)
        self.searched = normal(" ".join(told))
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return f"指导案例第{self.number}号" if self.number else ""

    @property
    def topic_zh(self) -> str:
        return load_vocabulary().label("domain", self.topic) if self.topic else ""

    @property
    def articles(self) -> list[str]:
        return [f"《{each['law']}》{each['article']}" for each in self.law]

    @property
    def source_gone(self) -> bool:
        """Whether the decision it is told after is not public any more: then somebody has to look at it again."""
        return self.source is not None and self.source.state != "published"

    def fingerprint(self) -> str:
        """SHA-256 over what the public reads."""
        shown = {part: getattr(self, part) for part in PARTS} | {"law": self.law, "number": self.number}
        return hashlib.sha256(orjson.dumps(shown, option=orjson.OPT_SORT_KEYS)).hexdigest()
