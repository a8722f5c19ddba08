"""Each further operator of the rule language on a small history: what it answers, and what it leaves open."""

from __future__ import annotations

from typing import Any

import pytest

from plumbline.rules import language as say
from plumbline.rules.expression import Expression, literal
from plumbline.rules.nodes.calendar_day import LAST, CalendarDay
from plumbline.rules.nodes.column_of import ColumnOf, ElementWhere
from plumbline.rules.nodes.days import DateAfter, DaysBetween
from plumbline.rules.nodes.days_outside import DaysOutside
from plumbline.rules.nodes.each import Each
from plumbline.rules.nodes.envelope import Envelope
from plumbline.rules.nodes.field import Field, Item, ItField
from plumbline.rules.nodes.linked import OpenInLinked
from plumbline.rules.nodes.people import People
from plumbline.rules.nodes.person import Person
from plumbline.rules.nodes.range_bound import RangeBound
from plumbline.rules.nodes.required_version import RequiredVersion, range_for
from plumbline.rules.nodes.row_exists import RowExists
from plumbline.rules.nodes.row_value import RowValue
from plumbline.rules.nodes.selection import Selection
from plumbline.rules.nodes.separate import Separate
from plumbline.rules.nodes.version_changed import VersionChanged
from plumbline.rules.scope import Scope
from plumbline.vocabulary import MISSING, Event
from tests.rules.asking import at, event, gone, told


def test_conditions_over_a_list() -> None:
    scope = at(
        [event("e1", "decision_made", "2026-03-02", rows=[{"n": 1}, {"n": 5}, {}], full=[{"n": 1}], nil=None)]
    )

    def asked(how: Any, path: str, limit: int) -> Any:
        return told(Each(how, Field(path), Item("n").le(limit)), scope)

    assert asked("some", "rows", 1) is True and asked("every", "rows", 1) is False
    assert asked("some", "rows", 0) == gone("item.n") and asked("every", "rows", 9) == gone("item.n")
    assert asked("every", "full", 1) is True and asked("some", "full", 0) is False
    assert asked("every", "nil", 0) is True and asked("some", "nil", 0) is False
    assert asked("some", "lost", 0) == gone("decision_made.lost")
    assert scope.item is None
    scope.it = {"rows": [{}]}
    assert told(Each("some", ItField("rows"), Item("n").le(1)), scope) == gone("registers.rows.n")
    fallback = ItField("rows").or_if_missing(())
    assert told(Each("some", fallback, Item("n").le(1)), scope) == gone("registers.rows.n")


def test_days_between_after_and_outside() -> None:
    days = DaysBetween(Field("a"), Field("b"))

    def asked(node: Expression, **data: Any) -> Any:
        return told(node, at([event("e1", "decision_made", "2026-03-02", **data)]))

    assert asked(days, a="2026-03-02", b="2026-03-05T10:00:00+08:00") == 3
    assert asked(days, a="2026-03-05", b="2026-03-02") == -3
    assert asked(days, a=None, b="2026-03-02") is None and asked(days, a="2026-03-02", b=None) is None
    assert asked(days, b="2026-03-02") == gone("decision_made.a") and asked(days, a=None) == gone(
        "decision_made.b"
    )
    after = DateAfter(Field("a"), 2, "wd")
    assert asked(after, a="2026-03-03T08:00:00+08:00") == "2026-03-06"
    assert asked(after, a="2026-03-31") == gone("registers.holidays")
    assert asked(after, a=None) is None and asked(after) == gone("decision_made.a")
    assert asked(DateAfter(Field("a"), 1, "cd"), a="2026-03-03") == "2026-03-04"
    assert asked(DateAfter(Field("a"), 1, "cd", roll=True), a="2026-03-03") == "2026-03-05"
    lawsuits = [
        event("e1", "decision_made", "2026-03-01", a="2026-03-02", b="2026-03-12", nil=None),
        event("e2", "challenge_started", "2026-03-04", route="litigation"),
        event("e3", "challenge_started", "2026-03-05", route="reconsideration"),
        event("e4", "challenge_ended", "2026-03-06", route="litigation"),
        event("e5", "challenge_ended", "2026-03-08", route="reconsideration"),
        event("e6", "challenge_started", "2026-03-11", route="litigation"),
    ]
    scope = at(lawsuits)

    def outside(a: str, b: str) -> Any:
        return told(DaysOutside(Field(a), Field(b), "challenge_started", "challenge_ended", "route"), scope)

    assert outside("a", "b") == 4  # the 3rd, 8th, 9th and 10th
    assert outside("nil", "b") is None and outside("a", "nil") is None
    assert outside("lost", "b") == outside("a", "lost") == gone("decision_made.lost")
    assert outside("b", "a") == 0


PEOPLE = [
    {"id": "E-1", "role": "officer"},
    {"id": "E-2", "role": "officer"},
    {"id": "E-2", "role": "officer"},
    {"id": "E-3", "role": "reviewer"},
]


def test_people_in_a_role() -> None:
    events = [
        event("e1", "decision_made", "2026-03-02", actors=PEOPLE),
        event("e2", "record_made", "2026-03-03"),
        event("e3", "record_made", "2026-03-03", actors=[{"id": "E-3", "role": "officer"}]),
    ]
    scope = at(events)
    assert told(People("officer"), scope) == 2
    assert told(People("officer", ItField("id").eq("E-1")), scope) == 1
    assert told(People("hearing_host"), scope) == gone("@actors")
    scope.it = events[2]
    assert told(People("officer", None, "it"), scope) == 1
    assert told(People("officer"), at(events, "e2")) == gone("@actors")
    assert told(Person("reviewer"), scope) == "E-3" and told(Person("hearing_host"), scope) == gone("@actors")
    assert told(Person("officer"), at(events, "e2")) == gone("@actors")
    records = Selection(("record_made",))
    assert told(Separate("reviewer", "officer", records), scope) is False
    assert told(Separate("officer", "officer", records), scope) == gone("@actors")
    named = Selection(("record_made",), where=Envelope("id", "it").eq("e3"))
    assert told(Separate("officer", "officer", named), scope) is True
    assert told(Separate("hearing_host", "officer", named), scope) == gone("@actors")
    assert list(People("officer", ItField("id").eq(Field("own"))).reads()) == ["@actors", "subject.own"]
    assert People("officer").phrase() != People("officer", ItField("id").eq("E-1")).phrase()


ROWS = {
    "officers": [
        {"id": "E-1", "agency": "A-1", "valid_from": "2026-01-01", "valid_to": "2026-03-01"},
        {"id": "E-1", "agency": "A-2", "valid_from": "2026-03-02", "valid_to": "2026-03-02"},
        {"id": "E-2", "agency": "A-1", "valid_from": "2026-03-03", "valid_to": None},
        {"id": "E-4", "agency": "A-1", "valid_from": "2026-01-01"},
    ]
}


@pytest.mark.parametrize(
    ("number", "on", "valid"),
    [
        ("E-1", "2026-01-01", True),
        ("E-1", "2025-12-31", False),
        ("E-1", "2026-03-02", True),
        ("E-1", "2026-03-03", False),
        ("E-2", "2026-03-02", False),
        ("E-2", "2026-03-03", True),
        ("E-4", "2026-03-30", True),
        ("E-9", "2026-03-02", None),
    ],
)
def test_a_row_is_in_force_from_its_first_to_its_last_day(number: str, on: str, valid: bool | None) -> None:
    events = [event("e1", "record_made", on, who=number)]
    scope = at(events, registers=ROWS)
    unknown = gone("registers.officers.id")
    always = literal(1).eq(1)
    assert told(RowExists("officers", "id", Field("who")), scope) == (unknown if valid is None else valid)
    assert told(RowExists("officers", "id", Field("who"), always), scope) == (
        unknown if valid is None else valid
    )
    assert told(RowExists("officers", "id", Field("who"), dated=False), scope) == (
        unknown if valid is None else True
    )
    complete = at(events, registers=ROWS, complete={"officers"})
    assert told(RowExists("officers", "id", Field("who")), complete) is bool(valid)
    assert told(RowExists("officers", "id", Field("who"), always), complete) is bool(valid)
    assert told(RowExists("officers", "id", Field("who")), at(events)) == gone("registers.officers")
    assert told(RowExists("officers", "id", Field("who"), always), at(events)) == gone("registers.officers")
    assert told(RowExists("officers", "id", Field("lost")), scope) == gone("record_made.lost")
    assert told(RowExists("officers", "id", Field("lost"), always), scope) == gone("record_made.lost")


def test_a_column_of_a_row() -> None:
    scope = at([event("e1", "record_made", "2026-03-02", who="E-1")], registers=ROWS)
    who = Field("who")
    assert told(RowValue("officers", "id", who, "agency"), scope) == "A-2"
    assert told(RowValue("officers", "id", who, "agency", ItField("agency").eq("A-1")), scope) == "A-1"
    assert told(RowValue("officers", "id", who, "valid_from", dated=True), scope) == "2026-03-02"
    assert told(RowValue("officers", "id", who, "lost"), scope) == gone("registers.officers.lost")
    assert told(RowValue("officers", "id", who, "lost", dated=True), scope) == gone("registers.officers.lost")
    assert told(RowValue("officers", "id", literal("E-9"), "agency"), scope) == gone(
        "registers.officers.agency"
    )
    assert told(RowValue("officers", "id", literal("E-9"), "agency", dated=True), scope) == gone(
        "registers.officers.agency"
    )
    assert told(RowValue("reviewers", "id", who, "agency"), scope) == gone("registers.reviewers")
    assert told(RowValue("reviewers", "id", who, "agency", dated=True), scope) == gone("registers.reviewers")
    lacking = RowValue("officers", "id", who, "agency", ItField("lost").eq(1))
    assert told(lacking, scope) == gone("registers.officers.lost")
    assert scope.it is None
    assert told(RowExists("officers", "id", who, ItField("lost").eq(1)), scope) == gone(
        "registers.officers.lost"
    )
    assert told(RowExists("officers", "id", who, ItField("agency").eq("A-1")), scope) is False
    reads = list(RowExists("officers", "id", who, ItField("agency").eq(Field("own"))).reads())
    assert reads == ["registers.officers.id", "subject.who", "registers.officers.agency", "subject.own"]
    inner = ColumnOf(RowValue("x", "id", who, "rows"), "a", "registers.x.a")
    held = at(
        [event("e1", "record_made", "2026-03-02", who="E-1")],
        registers={"x": [{"id": "E-1", "rows": {"a": 4}}]},
    )
    assert told(inner, held) == 4
    assert (
        told(ColumnOf(literal(None), "a", "p"), held)
        == told(ColumnOf(literal({}), "a", "p"), held)
        == gone("p")
    )
    rows = literal([{"k": 1, "v": "one"}, {"k": 2, "v": "two"}])
    assert told(ColumnOf(ElementWhere(rows, "k", literal(2), "q"), "v", "p"), held) == "two"
    assert told(ElementWhere(rows, "k", literal(3), "q"), held) == told(
        ElementWhere(literal(None), "k", literal(3), "q"), held
    )
    assert told(ElementWhere(rows, "k", Field("lost"), "q"), held) == gone("record_made.lost")


def versions(
    *ranges: dict[str, Any], ended: Any = "2026-01-15", party: str = "legal_person", on: str = "2026-03-02"
) -> Scope:
    """A decision under the last of some versions of an item, each in force for a month from January on."""
    ends = ["2026-01-31", "2026-02-28", None]
    rows = [
        {
            "item": "X-1",
            "valid_from": f"2026-0{n}-01",
            "valid_to": ends[n - 1],
            "ranges": [{"party": "any", **r}],
        }
        for n, r in enumerate(ranges, 1)
    ]
    rows[-1]["valid_to"] = None
    violation = {} if ended is MISSING else {"violation": {"ended_on": ended}}
    filed = event("e1", "case_filed", "2026-01-20", item="X-1", party={"id": "P", "kind": party}, **violation)
    return at([filed, event("e2", "decision_made", on)], "e2", registers={"power_items": rows})


@pytest.mark.parametrize(
    ("old", "new", "lighter"),
    [
        ({"max": 100, "min": 10}, {"max": 99, "min": 50}, True),
        ({"max": 100, "min": 10}, {"max": 101, "min": 1}, False),
        ({"max": 100, "min": 10}, {"max": 100, "min": 9}, True),
        ({"max": 100, "min": 10}, {"max": 100, "min": 10}, False),
        ({"max": 100, "min": 10}, {"max": 100}, True),
        ({"max": 100}, {"max": 100, "min": 1}, False),
        ({"max": 100}, {"max": 100}, False),
    ],
)
def test_the_lighter_version_governs(old: dict[str, int], new: dict[str, int], lighter: bool) -> None:
    scope = versions(old, new)
    governing = told(RequiredVersion(), scope)
    assert governing["valid_from"] == ("2026-02-01" if lighter else "2026-01-01")
    assert told(VersionChanged(), scope) is True
    bounds = [told(RangeBound(RequiredVersion(), bound, literal(1)), scope) for bound in ("min", "max")]
    chosen = new if lighter else old
    assert bounds == [chosen.get("min", 0), chosen["max"]]


def test_what_leaves_the_version_open() -> None:
    one, two = {"max": 5}, {"max": 9}
    assert told(RequiredVersion(), versions(one, two, ended=None))["valid_from"] == "2026-02-01"
    assert told(VersionChanged(), versions(one, two, ended=None)) is False
    for node in (RequiredVersion(), VersionChanged()):
        assert told(node, versions(one, two, ended=MISSING)) == gone("case.violation.ended_on")
        assert told(node, at([event("e1", "decision_made", "2026-03-02")])) == gone("registers.power_items")
        without = at([event("e1", "decision_made", "2026-03-02")], registers={"power_items": []})
        assert told(node, without) == gone("case.item")
    assert told(VersionChanged(), versions(one, two, ended="2026-02-01")) is False
    assert told(VersionChanged(), versions(one, two, ended="2025-12-31")) is False
    assert told(VersionChanged(), versions(one, ended=MISSING)) is False
    assert told(RequiredVersion(), versions(one, two, ended="2025-12-31"))["valid_from"] == "2026-02-01"
    assert told(RequiredVersion(), versions(one, ended=MISSING))["valid_from"] == "2026-01-01"
    assert told(RequiredVersion(), versions({}, two)) == gone("registers.power_items.ranges")
    assert told(RequiredVersion(), versions(one, {})) == gone("registers.power_items.ranges")


def test_bounds_of_a_fine() -> None:
    scope = versions({"max_rate": 15_000, "min_rate": 3_333})
    version = RequiredVersion()
    assert told(RangeBound(version, "max", literal(101)), scope) == 151
    assert told(RangeBound(version, "min", literal(101)), scope) == 34
    assert told(RangeBound(version, "max", Field("base")), scope) == gone("decision_made.base")
    assert told(RangeBound(version, "max", literal(1)), versions({})) == gone("registers.power_items.ranges")
    assert told(RangeBound(version, "min", literal(1)), versions({})) == 0
    row = {
        "ranges": [
            {"party": "any", "n": 0},
            {"party": "organization", "n": 1},
            {"party": "natural_person", "n": 2},
        ]
    }
    assert [range_for(row, kind)["n"] for kind in ("natural_person", "legal_person")] == [2, 1]
    assert range_for({"ranges": row["ranges"][:1]}, "natural_person")["n"] == 0
    assert (
        range_for({"ranges": row["ranges"][2:]}, "legal_person") is None
        and range_for({}, "legal_person") is None
    )


def test_night_by_the_hours_stated() -> None:
    def asked(time: str, **settings: str) -> Any:
        subject = event("e1", "inspection_done", f"2026-03-02T{time}+08:00" if time else "2026-03-02")
        return told(say.at_night(), at([subject], registers={"settings": settings} if settings else {}))

    usual = {
        "21:59:59": False,
        "22:00:00": True,
        "23:00:00": True,
        "00:00:00": True,
        "05:59:59": True,
        "06:00:00": False,
    }
    assert {time: asked(time) for time in usual} == usual
    early = {"night_from": "01:00", "night_to": "03:00"}
    hours = {"00:59:59": False, "01:00:00": True, "02:59:59": True, "03:00:00": False, "23:00:00": False}
    assert {time: asked(time, **early) for time in hours} == hours
    assert asked("") == gone("@occurred_at")
    assert asked("01:00:00", night_from="dusk") == gone("registers.settings.night_from")


def test_a_calendar_day_of_a_year_that_a_fact_names() -> None:
    def asked(year: Any, later: int, month: int, day: int) -> Any:
        return told(
            CalendarDay(Field("year"), later, month, day),
            at([event("e1", "report_made", "2026-03-02", year=year)]),
        )

    assert asked(2025, 1, 1, 31) == "2026-01-31" and asked(2023, 1, 2, LAST) == "2024-02-29"
    assert asked(25, 0, 2, LAST) == "0025-02-28"
    assert asked(9999, 0, 12, 1) == "9999-12-01" and asked(1, 0, 1, 1) == "0001-01-01"
    assert asked(9999, 1, 1, 1) == asked(0, 0, 1, 1) == gone("report_made.year")
    assert asked(None, 1, 1, 1) is None


def test_the_kind_of_day_is_the_calendars() -> None:
    for on, kind in (("2026-03-04", "holiday"), ("2026-03-07", "weekend"), ("2026-03-09", "workday")):
        scope = at([event("e1", "inspection_done", on)])
        assert told(say.kind_of_day(), scope) == kind
        scope.calendar = None
        assert told(say.kind_of_day(), scope) == gone("registers.holidays")
    assert told(say.kind_of_day(), at([event("e1", "inspection_done", "2026-02-28")])) == gone(
        "registers.holidays"
    )


def test_what_runs_in_a_linked_matter() -> None:
    def other(*steps: tuple[str, str, str]) -> list[Event]:
        return [
            event(f"e{n}", activity, on, matter="M-2", route=route)
            for n, (activity, on, route) in enumerate(steps, 1)
        ]

    begun, ended = "challenge_started", "challenge_ended"
    runs = OpenInLinked("about", begun, ended, "route")

    def asked(held: list[Event] | None, rel: str = "about") -> Any:
        subject = event("e1", "decision_made", "2026-03-05", links=[{"matter": "M-2", "rel": rel}])
        return told(runs, at([subject], others={"M-2": held}.get))

    assert asked(other((begun, "2026-03-05", "a"))) is True
    assert asked(other((begun, "2026-03-06", "a"))) is False
    assert asked(other((begun, "2026-03-01", "a"), (ended, "2026-03-05", "a"))) is False
    assert asked(other((begun, "2026-03-01", "a"), (ended, "2026-03-06", "a"))) is True
    assert asked(other((begun, "2026-03-01", "a"), (ended, "2026-03-02", "b"))) is True
    assert asked(other((ended, "2026-03-01", "a"), (begun, "2026-03-02", "a"))) is True
    twice = [(begun, "2026-03-01", "a"), (begun, "2026-03-02", "a"), (ended, "2026-03-03", "a")]
    assert asked(other(*twice)) is True
    assert (
        asked(None) == asked([]) == asked(other((begun, "2026-03-01", "a")), rel="follows") == gone("@links")
    )
    assert told(runs, at([event("e1", "decision_made", "2026-03-05")])) == gone("@links")
    assert list(runs.reads()) == ["@links", "challenge_started.route", "challenge_ended.route"]


def test_sums_sizes_and_lists() -> None:
    scope = at([event("e1", "decision_made", "2026-03-02", held=["a", "b"], nil=None, n=3)])
    held = Field("held")
    assert told(held.holds("a"), scope) is True and told(held.holds("c"), scope) is False
    assert told(held.holds_any("c", "b"), scope) is True and told(held.holds_any("c"), scope) is False
    assert told(held.holds_all("a", "b"), scope) is True and told(held.holds_all("a", "c"), scope) is False
    assert told(held.holds_only("a", "b", "c"), scope) is True and told(held.holds_only("a"), scope) is False
    assert told(Field("n").one_of(1, 3), scope) is True and told(Field("n").one_of(1, 2), scope) is False
    assert told(Field("n").plus(4), scope) == 7 and told(Field("n").times(4), scope) == 12
    assert (
        told(Field("lost").plus(4), scope)
        == told(Field("lost").times(4), scope)
        == gone("decision_made.lost")
    )
    assert told(Field("n").plus(Field("nil")), scope) is None and told(Field("nil").times(2), scope) is None
    assert told(Field("lost").or_if_missing(9), scope) == 9 and told(Field("n").or_if_missing(9), scope) == 3
    assert told(Field("n").is_stated(), scope) is True and told(Field("lost").is_stated(), scope) is False
