"""Rows for the board, the lists, the figures and the export: a figure and its list are the same query."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from plumbline.packs.transfer.coordination import RETURN_GROUNDS, ground_of
from plumbline.platform import clock
from plumbline.platform.bigrams import normal
from plumbline.platform.filters import AddressFilter
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import ScopedQuerySet

from .models import OPEN, TALKING, UNDER_WAY, Coordination, Kind, Lateness, State
from .policies import READING, SUPERVISING

PAGE = 30
SHOWN = 8
COLUMNS = {"in": "收到", "out": "发出", "talk": "会商中", "done": "已结"}
#: Whoever supervises has neither received nor sent: the same rows by what is waited for.
SUPERVISED = {"in": "待接收", "out": "办理中", "talk": "会商和争议", "done": "已结"}
TRANSFERS = Q(kind=Kind.TRANSFER)
#: Filters that are several states.
SUMS = {"open": "没有办结", "late": "超过期限", "missed": "逾期过的", "under_way": "等待接收或者协调"}


def supervises(actor: Actor) -> bool:
    return actor.reach(*SUPERVISING) is None


def columns_of(actor: Actor) -> dict[str, str]:
    return SUPERVISED if supervises(actor) else COLUMNS


def _in_column(actor: Actor, column: str) -> Q:
    """Each row an actor sees stands in exactly one column."""
    if column == "done":
        return ~Q(state__in=OPEN)
    if column == "talk":
        return Q(state__in=TALKING)
    going = Q(state__in=OPEN) & ~Q(state__in=TALKING)
    if supervises(actor):
        waiting = Q(state=State.SENT)
        return going & (waiting if column == "in" else ~waiting)
    reach = actor.reach(*READING)
    mine = Q() if reach is None else Q(to_id__in=sorted(reach))
    return going & (mine if column == "in" else ~mine)


@dataclass(frozen=True)
class Wanted(AddressFilter):
    """The filter of the list, as the address bar holds it. ``state`` also takes the sums."""

    q: str = ""
    column: str = ""
    kind: str = ""
    sender: str = ""
    receiver: str = ""
    state: str = ""
    reason: str = ""
    hop: str = ""

    @classmethod
    def closed(cls) -> Mapping[str, Collection[str]]:
        return {
            "column": set(COLUMNS),
            "kind": set(Kind.values),
            "state": {*State.values, *SUMS},
            "reason": {each.key for each in RETURN_GROUNDS} | {"settled"},
            "hop": {"1", "2", "3"},
        }

    @property
    def words(self) -> str:
        """The filter in Chinese, for the export's first sheet and the empty list."""
        states = dict(State.choices) | SUMS
        ground = ground_of(self.reason, RETURN_GROUNDS)
        names = dict(
            Agency.objects.filter(code__in=[self.sender, self.receiver]).values_list("code", "short_name")
        )
        parts = [
            f"含“{self.q}”" if self.q else "",
            COLUMNS.get(self.column, ""),
            dict(Kind.choices).get(self.kind, ""),
            f"{names.get(self.sender, self.sender)}发出" if self.sender else "",
            f"{names.get(self.receiver, self.receiver)}收到" if self.receiver else "",
            states.get(self.state, ""),
            ground.label if ground else ("管辖已经确定" if self.reason else ""),
            f"第 {self.hop} 次移送{'及以上' if self.hop == '3' else ''}" if self.hop else "",
        ]
        return "、".join(part for part in parts if part) or "全部"


def matching(actor: Actor, wanted: Wanted) -> ScopedQuerySet[Coordination]:
    """The visible rows of a filter, what moved last first."""
    rows = Coordination.objects.visible_to(actor).select_related("agency", "to")
    if wanted.column:
        rows = rows.filter(_in_column(actor, wanted.column))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.sender:
        rows = rows.filter(agency_id=wanted.sender)
    if wanted.receiver:
        rows = rows.filter(to_id=wanted.receiver)
    if wanted.state == "open":
        rows = rows.filter(state__in=OPEN)
    elif wanted.state == "late":
        rows = rows.filter(state__in=OPEN, due_on__lt=clock.today())
    elif wanted.state == "missed":
        rows = rows.filter(Exists(Lateness.objects.filter(row=OuterRef("pk"))))
    elif wanted.state == "under_way":
        rows = rows.filter(TRANSFERS, state__in=UNDER_WAY)
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.reason:
        rows = rows.filter(reason=wanted.reason)
    if wanted.hop:
        rows = rows.filter(hop__gte=3) if wanted.hop == "3" else rows.filter(hop=int(wanted.hop))
    for word in normal(wanted.q).split(" ")[:5]:
        if word:
            rows = rows.filter(searched__contains=word)
    return rows.defer("package", "competence", "searched").order_by("-moved_at", "-pk")


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    count: int
    rows: list[Coordination]


def board(actor: Actor, wanted: Wanted) -> list[Column]:
    """The four columns of S6: of each how many, and the first of them; the open ones by their deadline."""
    found = []
    for key, label in columns_of(actor).items():
        rows = matching(actor, Wanted(**{**wanted.given, "column": key}))
        if key in {"in", "out"}:
            # PostgreSQL puts rows without a deadline last.
            rows = rows.order_by("due_on", "-moved_at", "-pk")
        found.append(Column(key, label, rows.order_by().count(), list(rows[:SHOWN])))
    return found
