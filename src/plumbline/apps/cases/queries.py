"""Rows for lists and figures. A figure and its list are always the same query."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from plumbline.packs.penalty.procedures import COMPULSION, PROCEDURES
from plumbline.platform import clock
from plumbline.platform.bigrams import INITIALS
from plumbline.platform.filters import AddressFilter
from plumbline.platform.identity.actor import Actor
from plumbline.platform.paging import COUNTED, cursor, how_many, up_to
from plumbline.platform.scope.querysets import ScopedQuerySet

from .clocks import soon_until
from .models import Case, CaseIndexRow, CaseOfficer, CaseTask, Origin, Stage
from .searching import find, words_of

Dated = tuple[int, datetime | None]
PAGE = 30
NEWEST = 2_000
DUE = {"overdue": "已超期", "3d": "三个工作日内", "7d": "七日内", "30d": "三十日内"}
OPEN_STAGES = (
    Stage.CLUE,
    Stage.FILED,
    Stage.NOTICE,
    Stage.HEARING,
    Stage.REVIEW,
    Stage.DISCUSSION,
    Stage.DECIDED,
    Stage.SERVED,
    Stage.REVOKED,
    Stage.MERGED,
    Stage.COMPELLING,
)


PROCEDURE_LABELS = {each.key: each.label for each in PROCEDURES} | {"compulsion": "行政强制"}


@dataclass(frozen=True)
class CaseFilter(AddressFilter):
    """The filter of the case list, as the address bar holds it."""

    q: str = ""
    stage: str = ""
    agency: str = ""
    due: str = ""
    origin: str = ""
    procedure: str = ""
    mine: str = ""

    @classmethod
    def closed(cls) -> Mapping[str, Collection[str]]:
        return {"stage": {"open", *Stage.values}, "due": DUE, "origin": Origin.values}

    @property
    def words(self) -> str:
        """The filter in Chinese, for the export's first sheet and the empty list."""
        parts = []
        if self.q:
            parts.append(f"含“{self.q}”")
        if self.stage:
            parts.append("在办" if self.stage == "open" else Stage(self.stage).label)
        if self.agency:
            parts.append(f"单位 {self.agency}")
        if self.due:
            parts.append(DUE[self.due])
        if self.origin:
            parts.append(Origin(self.origin).label)
        if self.procedure:
            parts.append(PROCEDURE_LABELS.get(self.procedure, self.procedure))
        if self.mine:
            parts.append("本人承办")
        return "、".join(parts) or "全部"


def cases_matching(actor: Actor, wanted: CaseFilter) -> ScopedQuerySet[CaseIndexRow]:
    """Which visible cases a filter names, unordered; ``cases_at`` has their rows."""
    return find(cases_within(actor, wanted), wanted.q)


def cases_within(actor: Actor, wanted: CaseFilter) -> ScopedQuerySet[CaseIndexRow]:
    """The visible cases of a filter but for its words."""
    rows = CaseIndexRow.objects.visible_to(actor)
    if wanted.stage == "open":
        rows = rows.filter(stage__in=OPEN_STAGES)
    elif wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    if wanted.agency:
        rows = rows.filter(agency_id=wanted.agency)
    if wanted.origin:
        rows = rows.filter(origin=wanted.origin)
    if wanted.procedure:
        wide = COMPULSION if wanted.procedure == "compulsion" else (wanted.procedure,)
        rows = rows.filter(procedure__in=wide)
    if wanted.due:
        rows = rows.filter(**due_range(wanted.due, clock.today()))
    if wanted.mine:
        handled = CaseOfficer.objects.filter(case_id=OuterRef("pk"), number=actor.number, to_on=None)
        rows = rows.filter(Exists(handled))
    return rows


def cases_at(actor: Actor, keys: Sequence[int]) -> list[Case]:
    """The visible cases of some primary keys with agency and party, in the order of the keys."""
    rows = Case.objects.visible_to(actor).select_related("agency", "party")
    found = {case.pk: case for case in rows.defer("bigrams", "searched", "summary").filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def due_range(due: str, today: date, name: str = "due_on") -> dict[str, date]:
    """The condition of a due filter."""
    if due == "overdue":
        return {f"{name}__lt": today}
    until = {
        "3d": soon_until(today),
        "7d": today + timedelta(days=7),
        "30d": today + timedelta(days=30),
    }[due]
    return {f"{name}__gte": today, f"{name}__lte": until}


@dataclass(frozen=True)
class Page:
    """One page of a keyset-paged list: newest first, with the cursor of the next page."""

    rows: list[Case]
    count: str
    next_cursor: str


def case_page(actor: Actor, wanted: CaseFilter, after: str = "") -> Page:
    """Thirty cases by latest event, after a cursor ``<instant>_<id>``; counted up to a thousand."""
    rows = cases_within(actor, wanted)
    found, count = newest(rows, PAGE + 1, typed=wanted.q, after=cursor(after))
    more, found = len(found) > PAGE, found[:PAGE]
    key = f"{found[-1][1].isoformat()}_{found[-1][0]}" if more and found[-1][1] is not None else ""
    return Page(cases_at(actor, [pk for pk, _ in found]), count, key)


def newest(
    rows: ScopedQuerySet[CaseIndexRow],
    most: int,
    *,
    typed: str = "",
    after: tuple[date, int] | None = None,
) -> tuple[list[Dated], str]:
    """The newest of the rows that hold the typed words, and how many there are, counted up to a thousand.

    An index finds words but not the newest of what holds them. Of many there are enough among the newest rows, which are
    looked at first; otherwise all that hold the words are read and put in order.
    """
    later = rows
    if after is not None:
        moment, pk = after
        # The first condition says no more than the second; it is the one that an index can begin at.
        later = rows.filter(last_event_at__lte=moment)
        later = later.filter(Q(last_event_at__lt=moment) | Q(last_event_at=moment, pk__lt=pk))
    if not words_of(typed):
        ordered = later.order_by("-last_event_at", "-pk").values_list("pk", "last_event_at")
        return list(ordered[:most]), how_many(rows)
    try:
        found, among = _among_the_newest(later, typed, most)
        if len(found) < most:
            return _all(find(rows, typed), most, after)
        # A thousand among the newest are a thousand and more, without an index reading all that hold a common word.
        return found, up_to(among) if among > COUNTED else how_many(find(rows, typed))
    except EmptyResultSet:  # whoever may see no case at all has no query to be asked
        return [], "0"


def _all(
    rows: ScopedQuerySet[CaseIndexRow], most: int, after: tuple[date, int] | None
) -> tuple[list[Dated], str]:
    """The newest of some rows, and how many there are, found without the order of time."""
    sql, given = rows.order_by().values_list("pk", "last_event_at").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH known AS MATERIALIZED ({sql}) SELECT number, pk, last_event_at FROM (SELECT count(*) AS number FROM known) n"
            " LEFT JOIN LATERAL (SELECT * FROM known WHERE %s OR (last_event_at, pk) < (%s::timestamptz, %s::bigint)"
            " ORDER BY last_event_at DESC, pk DESC LIMIT %s) newest ON true ORDER BY last_event_at DESC, pk DESC",
            [*given, after is None, *(after or (None, None)), most],
        )
        found = cursor.fetchall()
    number = found[0][0]
    count = up_to(number)
    return [(pk, at) for _, pk, at in found if pk is not None], count


def _among_the_newest(rows: ScopedQuerySet[CaseIndexRow], typed: str, most: int) -> tuple[list[Dated], int]:
    """What holds the typed words of the ``NEWEST`` newest rows, in their order, and how many do."""
    inner = rows.order_by("-last_event_at", "-pk").values_list("pk", "last_event_at", "searched")[:NEWEST]
    sql, given = inner.query.sql_with_params()
    words = words_of(typed)
    # First letters stand at the end and have no pairs: two letters are not looked for in them.
    plain = f"split_part(searched, '{INITIALS}', 1)"
    holds = " AND ".join(f"strpos({plain if len(word) == 2 else 'searched'}, %s) > 0" for word in words)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pk, last_event_at, count(*) OVER () FROM ({sql}) AS newest WHERE {holds}"
            " ORDER BY last_event_at DESC, pk DESC LIMIT %s",
            [*given, *words, most],
        )
        found = cursor.fetchall()
    return [(pk, at) for pk, at, _ in found], found[0][2] if found else 0


def officers_of(cases: list[Case]) -> dict[int, list[str]]:
    """Certificate numbers of the present officers of some cases, in one query."""
    found: dict[int, list[str]] = {}
    rows = CaseOfficer.objects.filter(case__in=cases, to_on=None).order_by("pk")
    for case_id, number in rows.values_list("case_id", "number"):
        found.setdefault(case_id, []).append(number)
    return found


TASK_CAPABILITIES = (
    "cases.handle",
    "cases.approve",
    "cases.review",
    "publicity.publish",
)


def my_tasks(actor: Actor) -> ScopedQuerySet[CaseTask]:
    """What waits for this actor: tasks of posts held, and handling tasks of one's own cases (or of nobody's)."""
    wanted = Q(pk__in=[])
    for capability in TASK_CAPABILITIES:
        reach = actor.reach(capability)
        mine = Q(capability=capability)
        if reach is not None:
            if not reach:
                continue
            mine &= Q(agency_id__in=sorted(reach))
        if capability == "cases.handle":
            mine &= Q(holders__contains=[actor.number]) | Q(holders=[])
        wanted |= mine
    # What was passed on to a post is nobody else's.
    wanted &= Q(post=None) | Q(post__in={grant.post_id for grant in actor.grants})
    return CaseTask.objects.visible_to(actor).filter(wanted)
