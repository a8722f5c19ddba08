"""Joining by an index answers what comparing every pair answers, whatever is missing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plumbline.rules.examples import expand, step
from plumbline.rules.language import all_of, event, field, it, item, literal
from plumbline.rules.scope import Scope, Unknown
from plumbline.vocabulary import CHINA, Event, Matter, Registers, end_of

VALUES = st.sampled_from(["Z1", "Z2", "Z3", None, ["Z1"], "absent"])


def scope_of(values: list[object], at: int) -> Scope:
    steps = [
        step("evidence_collected", "2026-03-05", **({} if value == "absent" else {"evidence": value}))
        for value in values
    ]
    events = [
        Event.from_json(document, number) for number, document in enumerate(expand(steps, "penalty"), 1)
    ]
    as_of = end_of(events[0].on)
    scope = Scope(matter=Matter.of(events, as_of), registers=Registers.none(), calendar=None, as_of=as_of)
    scope.subject = events[at]
    return scope


@given(
    values=st.lists(VALUES, min_size=1, max_size=6),
    at=st.integers(0, 5),
    sought=VALUES,
    place=st.sampled_from(["anywhere", "before", "after", "not_after", "same_day"]),
    by=st.sampled_from([field("evidence"), item(), literal("Z1"), literal(None)]),
)
def test_index_and_pairs_agree(values: list[object], at: int, sought: object, place, by) -> None:
    scope = scope_of(values, at % len(values))
    scope.item = sought
    equal = it("evidence").eq(by)
    # A condition that always holds, put first, keeps the index out.
    indexed = event("evidence_collected", place=place, where=all_of(equal, literal(True))).compile()
    compared = event("evidence_collected", place=place, where=all_of(literal(True), equal)).compile()
    assert list(indexed(scope)[0]) == list(compared(scope)[0])
    unknown, plainly = indexed(scope)[1], compared(scope)[1]
    assert isinstance(unknown, Unknown) == isinstance(plainly, Unknown)
    if unknown is not None and plainly is not None:
        assert set(unknown.paths) == set(plainly.paths)


def test_case_attribute_is_found_again() -> None:
    steps = [step("case_filed", "2026-03-02", item="X-1"), step("record_made", "2026-03-03")]
    events = [Event.from_json(d, n) for n, d in enumerate(expand(steps, "penalty"), 1)]
    matter = Matter.of(events, end_of(events[-1].on))
    assert matter.as_of.tzinfo is CHINA
    assert [matter.attribute("item", events[1]) for _ in range(2)] == ["X-1", "X-1"]
