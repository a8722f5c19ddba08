"""Rows of the lists, the figures and the export: a figure and its list are the same query."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from plumbline.platform import clock
from plumbline.platform.bigrams import normal
from plumbline.platform.filters import AddressFilter
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import ScopedQuerySet
from plumbline.vocabulary import load_vocabulary

from .models import OPEN, Did, Question, Saying, SharedAnswer, State
from .policies import CASES, HANDLE, SUPERVISE

PAGE = 30
SIDES = {"mine": "待我方办理", "out": "我方提出", "in": "向我方提出"}
#: Filters that are several states or more than a state.
SUMS = {"open": "没有办结", "late": "超过本区设定的期限", "missed": "逾期答复过", "answered_once": "答复过"}


@dataclass(frozen=True)
class Wanted(AddressFilter):
    """The filter of the list, as the address bar holds it."""

    q: str = ""
    side: str = ""
    state: str = ""
    agency: str = ""
    to: str = ""
    by: str = ""
    year: str = ""

    @classmethod
    def closed(cls) -> Mapping[str, Collection[str]]:
        return {"side": SIDES, "state": {*State.values, *SUMS}}

    @property
    def words(self) -> str:
        """The filter in Chinese, for the export's first sheet and the heading of the list."""
        codes = [self.agency, self.to, self.by]
        names = dict(Agency.objects.filter(code__in=codes).values_list("code", "short_name"))
        states = dict(State.choices) | SUMS
        parts = [
            f"含“{self.q}”" if self.q else "",
            SIDES.get(self.side, ""),
            states.get(self.state, ""),
            f"{names.get(self.agency, self.agency)}提出" if self.agency else "",
            f"由{names.get(self.to, self.to)}答复" if self.to else "",
            f"{names.get(self.by, self.by)}转办过" if self.by else "",
            f"{self.year} 年提出" if self.year else "",
        ]
        return "、".join(part for part in parts if part) or "全部"


def matching(actor: Actor, wanted: Wanted) -> ScopedQuerySet[Question]:
    """The visible rows of a filter, what moved last first."""
    rows: ScopedQuerySet[Question] = Question.objects.visible_to(actor).select_related("agency", "to")
    if wanted.side:
        rows = rows.filter(_on_side(actor, wanted.side))
    if wanted.state:
        rows = rows.filter(_in_state(wanted.state))
    if wanted.agency:
        rows = rows.filter(agency_id=wanted.agency)
    if wanted.to:
        rows = rows.filter(to_id=wanted.to)
    if wanted.by:
        rows = rows.filter(_did(Did.HANDED_ON, agency_id=wanted.by))
    if wanted.year:
        rows = rows.filter(asked_at__year=int(wanted.year))
    for word in normal(wanted.q).split(" ")[:5]:
        if word:
            rows = rows.filter(searched__contains=word)
    return rows.defer("searched").order_by("-moved_at", "-pk")


def _did(did: Did, **lookup: Any) -> Exists:
    return Exists(Saying.objects.filter(question=OuterRef("pk"), did=did, **lookup))


def _in_state(state: str) -> Q | Exists:
    if state == "open":
        return Q(state__in=OPEN)
    if state == "late":
        return Q(state=State.ASKED, due_on__lt=clock.today())
    if state == "answered_once":
        return Q(answered_at__isnull=False)
    if state == "missed":
        late = Saying.objects.filter(question=OuterRef("pk"), did=Did.ANSWERED, term_on__isnull=False)
        return Exists(late.filter(term_on__lt=TruncDate(F("at"), tzinfo=clock.CHINA)))
    return Q(state=state)


def _within(actor: Actor, column: str, *capabilities: str) -> Q:
    reach = actor.reach(*capabilities)
    return Q() if reach is None else Q(**{f"{column}__in": sorted(reach)})


def _on_side(actor: Actor, side: str) -> Q:
    organ = Q(to__kind="supervision_organ")
    asked = ~organ & _within(actor, "to_id", HANDLE) if actor.can(HANDLE) else Q(pk=None)
    if actor.can(SUPERVISE):
        asked |= organ & _within(actor, "to_id", SUPERVISE)
    if side == "in":
        return asked
    own = Q(pk=None)
    if actor.person_id and actor.can(CASES):
        # Whoever works elsewhere now asks no longer for the body of then.
        own = Q(asked_by_id=actor.person_id) & _within(actor, "agency_id", CASES)
    asking = own | (_within(actor, "agency_id", HANDLE) if actor.can(HANDLE) else Q(pk=None))
    if side == "out":
        return asking
    return (Q(state=State.ASKED) & asked) | (Q(state__in=[State.RETURNED, State.ANSWERED]) & asking)


def waiting_for(actor: Actor) -> ScopedQuerySet[Question]:
    """Whose next move is the actor's, the nearest term first, then what waits longest."""
    return matching(actor, Wanted(side="mine")).order_by(F("due_on").asc(nulls_last=True), "moved_at", "pk")


@dataclass(frozen=True)
class Asked(AddressFilter):
    """The filter of the collection. ``state``: empty for what holds, ``all`` with what was withdrawn."""

    q: str = ""
    domain: str = ""
    by: str = ""
    state: str = ""

    @classmethod
    def closed(cls) -> Mapping[str, Collection[str]]:
        return {"domain": load_vocabulary().enums["domain"], "state": {"all"}}

    @property
    def words(self) -> str:
        """The filter in Chinese, for the export's first sheet."""
        names = dict(Agency.objects.filter(code=self.by).values_list("code", "short_name"))
        parts = [
            f"含“{self.q}”" if self.q else "",
            load_vocabulary().label("domain", self.domain) if self.domain else "",
            f"由{names.get(self.by, self.by)}答复" if self.by else "",
            "连同停止共享的" if self.state == "all" else "没有停止共享的",
        ]
        return "、".join(part for part in parts if part)


def shared_answers(wanted: Asked) -> QuerySet[SharedAnswer]:
    """The collection that every body reads."""
    rows = SharedAnswer.objects.select_related("agency")
    if wanted.state != "all":
        rows = rows.filter(withdrawn_at=None)
    if wanted.domain:
        rows = rows.filter(domain=wanted.domain)
    if wanted.by:
        rows = rows.filter(agency_id=wanted.by)
    for word in normal(wanted.q).split(" ")[:5]:
        if word:
            rows = rows.filter(searched__contains=word)
    return rows
