"""The term for a decision, field by field: who may extend it and by how much, and which time does not count.

The figures stand here a second time on purpose, taken from the procedure rules of each field and not from the contract, so
that a slip in either is seen: 行政处罚法第六十条; 市场监管第六十四条; 住建第二十九条、第三十条; 生态环境第五十七条; 应急第五十三条; 农业第五十八条;
交通第七十八条; 治安管理处罚法第一百一十八条; 治安管理处罚法（2012）第九十九条.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from plumbline.law import statutory_calendar
from plumbline.packs.penalty.rules.apl_60_90d import RULE
from plumbline.rules import Verdict, evaluate
from plumbline.rules.examples import CALENDAR, expand, filed, fined, step
from plumbline.vocabulary import Event, Matter, Registers, end_of, load_vocabulary

INTERVALS = {
    "suspension": ("investigation_suspended", "investigation_resumed", {"approved_by": "agency_head"}, {}),
    "hearing": ("hearing_requested", "hearing_ended", {}, {"hearing": "H1"}),
    "announcement": ("announcement_service_started", "", {"document": "decision"}, {}),
    "refund": ("refund_ordered", "refund_ended", {}, {}),
    "crime transfer": ("transfer_sent", "police_refused", {}, {}),
} | {
    kind: ("test_started", "test_ended", {"test": "T1", "test_kind": kind}, {"test": "T1"})
    for kind in load_vocabulary().enums["test_kind"]
}


@dataclass(frozen=True)
class Term:
    """``extensions`` in their order: by whom, how many days were granted, how many of them count."""

    domain: str
    days: int
    extensions: tuple[tuple[str, int, int], ...] = ()
    does_not_count: frozenset[str] = field(default_factory=frozenset)
    wrong_role: str = "section_head"
    filed_on: date = date(2026, 3, 2)


TERMS = (
    Term("other", 90),
    Term(
        "market",
        90,
        (("agency_head", 45, 30), ("collective", 75, 75)),
        frozenset({"suspension", "hearing", "announcement", "refund"})
        | {"test", "inspection", "quarantine", "appraisal", "identification"},
    ),
    Term(
        "housing_construction",
        90,
        (("agency_head", 30, 30), ("collective", 61, 60)),
        frozenset({"suspension", "hearing", "test", "inspection", "appraisal"}),
    ),
    Term(
        "ecology",
        90,
        (("principal_head", 31, 30), ("collective", 31, 30)),
        frozenset({"suspension", "hearing", "announcement", "crime transfer"})
        | {"test", "monitoring", "assessment", "appraisal", "determination"},
    ),
    Term(
        "work_safety",
        90,
        (("agency_head", 30, 30), ("superior", 61, 60)),
        frozenset({"test", "inspection", "appraisal"}),
    ),
    Term(
        "agriculture",
        90,
        (("agency_head", 30, 30), ("superior", 80, 80)),
        frozenset({"suspension", "hearing", "announcement", "test", "inspection", "appraisal"}),
    ),
    Term("transport", 90, (("agency_head", 31, 30),)),
    Term(
        "public_security",
        30,
        (("superior", 30, 30), ("superior", 31, 30)),
        frozenset({"hearing", "appraisal"}),
        wrong_role="agency_head",
    ),
    Term(
        "public_security",
        30,
        (("superior", 31, 30),),
        frozenset({"appraisal"}),
        wrong_role="agency_head",
        filed_on=date(2025, 3, 3),
    ),
)
EACH = pytest.mark.parametrize("term", TERMS, ids=lambda t: f"{t.domain}-{t.filed_on.year}")


def rolled(day: date) -> date:
    return statutory_calendar().next_working(day)


def judge(term: Term, *more: dict[str, object], as_of: date) -> Verdict:
    events = expand((filed(term.filed_on.isoformat(), domain=term.domain), *more), "penalty")
    registers, errors = Registers.parse(load_vocabulary(), {"registers": 1, **CALENDAR})
    assert not errors
    matter = Matter.of([Event.from_json(e, n) for n, e in enumerate(events, 1)], end_of(as_of))
    (verdict,) = evaluate(
        [RULE], matter, registers=registers, calendar=statutory_calendar(), as_of=end_of(as_of)
    )
    assert verdict.verdict != "error", verdict.fault
    return verdict


def granted(on: date, by: str, days: int) -> dict[str, object]:
    return step("extension_approved", on.isoformat(), clock="decision", days=days, approved_by=by)


@EACH
def test_the_last_day_is_in_time_and_the_next_is_not(term: Term) -> None:
    due = rolled(term.filed_on + timedelta(days=term.days))
    for on, verdict in ((due, "met"), (due + timedelta(days=1), "breached")):
        found = judge(term, fined(on.isoformat()), as_of=date(2026, 12, 31))
        assert (found.verdict, found.due) == (verdict, due)
    assert judge(term, as_of=due).verdict == "pending"
    assert judge(term, as_of=due + timedelta(days=1)).verdict == "breached"


@EACH
def test_extensions_count_in_their_order_up_to_their_cap(term: Term) -> None:
    total, grants = term.days, []
    for by, days, counting in term.extensions:
        # On the last day of the term then in force: still in time.
        grants.append(granted(rolled(term.filed_on + timedelta(days=total)), by, days))
        total += counting
        found = judge(term, *grants, as_of=date(2026, 12, 31))
        assert found.due == rolled(term.filed_on + timedelta(days=total))
        assert "extension_ignored" not in found.flags
    one_more = granted(rolled(term.filed_on + timedelta(days=total)), "superior", 30)
    found = judge(term, *grants, one_more, as_of=date(2026, 12, 31))
    assert found.due == rolled(term.filed_on + timedelta(days=total))
    assert "extension_ignored" in found.flags


@EACH
def test_an_extension_late_or_by_another_post_is_ignored(term: Term) -> None:
    due = rolled(term.filed_on + timedelta(days=term.days))
    late = granted(due + timedelta(days=1), (*term.extensions, ("agency_head", 0, 0))[0][0], 30)
    for grant in (late, granted(due, term.wrong_role, 30)):
        found = judge(term, grant, as_of=date(2026, 12, 31))
        assert (found.due, found.verdict) == (due, "breached")
        assert "extension_ignored" in found.flags


@EACH
@pytest.mark.parametrize("name", INTERVALS)
def test_only_the_time_on_its_own_closed_list_does_not_count(term: Term, name: str) -> None:
    begun, ended, opening, closing = INTERVALS[name]
    start = term.filed_on + timedelta(days=7)
    days = 30 if name == "announcement" else 10
    events = [step(begun, start.isoformat(), **opening)]
    if ended:
        events.append(step(ended, (start + timedelta(days=days)).isoformat(), **closing))
    off = days if name in term.does_not_count else 0
    found = judge(term, *events, as_of=start + timedelta(days=15))
    assert found.due == rolled(term.filed_on + timedelta(days=term.days + off))


@pytest.mark.parametrize(
    "term", [t for t in TERMS if {"hearing", "appraisal"} <= t.does_not_count], ids=lambda t: t.domain
)
def test_overlapping_times_are_taken_off_once(term: Term) -> None:
    start = term.filed_on + timedelta(days=7)
    events = []
    for name, first, last in (("hearing", 0, 10), ("appraisal", 5, 15)):
        begun, ended, opening, closing = INTERVALS[name]
        events.append(step(begun, (start + timedelta(days=first)).isoformat(), **opening))
        events.append(step(ended, (start + timedelta(days=last)).isoformat(), **closing))
    found = judge(term, *events, as_of=start + timedelta(days=20))
    assert found.due == rolled(term.filed_on + timedelta(days=term.days + 15))


def test_where_the_law_is_silent_the_verdict_says_so() -> None:
    """行政处罚法 does not say what happens when the last day is a Sunday; 住建 says so itself; 交通 leaves the unit open."""
    as_of = date(2026, 5, 1)
    general, housing, transport = (
        judge(Term(d, 90), as_of=as_of) for d in ("other", "housing_construction", "transport")
    )
    assert general.flags == ("rolled_forward", "counting_rule_by_default")
    assert housing.flags == ("rolled_forward",)
    assert "unit_not_defined_by_law" in transport.flags
