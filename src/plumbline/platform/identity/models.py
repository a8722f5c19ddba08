"""Organisation, people, dated posts and deputies, and the three separate administrators.

A person holds posts for dated terms; a post in an agency carries capabilities and a scope. Nothing about rights is
kept in the session: they are read anew at each request (``actor.Actor``).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Func, Q
from django.utils.crypto import salted_hmac

from .capabilities import ADMINISTRATOR_POWERS, CAPABILITIES


class DateRange(Func):
    """``daterange(from, to, '[]')`` over two date columns; an empty end is open."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Agency(models.Model):
    """A body of the district: enforcement agency, street, town, supervision organ, government and the liaison bodies.

    ``kind`` and ``level`` are the values of the event contract; ``illustrative`` marks a row that is our example and
    not an official name.
    """

    code = models.CharField("机关编码", max_length=50, primary_key=True)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40)
    kind = models.CharField("类别", max_length=40)
    level = models.CharField("层级", max_length=20)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    division_code = models.CharField("行政区划代码", max_length=12, blank=True)
    document_mark = models.CharField(
        "机关代字", max_length=20, blank=True, help_text="文号中的机关代字，例如 新阳街综执"
    )
    enforces = models.BooleanField("行使执法权", default=False)
    own_execution_power = models.BooleanField("有行政强制执行权", default=False)
    subject_confirmed_on = models.DateField("主体资格确认日", null=True, blank=True)
    subject_published_on = models.DateField("主体公示日", null=True, blank=True)
    subject_ended_on = models.DateField("主体资格终止日（最后一日）", null=True, blank=True)
    illustrative = models.BooleanField("示例", default=False)

    class Meta:
        verbose_name = "机关"
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.short_name or self.name


class PersonManager(BaseUserManager["Person"]):
    def create_person(
        self, *, login_name: str, display_name: str, password: str | None, **fields: Any
    ) -> Person:
        person = self.model(login_name=login_name, display_name=display_name, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who can log in. There is no superuser: rights come from posts, administration from an appointment."""

    login_name = models.CharField("登录名", max_length=40, unique=True)
    display_name = models.CharField("姓名", max_length=40)
    staff_number = models.CharField("工作人员编号", max_length=40, blank=True)
    certificate_number = models.CharField("执法证号", max_length=40, blank=True, db_index=True)
    is_active = models.BooleanField("可登录", default=True)
    is_fictitious = models.BooleanField("虚构人员", default=False)
    totp_secret = models.CharField("动态口令密钥", max_length=64, blank=True)
    totp_last_step = models.BigIntegerField("最近一次动态口令时间步", default=0)
    one_time_until = models.DateTimeField(
        "一次性密码有效至", null=True, blank=True, help_text="有值时须先改密码；过了这个时刻不能再用它登录"
    )
    session_generation = models.IntegerField("登录代次", default=0, help_text="加一，此前的登录全部失效")

    USERNAME_FIELD = "login_name"
    REQUIRED_FIELDS: ClassVar = ["display_name"]
    objects = PersonManager()

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.display_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django compares this at each request: a new password or generation ends every session opened before."""
        value = self.password + (f":{self.session_generation}" if self.session_generation else "")
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def actor_number(self) -> str:
        """What the event contract calls the actor's id: certificate number, else staff number; never the name."""
        return self.certificate_number or self.staff_number or f"P-{self.pk}"


class Scope(models.TextChoices):
    OWN_MATTERS = "own", "本人承办"
    AGENCY = "agency", "本单位及下属"
    DISTRICT = "district", "全区"


class Post(models.Model):
    """A position in an agency. Tasks go to posts, not to people, so that a move never strands a case."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts", verbose_name="单位")
    title = models.CharField("岗位", max_length=60)
    role = models.CharField("在事件中的角色", max_length=40, default="officer")
    capabilities = ArrayField(models.CharField(max_length=60), default=list, verbose_name="权能")
    scope = models.CharField("范围", max_length=20, choices=Scope.choices, default=Scope.AGENCY)

    class Meta:
        verbose_name = "岗位"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "title"], name="post_once_per_agency")
        ]

    def __str__(self) -> str:
        return f"{self.agency}·{self.title}"

    def clean(self) -> None:
        unknown = sorted(set(self.capabilities) - CAPABILITIES.keys())
        if unknown:
            raise ValidationError({"capabilities": f"没有这些权能：{'、'.join(unknown)}。请从权能表中选择。"})


class Tenure(models.Model):
    """A person holds a post from a day to a day (both included; open when ``to_on`` is empty)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures", verbose_name="人员")
    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures", verbose_name="岗位")
    from_on = models.DateField("任职起")
    to_on = models.DateField("任职止", null=True, blank=True)

    class Meta:
        verbose_name = "任职"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                name="tenure_ends_after_start",
            ),
            ExclusionConstraint(
                name="tenure_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    (DateRange("from_on", "to_on", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Deputy(models.Model):
    """While dated, ``person`` acts for ``post`` beside its holder, with a reason on record."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="deputyships", verbose_name="代理人")
    post = models.ForeignKey(Post, models.PROTECT, related_name="deputies", verbose_name="岗位")
    from_on = models.DateField("代理起")
    to_on = models.DateField("代理止")
    reason = models.CharField("事由", max_length=200)

    class Meta:
        verbose_name = "代理"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(to_on__gte=models.F("from_on")), name="deputy_ends_after_start"
            )
        ]


class AdministratorAppointment(models.Model):
    """One of the three administrator powers. Two powers never meet in one person (GB/T 22239-2019, 8.1.5)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", verbose_name="人员")
    power = models.CharField("权力", max_length=20, choices=list(ADMINISTRATOR_POWERS.items()))
    from_on = models.DateField("起")
    to_on = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = "管理员任命"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(power__in=list(ADMINISTRATOR_POWERS)), name="administrator_power_known"
            ),
            ExclusionConstraint(
                name="administrator_powers_exclusive",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (DateRange("from_on", "to_on", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
            ),
        ]
