"""Revisions of lists with their changed rows and history, uploads, and articles whose change has to be looked at.

The rows in force are the owning app's. A revision keeps, row by row, what it changes; what a version said is what its changes
and those before it add up to.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from plumbline.platform.lists import Kind, Register, find_register
from plumbline.platform.scope.querysets import ScopedManager


class State(models.TextChoices):
    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "待审核"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "审核通过，待公布"
    PUBLISHED = "published", "已公布"
    WITHDRAWN = "withdrawn", "已撤销"


#: States in which an agency's list is being revised: one such revision at a time.
OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED, State.APPROVED)
#: States in which rows may still be changed.
EDITABLE = (State.DRAFT, State.RETURNED)


class Revision(models.Model):
    """One revision (修订) of an agency's list. ``number`` is the version it became when it was published."""

    register = models.CharField("清单", max_length=40)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="机关")
    number = models.PositiveIntegerField("版本", null=True)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    reason = models.CharField("修订说明", max_length=500)
    effective_on = models.DateField("生效日", null=True)
    restores = models.PositiveIntegerField("恢复到版本", null=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField("起草")
    submitted_at = models.DateTimeField("送审", null=True)
    published_at = models.DateTimeField("公布", null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "list_revisions"
        verbose_name = "清单修订"
        indexes: ClassVar = [
            models.Index(fields=["register", "agency", "-number"], name="list_revisions_by_list")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "agency"],
                condition=Q(state__in=["draft", "submitted", "returned", "approved"]),
                name="list_revision_one_open",
            ),
            models.UniqueConstraint(
                fields=["register", "agency", "number"],
                condition=Q(number__isnull=False),
                name="list_version_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(number__isnull=False, published_at__isnull=False, effective_on__isnull=False),
                name="list_published_is_whole",
            ),
        ]

    def __str__(self) -> str:
        named = f"第 {self.number} 版" if self.number else "修订"
        return f"{self.list.title if self.list else self.register} {named}"

    @property
    def list(self) -> Register | None:
        """The declaration of the list that is revised."""
        return find_register(self.register)

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class ChangedRow(models.Model):
    """One row as a revision changes it."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="rows")
    key = models.CharField("键", max_length=300)
    kind = models.CharField("变化", max_length=8, choices=[(kind.value, kind.label) for kind in Kind])
    before = models.JSONField("改前", null=True)
    after = models.JSONField("改后", null=True)

    class Meta:
        db_table = "list_changed_rows"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["revision", "key"], name="list_row_once")]


class RevisionNote(models.Model):
    """A line of a revision's history: a step taken, or a comment."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="notes")
    step = models.CharField("步骤", max_length=20)
    text = models.TextField("内容", blank=True)
    by_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_label = models.CharField("人", max_length=120)
    at = models.DateTimeField("时刻")

    class Meta:
        db_table = "list_revision_notes"
        ordering: ClassVar = ["at", "pk"]


class ListUpload(models.Model):
    """A workbook on its way into a list: what was read of it (in the file store), before anybody takes it over."""

    register = models.CharField("清单", max_length=40)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="机关")
    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("指纹", max_length=64)
    whole = models.BooleanField("完整清单", default=False)
    job = models.UUIDField("任务", null=True)
    read = models.PositiveIntegerField("读到的行", default=0)
    faults = models.PositiveIntegerField("问题", default=0)
    rows_sha256 = models.CharField("读出的行", max_length=64, blank=True)
    faults_sha256 = models.CharField("需要修改的行", max_length=64, blank=True)
    read_at = models.DateTimeField("核对完成", null=True)
    taken_into = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    by_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_label = models.CharField("上传人", max_length=120)
    at = models.DateTimeField("上传")

    objects = ScopedManager()

    class Meta:
        db_table = "list_uploads"
        verbose_name = "清单上传"


class ArticleWatch(models.Model):
    """An article that rows of a list rest on reads otherwise, or is gone, since they came into force: look at them."""

    register = models.CharField("清单", max_length=40)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="机关")
    law = models.CharField("法规", max_length=200)
    article = models.CharField("条", max_length=40)
    gone = models.BooleanField("不再见于文本", default=False)
    sha256 = models.CharField("变化后的指纹", max_length=64, blank=True)
    keys = models.JSONField("依据它的行", default=list)
    noticed_at = models.DateTimeField("发现")
    settled_at = models.DateTimeField("处理", null=True)
    settled_by = models.CharField("处理人", max_length=120, blank=True)
    outcome = models.TextField("结论", blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "list_article_watches"
        verbose_name = "依据变动"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "agency", "law", "article", "sha256", "gone"], name="list_article_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency"], condition=Q(settled_at__isnull=True), name="list_articles_waiting"
            )
        ]


class ListText(models.Model):
    """What a row of a list says in words, for searching. ``stamp`` is the ``xmin`` of the row that was read; ``wording`` stands
    for the words its columns borrow from elsewhere, such as the names of agencies.
    """

    register = models.CharField("清单", max_length=40)
    row = models.BigIntegerField("行")
    stamp = models.BigIntegerField("行的版次")
    wording = models.CharField("借用文字的指纹", max_length=64, default="")
    text = models.TextField("各栏文字")
    grams = ArrayField(models.CharField(max_length=3), verbose_name="检索字组")

    class Meta:
        db_table = "list_texts"
        constraints: ClassVar = [models.UniqueConstraint(fields=["register", "row"], name="list_text_once")]
        indexes: ClassVar = [GinIndex(fields=["grams"], name="list_texts_grams")]
