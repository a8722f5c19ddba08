"""Rows for the board, the lists, the figures and the export: a figure and its list are the same query."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from datetime import timedelta
from statistics import median
from typing import Any

from django.db.models import Exists, OuterRef, Q

from plumbline.packs.transfer.coordination import RETURN_GROUNDS, ground_of
from plumbline.platform import clock
from plumbline.platform.bigrams import normal
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
class Wanted:
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
    def of(cls, typed: Any) -> Wanted:
        """The filter in a query string; unknown values of closed lists are dropped."""
        found = {each.name: str(typed.get(each.name, "")).strip()[:100] for each in fields(cls)}
        closed = {
            "column": set(COLUMNS),
            "kind": set(Kind.values),
            "state": {*State.values, *SUMS},
            "reason": {each.key for each in RETURN_GROUNDS} | {"settled"},
            "hop": {"1", "2", "3"},
        }
        for name, allowed in closed.items():
            if found[name] not in allowed:
                found[name] = ""
        return cls(**found)

    @property
    def given(self) -> dict[str, str]:
        return {each.name: value for each in fields(self) if (value := getattr(self, each.name))}

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


# -- figures -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """Transfers of one body to another: how many, and the median of days from sending to taking or sending back."""

    sender: str
    receiver: str
    count: int
    days: float | None
    shade: int = 0

    @property
    def says(self) -> str:
        return f"{self.count} 件" + (f"，中位 {self.days:g} 日" if self.days is not None else "，都没有办结")


@dataclass(frozen=True)
class Figures:
    senders: list[Agency]
    receivers: list[Agency]
    lines: list[tuple[Agency, list[Cell | None], int]]
    total: int
    returned: list[tuple[str, str, int]]
    disputes: list[Coordination]
    late: int
    missed: int
    third: int
    under_way: int


#: Days from which a cell is shaded darker.
SHADES = (3, 7, 15)


def figures(actor: Actor) -> Figures:
    """All figures of the matrix page in a few queries."""
    rows = Coordination.objects.visible_to(actor)
    counted: dict[tuple[str, str], list[float | None]] = {}
    reasons: Counter[str] = Counter()
    for sender, receiver, sent, ended, reason, state in rows.filter(TRANSFERS).values_list(
        "agency_id", "to_id", "sent_at", "ended_at", "reason", "state"
    ):
        answered = ended is not None and state != State.WITHDRAWN
        days = (ended - sent) / timedelta(days=1) if answered else None
        counted.setdefault((sender, receiver), []).append(days)
        if state == State.RETURNED:
            reasons[reason] += 1
    codes = {code for pair in counted for code in pair}
    names = {each.code: each for each in Agency.objects.filter(code__in=codes).order_by("code")}
    senders = [each for code, each in names.items() if any(pair[0] == code for pair in counted)]
    receivers = [each for code, each in names.items() if any(pair[1] == code for pair in counted)]
    lines = [
        (
            each,
            [_cell(each.code, to.code, counted.get((each.code, to.code))) for to in receivers],
            sum(len(days) for pair, days in counted.items() if pair[0] == each.code),
        )
        for each in senders
    ]
    said = {each.key: each.label for each in RETURN_GROUNDS} | {"settled": "管辖已经确定由移送机关办理"}
    open_rows = rows.filter(state__in=OPEN)
    disputes = open_rows.filter(kind=Kind.DISPUTE).select_related("agency", "to").order_by("sent_at")
    return Figures(
        senders=senders,
        receivers=receivers,
        lines=lines,
        total=sum(len(days) for days in counted.values()),
        returned=[(key, said.get(key, key), number) for key, number in reasons.most_common()],
        disputes=list(disputes.defer("package", "competence")[:50]),
        late=open_rows.filter(due_on__lt=clock.today()).count(),
        missed=matching(actor, Wanted(state="missed")).order_by().count(),
        third=rows.filter(TRANSFERS, hop__gte=3).count(),
        under_way=rows.filter(TRANSFERS, state__in=UNDER_WAY).count(),
    )


def _cell(sender: str, receiver: str, days: list[float | None] | None) -> Cell | None:
    if not days:
        return None
    known = [each for each in days if each is not None]
    middle = round(median(known), 1) if known else None
    shade = 0 if middle is None else sum(middle >= limit for limit in SHADES) + 1
    return Cell(sender, receiver, len(days), middle, shade)
