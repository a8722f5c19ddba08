"""Lists in parts, their filters in the address bar, and files to take along."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.db.models import QuerySet

from plumbline.apps.reporting.models import Fact
from plumbline.platform import clock
from plumbline.platform.filters import AddressFilter, id_in, ids_in
from plumbline.platform.identity.models import Agency
from plumbline.platform.paging import COUNTED, by_id, cursor, how_many, newest_first, oldest_first, up_to
from plumbline.platform.search import Hit, first_of
from plumbline.platform.ui.downloads import as_file


@pytest.fixture
def rows(db: None) -> list[int]:
    """Facts of three days, two of them on one day, in the order of their days."""
    agency = Agency.objects.create(code="T-P", name="试验机关", short_name="试验机关", level="district")
    return [
        Fact.objects.create(
            agency=agency, measure="t", matter_id=f"T-{number}", event_id=f"T-{number}", on=date(2001, 1, day), year=2001,
            known_at=clock.now(),
        ).pk
        for number, day in enumerate((1, 2, 2, 3))
    ]  # fmt: skip


def listed(rows: list[int]) -> QuerySet[Fact]:
    return Fact.objects.unscoped("测试").filter(pk__in=rows)


def test_parts_hold_every_row_once_in_both_directions(rows: list[int]) -> None:
    for way, wanted in ((newest_first, rows[::-1]), (oldest_first, rows)):
        found: list[int] = []
        after = ""
        for _ in range(5):
            part = way(listed(rows), "on", after=after, size=1)
            found += [each.pk for each in part.rows]
            if not (after := part.next_key):
                break
        assert found == wanted and after == ""


def test_a_cursor_that_somebody_made_up_begins_at_the_beginning(rows: list[int]) -> None:
    for typed in (
        "x",
        "_",
        "2001-01-02",
        "2001-13-40_1",
        "2001-01-02_9999999999999999999",
        "2001-01-02_²",
        "0001-01-01T00:00:00+14:00_1",
        "9999-12-31T23:59:59-14:00_1",
    ):
        assert cursor(typed) is None
        assert len(newest_first(listed(rows), "on", after=typed, size=9).rows) == 4
    assert cursor("2001-01-02_7") == (date(2001, 1, 2), 7)
    assert cursor("2001-01-02T03:04:05+00:00_7") == (datetime(2001, 1, 2, 3, 4, 5, tzinfo=UTC), 7)


def test_rows_are_counted_as_far_as_it_helps(rows: list[int]) -> None:
    assert how_many(listed(rows)) == "4"
    assert up_to(COUNTED) == "1000" and up_to(COUNTED + 1) == "1000+"


def test_a_file_says_its_kind_and_keeps_its_chinese_name() -> None:
    answer = as_file(b"x", "台账.xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E5%8F%B0%E8%B4%A6.xlsx"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert as_file("y", "a.log", content_type="text/plain")["Content-Type"] == "text/plain"
    with pytest.raises(KeyError):
        as_file("y", "a.log")


@dataclass(frozen=True)
class Wanted(AddressFilter):
    q: str = ""
    box: str = "todo"
    year: str = ""

    @classmethod
    def closed(cls) -> Mapping[str, Collection[str]]:
        return {"box": {"todo", "mine"}}


def test_a_filter_drops_what_nobody_can_have_chosen() -> None:
    assert Wanted.of({"q": " 油烟 ", "box": "mine", "year": "2026", "x": "1"}).given == {
        "q": "油烟",
        "box": "mine",
        "year": "2026",
    }
    for year in ("²⁰²⁶", "26", "20260", "1066", "MMXX"):
        assert Wanted.of({"box": "theirs", "year": year}) == Wanted()
    assert Wanted.of({"box": "mine"}, box="todo").box == "todo" and len(Wanted.of({"q": "字" * 500}).q) == 100


def test_what_a_search_source_found_leads_to_the_whole_list(rows: list[int]) -> None:
    def hit(row: Fact) -> Hit:
        return Hit(row.matter_id, f"/{row.pk}")

    found = first_of("t", "试验", listed(rows).order_by("pk"), hit, listed="/t", words="a&b 油烟")
    assert found is not None and found.count == "4" and found.hits[0] == Hit("T-0", f"/{rows[0]}")
    assert found.url == "/t?q=a%26b+%E6%B2%B9%E7%83%9F"
    assert first_of("t", "试验", listed([]), hit, listed="/t", words="x") is None


def test_an_id_is_plain_digits_that_a_row_can_have() -> None:
    assert [id_in(typed) for typed in ("7", "", "²", "٣", "-1", "1e3", "9" * 19, "9" * 18)] == [
        7, 0, 0, 0, 0, 0, 0, int("9" * 18),
    ]  # fmt: skip
    assert ids_in(["3", "x", "0", "5"]) == [3, 5]


def test_rows_come_by_id_in_both_directions(rows: list[int]) -> None:
    first = by_id(listed(rows), after="", size=3)
    assert [each.pk for each in first.rows] == rows[:3] and first.next_key == str(rows[2])
    assert [each.pk for each in by_id(listed(rows), after=first.next_key, size=3).rows] == rows[3:]
    newest = by_id(listed(rows), after=str(rows[3]), size=9, newest=True)
    assert [each.pk for each in newest.rows] == rows[2::-1] and newest.next_key == ""
    assert len(by_id(listed(rows), after="²", size=9).rows) == 4
