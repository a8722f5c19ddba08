"""Random rules on random histories with holes: the array kernel says what the reader for one matter says."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from plumbline.law import statutory_calendar
from plumbline.rules import RuleBook
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.bulk.compiling import compile_rules
from plumbline.vocabulary import Matter
from tests.parity.random_conditions import ACTIVITIES
from tests.parity.random_rules import rules
from tests.parity.readers import differences
from tests.rules.histories import AS_OF, POOL, REGISTERS, events
from tests.unhurried import EXPLORING

#: The first judgement on a machine compiles the kernel.
pytestmark = pytest.mark.timeout(600)

CALENDAR = statutory_calendar()
BOOK = compile_rules(RuleBook.load(STANDARD_PACKS), registers=REGISTERS, calendar=CALENDAR)
MANY = 50 if EXPLORING else 1
#: A rule found to be read differently is made smaller only by whoever looks for one: it takes minutes.
PHASES = tuple(Phase) if EXPLORING else (Phase.explicit, Phase.generate)


@st.composite
def histories(draw: st.DrawFn, pool: list[str], count: int) -> list[Matter]:
    """Some matters of one agency, each of a few events."""
    matters = []
    for number in range(count):
        names = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=9))
        found = draw(events(names, 1))
        matters.append(
            Matter.of([e.__class__(**{**_parts(e), "matter": f"M-{number}"}) for e in found], AS_OF)
        )
    return matters


def _parts(event: object) -> dict[str, object]:
    return {name: getattr(event, name) for name in event.__class__.__slots__}


@settings(max_examples=30 * MANY, phases=PHASES)
@given(st.data())
def test_random_rules_on_random_histories(data: st.DataObject) -> None:
    drawn = [data.draw(rules(number)) for number in range(4)]
    matters = data.draw(histories(ACTIVITIES, 4))
    compiled = compile_rules(
        drawn, registers=REGISTERS, calendar=data.draw(st.sampled_from([CALENDAR, None]))
    )
    assert differences(compiled, matters, AS_OF, size=10) == []


@settings(max_examples=20 * MANY, phases=PHASES)
@given(st.data())
def test_the_rules_of_the_packs_on_random_histories(data: st.DataObject) -> None:
    assert differences(BOOK, data.draw(histories(POOL, 4)), AS_OF, size=10) == []
