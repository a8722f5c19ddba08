"""Counting periods, against a counter that walks the days one by one and knows no arithmetic."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plumbline.law import (
    Calendar,
    Extension,
    Interval,
    Limit,
    Unit,
    latest_before,
    reckon,
    statutory_calendar,
    used,
)
from plumbline.law.periods import EXTENSION_IGNORED, ROLLED_FORWARD, SUSPENSION_IGNORED, add_months
from plumbline.vocabulary import CHINA

DAY = timedelta(days=1)
TABLE = statutory_calendar()
STARTS = st.dates(date(2004, 1, 5), date(2026, 9, 30))
WORKING, NATURAL, MONTHS, YEARS, HOURS = (
    Unit.WORKING_DAYS,
    Unit.DAYS,
    Unit.MONTHS,
    Unit.YEARS,
    Unit.HOURS,
)


@st.composite
def intervals(draw, start: date) -> list[Interval]:
    """Up to four closed intervals around the weeks after ``start``; they overlap, touch, repeat and precede it."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        begin = start + draw(st.integers(-20, 30)) * DAY
        found.append(Interval(begin, begin + draw(st.integers(0, 20)) * DAY, "中止"))
    return found


def walked(start: date, n: int, unit: Unit, taken: list[Interval]) -> date:
    """The day on which the n-th day that counts falls, found by walking."""
    day = start
    while n:
        day += DAY
        if any(i.start <= day < i.end for i in taken if i.end):
            continue
        n -= unit is NATURAL or TABLE.is_working(day)
    return day


def walked_with_late_ones_left_out(start: date, n: int, unit: Unit, found: list[Interval]) -> date:
    """As ``walked``; an interval begun after the due date then in force is left out (the contract's counting)."""
    taken: list[Interval] = []
    for interval in sorted(found, key=lambda i: i.start):
        due = walked(start, n, unit, taken)
        if unit is NATURAL:
            due = rolled(due)
        if interval.start <= due:
            taken.append(interval)
    return walked(start, n, unit, taken)


def rolled(day: date) -> date:
    while not TABLE.is_working(day):
        day += DAY
    return day


@given(st.data(), STARTS, st.integers(1, 60), st.sampled_from([WORKING, NATURAL]))
def test_days_are_counted_as_by_walking(data, start: date, n: int, unit: Unit) -> None:
    taken = data.draw(intervals(start))
    expected = walked_with_late_ones_left_out(start, n, unit, taken)
    found = reckon(start, Limit(n, unit, roll=False), calendar=TABLE, excluded=taken)
    if unit is WORKING:
        assert found.due == expected
        assert TABLE.is_working(expected)
    else:
        # Without rolling the due dates on the way are the plain ones too.
        assume(reckon(start, Limit(n, unit), calendar=TABLE, excluded=taken).excluded == found.excluded)
        assert found.due == expected


@given(st.data(), STARTS, st.integers(1, 60))
def test_last_day_off_moves_to_the_next_working_day(data, start: date, n: int) -> None:
    taken = data.draw(intervals(start))
    plain = walked_with_late_ones_left_out(start, n, NATURAL, taken)
    found = reckon(start, Limit(n, NATURAL), calendar=TABLE, excluded=taken)
    assert found.due == rolled(plain)
    assert (ROLLED_FORWARD in found.flags) == (found.due != plain)


@given(st.data(), STARTS, st.integers(1, 40), st.sampled_from([WORKING, NATURAL]))
def test_days_used_through_the_due_day_are_the_limit(data, start: date, n: int, unit: Unit) -> None:
    taken = data.draw(intervals(start))
    found = reckon(start, Limit(n, unit, roll=False), calendar=TABLE, excluded=taken)
    assert found.due is not None
    assert used(found, found.due, TABLE) == n
    assert used(found, start, TABLE) == 0
    assert used(found, start - DAY, TABLE) == 0


@given(STARTS, st.data(), st.integers(1, 40), st.sampled_from([WORKING, NATURAL]))
def test_exclusions_are_a_union(start: date, data, n: int, unit: Unit) -> None:
    """Cutting an interval in two, repeating it or giving it in another order takes off the same days."""
    begin = start + data.draw(st.integers(-5, n - 1)) * DAY
    length = data.draw(st.integers(2, 20))
    cut = data.draw(st.integers(1, length - 1))
    end = begin + length * DAY
    whole = [Interval(begin, end)]
    parts = [
        Interval(begin + min(cut, 1) * DAY, end),
        Interval(begin, begin + cut * DAY),
        Interval(begin, begin + cut * DAY),
    ]
    limit = Limit(n, unit)
    one = reckon(start, limit, calendar=TABLE, excluded=whole)
    other = reckon(start, limit, calendar=TABLE, excluded=parts)
    assert (one.due, one.flags) == (other.due, other.flags)
    if begin > start:
        assert other.excluded == one.excluded
    assert reckon(start, limit, calendar=TABLE, excluded=parts[::-1]).due == one.due


def test_start_day_does_not_count() -> None:
    # Filed on a Monday: seven working days end on the Wednesday of the next week (行政处罚法第八十五条).
    assert reckon(date(2026, 3, 2), Limit(7, WORKING), calendar=TABLE).due == date(2026, 3, 11)
    assert reckon(date(2026, 3, 2), Limit(90, NATURAL, roll=False), calendar=TABLE).due == date(2026, 5, 31)
    # 31 May 2026 is a Sunday.
    assert reckon(date(2026, 3, 2), Limit(90, NATURAL), calendar=TABLE).due == date(2026, 6, 1)


def test_an_instant_counts_from_its_local_day() -> None:
    late = datetime(2026, 3, 2, 23, 59, tzinfo=CHINA)
    assert reckon(late, Limit(1, NATURAL), calendar=TABLE).due == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 4, 30), 1, date(2026, 5, 30)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(9999, 11, 30), 3, date.max),
    ],
)
def test_months_end_on_the_corresponding_date(start: date, months: int, due: date) -> None:
    assert add_months(start, months) == due
    if due.year < 2027:
        assert reckon(start, Limit(months, MONTHS, roll=False), calendar=TABLE).due == due


@given(STARTS, st.integers(1, 5))
def test_years_are_twelve_months(start: date, n: int) -> None:
    years = reckon(start, Limit(n, YEARS, roll=False), calendar=None)
    assert years.due == reckon(start, Limit(12 * n, MONTHS, roll=False), calendar=None).due
    assert (years.due.month == start.month) if isinstance(years.due, date) else False


@given(STARTS, st.integers(1, 14), st.integers(0, 400))
def test_months_used_are_full_months(start: date, limit: int, later: int) -> None:
    found = reckon(start, Limit(limit, MONTHS, roll=False), calendar=TABLE)
    until = start + later * DAY
    months = used(found, until, TABLE)
    assert months is not None
    assert add_months(start, months) <= until
    assert add_months(start, months + 1) > until


def test_hours_run_from_the_instant_through_days_off() -> None:
    begin = datetime(2026, 2, 14, 9, 30, tzinfo=CHINA)
    found = reckon(begin, Limit(24, HOURS), calendar=TABLE)
    assert found.due == datetime(2026, 2, 15, 9, 30, tzinfo=CHINA)
    assert not found.provisional
    assert used(found, begin + timedelta(hours=3, minutes=59), TABLE) == 3
    assert used(found, date(2026, 2, 15), TABLE) is None


@given(st.dates(date(2020, 1, 1), date(2026, 12, 31)), st.integers(1, 72), st.integers(0, 86_399))
def test_hours_from_a_bare_date_end_within_a_window(day: date, n: int, second: int) -> None:
    window = reckon(day, Limit(n, HOURS), calendar=None)
    instant = datetime.combine(day, datetime.min.time(), CHINA) + timedelta(seconds=second)
    exact = reckon(instant, Limit(n, HOURS), calendar=None).due
    assert window.due is None
    assert window.earliest_due <= exact <= window.latest_due  # type: ignore[operator]


@given(STARTS, st.integers(0, 20))
def test_backwards_leaves_full_days_between(later: date, n: int) -> None:
    natural = latest_before(later, n, NATURAL, None)
    assert natural is not None
    assert (later - natural).days - 1 == n
    assume(later > date(2004, 3, 1) and n)
    working = latest_before(later, n, WORKING, TABLE)
    assert working is not None

    def between(earlier: date) -> int:
        return sum(TABLE.is_working(earlier + k * DAY) for k in range(1, (later - earlier).days))

    assert between(working) >= n
    assert between(working + DAY) < n


def test_backwards_counts_days_only_and_says_when_it_cannot() -> None:
    assert latest_before(date(2004, 1, 8), 20, WORKING, TABLE) is None
    assert latest_before(date(2026, 1, 8), 7, WORKING, None) is None
    with pytest.raises(ValueError, match="backwards"):
        latest_before(date(2026, 1, 8), 1, MONTHS, TABLE)


def test_exclusion_before_the_start_takes_nothing_off() -> None:
    before = [Interval(date(2026, 3, 1), date(2026, 3, 5), "检测")]
    for limit in (Limit(10, NATURAL), Limit(10, WORKING), Limit(1, MONTHS)):
        found = reckon(date(2026, 3, 10), limit, calendar=TABLE, excluded=before)
        assert found.due == reckon(date(2026, 3, 10), limit, calendar=TABLE).due
        assert found.excluded == ()


def test_exclusion_begun_before_the_start_counts_from_the_day_after_it() -> None:
    around = [Interval(date(2026, 3, 5), date(2026, 3, 15), "听证")]
    assert reckon(date(2026, 3, 10), Limit(3, NATURAL), calendar=TABLE, excluded=around).due == date(
        2026, 3, 17
    )


def test_open_exclusion_stops_the_clock_with_or_without_a_calendar() -> None:
    openly = [Interval(date(2026, 3, 12), None, "中止调查")]
    for table in (TABLE, None):
        for unit in (WORKING, NATURAL):
            found = reckon(date(2026, 3, 10), Limit(5, unit), calendar=table, excluded=openly)
            assert found.stands_still
            assert found.due is None
            assert not found.outside_calendar


def test_exclusion_begun_after_expiry_does_not_revive_the_clock() -> None:
    late = [Interval(date(2026, 3, 18), None, "中止调查")]
    found = reckon(date(2026, 3, 10), Limit(5, WORKING), calendar=TABLE, excluded=late)
    assert found.due == date(2026, 3, 17)
    assert found.flags == (SUSPENSION_IGNORED,)


def test_extension_counts_only_if_approved_in_time() -> None:
    limit = Limit(90, NATURAL)
    start = date(2026, 3, 2)  # due on 1 June, rolled from Sunday 31 May
    for approved, total, flags in [
        (date(2026, 5, 31), 120, ()),
        (date(2026, 6, 1), 120, ()),
        (date(2026, 6, 2), 90, (EXTENSION_IGNORED, ROLLED_FORWARD)),
    ]:
        found = reckon(start, limit, calendar=TABLE, extensions=[Extension(approved, 30)])
        assert (found.limit, found.flags) == (total, flags)
        assert found.due == (date(2026, 6, 30) if total == 120 else date(2026, 6, 1))


def test_second_extension_is_measured_against_the_first() -> None:
    steps = [Extension(date(2026, 6, 20), 60), Extension(date(2026, 5, 20), 30)]
    found = reckon(date(2026, 3, 2), Limit(90, NATURAL), calendar=TABLE, extensions=steps)
    assert found.limit == 180
    alone = reckon(date(2026, 3, 2), Limit(90, NATURAL), calendar=TABLE, extensions=steps[:1])
    assert alone.limit == 90


@given(st.data(), STARTS, st.integers(1, 30), st.sampled_from([WORKING, NATURAL]))
def test_extensions_against_walking(data, start: date, n: int, unit: Unit) -> None:
    steps = [
        Extension(start + k * DAY, more)
        for k, more in data.draw(
            st.lists(st.tuples(st.integers(1, 70), st.integers(1, 20)), max_size=3, unique_by=lambda e: e[0])
        )
    ]
    total = n
    for step in sorted(steps, key=lambda e: e.approved_on):
        due = walked(start, total, unit, [])
        if step.approved_on <= (rolled(due) if unit is NATURAL else due):
            total += step.n
    found = reckon(start, Limit(n, unit), calendar=TABLE, extensions=steps)
    assert found.limit == total
    assert found.due == rolled(walked(start, total, unit, []))


@given(
    st.dates(date(2026, 9, 1), date(2027, 6, 1)),
    st.integers(1, 90),
    st.sampled_from([WORKING, NATURAL, MONTHS]),
)
def test_due_date_in_an_unannounced_year_says_so(start: date, n: int, unit: Unit) -> None:
    found = reckon(start, Limit(n if unit is not MONTHS else 1 + n // 30, unit), calendar=TABLE)
    assert isinstance(found.due, date)
    assert found.provisional == (found.due.year >= 2027)


def test_what_does_not_rest_on_the_notice_is_not_provisional() -> None:
    assert not reckon(date(2026, 12, 20), Limit(30, NATURAL, roll=False), calendar=TABLE).provisional
    rolled_over = reckon(date(2026, 12, 20), Limit(30, NATURAL), calendar=TABLE)
    assert rolled_over.provisional
    assert not rolled_over.set_to(date(2027, 1, 15)).provisional
    assert rolled_over.set_to(date(2027, 1, 15)).due == date(2027, 1, 15)


@given(STARTS, st.integers(1, 60), st.sampled_from([WORKING, NATURAL, MONTHS]), st.data())
def test_earliest_due_holds_whatever_the_unknown_days_are(start: date, n: int, unit: Unit, data) -> None:
    n = min(n, 6) if unit is MONTHS else n
    limit, taken = Limit(n, unit), data.draw(intervals(start))
    known = reckon(start, limit, calendar=TABLE, excluded=taken)
    unknown = reckon(start, limit, calendar=None, excluded=taken)
    assume(known.excluded == unknown.excluded)
    assert unknown.due is None
    assert unknown.outside_calendar
    assert unknown.earliest_due <= known.due  # type: ignore[operator]


def test_calendar_that_ends_too_soon_leaves_the_due_day_open() -> None:
    short = Calendar(covers_from=date(2026, 3, 1), covers_to=date(2026, 3, 8), exceptions={})
    found = reckon(date(2026, 3, 2), Limit(7, WORKING), calendar=short)
    assert (found.due, found.outside_calendar, found.earliest_due) == (None, True, date(2026, 3, 9))
    # A last day inside that is off, and the next working day outside.
    found = reckon(date(2026, 3, 2), Limit(6, NATURAL), calendar=short)
    assert (found.due, found.earliest_due) == (None, date(2026, 3, 8))
    assert reckon(date(2026, 3, 2), Limit(4, WORKING), calendar=short).due == date(2026, 3, 6)


@pytest.mark.parametrize("unit", [WORKING, NATURAL, MONTHS, YEARS])
def test_a_period_beyond_all_calendars_never_raises(unit: Unit) -> None:
    found = reckon(date(2026, 3, 2), Limit(10**12, unit), calendar=TABLE)
    assert found.due is None
    assert found.earliest_due == date.max
