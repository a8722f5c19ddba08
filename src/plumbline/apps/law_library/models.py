"""Loaded statutes and their articles, the wordings they had before, who confirmed citations anew, and local parameters.

Texts come from outside and can be loaded anew at any time; what an article read before is kept beside it.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from plumbline.vocabulary import load_vocabulary

from .citations import cited_articles, pinned_hash


class LoadedStatute(models.Model):
    title = models.CharField("标题", max_length=200)
    short_title = models.CharField("简称", max_length=200, db_index=True)
    kind = models.CharField("类别", max_length=120, blank=True)
    issuer = models.CharField("制定机关", max_length=200, blank=True)
    adopted = models.CharField("通过、公布、修订", max_length=200, blank=True, default="")
    effective = models.CharField("施行", max_length=200, blank=True)
    status = models.CharField("状态", max_length=200, blank=True)
    superseded = models.BooleanField("已被替代", default=False)
    loaded_at = models.DateTimeField("装载时刻", auto_now=True)

    class Meta:
        db_table = "law_statutes"
        ordering: ClassVar = ["superseded", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["title", "superseded"], name="statute_once")]

    def __str__(self) -> str:
        return self.title


class StatuteVersion(models.Model):
    """A text of a statute as it was loaded: its dates, the fingerprint of the whole, and how much was reworded."""

    statute = models.ForeignKey(LoadedStatute, models.CASCADE, related_name="versions")
    adopted = models.CharField("通过、公布、修订", max_length=200, blank=True)
    effective = models.CharField("施行", max_length=200, blank=True)
    sha256 = models.CharField("全文指纹", max_length=64)
    articles = models.IntegerField("条数")
    changed = models.IntegerField("文字有变化的条数")
    loaded_at = models.DateTimeField("装载时刻")
    by_label = models.CharField("装载人", max_length=60)

    class Meta:
        db_table = "law_versions"
        ordering: ClassVar = ["-loaded_at", "-pk"]


class LoadedArticle(models.Model):
    statute = models.ForeignKey(LoadedStatute, models.CASCADE, related_name="articles")
    number = models.CharField("条", max_length=40)
    place = models.IntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    previous_sha256 = models.CharField("上次装载的指纹", max_length=64, blank=True)
    changed_at = models.DateTimeField("文字变化时刻", null=True)
    gone_at = models.DateTimeField("不再见于文本的时刻", null=True)

    class Meta:
        db_table = "law_articles"
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["statute", "number"], name="article_once")]

    def __str__(self) -> str:
        return f"{self.statute.short_title}{self.number}"

    @property
    def cited_by(self) -> tuple[str, ...]:
        """The ids of the rules that stand on this article; none on a text that was replaced by another of its title."""
        return cited_articles().get((self.statute.short_title, self.number), ())

    @property
    def differs(self) -> bool:
        """Its text is not the one its citations were written from (or it is gone); confirmations are asked apart."""
        return differs(
            self.statute.short_title,
            self.number,
            self.sha256,
            gone=self.gone_at is not None,
            before=self.previous_sha256,
        )


def differs(law: str, number: str, sha256: str, *, gone: bool, before: str) -> bool:
    """Whether a loaded text is another than the pinned one; where none was pinned, than the one loaded ``before``."""
    return gone or (pinned_hash(law, number) or before) not in {"", sha256}


class FormerWording(models.Model):
    """What an article read before a later loading: kept so that old and new can be laid side by side."""

    article = models.ForeignKey(LoadedArticle, models.CASCADE, related_name="former")
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    effective = models.CharField("所在文本的施行", max_length=200, blank=True)
    replaced_at = models.DateTimeField("被替换的时刻")

    class Meta:
        db_table = "law_former_wordings"
        ordering: ClassVar = ["-replaced_at", "-pk"]


class Reaffirmation(models.Model):
    """A person has read an article's new text beside a thing that cites it, and the thing stands.

    ``sha256`` is of the text that was read; empty when the article was gone from it. Another text asks anew.
    """

    law = models.CharField("法规", max_length=200)
    article = models.CharField("条", max_length=40)
    sha256 = models.CharField("所读文字的指纹", max_length=64, blank=True)
    citer = models.CharField("引用处", max_length=120)
    label = models.CharField("引用处名称", max_length=200)
    reason = models.TextField("理由")
    by_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_label = models.CharField("确认人", max_length=60)
    at = models.DateTimeField("确认时刻")

    class Meta:
        db_table = "law_reaffirmations"
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["law", "article", "sha256", "citer"], name="reaffirmed_once")
        ]


class Entered(models.Model):
    """A value that somebody entered for its days: followed by a later one, or withdrawn where it was a mistake; never changed."""

    valid_from = models.DateField("生效")
    valid_to = models.DateField("失效", null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="接替")
    followed_until = models.DateField("被接替者原来的失效", null=True)
    by_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_label = models.CharField("登记人", max_length=60)
    entered_at = models.DateTimeField("登记时刻")
    withdrawn_at = models.DateTimeField("撤销时刻", null=True)
    withdrawn_by = models.CharField("撤销人", max_length=60, blank=True)
    withdrawn_why = models.CharField("撤销理由", max_length=300, blank=True)

    class Meta:
        abstract = True


class LocalParameter(Entered):
    """A number that the law leaves to the place, in force from a day to a day, with its source and who entered it.

    The registers ``hearing_thresholds`` and ``settings`` of the event contract are made of these rows and of nothing
    else. A new value is a new row; a row entered by mistake is withdrawn, not changed.
    """

    name = models.CharField("参数", max_length=30)
    domain = models.CharField("领域", max_length=40, blank=True)
    party = models.CharField("当事人类别", max_length=30, blank=True)
    amount = models.BigIntegerField("数额（分）", null=True)
    inclusive = models.BooleanField("达到即须告知", default=True)
    hour = models.CharField("时刻", max_length=5, blank=True)
    source = models.CharField("文件名称", max_length=200)
    article = models.CharField("条款", max_length=60, blank=True)
    level = models.CharField("效力层级", max_length=40, blank=True)
    illustrative = models.BooleanField("示例", default=False)

    class Meta:
        db_table = "local_parameters"
        ordering: ClassVar = ["name", "domain", "party", "-valid_from", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="parameter_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["name", "domain", "party", "valid_from"],
                condition=Q(withdrawn_at__isnull=True),
                name="parameter_once_per_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}：{self.value_zh}"

    @property
    def label(self) -> str:
        return parameter_label(self.name, self.domain, self.party)

    @property
    def value_zh(self) -> str:
        if self.hour:
            return self.hour
        return f"{(self.amount or 0) / 100:,.0f} 元{'以上' if self.inclusive else '（超过）'}"

    @property
    def source_zh(self) -> str:
        return self.source if self.illustrative else f"《{self.source}》{self.article}"

    def is_in_force_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


PARAMETERS_ZH = {"hearing_threshold": "听证数额标准", "night_from": "夜间起", "night_to": "夜间止"}


def parameter_label(name: str, domain: str = "", party: str = "") -> str:
    """「听证数额标准（农业，自然人）」."""
    words = load_vocabulary()
    parts = [
        words.label("domain", domain) if domain else "",
        words.label("threshold_party", party) if party else "",
    ]
    inside = "，".join(part for part in parts if part)
    return PARAMETERS_ZH.get(name, name) + (f"（{inside}）" if inside else "")


class CrimeThreshold(Entered):
    """From where on an offence is a crime: one measure of one crime, as a text in force says it, from a day to a day.

    Judicial interpretations and filing standards set these; nothing here is known until somebody entered it with its source.
    ``measure`` is what is measured, ``amount`` its number in fen where that is money, ``standard`` the condition in our own
    words. A new number is a new row that ``follows`` the old one; a row entered by mistake is withdrawn, not changed.
    """

    crime = models.CharField("罪名", max_length=80)
    domain = models.CharField("领域", max_length=40)
    measure = models.CharField("衡量的是什么", max_length=80)
    amount = models.BigIntegerField("数额（分）", null=True)
    standard = models.CharField("标准", max_length=300)
    source = models.CharField("文件名称", max_length=200)
    article = models.CharField("条款", max_length=60)

    class Meta:
        db_table = "crime_thresholds"
        ordering: ClassVar = ["domain", "crime", "measure", "-valid_from", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="crime_threshold_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["crime", "domain", "measure", "valid_from"],
                condition=Q(withdrawn_at__isnull=True),
                name="crime_threshold_once_per_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.crime}：{self.measure}"

    @property
    def source_zh(self) -> str:
        return f"《{self.source}》{self.article}"
