"""Extensions and excluded time of a clock: who grants them, where they begin and end, and what is not stated."""

from __future__ import annotations

from typing import Any

import pytest

from plumbline.rules import language as say
from plumbline.rules.forms.clock import ContradictoryHistory, Excluding, Extending
from plumbline.rules.nodes.field import ItField
from plumbline.rules.nodes.selection import Selection
from plumbline.rules.scope import Scope
from tests.rules.asking import at, event

FILED = event("e1", "case_filed", "2026-03-02", begun="2026-03-03", nil=None, flag=True)


def grant(number: str, on: str, n: int, who: str = "head", **data: Any) -> Any:
    return event(number, "extension_approved", on, days=n, approved_by=who, clock="decision", **data)


def extended(scope: Scope, *steps: say.ExtensionStep, **more: Any) -> tuple[list[int], bool, set[str]]:
    valid, behind, ignored, doubt = Extending("extension_approved", steps, "decision").find(scope, **more)
    assert [e.on for e in behind] == [each.approved_on for each in valid]
    return [each.n for each in valid], ignored, set(doubt.paths) if doubt is not None else set()


def test_extensions_by_whom_in_order_and_within_the_cap() -> None:
    head, group = say.ExtensionStep("head", 30), say.ExtensionStep("", None)
    leader = "agency_head"
    grants = [
        grant("e2", "2026-03-03", 40, leader),
        grant("e3", "2026-03-04", 50, "nobody"),
        grant("e4", "2026-03-05", 5),
    ]
    scope = at([FILED, *grants])
    assert extended(scope, head, group) == ([30, 50], True, set())
    assert extended(scope, head) == ([30], True, set())
    assert extended(at([FILED, *grants[:1]]), head) == ([30], False, set())
    assert extended(at([FILED, grants[1]]), head) == ([], True, set())
    assert extended(at([FILED, grant("e2", "2026-03-03", 0, leader)]), head) == ([], True, set())
    assert extended(at([FILED, grant("e2", "2026-03-03", -1, leader)]), head) == ([], True, set())
    assert extended(at([FILED, grant("e2", "2026-03-03", 1, leader)]), head) == ([1], False, set())
    stated = say.ExtensionStep("head", 30, ItField("reason").eq("x"))
    assert extended(at([FILED, grants[0]]), stated) == ([], False, {"extension_approved.reason"})
    assert extended(at([FILED, grants[0]]), stated, doubtful_count=True) == (
        [30],
        False,
        {"extension_approved.reason"},
    )
    assert extended(at([FILED, grant("e2", "2026-03-03", 9, leader, reason="y")]), stated) == (
        [],
        True,
        set(),
    )


def excluded(*events: Any, name: str, kinds: tuple[str, ...] = (), condition: Any = None, **more: Any) -> Any:
    found = Excluding((say.Exclusion(name, kinds, condition),)).find(at([FILED, *events]), **more)
    spans = [(i.start.day, i.end.day if i.end else None) for i in found[0]]
    return spans, found[2], set(found[3].paths) if found[3] is not None else set()


@pytest.mark.parametrize(
    ("name", "begins", "ends", "data"),
    [
        ("refund", "refund_ordered", "refund_ended", {}),
        ("crime_transfer", "transfer_sent", "police_refused", {}),
        ("reconsideration_suspension", "reconsideration_suspended", "reconsideration_resumed", {}),
        ("consultation", "consultation_started", "consultation_ended", {}),
        ("challenge", "challenge_started", "challenge_ended", {"route": "litigation"}),
        ("hearing", "hearing_requested", "hearing_ended", {}),
        (
            "investigation_suspension",
            "investigation_suspended",
            "investigation_resumed",
            {"approved_by": "agency_head"},
        ),
    ],
)
def test_excluded_time_from_its_beginning_to_its_end(
    name: str, begins: str, ends: str, data: dict[str, str]
) -> None:
    earlier, begun = event("e2", ends, "2026-03-03", **data), event("e3", begins, "2026-03-04", **data)
    ended, again = event("e4", ends, "2026-03-06", **data), event("e5", ends, "2026-03-09", **data)
    assert excluded(earlier, begun, ended, again, name=name)[0] == [(4, 6)]
    assert excluded(earlier, begun, name=name)[0] == [(4, None)]
    assert excluded(earlier, ended, name=name)[0] == []
    if name == "challenge":
        other = event("e4", ends, "2026-03-06", route="reconsideration")
        assert excluded(begun, other, again, name=name)[0] == [(4, 9)]


def test_excluded_time_with_conditions_of_its_own() -> None:
    suspended = event("e2", "investigation_suspended", "2026-03-04", approved_by="nobody")
    assert excluded(suspended, name="investigation_suspension") == ([], True, set())
    asked = event("e2", "hearing_requested", "2026-03-04")
    waived = event("e3", "statement_waived", "2026-03-05", waives=["hearing"])
    spoken = event("e3", "statement_waived", "2026-03-05", waives=["statement"])
    ended = event("e4", "hearing_ended", "2026-03-06")
    assert excluded(asked, waived, ended, name="hearing")[0] == [(4, 5)]
    assert excluded(asked, spoken, ended, name="hearing")[0] == [(4, 6)]
    assert excluded(asked, waived, name="hearing")[0] == [(4, 5)]
    before = event("e1", "statement_waived", "2026-03-03", waives=["hearing"])
    assert excluded(before, event("e5", "hearing_requested", "2026-03-04"), name="hearing")[0] == [(4, None)]
    ordered = [
        event("e2", "refund_ordered", "2026-03-04", ok=False),
        event("e3", "refund_ended", "2026-03-06"),
    ]
    for counts in (True, False):
        told = {"name": "refund", "condition": ItField("ok").eq(counts), "doubtful_count": True}
        assert excluded(*ordered, **told) == ([] if counts else [(4, 6)], False, set())
    announced = event("e2", "announcement_service_started", "2026-02-20")
    assert excluded(announced, name="announcement")[0] == [(20, 22)]


def test_tests_take_off_time_by_their_kind_and_number() -> None:
    def tested(number: str, on: str, test: str, kind: str = "inspection", **data: Any) -> Any:
        return event(number, "test_started", on, test=test, test_kind=kind, **data)

    ends = [
        event("e4", "test_ended", "2026-03-09", test="T1"),
        event("e5", "test_ended", "2026-03-08", test="T1"),
    ]
    kinds = ("inspection",)
    assert excluded(tested("e2", "2026-03-04", "T1"), *ends, name="test", kinds=kinds) == (
        [(4, 8)],
        False,
        set(),
    )
    assert excluded(tested("e2", "2026-03-04", "T2"), *ends, name="test", kinds=kinds)[0] == [(4, None)]
    assert excluded(tested("e2", "2026-03-04", "T1"), *ends, name="test", kinds=("other",)) == (
        [],
        True,
        set(),
    )
    assert excluded(tested("e2", "2026-03-08", "T1"), *ends, name="test", kinds=kinds)[0] == [(8, 8)]
    with pytest.raises(ContradictoryHistory, match="T1"):
        excluded(tested("e2", "2026-03-09", "T1"), *ends, name="test", kinds=kinds)
    condition = ItField("needed").eq(True)
    of = {"name": "test", "kinds": kinds, "condition": condition}
    lost = {"test_started.needed"}
    assert excluded(tested("e2", "2026-03-04", "T1"), *ends, **of) == ([], False, lost)
    assert excluded(tested("e2", "2026-03-04", "T1"), *ends, **of, doubtful_count=True) == (
        [(4, 8)],
        False,
        lost,
    )
    assert excluded(tested("e2", "2026-03-04", "T1", needed=True), *ends, **of) == ([(4, 8)], False, set())
    assert excluded(tested("e2", "2026-03-09", "T1", needed=False), *ends, **of) == ([], True, set())


def test_what_is_recorded_and_does_not_count_is_flagged_where_it_might() -> None:
    suspended = event("e2", "investigation_suspended", "2026-03-04", approved_by="agency_head")
    granted = grant("e3", "2026-03-04", 5, "agency_head")
    stop = say.Stop(Selection(("case_closed",), "after"))

    def flags(*events: Any, **more: Any) -> tuple[str, ...]:
        return say.Within(say.Clock(3, "cd", False), (stop,), **more).compile()(at([FILED, *events])).flags

    assert flags(suspended, granted) == ()
    assert flags(suspended, extension_clock="decision") == ("suspension_ignored",)
    assert flags(suspended, extension_clock="service") == ()
    assert flags(suspended, excludes=(say.Exclusion("refund"),)) == ("suspension_ignored",)
    assert flags(suspended, excludes=(say.Exclusion("investigation_suspension"),)) == ()
    assert flags(suspended, extensions=(say.ExtensionStep("head", 3),)) == ()
    assert flags(granted, extension_clock="decision") == ("extension_ignored",)
    assert flags(granted, extension_clock="service") == ()
    assert flags(granted, extensions=(say.ExtensionStep("head", 3),)) == ()
    assert flags(granted, extensions=(say.ExtensionStep("superior", 3),)) == ("extension_ignored",)
