"""Each rule's own examples by both readers: what tests/parity/test_examples.py asks of all rules at once, rule by rule.

A mutant of an instruction for the kernel is seen where one small program is compiled, in milliseconds. Gathered by the
mutation run only: whatever fails here fails there.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from plumbline.law import Calendar
from plumbline.rules import Rule, RuleBook
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.bulk.compiling import compile_rules
from plumbline.rules.examples import expand
from plumbline.vocabulary import Event, Matter, Registers, load_vocabulary
from tests.parity.readers import differences

BOOK = RuleBook.load(STANDARD_PACKS)


@pytest.mark.parametrize("rule", [r for r in BOOK.rules if r.examples], ids=lambda rule: rule.id)
def test_both_readers_agree(rule: Rule) -> None:
    for example in rule.examples:
        kind = (
            rule.kinds[0]
            if rule.kinds
            else next((str(e["kind"]) for e in example.events if "kind" in e), "penalty")
        )
        registers, errors = Registers.parse(load_vocabulary(), {"registers": 1, **example.registers})
        assert not errors
        compiled = compile_rules(
            [rule], registers=registers, calendar=Calendar.from_registers(registers.holidays)
        )
        events = [
            Event.from_json({**d, "matter": "M-1"}, n) for n, d in enumerate(expand(example.events, kind), 1)
        ]
        moment = (
            datetime.fromisoformat(example.as_of)
            if len(example.as_of) > 10
            else date.fromisoformat(example.as_of)
        )
        assert differences(compiled, [Matter.of(events, moment)], moment) == []
