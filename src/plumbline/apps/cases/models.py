"""Penalty cases handled here or fed by another system: one kind of row for both.

What happened is in the event log; a ``Case`` row is the projection that lists and pages need (kept by the subscriber
in ``projection``) plus the personal data that must not be in the log. Status is never typed: ``stage`` follows from
the events.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from plumbline.platform.scope.querysets import ScopedManager


class PartyKind(models.TextChoices):
    NATURAL_PERSON = "natural_person", "自然人（含个体工商户）"
    LEGAL_PERSON = "legal_person", "法人"
    OTHER_ORGANIZATION = "other_organization", "其他组织"


class Party(models.Model):
    """A party, known in events only by ``pseudonym``. Personal data stays here and can be erased lawfully."""

    pseudonym = models.CharField("当事人代号", max_length=100, unique=True)
    kind = models.CharField("类别", max_length=30, choices=PartyKind.choices)
    name = models.CharField("姓名或名称", max_length=200, blank=True)
    identity_number = models.CharField("身份证号", max_length=18, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True, db_index=True)
    legal_representative = models.CharField("法定代表人（负责人）", max_length=60, blank=True)
    address = models.CharField("住址或住所", max_length=200, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    birth_on = models.DateField("出生日期", null=True, blank=True)

    class Meta:
        db_table = "parties"
        verbose_name = "当事人"

    def __str__(self) -> str:
        return self.name or f"（{self.get_kind_display()}，未报送名称）"


class Origin(models.TextChoices):
    OWN = "own", "本平台办理"
    IMPORTED = "imported", "外部系统报送"


class Stage(models.TextChoices):
    """Where a case stands, in the order of the law's steps; computed from events by ``projection``."""

    CLUE = "clue", "线索核查"
    FILED = "filed", "调查取证"
    NOTICE = "notice", "告知申辩"
    HEARING = "hearing", "听证"
    REVIEW = "review", "法制审核"
    DISCUSSION = "discussion", "集体讨论"
    DECIDED = "decided", "待送达"
    SERVED = "served", "执行"
    CLOSED = "closed", "已结案"
    ARCHIVED = "archived", "已归档"
    NOT_FILED = "not_filed", "不予立案"
    TRANSFERRED = "transferred", "已移送"
    TERMINATED = "terminated", "终止调查"


class Case(models.Model):
    """A penalty matter. ``matter_id`` is its id in the event log and in the address; ``number`` is the 案号."""

    matter_id = models.CharField("事项号", max_length=100, unique=True)
    number = models.CharField("案号", max_length=80, blank=True, db_index=True)
    title = models.CharField("案由", max_length=200)
    origin = models.CharField("来源", max_length=20, choices=Origin.choices, default=Origin.OWN)
    agency = models.ForeignKey("identity.Agency", models.PROTECT, related_name="+", verbose_name="办案机关")
    procedure = models.CharField("程序", max_length=20, default="ordinary")
    item_code = models.CharField("事项编码", max_length=50, blank=True)
    domain = models.CharField("领域", max_length=40, blank=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="cases", verbose_name="当事人")
    place = models.CharField("违法地点", max_length=200, blank=True)
    division_code = models.CharField("地点区划", max_length=12, blank=True)
    summary = models.TextField("案情", blank=True)
    stage = models.CharField("阶段", max_length=20, choices=Stage.choices, default=Stage.CLUE)
    opened_on = models.DateField("线索日")
    filed_on = models.DateField("立案日", null=True)
    decided_on = models.DateField("决定日", null=True)
    served_on = models.DateField("送达日", null=True)
    closed_on = models.DateField("结案日", null=True)
    outcome = models.CharField("处理结果", max_length=30, blank=True)
    fine_fen = models.BigIntegerField("罚款（分）", null=True)
    last_event_at = models.DateTimeField("最近动态", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager()

    class Meta:
        db_table = "cases"
        verbose_name = "案件"
        indexes: ClassVar = [
            models.Index(fields=["agency", "stage", "-opened_on"], name="cases_agency_stage"),
            models.Index(fields=["-last_event_at"], name="cases_recent"),
        ]

    def __str__(self) -> str:
        return self.number or self.matter_id


class CaseOfficer(models.Model):
    """An officer handling a case, by certificate number, from a day to a day."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="officers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    number = models.CharField("执法证号", max_length=40)
    from_on = models.DateField("承办起")
    to_on = models.DateField("承办止", null=True)

    class Meta:
        db_table = "case_officers"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number", "from_on"], name="case_officer_once")
        ]
