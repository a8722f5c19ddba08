"""Random rules over the contract's words for penalty cases: every form, around random conditions."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from plumbline.lawbook import RuleFacts
from plumbline.rules import Overlay, Rule
from plumbline.rules.bulk.opcodes import VERDICTS
from plumbline.rules.language import (
    Ahead,
    ByCase,
    Check,
    Clock,
    Decide,
    Exclusion,
    ExtensionStep,
    Fixed,
    Promptly,
    Replacement,
    Right,
    Stop,
    TwoStage,
    Wait,
    Within,
    event,
    it,
    it_on,
)
from tests.parity.random_conditions import (
    ACTIVITIES,
    Around,
    amounts,
    conditions,
    moments,
    paths,
    selections,
)

CLOCKS = st.builds(
    Clock,
    st.sampled_from([0, 1, 3, 7, 30, 60]),
    st.sampled_from(["wd", "cd", "cd", "m", "y", "h"]),
    st.booleans(),
)
DAY_CLOCKS = st.builds(Clock, st.sampled_from([1, 3, 7, 20]), st.sampled_from(["wd", "cd"]), st.booleans())
EXCLUSIONS = st.sampled_from(
    [
        Exclusion("investigation_suspension"),
        Exclusion("hearing"),
        Exclusion("announcement"),
        Exclusion("refund"),
        Exclusion("challenge"),
        Exclusion("test", ("test", "appraisal")),
        Exclusion("test", ("inspection", "test"), it("told_in_writing").is_true()),
    ]
)
STEPS = st.builds(
    ExtensionStep,
    st.sampled_from(["head", "collective", "superior", ""]),
    st.sampled_from([None, 5, 30]),
    st.none() | st.just(it("party_told").is_true()),
)


@st.composite
def stops(draw: Any, around: Around, depth: int) -> Stop:
    if draw(st.integers(0, 4)) == 0:
        return Stop(event("fine_paid", place="after"), sum_of="amount", reaching=draw(amounts(around, 0)))
    selection = draw(selections(around, depth))
    if len(selection.activities) == 1 and draw(st.booleans()):
        dated = paths(selection.activities[0], "moment")
        return Stop(selection, on=it(draw(st.sampled_from(dated))) if dated else it_on())
    return Stop(selection, flag=draw(st.sampled_from(["", "in_transit_excluded"])))


@cache
def forms(around: Around, depth: int) -> st.SearchStrategy[Any]:
    """A requirement of any form."""
    maybe = st.none() | conditions(around, depth)
    start = st.none() | moments(around, depth)
    some_stops = st.lists(stops(around, depth), min_size=1, max_size=2).map(tuple)
    replaced = st.sampled_from([(), (Replacement(event("deferral_granted", place="after"), "until"),)])
    within = st.builds(
        Within,
        CLOCKS,
        some_stops,
        start=start,
        excludes=st.lists(EXCLUSIONS, max_size=2, unique_by=lambda e: e.name).map(tuple),
        extensions=st.lists(STEPS, max_size=2).map(tuple),
        extension_clock=st.sampled_from(["", "decision"]),
        replaced_by=replaced,
        unless_same_day=maybe,
        also=maybe,
        ended_by=st.none() | selections(around, 0),
    )
    verdicts = st.sampled_from([v for v in VERDICTS if v != "error"])
    plain = [
        conditions(around, depth).map(Check),
        within,
        within.map(Right),
        st.builds(Fixed, moments(around, depth), some_stops),
        st.builds(
            Wait,
            DAY_CLOCKS,
            st.none() | selections(around, depth),
            unless=maybe,
            start=start,
            also=maybe,
            last_day_free=st.booleans(),
        ),
        st.builds(Ahead, DAY_CLOCKS, selections(around, depth), later=start, unless=maybe, also=maybe),
        st.builds(Promptly, selections(around, depth), fails=maybe),
        st.builds(TwoStage, DAY_CLOCKS, moments(around, 0), selections(around, 0), selections(around, 0)),
        st.builds(
            Decide, st.lists(st.tuples(verdicts, conditions(around, depth)), max_size=3).map(tuple), verdicts
        ),
    ]
    if depth > 0:
        plain.append(
            st.builds(
                ByCase,
                conditions(around, 0),
                st.deferred(lambda: forms(around, 0)),
                st.deferred(lambda: forms(around, 0)),
            )
        )
    return st.one_of(plain)


@st.composite
def rules(draw: Any, number: int) -> Rule:
    """One rule, now and then with a row for one field of law and a condition of its own."""
    subject = draw(st.sampled_from(ACTIVITIES))
    around = Around(subject)
    overlays = ()
    if draw(st.integers(0, 2)) == 0:
        overlays = (
            Overlay(
                "SAMR-64-90-30",
                draw(forms(around, 0)),
                domain="market",
                applies=draw(st.none() | conditions(around, 0)),
            ),
            Overlay("MEE-57-90-30-30", draw(forms(around, 0)), domain="ecology"),
        )
    return Rule(
        id=f"R-{number:02}",
        own_facts=OWN,
        subject=(subject,),
        require=draw(forms(around, 2)),
        duty_zh="试题",
        when=draw(st.none() | conditions(around, 1)),
        counts=draw(st.none() | conditions(around, 0)),
        overlays=overlays,
    )


OWN = RuleFacts(
    id="R",
    law="行政处罚法",
    article="第一条",
    area="",
    trigger="",
    requirement="",
    limit="",
    n=None,
    unit="",
    extend="",
    suspend="",
    severity="blue",
    effective_from=None,
    effective_to=None,
    tier="G",
    domain="",
    core=False,
    bound="",
    dates_verified=True,
)
