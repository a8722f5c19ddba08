"""What was asked and answered, by body: each figure is a count of rows that its address lists by the same filter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any
from urllib.parse import urlencode

from plumbline.apps.coordination.contract import running
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from .models import Did, Question, Saying, State
from .queries import Wanted, matching

HEADINGS = (
    "机关", "收到", "待答复", "其中超过本区期限", "待对方补充", "已答复待确认", "已解决", "转出", "首次答复中位日数",
    "最久一件已等日数",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A count with the address of its rows."""

    count: int
    url: str


@dataclass(frozen=True)
class Line:
    """One body. ``days`` is the median of calendar days to the first answer, ``waiting`` those of the oldest open one."""

    name: str
    cells: tuple[Cell, ...]
    days: float | None
    waiting: int | None


@dataclass(frozen=True)
class Figures:
    """``answering`` by the body that has the questions now, ``asking`` by the body that asked."""

    answering: list[Line]
    asking: list[Line]
    total: Cell
    has_term: bool


def figures(actor: Actor, year: str = "") -> Figures:
    """All figures of the page in a few queries; a year counts the questions asked in it."""
    today, rows = clock.today(), list(matching(actor, Wanted(year=year)).order_by("pk"))
    given: dict[str, int] = {}
    sayings = Saying.objects.filter(did=Did.HANDED_ON, question__in=[row.pk for row in rows])
    for agency, _ in set(sayings.values_list("agency_id", "question_id")):
        given[agency] = given.get(agency, 0) + 1
    codes = {row.to_id for row in rows} | {row.agency_id for row in rows} | set(given)
    names = dict(Agency.objects.filter(code__in=codes).order_by("code").values_list("code", "short_name"))
    return Figures(
        answering=[
            _answering(
                names[code], [row for row in rows if row.to_id == code], given.get(code, 0), code, year
            )
            for code in names
            if code in given or any(row.to_id == code for row in rows)
        ],
        asking=[
            _line(names[code], [row for row in rows if row.agency_id == code], {"agency": code, "year": year})
            for code in names
            if any(row.agency_id == code for row in rows)
        ],
        total=Cell(len(rows), _url({"year": year})),
        has_term=any(row.due_on is not None for row in rows) or running("question", "", today) is not None,
    )


def _url(filter_: dict[str, str]) -> str:
    query = urlencode({name: value for name, value in filter_.items() if value})
    return f"/questions?{query}" if query else "/questions"


def _answering(name: str, rows: list[Question], given: int, code: str, year: str) -> Line:
    line = _line(name, rows, {"to": code, "year": year})
    return Line(name, (*line.cells, Cell(given, _url({"by": code, "year": year}))), line.days, line.waiting)


def _line(name: str, rows: list[Question], filter_: dict[str, str]) -> Line:
    today = clock.today()

    def cell(state: str, kept: Any) -> Cell:
        return Cell(sum(1 for row in rows if kept(row)), _url({**filter_, "state": state}))

    taken = [(_day(row.answered_at) - asked_on(row)).days for row in rows if row.answered_at]
    waiting = [(today - asked_on(row)).days for row in rows if row.state == State.ASKED]
    return Line(
        name,
        (
            Cell(len(rows), _url(filter_)),
            cell(State.ASKED, lambda row: row.state == State.ASKED),
            cell(
                "late", lambda row: row.state == State.ASKED and row.due_on is not None and row.due_on < today
            ),
            cell(State.RETURNED, lambda row: row.state == State.RETURNED),
            cell(State.ANSWERED, lambda row: row.state == State.ANSWERED),
            cell(State.HELPED, lambda row: row.state == State.HELPED),
        ),
        round(median(taken), 1) if taken else None,
        max(waiting, default=None),
    )


def asked_on(row: Question) -> date:
    """The local day on which a question was asked."""
    return _day(row.asked_at)


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.CHINA).date()


def as_rows(told: Figures) -> Iterator[tuple[str, ...]]:
    """The page as rows of one sheet: first by who answers, then by who asks."""
    for side, lines in (("答复", told.answering), ("提问", told.asking)):
        for line in lines:
            counts = [str(cell.count) for cell in line.cells]
            counts += [""] * (7 - len(counts))
            yield (
                f"{line.name}（{side}）", *counts, "" if line.days is None else f"{line.days:g}",
                "" if line.waiting is None else str(line.waiting),
            )  # fmt: skip
