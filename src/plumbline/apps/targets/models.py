"""Enforcement targets (执法对象名录): one row a firm, trader, organisation or person, what it said before, and what was merged."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    """The kinds of party of the event contract, with traders apart: natural persons in law (民法典第五十四条) with a credit code."""

    LEGAL_PERSON = "legal_person", "法人"
    OTHER = "other_organization", "其他组织"
    TRADER = "trader", "个体工商户"
    NATURAL_PERSON = "natural_person", "自然人"


class Life(models.TextChoices):
    ACTIVE = "active", "存续"
    DEREGISTERED = "deregistered", "注销"
    REVOKED = "revoked", "吊销"


class Target(models.Model):
    """Whoever enforcement is directed at (检查对象、执法对象). Its code prefills name, address and representative.

    Natural persons are in the register by their id number and never leave it: no phone package, no public page, no file.
    """

    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True, null=True)
    identity_number = models.CharField("身份证号", max_length=18, unique=True, null=True)
    name = models.CharField("名称", max_length=200)
    kind = models.CharField("类别", max_length=30, default="legal_person")
    trade = models.CharField("行业", max_length=60, blank=True)
    address = models.CharField("住所", max_length=200, blank=True)
    legal_representative = models.CharField("法定代表人（负责人）", max_length=60, blank=True)
    division_code = models.CharField("行政区划代码", max_length=12, blank=True, db_index=True)
    life = models.CharField("登记状态", max_length=12, choices=Life.choices, default=Life.ACTIVE)
    life_on = models.DateField("注销、吊销日", null=True)
    tags = ArrayField(models.CharField(max_length=20), default=list, verbose_name="监管标签")
    since = models.DateField("列入名录之日", null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    class Meta:
        db_table = "inspection_targets"
        verbose_name = "检查对象"
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(credit_code__isnull=False) | Q(identity_number__isnull=False),
                name="target_has_a_number",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> str:
        """The official number as lists show it: of a person the middle is hidden."""
        if self.credit_code:
            return self.credit_code
        number = self.identity_number or ""
        return f"{number[:4]}{'*' * 12}{number[-2:]}"

    @property
    def party_kind(self) -> str:
        """What the target is as a party of a case, in the words of the event contract."""
        return Kind.NATURAL_PERSON if self.kind == Kind.TRADER else self.kind

    @property
    def kind_zh(self) -> str:
        return dict(Kind.choices).get(self.kind, self.kind)


class TargetVersion(models.Model):
    """What the register said of a target from a day to a day; the open version equals the row."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="versions")
    values: Any = models.JSONField("内容")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)
    reason = models.CharField("理由或来源", max_length=200, blank=True)
    by_label = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时刻")

    class Meta:
        db_table = "target_versions"
        ordering: ClassVar = ["valid_from", "pk"]
        indexes: ClassVar = [models.Index(fields=["target", "valid_from"], name="target_versions_of")]
