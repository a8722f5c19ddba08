"""The rows of the register that say how time is counted (tier T), each as a property of the calendar or of the periods.

What a text makes working days is held against every row of the register that cites the text and every clock of the rules; how it
counts is shown on the spring festival of 2026 (off from 15 to 23 February; 14 and 28 February worked) and other real days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.law import DayKind, Limit, Unit, reckon, statutory_calendar
from plumbline.law.periods import ROLLED_FORWARD
from plumbline.lawbook import rule_facts
from plumbline.packs.penalty.rules.apl_61_serve_7wd import RULE as SERVED
from plumbline.rules import RuleBook, evaluate
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.examples import expand, filed, fined, step
from plumbline.rules.forms.clock import Clock
from plumbline.vocabulary import CHINA, Event, Matter, Registers, end_of

TABLE = statutory_calendar()
BOOK = RuleBook.load(STANDARD_PACKS)
DAY = timedelta(days=1)
ANNOUNCED = range(2008, 2027)


def due(start: date, n: int, unit: Unit = Unit.WORKING_DAYS) -> date | datetime | None:
    return reckon(start, Limit(n, unit), calendar=TABLE).due


def clocks_of(law: str) -> Iterator[tuple[str, int, str]]:
    """The row, number and unit of every clock that a rule or a replacing row of ``law`` counts with."""
    for rule in BOOK.rules:
        for row, facts, form in (
            (rule.id, rule.facts, rule.require),
            *((o.row, o.facts, o.require) for o in rule.overlays),
        ):
            if facts.law == law:
                yield from (
                    (row, clock.n, clock.unit) for clock in _clocks_in(form) if clock.unit in {"wd", "cd"}
                )


def _clocks_in(part: Any) -> Iterator[Clock]:
    if isinstance(part, Clock):
        yield part
    elif is_dataclass(part):
        for each in fields(part):
            yield from _clocks_in(getattr(part, each.name))
    elif isinstance(part, tuple):
        for each in part:
            yield from _clocks_in(each)


def holds_every_day_of(
    law: str, is_working: Callable[[int], bool], *, rows: int, but: tuple[str, ...] = ()
) -> None:
    """Every day-count of ``law``, in the register and in the rules, has the unit the text gives its number."""
    registered = [
        (row.id, int(row.n), row.unit)
        for row in rule_facts().values()
        if row.law == law and row.unit in {"wd", "cd"} and row.n is not None
    ]
    assert len(registered) >= rows
    for row, n, unit in [*registered, *clocks_of(law)]:
        if row not in but and n > 0:
            assert (unit == "wd") is is_working(n), f"{row}: {n} {unit}"


def served(posted: str, arrived: str) -> str:
    """The verdict on a decision of 4 June 2026, to be served by 15 June, that went by post."""
    mailed = step("decision_served", arrived, method="postal", posted_on=posted)
    events = expand([filed(), fined("2026-06-04"), mailed], "penalty")
    moment = end_of(date(2026, 7, 1))
    (found,) = evaluate(
        [SERVED],
        Matter.of([Event.from_json(e, n) for n, e in enumerate(events, 1)], moment),
        registers=Registers.none(),
        calendar=TABLE,
        as_of=moment,
    )
    return found.verdict


# -- which days are working days ---------------------------------------------------------------------------------------


def test_time_apl_85_workdays() -> None:
    """TIME-APL-85-workdays: 二日、三日、五日、七日 are working days, every other number natural days."""
    holds_every_day_of("行政处罚法", {2, 3, 5, 7}.__contains__, rows=8)
    assert due(date(2026, 2, 11), 7) == date(2026, 2, 27)  # the Saturday worked counts, the festival does not
    assert due(date(2026, 2, 2), 15, Unit.DAYS) == date(2026, 2, 24)  # the 17th is a holiday


def test_time_acl_69_workdays() -> None:
    """TIME-ACL-69-workdays: ten days and fewer are working days, thirty days are natural."""
    holds_every_day_of("行政强制法", lambda n: n <= 10, rows=6)
    assert due(date(2026, 2, 9), 10) == date(2026, 2, 28)  # 14 and 28 February are worked
    assert due(date(2026, 1, 20), 30, Unit.DAYS) == date(2026, 2, 24)


def test_time_rec_88_workdays() -> None:
    """TIME-REC-88-workdays: 三日、五日、七日、十日 are working days, thirty and sixty natural."""
    holds_every_day_of("行政复议法", {3, 5, 7, 10}.__contains__, rows=8)
    assert due(date(2026, 2, 11), 5) == date(2026, 2, 25)
    assert due(date(2025, 12, 18), 60, Unit.DAYS) == date(2026, 2, 24)


def test_rec17_40_workdays() -> None:
    """REC17-40-workdays: before 2024 only 五日、七日 were working days; the ten days for an answer were natural days."""
    holds_every_day_of("行政复议法(2017)", {5, 7}.__contains__, rows=1)
    old, new = rule_facts()["REC17-23-answer-10d"], rule_facts()["REC-48-answer-10wd"]
    assert (old.effective_to, new.effective_from) == (date(2023, 12, 31), date(2024, 1, 1))
    # 2 October 2023 is a holiday; 7 October is the Saturday worked after it.
    assert due(date(2023, 9, 22), int(old.n or 0), Unit(old.unit)) == date(2023, 10, 7)
    assert due(date(2023, 9, 22), int(new.n or 0), Unit(new.unit)) == date(2023, 10, 12)


@given(st.dates(date(2008, 1, 2), date(2026, 6, 30)), st.integers(1, 45))
def test_time_lic_82_workdays(start: date, n: int) -> None:
    """TIME-LIC-82-workdays: every period for a licence is in working days, whatever its number."""
    last = due(start, n)
    assert isinstance(last, date)
    between = [start + k * DAY for k in range(1, (last - start).days + 1)]
    assert sum(TABLE.is_working(day) for day in between) == n
    assert TABLE.is_working(last)
    assert not reckon(start, Limit(n, Unit.WORKING_DAYS), calendar=TABLE).flags


def test_time_mohurd_45() -> None:
    """TIME-MOHURD-45: 三、五、七、十、十五日 are working days; no first day, no time in the post, a last day off moves on."""
    holds_every_day_of("住房和城乡建设行政处罚程序规定", {3, 5, 7, 10, 15}.__contains__, rows=8)
    assert due(date(2026, 2, 11), 3) == date(2026, 2, 14)
    assert due(date(2025, 11, 17), 90, Unit.DAYS) == date(2026, 2, 24)  # the 90th day is 15 February
    assert served("2026-06-15", "2026-06-20") == "met"


def test_time_mee_90() -> None:
    """TIME-MEE-90: 三、五、七日 are working days; fifteen and ninety are natural and their last day moves on."""
    holds_every_day_of("生态环境行政处罚办法", {3, 5, 7}.__contains__, rows=4)
    found = reckon(date(2026, 2, 2), Limit(15, Unit.DAYS), calendar=TABLE)
    assert (found.due, found.flags) == (date(2026, 2, 24), (ROLLED_FORWARD,))
    assert due(date(2026, 2, 11), 7) == date(2026, 2, 27)


def test_time_mem_89() -> None:
    """TIME-MEM-89: 二、五、七、十日 are working days, without holidays and without days of rest."""
    holds_every_day_of("安全生产违法行为行政处罚办法", {2, 5, 7, 10}.__contains__, rows=8)
    assert TABLE.kind(date(2026, 2, 20)) is DayKind.REST
    assert TABLE.kind(date(2026, 2, 17)) is DayKind.HOLIDAY
    assert due(date(2026, 2, 13), 2) == date(2026, 2, 24)


def test_time_mara_89() -> None:
    """TIME-MARA-89: 二、三、五、七日 are working days; hour and day of the start do not count; what is posted in time is in time."""
    holds_every_day_of("农业行政处罚程序规定", {2, 3, 5, 7}.__contains__, rows=4)
    assert due(date(2026, 2, 13), 3) == date(2026, 2, 25)
    at_night = datetime(2026, 2, 13, 23, 59, tzinfo=CHINA)
    assert reckon(at_night, Limit(3, Unit.WORKING_DAYS), calendar=TABLE).due == date(2026, 2, 25)
    assert (served("2026-06-15", "2026-06-20"), served("2026-06-16", "2026-06-20")) == ("met", "breached")


def test_time_samr_80() -> None:
    """TIME-SAMR-80: working days where the text writes 工作日; the start does not count, the post does not, a last day off moves."""
    working = {5, 7, 10, 15}
    holds_every_day_of("市场监督管理行政处罚程序规定", working.__contains__, rows=8)
    assert due(date(2026, 2, 2), 15) == date(2026, 2, 28)  # a Saturday worked
    assert due(date(2025, 11, 17), 90, Unit.DAYS) == date(2026, 2, 24)
    assert served("2026-06-15", "2026-06-20") == "met"


# -- how days, months, years and hours run ------------------------------------------------------------------------------


@given(
    st.datetimes(datetime(2008, 1, 2), datetime(2026, 6, 30)),
    st.integers(1, 90),
    st.sampled_from(list(Unit)[:2]),
)
def test_time_cc_201_start(begin: datetime, n: int, unit: Unit) -> None:
    """TIME-CC-201-start: the day of the start does not count; hours run from the very instant."""
    begin = begin.replace(tzinfo=CHINA)
    by_day = reckon(begin.date(), Limit(n, unit, roll=False), calendar=TABLE).due
    assert reckon(begin, Limit(n, unit, roll=False), calendar=TABLE).due == by_day
    assert by_day is not None and by_day > begin.date()
    first = reckon(begin, Limit(1, Unit.DAYS, roll=False), calendar=TABLE).due
    assert first == begin.date() + DAY
    assert reckon(begin, Limit(n, Unit.HOURS), calendar=TABLE).due == begin + timedelta(hours=n)


@pytest.mark.parametrize(
    ("start", "n", "unit", "last"),
    [
        (date(2026, 1, 31), 1, Unit.MONTHS, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, Unit.MONTHS, date(2024, 2, 29)),
        (date(2026, 3, 31), 3, Unit.MONTHS, date(2026, 6, 30)),
        (date(2026, 2, 28), 1, Unit.MONTHS, date(2026, 3, 28)),
        (date(2024, 2, 29), 2, Unit.YEARS, date(2026, 2, 28)),
        (date(2024, 2, 29), 4, Unit.YEARS, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, Unit.MONTHS, date(2027, 2, 28)),
    ],
)
def test_time_cc_202_month(start: date, n: int, unit: Unit, last: date) -> None:
    """TIME-CC-202-month: months and years end on the corresponding day, or on the last day of a month that has none."""
    assert reckon(start, Limit(n, unit, roll=False), calendar=TABLE).due == last


@given(
    st.dates(date(2008, 1, 2), date(2026, 6, 30)),
    st.integers(1, 100),
    st.sampled_from([Unit.DAYS, Unit.MONTHS]),
)
def test_time_cc_203_roll(start: date, n: int, unit: Unit) -> None:
    """TIME-CC-203-roll: a last day of rest moves to the first day after the rest, and no other day moves."""
    n = n if unit is Unit.DAYS else n % 6 + 1
    plain = reckon(start, Limit(n, unit, roll=False), calendar=TABLE).due
    found = reckon(start, Limit(n, unit), calendar=TABLE)
    assert isinstance(plain, date) and isinstance(found.due, date)
    assert TABLE.is_working(found.due)
    assert not any(TABLE.is_working(plain + k * DAY) for k in range((found.due - plain).days))
    assert (ROLLED_FORWARD in found.flags) is (found.due != plain)


def test_time_cpl_85() -> None:
    """TIME-CPL-85: a document posted before the period is over is in time, however long it travels."""
    assert served("2026-06-15", "2026-06-30") == "met"
    assert served("2026-06-16", "2026-06-17") == "breached"
    # 15 days from 1 May 2026: the 16th is a Saturday.
    assert due(date(2026, 5, 1), 15, Unit.DAYS) == date(2026, 5, 18)


# -- the calendar ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", ANNOUNCED)
def test_time_hol_6_calendar(year: int) -> None:
    """TIME-HOL-6-calendar: the fixed holidays are off; every weekday taken for a longer rest is worked off on a weekend."""
    fixed = [(1, 1), (5, 1), (10, 1), (10, 2), (10, 3), *([(5, 2)] if year >= 2025 else [])]
    assert not [f"{year}-{m}-{d}" for m, d in fixed if TABLE.is_working(date(year, m, d))]
    kinds = dict(TABLE.exceptions(year))
    assert all(day.weekday() >= 5 for day, kind in kinds.items() if kind is DayKind.WORK)
    assert all(day.weekday() < 5 for day, kind in kinds.items() if kind is DayKind.REST)
    assert not TABLE.provisional(year)


def test_time_hol_6_a_year_not_announced_says_so() -> None:
    """TIME-HOL-6-calendar: what moves is set year by year; before the notice only the fixed holidays are known."""
    year = max(ANNOUNCED) + 1
    assert TABLE.provisional(year)
    assert not TABLE.is_working(date(year, 1, 1))
    assert {kind for _, kind in TABLE.exceptions(year)} == {DayKind.HOLIDAY}
    assert reckon(date(year, 3, 1), Limit(5, Unit.WORKING_DAYS), calendar=TABLE).provisional
