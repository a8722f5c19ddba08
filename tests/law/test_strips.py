"""The day strip numbers exactly the days that the count counts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plumbline.law import Interval, Limit, Unit, day_strip, reckon, statutory_calendar, used
from plumbline.law.strips import STRIP_LONGEST
from plumbline.vocabulary import CHINA

TABLE = statutory_calendar()
DAY = timedelta(days=1)


def test_short_strip_names_each_day() -> None:
    """Seven working days over the Labour Day break of 2026, with two days taken off."""
    found = reckon(
        date(2026, 4, 28),
        Limit(3, Unit.WORKING_DAYS),
        calendar=TABLE,
        excluded=[Interval(date(2026, 4, 29), date(2026, 4, 30), "听证")],
    )
    strip = day_strip(found, today=date(2026, 5, 6), calendar=TABLE)
    shown = [(c.day.isoformat()[5:], c.number, c.note) for c in strip.days]
    assert shown == [
        ("04-28", None, "起点"),
        ("04-29", None, "扣除"),
        ("04-30", 1, ""),
        ("05-01", None, "劳动节"),
        ("05-02", None, "劳动节"),
        ("05-03", None, "劳动节"),
        ("05-04", None, "劳动节"),
        ("05-05", None, "劳动节"),
        ("05-06", 2, "今天"),
        ("05-07", 3, "到期"),
        ("05-08", 4, ""),
    ]
    assert [c.weekday for c in strip.days[:2]] == ["二", "三"]
    assert [c.day for c in strip.days if c.is_due] == [found.due]
    assert [c.day for c in strip.days if c.is_today] == [date(2026, 5, 6)]


@given(
    st.dates(date(2020, 1, 1), date(2026, 9, 1)),
    st.integers(1, 40),
    st.sampled_from([Unit.WORKING_DAYS, Unit.DAYS]),
    st.integers(-3, 60),
    st.lists(st.tuples(st.integers(-5, 30), st.integers(1, 9)), max_size=3),
)
def test_numbers_are_the_days_used(start: date, n: int, unit: Unit, today: int, off) -> None:
    taken = [Interval(start + a * DAY, start + (a + b) * DAY) for a, b in off]
    found = reckon(start, Limit(n, unit), calendar=TABLE, excluded=taken)
    strip = day_strip(found, today=start + today * DAY, calendar=TABLE)
    assert len(strip.days) <= STRIP_LONGEST
    for cell in strip.days:
        assert cell.counts == (cell.number is not None)
        if cell.counts:
            assert cell.number == used(found, cell.day, TABLE)
    whole = (strip.days[-1].day - start).days + 1
    assert whole == len(strip.days) + strip.left_out
    assert strip.days[0].day == start


def test_hours_and_instants_have_no_strip() -> None:
    begin = datetime(2026, 3, 2, 9, tzinfo=CHINA)
    for start in (begin, begin.date()):
        found = reckon(start, Limit(24, Unit.HOURS), calendar=TABLE)
        assert day_strip(found, today=date(2026, 3, 3), calendar=TABLE).days == ()


def test_clock_that_stands_still_is_shown_up_to_today() -> None:
    found = reckon(
        date(2026, 3, 2),
        Limit(5, Unit.DAYS),
        calendar=TABLE,
        excluded=[Interval(date(2026, 3, 4), None, "中止调查")],
    )
    strip = day_strip(found, today=date(2026, 3, 6), calendar=TABLE)
    assert [c.number for c in strip.days] == [None, 1, None, None, None, None]
    assert not any(c.is_due for c in strip.days)
