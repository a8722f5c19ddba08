"""The working-day calendar: what the yearly notices say, our own corrections, and years nobody has announced."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from chinese_calendar import is_workday
from hypothesis import given
from hypothesis import strategies as st

from plumbline.law import Calendar, DayKind, OutsideCalendar, calendar, statutory_calendar
from plumbline.lawbook import data_file

ANNOUNCED = [date(2004, 1, 1) + timedelta(days=n) for n in range((date(2027, 1, 1) - date(2004, 1, 1)).days)]


def written(days: str) -> list[str]:
    return days.split()


# Weekend days worked and weekdays off, copied from the notices of the State Council's General Office one by one, so
# that a fault of the maintained table shows.
WORKED = written(
    """
2015-09-06 2019-02-02 2019-02-03 2019-04-28 2019-05-05 2019-09-29 2019-10-12
2023-01-28 2023-01-29 2023-04-23 2023-05-06 2023-06-25 2023-10-07 2023-10-08
2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12
2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
    """
)
OFF = written(
    """
2015-09-03 2015-09-04 2020-01-31 2023-04-05 2024-05-02 2024-10-07 2025-01-28 2025-02-04 2025-05-05 2025-10-08
2026-01-02 2026-02-16 2026-02-20 2026-02-23 2026-04-06 2026-05-04 2026-05-05 2026-06-19 2026-09-25 2026-10-07
    """
)
# First day of the lunar year, 端午 and 中秋: statutory holidays whatever the notice moves (2008 on for the latter two).
LUNAR = {
    2004: ["01-22"],
    2005: ["02-09"],
    2006: ["01-29"],
    2007: ["02-18"],
    2008: ["02-07", "06-08", "09-14"],
    2009: ["01-26", "05-28", "10-03"],
    2010: ["02-14", "06-16", "09-22"],
    2011: ["02-03", "06-06", "09-12"],
    2012: ["01-23", "06-23", "09-30"],
    2013: ["02-10", "06-12", "09-19"],
    2014: ["01-31", "06-02", "09-08"],
    2015: ["02-19", "06-20", "09-27"],
    2016: ["02-08", "06-09", "09-15"],
    2017: ["01-28", "05-30", "10-04"],
    2018: ["02-16", "06-18", "09-24"],
    2019: ["02-05", "06-07", "09-13"],
    2020: ["01-25", "06-25", "10-01"],
    2021: ["02-12", "06-14", "09-21"],
    2022: ["02-01", "06-03", "09-10"],
    2023: ["01-22", "06-22", "09-29"],
    2024: ["02-10", "06-10", "09-17"],
    2025: ["01-29", "05-31", "10-06"],
    2026: ["02-17", "06-19", "09-25"],
}
FIXED = ["01-01", "05-01", "10-01", "10-02", "10-03"]


def test_every_announced_day_agrees_with_the_maintained_table() -> None:
    table = statutory_calendar()
    wrong = [day for day in ANNOUNCED if table.is_working(day) != is_workday(day)]
    assert len(ANNOUNCED) == 8401
    assert wrong == []
    assert not any(table.is_provisional(day) for day in ANNOUNCED)


@pytest.mark.parametrize("day", WORKED)
def test_weekend_day_worked_by_notice(day: str) -> None:
    table, when = statutory_calendar(), date.fromisoformat(day)
    assert when.weekday() >= 5
    assert table.is_working(when)
    assert table.kind(when) is DayKind.WORK
    assert table.name(when) == "调休上班"


@pytest.mark.parametrize("day", OFF)
def test_weekday_off_by_notice(day: str) -> None:
    table, when = statutory_calendar(), date.fromisoformat(day)
    assert when.weekday() < 5
    assert not table.is_working(when)
    assert table.kind(when) in {DayKind.HOLIDAY, DayKind.REST}


@pytest.mark.parametrize("year", LUNAR)
def test_statutory_festival_is_a_day_off(year: int) -> None:
    table = statutory_calendar()
    days = [date.fromisoformat(f"{year}-{day}") for day in FIXED + LUNAR[year]]
    assert not any(table.is_working(day) for day in days)
    assert {table.kind(day) for day in days if day.weekday() < 5} == {DayKind.HOLIDAY}
    assert "春节" in {table.name(day) for day in days} | {table.name(days[5] + timedelta(days=1))}


@pytest.mark.parametrize("year", range(2004, 2027))
def test_a_year_has_a_lawful_number_of_days_off(year: int) -> None:
    """Ten statutory holidays until 2007, eleven from 2008, thirteen from 2025 (全国年节及纪念日放假办法第二条).

    The notices move days but give none away: weekdays off less weekends worked is what the holidays take from the
    working week, apart from days given in 2009 (8 October) to 2024 in particular years.
    """
    table = statutory_calendar()
    days = [day for day in ANNOUNCED if day.year == year]
    taken = sum(day.weekday() < 5 for day in days) - sum(table.is_working(day) for day in days)
    statutory = 10 if year < 2008 else 11 if year < 2025 else 13
    assert statutory - 3 <= taken <= statutory + 3


@pytest.mark.parametrize("year", [2027, 2028, 2029])
def test_unannounced_year_is_provisional(year: int) -> None:
    table = statutory_calendar()
    assert table.provisional(year)
    assert table.kind(date(year, 10, 1)) is DayKind.HOLIDAY
    assert table.name(date(year, 10, 1)) == "国庆节"
    assert {kind for _, kind in table.exceptions(year)} == {DayKind.HOLIDAY}


def test_boundary_days() -> None:
    table = statutory_calendar()
    assert table.covers_from == date(2004, 1, 1)
    assert not table.provisional(2026)
    assert table.provisional_from == date(2027, 1, 1)
    assert table.covers_to == date(2029, 12, 31)
    for outside in (date(2003, 12, 31), date(2030, 1, 1)):
        with pytest.raises(OutsideCalendar):
            table.is_working(outside)
        with pytest.raises(OutsideCalendar):
            table.kind(outside)
    with pytest.raises(OutsideCalendar):
        table.nth_working_after(date(2029, 12, 25), 10)
    with pytest.raises(OutsideCalendar):
        table.nth_working_before(date(2004, 1, 5), 2)


@given(st.dates(date(2004, 1, 1), date(2029, 12, 31)), st.integers(1, 60))
def test_working_day_arithmetic_is_counting_one_by_one(day: date, n: int) -> None:
    table = statutory_calendar()
    later, left = day, n
    while left and later < table.covers_to:
        later += timedelta(days=1)
        left -= table.is_working(later)
    if left:
        with pytest.raises(OutsideCalendar):
            table.nth_working_after(day, n)
    else:
        assert table.nth_working_after(day, n) == later
        assert table.working_between(day, later) == n
        assert table.working_between(later, day) == -n
        if table.is_working(day):
            assert table.nth_working_before(later, n) == day
    first = table.next_working(day) if day < date(2029, 12, 28) else day
    assert all(not table.is_working(day + timedelta(days=k)) for k in range((first - day).days))


def test_register_gives_the_same_calendar_and_its_doubts() -> None:
    table = statutory_calendar()
    again = Calendar.from_registers(table.as_register())
    assert again is not None
    days = [date(2004, 1, 1) + timedelta(days=n) for n in range(26 * 365)]
    assert [again.is_working(day) for day in days] == [table.is_working(day) for day in days]
    assert again.provisional_from == table.provisional_from
    assert Calendar.from_registers(None) is None


@pytest.fixture
def overrides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The statutory calendar with corrections of its own: a function of the rows."""

    def build(rows: list[dict[str, object]]) -> Calendar:
        written = tmp_path / "calendar_overrides.yaml"
        written.write_text(yaml.safe_dump({"days": rows}), "utf-8")
        monkeypatch.setattr(calendar, "data_file", lambda name: tmp_path / name)
        statutory_calendar.cache_clear()
        return statutory_calendar()

    yield build
    statutory_calendar.cache_clear()


def row(day: date, kind: str, **more: object) -> dict[str, object]:
    return {
        "date": day,
        "kind": kind,
        "basis": "国办发明电〔2026〕X号",
        "entered_on": date(2026, 11, 20),
        **more,
    }


def test_correction_of_an_announced_day(overrides) -> None:
    table = overrides([row(date(2026, 12, 7), "rest", name="临时放假"), row(date(2026, 12, 12), "work")])
    assert not table.is_working(date(2026, 12, 7))
    assert table.name(date(2026, 12, 7)) == "临时放假"
    assert table.is_working(date(2026, 12, 12))
    assert table.nth_working_after(date(2026, 12, 4), 1) == date(2026, 12, 8)
    assert table.provisional_from == date(2027, 1, 1)


def test_correction_can_take_a_working_weekend_back(overrides) -> None:
    table = overrides([row(date(2026, 10, 10), "rest")])
    assert not table.is_working(date(2026, 10, 10))


def test_announced_year_is_no_longer_provisional(overrides) -> None:
    table = overrides([row(date(2027, 1, 1), "holiday", name="元旦", announces_year=True)])
    assert not table.provisional(2027)
    assert table.provisional(2028)
    assert table.covers_to == date(2030, 12, 31)


def test_day_known_early_does_not_announce_its_year(overrides) -> None:
    table = overrides([row(date(2027, 2, 5), "holiday", name="春节")])
    assert not table.is_working(date(2027, 2, 5))
    assert table.provisional(2027)


def test_announcing_a_later_year_does_not_announce_the_gap(overrides) -> None:
    table = overrides([row(date(2028, 1, 3), "rest", announces_year=True)])
    assert table.provisional(2027)


def test_every_correction_states_its_notice() -> None:
    rows = yaml.safe_load(data_file("calendar_overrides.yaml").read_bytes())["days"]
    assert all({"date", "kind", "basis", "entered_on"} <= set(each) for each in rows)
    assert all(each["entered_on"] <= date.today() for each in rows)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-10-03", DayKind.HOLIDAY),  # a Saturday, and the third day of 国庆
        ("2026-10-04", DayKind.WEEKEND),  # a Sunday that the notice counts into the days off
        ("2026-05-02", DayKind.HOLIDAY),  # a Saturday, 节日 since 2025
        ("2026-05-03", DayKind.WEEKEND),
        ("2026-04-05", DayKind.HOLIDAY),  # 清明 itself is a Sunday
        ("2026-04-04", DayKind.WEEKEND),
        ("2024-05-04", DayKind.WEEKEND),
        ("2007-05-03", DayKind.HOLIDAY),
    ],
)
def test_a_weekend_beside_a_holiday_is_no_festival(day: str, kind: DayKind) -> None:
    calendar = statutory_calendar()
    assert calendar.kind(date.fromisoformat(day)) is kind
    assert not calendar.is_working(date.fromisoformat(day))
