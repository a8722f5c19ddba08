"""A matter as of a moment: what counts, in which order, and what is voided."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.vocabulary import CHINA, MISSING, Event, Matter, end_of
from plumbline.vocabulary.matter import in_order


def event(
    order: int, occurred_at: str, *, recorded_at: str = "", activity: str = "record_made", **data: Any
) -> Event:
    recorded = recorded_at or (occurred_at if len(occurred_at) > 10 else f"{occurred_at}T23:00:00+08:00")
    document = {
        "id": f"e{order}",
        "matter": "M-1",
        "kind": "penalty",
        "activity": activity,
        "occurred_at": occurred_at,
        "recorded_at": recorded,
        "agency": "A-1",
        "data": data,
    }
    return Event.from_json(document, order)


def ids(events: Any) -> list[str]:
    return [each.id for each in events]


def test_order_is_by_time_then_by_line() -> None:
    events = [
        event(1, "2026-03-03"),
        event(2, "2026-03-02T10:00:00+08:00"),
        event(3, "2026-03-02T09:00:00+08:00"),
        event(4, "2026-03-02T09:00:00+08:00"),
        event(5, "2026-03-02"),
    ]
    assert ids(in_order(events)) == ["e3", "e4", "e2", "e5", "e1"]


MOMENTS = st.lists(
    st.tuples(
        st.sampled_from(["2026-03-02", "2026-03-03"]), st.sampled_from([None, "09:00", "10:00", "11:00"])
    ),
    max_size=7,
)


def written(moments: list[tuple[str, str | None]]) -> list[Event]:
    return [
        event(number, day if clock is None else f"{day}T{clock}:00+08:00")
        for number, (day, clock) in enumerate(moments, start=1)
    ]


def comes_before(a: Event, b: Event) -> bool:
    """What the contract demands of two events: time decides where it can, otherwise the line."""
    if a.on != b.on:
        return a.on < b.on
    if a.at is not None and b.at is not None and a.at != b.at:
        return a.at < b.at
    return a.order < b.order


def demanded(a: Event, b: Event, events: list[Event]) -> bool:
    """Whether the demands, one after the other, put ``a`` before ``b``."""
    reached, waiting = {a.id}, [a]
    while waiting:
        here = waiting.pop()
        onward = [e for e in events if e.id not in reached and comes_before(here, e)]
        reached |= {e.id for e in onward}
        waiting += onward
    return b.id in reached


@given(MOMENTS)
def test_order_is_the_contract_s_wherever_it_contradicts_itself_not(moments) -> None:
    """A bare date can make the demands circular (an early instant sent last); nowhere else may one be broken."""
    events = written(moments)
    found = in_order(events)
    assert sorted(ids(found)) == sorted(ids(events))
    for n, a in enumerate(found):
        for b in found[n + 1 :]:
            if not comes_before(a, b):
                assert (a.at is None) != (b.at is None)
                assert demanded(a, b, events)
    for same in (True, False):  # instants among themselves, and bare dates among themselves, always
        kept = [e for e in found if (e.at is None) is same]
        assert all(comes_before(a, b) for a, b in pairwise(kept))


@given(MOMENTS, st.sampled_from([None, "08:00", "09:30", "12:00"]))
def test_an_event_that_comes_in_later_moves_no_other(moments, clock: str | None) -> None:
    events = written(moments)
    late = event(99, "2026-03-02" if clock is None else f"2026-03-02T{clock}:00+08:00")
    assert [e for e in in_order([*events, late]) if e is not late] == in_order(events)


@given(st.lists(st.integers(0, 10_000), unique=True, max_size=8), st.randoms())
def test_order_of_distinct_instants_does_not_depend_on_the_lines(minutes: list[int], random) -> None:
    begin = datetime(2026, 3, 2, tzinfo=CHINA)
    instants = [(begin + timedelta(minutes=m)).isoformat() for m in minutes]
    random.shuffle(instants)
    found = in_order([event(n, instant) for n, instant in enumerate(instants, 1)])
    assert [e.occurred_at for e in found] == sorted(instants)


def test_counts_once_it_has_occurred_and_been_recorded() -> None:
    late = event(1, "2026-03-02", recorded_at="2026-03-10T09:00:00+08:00")
    for as_of, counted in [
        (date(2026, 3, 9), False),
        (date(2026, 3, 10), True),
        (datetime(2026, 3, 10, 8, 59, tzinfo=CHINA), False),
        (datetime(2026, 3, 10, 9, 0, tzinfo=CHINA), True),
    ]:
        assert bool(Matter.of([late], as_of).events) is counted
    instant = event(1, "2026-03-02T10:00:00+08:00")
    assert not Matter.of([instant], datetime(2026, 3, 2, 9, 59, tzinfo=CHINA)).events
    assert Matter.of([instant], date(2026, 3, 2)).events


def test_a_moment_is_told_in_chinese_time() -> None:
    assert end_of(date(2026, 3, 2)) == datetime(2026, 3, 2, 23, 59, 59, 999999, tzinfo=CHINA)
    evening = end_of(datetime(2026, 3, 2, 18, 0, tzinfo=UTC))
    assert evening == datetime(2026, 3, 3, 2, 0, tzinfo=CHINA)
    assert evening.date() == date(2026, 3, 3)
    with pytest.raises(ValueError, match="without a zone"):
        end_of(datetime(2026, 3, 2))


def void(order: int, target: str, recorded_at: str) -> Event:
    return event(
        order, recorded_at[:10], recorded_at=recorded_at, activity="event_voided", voids=target, reason="错"
    )


def test_voided_event_counts_until_the_voiding_is_recorded() -> None:
    events = [event(1, "2026-03-02"), event(2, "2026-03-03"), void(3, "e1", "2026-03-05T09:00:00+08:00")]
    assert ids(Matter.of(events, date(2026, 3, 4)).events) == ["e1", "e2"]
    assert ids(Matter.of(events, date(2026, 3, 5)).events) == ["e2"]


def test_a_voided_voiding_no_longer_voids() -> None:
    events = [
        event(1, "2026-03-02"),
        void(2, "e1", "2026-03-05T09:00:00+08:00"),
        void(3, "e2", "2026-03-06T09:00:00+08:00"),
    ]
    for arrived in (events, events[::-1]):
        assert ids(Matter.of(arrived, date(2026, 3, 5)).events) == []
        assert ids(Matter.of(arrived, date(2026, 3, 6)).events) == ["e1"]
    again = [*events, void(4, "e3", "2026-03-07T09:00:00+08:00")]
    assert ids(Matter.of(again, date(2026, 3, 7)).events) == []


def test_case_attribute_own_else_earlier_else_later() -> None:
    events = [
        event(1, "2026-03-01"),
        event(2, "2026-03-02", item="OLD"),
        event(3, "2026-03-03"),
        event(4, "2026-03-04", item="NEW"),
        event(5, "2026-03-05"),
    ]
    matter = Matter.of(events, date(2026, 3, 31))
    assert [matter.attribute("item", e) for e in events] == ["OLD", "OLD", "OLD", "NEW", "NEW"]
    assert matter.attribute("domain", events[0]) is MISSING
    nulled = Matter.of(
        [event(1, "2026-03-01", item="X"), event(2, "2026-03-02", item=None)], date(2026, 3, 3)
    )
    assert nulled.attribute("item", nulled.events[1]) is None


def test_not_stated_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError):
        bool(MISSING)
