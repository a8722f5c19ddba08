"""The demonstration district is believable: routine cases comply, a few percent do not, and nothing is left unsaid.

All its cases are judged, by the reader of one matter and by the array kernel: they say the same of every one.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

import pytest

from plumbline.platform.clock import CHINA
from tests.parity.readers import by_kernel
from tests.rules.judged import rows

#: The first judgement on a machine compiles the kernel.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
NOW = datetime(2026, 10, 9, 17, 0, tzinfo=CHINA)
#: Duties of the party: that a fine is paid late is nobody's fault in the agency.
OF_THE_PARTY = {"APL-67-pay-15d"}


def an_affair_of_its_own(party: str, act: str) -> tuple[str, ...]:
    """Every case of the demonstration is about an affair of its own."""
    return ()


@pytest.mark.django_db
def test_most_cases_are_in_order_and_no_fact_is_missing(settings: Any, tmp_path: Any) -> None:
    from plumbline.platform.verdicts.registers import current_registers, registers_changed
    from plumbline.project.demo.district import build
    from plumbline.project.demo.histories import histories
    from plumbline.project.demo.seeding import CASES, SEED
    from plumbline.rules import RuleBook, evaluate
    from plumbline.rules.book import STANDARD_PACKS
    from plumbline.rules.bulk.compiling import compile_rules
    from plumbline.vocabulary import Event, Matter

    settings.DATA_DIR = tmp_path
    chance = random.Random(SEED)
    district = build(chance)
    registers_changed()
    registers, calendar = current_registers()
    book = RuleBook.load(STANDARD_PACKS)
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    open_questions: set[tuple[str, tuple[str, ...], str]] = set()
    at_fault = 0
    matters, tree = [], []
    for history in histories(district, chance, count=CASES, now=NOW):
        events = [Event.from_json(document, n) for n, document in enumerate(history.events, 1)]
        matters.append(Matter.of(events, NOW))
        found = evaluate(
            book, matters[-1], registers=registers, calendar=calendar, as_of=NOW, affair=an_affair_of_its_own
        )
        tree += rows(found)
        for verdict in found:
            verdicts[verdict.rule][verdict.verdict] += 1
            if verdict.verdict in {"unknown", "error"}:
                open_questions.add((verdict.rule, verdict.missing, verdict.fault))
        at_fault += any(v.verdict == "breached" and v.rule not in OF_THE_PARTY for v in found)

    compiled = compile_rules(book, registers=registers, calendar=calendar)
    apart = Counter(tree)
    apart.subtract(by_kernel(compiled, matters, NOW, affair=an_affair_of_its_own))
    assert {row: times for row, times in apart.items() if times} == {}
    assert len(matters) == CASES

    assert open_questions == set()
    assert 0.06 * CASES <= at_fault <= 0.22 * CASES
    often = {
        rule: dict(counts)
        for rule, counts in verdicts.items()
        if (judged := counts["met"] + counts["breached"]) >= 20 and counts["breached"] > 0.25 * judged
    }
    assert often == {}
    assert not [rule for rule, counts in verdicts.items() if counts["breached"] > 0.09 * CASES]
    # What the fields of the demonstration owe beside the general law is judged there too.
    judged_fields = {book.by_id[rule].facts.domain for rule, counts in verdicts.items() if counts["met"]}
    assert {"market", "housing_construction", "work_safety"} <= judged_fields
