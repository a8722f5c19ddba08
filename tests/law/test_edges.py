"""The edges of counting, each by hand: first and last covered day, open ends, flags, folds of the strip, odd citations."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from plumbline.law import (
    Calendar,
    DayKind,
    Extension,
    Interval,
    Limit,
    OutsideCalendar,
    Unit,
    day_strip,
    latest_before,
    reckon,
    statutory_calendar,
    used,
)
from plumbline.law.calendar import days_from
from plumbline.law.periods import EXTENSION_IGNORED, ROLLED_FORWARD, SUSPENSION_IGNORED, add_months
from plumbline.law.strips import STRIP_LONGEST
from plumbline.law.texts import article_number, citations_in, number_of, read_statute, read_statutes
from plumbline.vocabulary import CHINA

# Monday 2 March to Sunday 22 March 2026: three plain weeks; one weekday off, one Saturday worked, one day of no year yet.
MONDAY = date(2026, 3, 2)
SMALL = Calendar(
    covers_from=MONDAY,
    covers_to=date(2026, 3, 22),
    exceptions={
        date(2026, 3, 4): DayKind.HOLIDAY,
        date(2026, 3, 7): DayKind.WORK,
        date(2026, 4, 1): DayKind.REST,
    },
    provisional_from=date(2026, 3, 18),
    names={date(2026, 3, 4): "纪念日"},
)
WORKING = [2, 3, 5, 6, 7, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20]


def march(day: int) -> date:
    return date(2026, 3, day)


def test_small_calendar_is_covered_from_its_first_to_its_last_day() -> None:
    assert [day.day for day in days_from(MONDAY, 21) if SMALL.is_working(day)] == WORKING
    assert SMALL.covers(march(2)) and SMALL.covers(march(22))
    assert not SMALL.covers(march(1)) and not SMALL.covers(march(23))
    assert [SMALL.working_through(march(day)) for day in (2, 4, 7, 22)] == [1, 2, 5, 15]
    assert SMALL.working_between(march(2), march(22)) == 14
    assert SMALL.tables() == (
        [SMALL.working_through(day) for day in days_from(MONDAY, 21)],
        [march(d).toordinal() for d in WORKING],
    )
    assert [d.day for d, _ in SMALL.exceptions(2026)] == [4, 7, 1]
    assert SMALL.exceptions(2025) == []
    assert days_from(MONDAY, 0) == []


def test_names_and_kinds_of_days() -> None:
    assert [SMALL.name(march(d)) for d in (4, 7, 8, 9)] == ["纪念日", "调休上班", "周末", "工作日"]
    kinds = [SMALL.kind(march(d)) for d in (4, 7, 8, 6)]
    assert kinds == [DayKind.HOLIDAY, DayKind.WORK, DayKind.WEEKEND, DayKind.WORKDAY]
    assert [SMALL.is_provisional(march(d)) for d in (17, 18, 19)] == [False, True, True]
    announced = Calendar(covers_from=MONDAY, covers_to=march(22), exceptions={})
    assert not announced.is_provisional(march(22))
    assert "x_provisional_from" not in announced.as_register()
    assert [row["date"] for row in SMALL.as_register()["days"]] == ["2026-03-04", "2026-03-07"]


def test_the_last_and_the_first_working_day_can_still_be_reached() -> None:
    assert SMALL.nth_working_after(march(2), 14) == march(20)
    assert SMALL.nth_working_after(march(3), 0) == march(3)
    with pytest.raises(OutsideCalendar):
        SMALL.nth_working_after(march(2), 15)
    assert SMALL.nth_working_before(march(20), 14) == march(2)
    assert SMALL.nth_working_before(march(4), 1) == march(3)
    with pytest.raises(OutsideCalendar):
        SMALL.nth_working_before(march(20), 15)
    assert SMALL.next_working(march(4)) == march(5)
    assert SMALL.next_working(march(8)) == march(9)
    with pytest.raises(OutsideCalendar):
        SMALL.next_working(march(21))


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 23)])
def test_a_day_not_covered_is_never_guessed(day: date) -> None:
    for ask in (SMALL.kind, SMALL.is_working, SMALL.next_working, SMALL.working_through):
        with pytest.raises(OutsideCalendar):
            ask(day)
    with pytest.raises(OutsideCalendar):
        SMALL.nth_working_before(day, 1)


def test_the_statutory_calendar_names_its_days() -> None:
    table = statutory_calendar()
    named = {"2026-01-01": "元旦", "2026-02-17": "春节", "2026-04-06": "清明", "2026-05-01": "劳动节"}
    named |= {"2026-06-19": "端午", "2026-09-25": "中秋", "2026-10-01": "国庆节", "2015-09-03": "抗战胜利日"}
    assert {day: table.name(date.fromisoformat(day)) for day in named} == named
    assert table.name(date(2029, 5, 2)) == "劳动节"
    # A Saturday inside a holiday break is an ordinary weekend day unless it is the holiday itself.
    assert all(kind is not DayKind.REST or day.weekday() < 5 for day, kind in table.exceptions(2026))


def test_months_to_the_same_number_or_the_last_day() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert add_months(date(2026, 11, 30), 1) == date(2026, 12, 30)
    assert add_months(date(2026, 3, 15), -3) == date(2025, 12, 15)
    assert add_months(date(9999, 11, 30), 1) == date(9999, 12, 30)
    assert add_months(date(9999, 12, 1), 1) == date.max


def test_a_day_set_by_an_instrument_is_certain() -> None:
    still = reckon(march(2), Limit(3, Unit.DAYS), calendar=SMALL, excluded=[Interval(march(3), None)])
    assert still.stands_still and still.due is None and not still.outside_calendar
    fixed = still.set_to(march(21))
    assert (fixed.due, fixed.earliest_due, fixed.flags) == (march(21), march(21), ())
    assert not fixed.stands_still and not fixed.outside_calendar and not fixed.provisional
    unknown = reckon(march(20), Limit(3, Unit.WORKING_DAYS), calendar=SMALL)
    assert unknown.outside_calendar and not unknown.stands_still
    assert not unknown.set_to(march(21)).outside_calendar


def test_flags_of_a_count() -> None:
    rolled = reckon(march(2), Limit(6, Unit.DAYS), calendar=SMALL)
    assert (rolled.due, rolled.flags) == (march(9), (ROLLED_FORWARD,))
    assert reckon(march(2), Limit(6, Unit.DAYS, roll=False), calendar=SMALL).due == march(8)
    assert reckon(march(2), Limit(5, Unit.DAYS), calendar=SMALL).flags == ()  # a Saturday that is worked
    late = reckon(
        march(2),
        Limit(1, Unit.DAYS),
        calendar=SMALL,
        excluded=[Interval(march(9), march(10)), Interval(march(11), march(12))],
        extensions=[Extension(march(4), 5), Extension(march(5), 5)],
    )
    assert late.due == march(3) and late.limit == 1
    assert late.flags == (EXTENSION_IGNORED, SUSPENSION_IGNORED)


def test_an_extension_and_a_suspension_of_one_day() -> None:
    """Both come on the due date then in force, and are in time; two intervals that touch are one."""
    found = reckon(
        march(2),
        Limit(3, Unit.WORKING_DAYS),
        calendar=SMALL,
        excluded=[Interval(march(6), march(9), "中止"), Interval(march(9), march(10), "检验")],
        extensions=[Extension(march(6), 2)],
    )
    assert found.excluded == (Interval(march(6), march(10), "中止、检验"),)
    assert (found.due, found.limit, found.flags) == (march(12), 5, ())


def test_beyond_the_calendar_what_begins_after_the_earliest_end_is_left_out() -> None:
    for begins, flags in ((22, ()), (25, (SUSPENSION_IGNORED,))):
        taken = [Interval(march(begins), march(27))]
        found = reckon(march(19), Limit(3, Unit.WORKING_DAYS), calendar=SMALL, excluded=taken)
        assert found.due is None and found.outside_calendar and found.flags == flags
        assert len(found.excluded) == (begins == 22)


def test_what_ended_by_the_first_counted_day_takes_nothing_off() -> None:
    for end, due in ((march(3), march(5)), (march(4), march(6))):
        found = reckon(
            march(2), Limit(3, Unit.DAYS), calendar=SMALL, excluded=[Interval(date(2026, 2, 20), end)]
        )
        assert found.due == due
        assert len(found.excluded) == (end == march(4))


def test_intervals_are_joined_by_name_and_order() -> None:
    taken = [
        Interval(march(9), march(10), "听证"),
        Interval(march(5), march(9), "中止"),
        Interval(march(6), march(7), "检验"),
        Interval(march(8), march(8), "空"),
        Interval(march(12), None, "移送"),
        Interval(march(13), march(14), "检验"),
    ]
    found = reckon(march(2), Limit(10, Unit.DAYS), calendar=SMALL, excluded=taken)
    assert found.stands_still
    assert found.excluded == (Interval(march(5), march(10), "中止、听证"), Interval(march(12), None, "移送"))
    assert used(found, march(12), SMALL) == 10 - 5 - 1
    assert used(found, march(11), SMALL) == 9 - 5


def test_used_of_each_unit() -> None:
    def units(start: date | datetime, unit: Unit, until: date | datetime) -> int | None:
        return used(reckon(start, Limit(99, unit), calendar=SMALL), until, SMALL)

    at = datetime(2026, 3, 2, 10, 30, tzinfo=CHINA)
    assert units(at, Unit.HOURS, at + timedelta(hours=2, minutes=59)) == 2
    assert units(at, Unit.HOURS, at + timedelta(hours=3)) == 3
    assert units(at, Unit.HOURS, at - timedelta(hours=3)) == 0
    assert units(march(2), Unit.HOURS, at) is None and units(at, Unit.HOURS, march(3)) is None
    assert units(march(3), Unit.DAYS, march(3)) == 0 and units(march(3), Unit.DAYS, march(2)) == 0
    assert units(march(3), Unit.DAYS, march(4)) == 1
    assert units(at, Unit.DAYS, at + timedelta(days=1)) == 1
    assert units(march(3), Unit.WORKING_DAYS, march(9)) == 4
    assert units(march(3), Unit.WORKING_DAYS, march(23)) is None
    assert units(date(2024, 2, 29), Unit.MONTHS, date(2025, 2, 27)) == 11
    assert units(date(2024, 2, 29), Unit.MONTHS, date(2025, 2, 28)) == 12
    assert units(date(2023, 5, 10), Unit.YEARS, date(2025, 5, 9)) == 1
    assert units(date(2023, 5, 10), Unit.YEARS, date(2025, 5, 10)) == 2
    assert used(reckon(march(2), Limit(3, Unit.WORKING_DAYS), calendar=SMALL), march(3), None) is None


def test_hours_keep_their_hour_or_a_window() -> None:
    at = datetime(2026, 3, 2, 10, 30, tzinfo=CHINA)
    found = reckon(at, Limit(24, Unit.HOURS), calendar=None)
    assert (found.due, found.earliest_due, found.latest_due) == (
        at + timedelta(days=1),
        at + timedelta(days=1),
        None,
    )
    bare = reckon(march(2), Limit(24, Unit.HOURS), calendar=None)
    assert bare.due is None and bare.earliest_due == datetime(2026, 3, 3, tzinfo=CHINA)
    assert bare.latest_due == datetime(2026, 3, 3, 23, 59, 59, 999999, tzinfo=CHINA)


def test_backwards_from_a_day() -> None:
    assert latest_before(march(10), 7, Unit.DAYS, None) == march(2)
    assert latest_before(march(10), 1, Unit.WORKING_DAYS, SMALL) == march(8)
    assert latest_before(march(10), 3, Unit.WORKING_DAYS, SMALL) == march(5)
    assert latest_before(march(10), 9, Unit.WORKING_DAYS, SMALL) is None
    assert latest_before(march(10), 1, Unit.WORKING_DAYS, None) is None


def strip(found, today: date):
    return day_strip(found, today=today, calendar=SMALL)


def test_the_strip_ends_a_day_after_the_later_of_due_and_a_near_today() -> None:
    found = reckon(march(2), Limit(3, Unit.DAYS, roll=False), calendar=SMALL)
    assert found.due == march(5)
    for today, last in ((4, 6), (5, 6), (6, 7), (10, 11), (15, 11)):
        assert strip(found, march(today)).days[-1].day == march(last)
    still = reckon(march(2), Limit(3, Unit.DAYS), calendar=SMALL, excluded=[Interval(march(4), None)])
    shown = strip(still, march(8)).days
    assert shown[-1].day == march(9)
    assert [c.number for c in shown] == [None, 1, None, None, None, None, None, None]


def test_the_strip_says_why_a_day_does_not_count() -> None:
    found = reckon(
        march(2), Limit(5, Unit.WORKING_DAYS), calendar=SMALL, excluded=[Interval(march(5), march(6))]
    )
    cells = {c.day.day: (c.number, c.note) for c in strip(found, march(10)).days}
    assert cells == {
        2: (None, "起点"),
        3: (1, ""),
        4: (None, "纪念日"),
        5: (None, "扣除"),
        6: (2, ""),
        7: (3, ""),
        8: (None, "休"),
        9: (4, ""),
        10: (5, "到期"),
        11: (6, ""),
    }
    beyond = reckon(march(20), Limit(3, Unit.WORKING_DAYS), calendar=SMALL)
    assert [c.note for c in strip(beyond, march(24)).days] == ["起点", "休", "休", "", "今天", ""]
    by_day = reckon(march(6), Limit(3, Unit.DAYS), calendar=SMALL)
    assert [c.number for c in strip(by_day, march(6)).days] == [None, 1, 2, 3, 4]


def test_a_long_strip_is_folded_after_six_days() -> None:
    table = statutory_calendar()
    for days, length in ((19, 21), (20, 19)):
        found = reckon(MONDAY, Limit(days, Unit.DAYS, roll=False), calendar=table)
        shown = day_strip(found, today=MONDAY, calendar=table)
        assert len(shown.days) == length
        assert shown.left_out == (0 if length == STRIP_LONGEST else 3)
    assert [c.day.day for c in shown.days[:7]] == [2, 3, 4, 5, 6, 7, 11]
    assert shown.days[-1].day == march(23)


STATUTE = """# 某某条例

- 标题: 某某市某某条例（节录第二章）
- 文号：某令〔2020〕1号
- 施行日期 (effective): 2020-01-01

第一条 为了试验。
续一行。

第一条之一（第二款） 补充。

第二章 总则
---
不属于任何一条。

第一百零二条 末条。
"""


def test_a_statute_is_read_to_its_last_line(tmp_path) -> None:
    statute = read_statute(STATUTE)
    assert statute is not None
    assert statute.title == "某某市某某条例" and not statute.superseded
    assert statute.facts == {
        "标题": "某某市某某条例（节录第二章）",
        "文号": "某令〔2020〕1号",
        "施行日期": "2020-01-01",
    }
    assert [a.number for a in statute.articles] == ["第一条", "第一条之一", "第一百零二条"]
    assert statute.articles[0].text == "为了试验。\n续一行。"
    assert statute.articles[-1].text == "末条。"
    (tmp_path / "superseded").mkdir()
    (tmp_path / "b.md").write_text(STATUTE, "utf-8")
    (tmp_path / "a.md").write_text("# 说明\n", "utf-8")
    (tmp_path / "superseded" / "a.md").write_text(STATUTE, "utf-8")
    (tmp_path / "superseded" / "c.md").write_text("无", "utf-8")
    assert [s.superseded for s in read_statutes(tmp_path)] == [False, True]


def test_points_carry_their_heading_where_numbers_begin_anew() -> None:
    head = "# 通知\n\n- 标题: 某通知\n\n"
    plain = read_statute(
        head + "前言。\n一、总则\n（一） 甲。\n续甲。\n\n（二） 乙。\n结尾：\n二、其他\n（三） 丙。\n"
    )
    assert plain is not None
    assert [(a.number, a.text) for a in plain.articles] == [
        ("（一）", "甲。\n续甲。"),
        ("（二）", "乙。\n结尾："),
        ("（三）", "丙。"),
    ]
    anew = read_statute(head + "一、总则\n（一） 甲。\n## 二、其他\n不属于。\n（一） 乙。\n")
    assert anew is not None
    assert [(a.number, a.text) for a in anew.articles] == [("一（一）", "甲。"), ("二（一）", "乙。")]


def test_numbers_of_articles_in_words_and_back() -> None:
    for number, words in ((9, "九"), (10, "十"), (19, "十九"), (20, "二十"), (99, "九十九"), (100, "一百")):
        assert number_of(f"第{words}条") == number
        assert citations_in(f"某某法第{words}条至第{words}条") == (("某某法", f"第{words}条"),)
    for number, words in (
        (105, "一百零五"),
        (110, "一百一十"),
        (111, "一百一十一"),
        (230, "二百三十"),
        (1260, "一千二百六十"),
    ):
        assert number_of(f"第{words}条之一") == number
    found = [article for _, article in citations_in("某某法第九十九条至第一百一十一条")]
    assert found[:4] == ["第九十九条", "第一百条", "第一百零一条", "第一百零二条"]
    assert found[-2:] == ["第一百一十条", "第一百一十一条"] and len(found) == 13
    assert article_number("第三条之二第一款") == "第三条之二"
    assert article_number("附则") == "附则"


def test_known_titles_are_found_where_a_clause_does_not_begin() -> None:
    sentence = "参照某市养犬管理条例第三条、第五条，以及《行政处罚法》第九条"
    assert citations_in(sentence, frozenset({"养犬管理条例"})) == (
        ("养犬管理条例", "第三条"),
        ("养犬管理条例", "第五条"),
        ("行政处罚法", "第九条"),
    )
    assert citations_in("没有引用") == ()
