"""Rows of 待我审批, 我发起的 and 已办: a figure and its list are always the same query."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from plumbline.platform import clock
from plumbline.platform.filters import AddressFilter
from plumbline.platform.identity.actor import Actor
from plumbline.platform.paging import how_many, newest_first, oldest_first

from .approval_policies import posts_of
from .attached import approved_steps, label_of
from .models import Case, CaseTask, HandKind, Opinion, Phrase, RequestHand, RequestState, StepRequest

BOXES = {"todo": "待我审批", "mine": "我发起的", "done": "已办"}
PERIODS = {"7d": "七日内提交", "30d": "三十日内提交", "year": "今年提交"}
STATES = {key: label for key, label in RequestState.choices if key != RequestState.DRAFT}
HANDLED = (
    HandKind.APPROVED,
    HandKind.RETURNED,
    HandKind.ANSWERED,
    HandKind.TRANSFERRED,
    HandKind.SENT_BACK,
)
PAGE = 30


def phrases_of(actor: Actor) -> list[str]:
    """The opinions an actor saved to use again, the latest first."""
    rows = Phrase.objects.filter(person_id=actor.own_id).order_by("-pk")
    return list(rows.values_list("text", flat=True)[:12])


@dataclass(frozen=True)
class ApprovalFilter(AddressFilter):
    """The filter as the address bar holds it; unknown values of closed lists are dropped."""

    box: str = "todo"
    q: str = ""
    step: str = ""
    state: str = ""
    period: str = ""

    @classmethod
    def closed(cls) -> Mapping[str, Collection[str]]:
        return {"box": BOXES, "step": approved_steps(), "state": STATES, "period": PERIODS}

    @classmethod
    def of(cls, typed: Any, *, usual: str = "todo", **fixed: str) -> Self:
        """The filter in a query string; ``usual`` is the box of a person who names none."""
        found = super().of(typed, **fixed)
        return found if typed.get("box") in BOXES else replace(found, box=usual)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.step or self.state or self.period)


def waiting_for(actor: Actor) -> QuerySet[StepRequest]:
    """What waits for an actor: requests he may decide, and those on which his post was asked for an opinion."""
    posts = posts_of(actor)
    reach = actor.reach("cases.approve")
    decides = Q(post=None) | Q(post__in=posts)
    if reach is not None:
        decides &= Q(case__agency_id__in=sorted(reach))
    asked = Opinion.objects.visible_to(actor).filter(
        request=OuterRef("pk"), post__in=posts, answered_at=None, dropped_at=None
    )
    rows = StepRequest.objects.filter(state=RequestState.SUBMITTED).filter(decides | Exists(asked))
    return _seen(actor, rows).exclude(written_by_id=actor.person_id)


def requests_in(actor: Actor, wanted: ApprovalFilter) -> QuerySet[StepRequest]:
    """The requests of a box that a filter names, unordered."""
    if wanted.box == "todo":
        rows = waiting_for(actor)
    elif wanted.box == "mine":
        rows = _seen(actor, StepRequest.objects.filter(written_by_id=actor.person_id))
        rows = rows.exclude(state=RequestState.DRAFT)
    else:
        mine = RequestHand.objects.visible_to(actor).filter(
            request=OuterRef("pk"), person_id=actor.person_id, kind__in=HANDLED
        )
        done = Exists(mine) | Q(decided_by_id=actor.person_id)
        rows = _seen(actor, StepRequest.objects.exclude(state=RequestState.DRAFT)).filter(done)
    if wanted.q:
        rows = rows.filter(
            Q(case__title__contains=wanted.q)
            | Q(case__number__contains=wanted.q)
            | Q(written_label__contains=wanted.q)
        )
    if wanted.step:
        rows = rows.filter(step=wanted.step)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.period:
        rows = rows.filter(submitted_at__date__gte=_since(wanted.period))
    return rows


def _seen(actor: Actor, rows: QuerySet[StepRequest]) -> QuerySet[StepRequest]:
    return rows.filter(case__in=Case.objects.visible_to(actor).values("pk"))


def _since(period: str) -> date:
    today = clock.today()
    if period == "year":
        return today.replace(month=1, day=1)
    return today - timedelta(days={"7d": 7, "30d": 30}[period])


@dataclass(frozen=True)
class Row:
    """One request in a list. ``task`` carries its legal deadline, where it waits."""

    request: StepRequest
    label: str
    task: CaseTask | None
    asked: bool

    @property
    def verb(self) -> str:
        if self.request.state != RequestState.SUBMITTED:
            return "查看"
        return "签署意见" if self.asked else "审批"


@dataclass(frozen=True)
class ApprovalList:
    rows: list[Row]
    count: str
    next_cursor: str


def approval_list(actor: Actor, wanted: ApprovalFilter, after: str = "") -> ApprovalList:
    """A page of a box: what waits longest first in 待我审批, the latest first in the others."""
    rows = requests_in(actor, wanted)
    listed = rows.select_related("case__agency", "case__party", "post").defer(
        "case__bigrams", "case__searched"
    )
    in_order = oldest_first if wanted.box == "todo" else newest_first
    part = in_order(listed, "submitted_at", after=after, size=PAGE)
    return ApprovalList(_rows(actor, part.rows), how_many(rows), part.next_key)


def _rows(actor: Actor, found: list[StepRequest]) -> list[Row]:
    tasks = {
        task.key: task
        for task in CaseTask.objects.visible_to(actor).filter(
            key__in=[f"request:{each.pk}" for each in found]
        )
    }
    asked = set(
        Opinion.objects.visible_to(actor)
        .filter(request__in=found, post__in=posts_of(actor), answered_at=None, dropped_at=None)
        .values_list("request_id", flat=True)
    )
    return [Row(each, label_of(each), tasks.get(f"request:{each.pk}"), each.pk in asked) for each in found]
