"""Rows for the list, its export and the public database: a page and its export are always the same query."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Self

from django.db.models import QuerySet

from plumbline.platform import clock
from plumbline.platform.bigrams import normal
from plumbline.platform.filters import AddressFilter, is_year
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import ScopedQuerySet

from .choices import Kind, Stage
from .kinds import words_of
from .models import NormDoc, PlanItem
from .validity import VALIDITY, ends_within, with_validity

PAGE = 30
STATES = [
    ("making", "制定中"),
    *((value, label) for value, label in Stage.choices if value not in {Stage.PUBLISHED, Stage.ENDED}),
]
MAKING = (Stage.DRAFTING, Stage.COMMENTING, Stage.REVIEWING, Stage.DECIDING, Stage.PUBLISHING)
ENDING = {"90": "九十日内到期", "180": "半年内到期", "365": "一年内到期"}


def day_of(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


@dataclass(frozen=True)
class NormFilter(AddressFilter):
    """The filter of the list, as the address bar holds it. ``on`` is the day on which validity is looked at.

    ``kind`` empty: documents and decisions."""

    q: str = ""
    stage: str = ""
    validity: str = ""
    on: str = ""
    agency: str = ""
    ends: str = ""
    todo: str = ""
    kind: str = Kind.NORM

    @classmethod
    def closed(cls) -> Mapping[str, Collection[str]]:
        return {
            "stage": {value for value, _ in STATES},
            "validity": set(VALIDITY),
            "ends": set(ENDING),
            "todo": {"amend", "unfiled"},
        }

    @classmethod
    def of(cls, typed: Any, kind: str = Kind.NORM, **fixed: str) -> Self:
        """The filter in a query string; the address of the page says the ``kind``."""
        found = super().of(typed, kind=kind, **fixed)
        return found if day_of(found.on) is not None else replace(found, on="")

    @property
    def day(self) -> date:
        return day_of(self.on) or clock.today()

    @property
    def words(self) -> str:
        agency = Agency.objects.filter(pk=self.agency).first() if self.agency else None
        parts = [
            f"含“{self.q}”" if self.q else "",
            words_of(self.kind).stage(self.stage)
            if self.stage in Stage.values
            else dict(STATES).get(self.stage, ""),
            f"{self.day} {VALIDITY[self.validity]}" if self.validity else "",
            agency.short_name if agency else "",
            ENDING.get(self.ends, ""),
            {"amend": "须修改或者废止", "unfiled": "没有备案"}.get(self.todo, ""),
        ]
        return "、".join(part for part in parts if part) or "全部"

    @property
    def given(self) -> dict[str, str]:
        return {
            each.name: value
            for each in fields(self)
            if each.name != "kind" and (value := getattr(self, each.name))
        }


def documents_matching(actor: Actor, wanted: NormFilter) -> ScopedQuerySet[NormDoc]:
    """The visible documents that a filter names, unordered."""
    rows = NormDoc.objects.visible_to(actor).select_related("agency", "maker")
    rows = rows.filter(kind=wanted.kind) if wanted.kind else rows
    if wanted.stage == "making":
        rows = rows.filter(stage__in=MAKING)
    elif wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    if wanted.validity:
        rows = rows.filter(with_validity(wanted.validity, wanted.day))
    if wanted.agency:
        rows = rows.filter(agency_id=wanted.agency)
    if wanted.ends:
        today = clock.today()
        rows = rows.filter(ends_within(today, date.fromordinal(today.toordinal() + int(wanted.ends))))
    if wanted.todo == "amend":
        rows = rows.exclude(amend_wanted="").exclude(stage=Stage.ENDED)
    elif wanted.todo == "unfiled":
        rows = rows.filter(stage=Stage.PUBLISHED, filed_on=None)
    return _with_words(rows, wanted.q)


def _with_words(rows: Any, typed: str) -> Any:
    for word in normal(typed).split(" ")[:5]:
        if word:
            rows = rows.filter(searched__contains=word)
    return rows


def in_order(rows: Any) -> Any:
    """What moved last first."""
    return rows.order_by("-begun_on", "-pk")


def public_documents(
    typed: str = "", *, on: date, state: str = "", maker: str = "", year: str = ""
) -> QuerySet[NormDoc]:
    """What the public database holds: everything published, whatever became of it."""
    rows: Any = NormDoc.objects.unscoped("已公布的规范性文件").select_related("maker", "agency")
    rows = rows.filter(kind=Kind.NORM, published_on__isnull=False).exclude(register_no="")
    if state:
        rows = rows.filter(with_validity(state, on))
    if maker:
        rows = rows.filter(maker_id=maker)
    if is_year(year):
        rows = rows.filter(published_on__year=int(year))
    return _with_words(rows, typed).order_by("-published_on", "-pk")


def public_policies(typed: str = "") -> QuerySet[NormDoc]:
    """Major policy decisions that were published, the newest first."""
    rows: Any = NormDoc.objects.unscoped("已公布的重大行政决策").select_related("maker", "agency")
    rows = rows.filter(kind=Kind.POLICY, published_on__isnull=False)
    return _with_words(rows, typed).order_by("-published_on", "-pk")


def public_catalogue() -> QuerySet[PlanItem]:
    """The decisions that the organ has said it will take, by year; what was taken out since says why."""
    rows: Any = PlanItem.objects.unscoped("已公布的决策事项目录").select_related("agency")
    rows = rows.filter(kind=Kind.POLICY, published_on__isnull=False)
    return rows.order_by("-year", "due_month", "pk")


def open_for_comment(on: date) -> QuerySet[NormDoc]:
    """Drafts whose period for comments runs on a day."""
    rows: Any = NormDoc.objects.unscoped("公开征求意见的草案").select_related("maker", "agency")
    return rows.filter(comment_until__gte=on).order_by("comment_until", "pk")


def once_open_for_comment() -> QuerySet[NormDoc]:
    """Drafts that were opened for comments and are closed now, with what was adopted."""
    rows: Any = NormDoc.objects.unscoped("公开征求意见的草案").select_related("maker", "agency")
    return rows.filter(entries__step="opened").distinct().order_by("-begun_on", "-pk")
