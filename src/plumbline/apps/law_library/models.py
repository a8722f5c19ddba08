"""Loaded statutes and their articles. Texts come from outside and can be loaded anew at any time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from .citations import cited_articles, pinned_hash


class LoadedStatute(models.Model):
    title = models.CharField("标题", max_length=200)
    short_title = models.CharField("简称", max_length=200, db_index=True)
    kind = models.CharField("类别", max_length=120, blank=True)
    issuer = models.CharField("制定机关", max_length=200, blank=True)
    effective = models.CharField("施行", max_length=200, blank=True)
    status = models.CharField("状态", max_length=200, blank=True)
    superseded = models.BooleanField("已被替代", default=False)
    loaded_at = models.DateTimeField("装载时刻", auto_now=True)

    class Meta:
        db_table = "law_statutes"
        ordering: ClassVar = ["superseded", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["title", "superseded"], name="statute_once")]


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

    @property
    def cited_by(self) -> tuple[str, ...]:
        """The ids of the rules that stand on this article; none on a text that was replaced."""
        if self.statute.superseded:
            return ()
        return cited_articles().get((self.statute.short_title, self.number), ())

    @property
    def unconfirmed(self) -> bool:
        """「引用待重新确认」: rules cite it, and its text is not the one they were written from, or it is gone."""
        pin = pinned_hash(self.statute.short_title, self.number)
        return bool(self.cited_by) and (self.gone_at is not None or pin not in {"", self.sha256})
