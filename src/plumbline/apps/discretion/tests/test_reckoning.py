"""The arithmetic of discretion: in range whatever is stated, monotone in the step, whole fen, and nothing presumed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.apps.discretion.reckoning import Facts, ListEntry, bounds, percent, reckon, yuan
from plumbline.apps.discretion.similar import quartiles
from plumbline.packs.penalty.leniency import STATED

STEPS = (
    {"code": "S1", "label": "较轻", "min": 500_000, "max": 2_000_000, "circumstances": ["十立方米以下"]},
    {"code": "S2", "label": "一般", "min": 2_000_000, "max": 3_500_000, "circumstances": ["十至五十立方米"]},
    {"code": "S3", "label": "较重", "min": 3_500_000, "max": 5_000_000, "circumstances": ["五十立方米以上"]},
)
RANGE = {"party": "organization", "min": 500_000, "max": 5_000_000}
PLAIN = Facts(minor=False, corrected=False, harm="some", first=False)


def reckoned(
    *circumstances: str, facts: Facts = PLAIN, entries: tuple[ListEntry, ...] = (), **more: Any
) -> Any:
    given_ = {"allowed": RANGE, "base": None, "steps": STEPS} | more
    return reckon(circumstances=frozenset(circumstances), facts=facts, entries=entries, **given_)


amounts = st.integers(min_value=0, max_value=10**12)
facts = st.builds(
    Facts,
    age=st.none() | st.integers(0, 99),
    natural_person=st.booleans(),
    minor=st.none() | st.booleans(),
    corrected=st.none() | st.booleans(),
    harm=st.sampled_from([None, "none", "slight", "some"]),
    first=st.none() | st.booleans(),
    grounds=st.frozensets(st.sampled_from([ground.key for ground in STATED])),
)


@st.composite
def benchmarks(draw: Any) -> list[dict[str, Any]]:
    """Steps that meet at their bounds, as a benchmark's do."""
    cuts = sorted(draw(st.lists(amounts, min_size=2, max_size=6)))
    return [{"code": f"S{n}", "min": low, "max": high} for n, (low, high) in enumerate(pairwise(cuts))]


@given(low=amounts, width=amounts, steps=benchmarks(), facts=facts, data=st.data())
def test_a_proposed_amount_is_a_whole_number_of_fen_within_range_and_step(
    low: int, width: int, steps: list[dict[str, Any]], facts: Facts, data: Any
) -> None:
    allowed = {"party": "any", "min": low, "max": low + width}
    found = data.draw(st.frozensets(st.sampled_from([f"{step['code']}:0" for step in steps])))
    proposal = reckon(allowed=allowed, base=None, steps=steps, circumstances=found, facts=facts)
    if proposal.fine is None:
        assert proposal.missing or proposal.outcome == "no_penalty"
        return
    step = next(each for each in steps if each["code"] == proposal.step)
    assert type(proposal.fine) is int
    assert low <= proposal.fine <= low + width
    assert step["min"] <= proposal.fine <= step["max"]


@given(steps=benchmarks(), facts=facts, data=st.data())
def test_one_more_circumstance_never_makes_the_fine_lower(
    steps: list[dict[str, Any]], facts: Facts, data: Any
) -> None:
    keys = [f"{step['code']}:0" for step in steps]
    some = data.draw(st.frozensets(st.sampled_from(keys), min_size=1))
    more = some | {data.draw(st.sampled_from(keys))}
    allowed = {"party": "any", "min": 0, "max": 10**12}
    before, after = (
        reckon(allowed=allowed, base=None, steps=steps, circumstances=each, facts=facts)
        for each in (some, more)
    )
    assert (before.fine is None) == (after.fine is None)
    if before.fine is not None:
        assert after.fine >= before.fine


@given(base=amounts, low=st.integers(0, 20_000), more=st.integers(0, 100_000))
def test_a_rate_never_passes_its_bounds(base: int, low: int, more: int) -> None:
    found = bounds({"min_rate": low, "max_rate": low + more}, base)
    if found is None:
        return
    assert found[0] * 10_000 >= base * low and found[1] * 10_000 <= base * (low + more)
    assert bounds({"min_rate": low, "max_rate": low + more}, None) is None


@pytest.mark.parametrize(
    ("circumstances", "deviation", "fine"),
    [
        (("S1:0",), {}, 1_250_000),
        (("S1:0", "S3:0"), {}, 4_250_000),
        (("S2:0",), {"grounds": frozenset({"confessed"})}, 2_000_000),
        (("S2:0",), {"grounds": frozenset({"emergency"})}, 3_500_000),
        (("S2:0",), {"grounds": frozenset({"emergency", "confessed"})}, 2_750_000),
    ],
)
def test_the_amount_follows_from_step_and_grounds(
    circumstances: tuple[str, ...], deviation: dict[str, Any], fine: int
) -> None:
    stated = {"minor": False, "corrected": False, "harm": "some", "first": False} | deviation
    assert reckoned(*circumstances, facts=Facts(**stated)).fine == fine


def test_what_nobody_stated_is_missing_and_never_exempts() -> None:
    proposal = reckoned("S1:0", facts=Facts())
    assert proposal.outcome == "penalty" and len(proposal.missing) == 2
    assert reckoned(facts=PLAIN).missing == ("还没有选择符合哪一档的情节",)
    natural = reckoned(
        "S1:0", facts=Facts(natural_person=True, minor=False, corrected=False, harm="some", first=False)
    )
    assert natural.missing == ("当事人行为时的年龄没有登记",)


@pytest.mark.parametrize(
    ("age", "outcome", "leniency"),
    [
        (13, "no_penalty", "exempted"),
        (14, "penalty", "lighter"),
        (17, "penalty", "lighter"),
        (18, "penalty", "none"),
    ],
)
def test_age_decides_as_article_thirty_says(age: int, outcome: str, leniency: str) -> None:
    facts = Facts(age=age, natural_person=True, minor=False, corrected=False, harm="some", first=False)
    proposal = reckoned("S1:0", facts=facts)
    assert (proposal.outcome, proposal.leniency) == (outcome, leniency)
    assert proposal.must_exempt is (age < 14)


def test_a_minor_corrected_act_without_harm_is_not_penalised() -> None:
    proposal = reckoned("S1:0", facts=Facts(minor=True, corrected=True, harm="none", first=False))
    assert proposal.must_exempt and proposal.fine is None and proposal.outcome == "no_penalty"
    assert any("第三十三条第一款" in line.article for line in proposal.lines)


def entry(kind: str, held: set[int]) -> ListEntry:
    return ListEntry("Q-1", kind, "首次少量遗撒", "示例清单", ("首次", "当场清理"), frozenset(held))


def test_a_first_minor_act_is_exempted_when_a_list_has_it_and_all_conditions_hold() -> None:
    first = Facts(minor=False, corrected=True, harm="slight", first=True)
    alone = reckoned("S1:0", facts=first)
    assert alone.outcome == "penalty" and alone.may_exempt
    assert reckoned("S1:0", facts=first, entries=(entry("first_exempt", {0}),)).outcome == "penalty"
    assert reckoned("S1:0", facts=first, entries=(entry("first_exempt", {0, 1}),)).outcome == "no_penalty"
    # The list cannot do without what the statute asks for.
    again = Facts(minor=False, corrected=True, harm="slight", first=False)
    assert reckoned("S1:0", facts=again, entries=(entry("first_exempt", {0, 1}),)).outcome == "penalty"


def test_a_step_outside_the_range_of_the_party_is_not_used() -> None:
    person = {"party": "natural_person", "min": 0, "max": 20_000}
    proposal = reckoned("S1:0", allowed=person)
    assert proposal.fine is None and "不能套用" in proposal.missing[-1]
    assert reckoned("S1:0", allowed=None).missing[0].startswith("权责清单没有登记")


def test_words_of_amounts_and_rates() -> None:
    assert (yuan(123_456_700), yuan(105), percent(500), percent(1_250)) == (
        "1,234,567",
        "1.05",
        "5%",
        "12.5%",
    )


@given(st.lists(amounts, min_size=1, max_size=40))
def test_quartiles_lie_in_order_within_the_amounts(found: list[int]) -> None:
    ordered = sorted(found)
    low, middle, high = quartiles(ordered)
    assert ordered[0] <= low <= middle <= high <= ordered[-1]


def test_quartiles_of_known_amounts() -> None:
    assert quartiles([1, 2, 3, 4, 5]) == (2, 3, 4)
    assert quartiles([100, 200, 300, 400]) == (175, 250, 325)
