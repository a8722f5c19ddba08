"""Every example beside every rule, by both readers: not only its own rule but all of them."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, datetime
from typing import Any

import pytest

from plumbline.rules import RuleBook
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.bulk.compiling import compile_rules
from plumbline.rules.examples import CALENDAR, expand
from plumbline.vocabulary import Event, Matter
from tests.parity.readers import differences
from tests.rules.stated import stated

#: The first judgement on a machine compiles the kernel.
pytestmark = pytest.mark.timeout(600)

BOOK = RuleBook.load(STANDARD_PACKS)


def worlds() -> list[Any]:
    """The histories of all examples, by the registers and the moment they share: a program is compiled for each."""
    held: dict[str, dict[str, list[tuple[str, list[dict[str, Any]]]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    registers: dict[str, dict[str, Any]] = {}
    for rule in BOOK.rules:
        for example in rule.examples:
            kind = (
                rule.kinds[0]
                if rule.kinds
                else next((e["kind"] for e in example.events if "kind" in e), "penalty")
            )
            shared = _named(example.registers)
            registers[shared] = example.registers
            held[shared][example.as_of].append((f"{rule.id} {example.title}", expand(example.events, kind)))
    return [
        pytest.param(registers[shared], list(moments.items()), id=f"world{n}")
        for n, (shared, moments) in enumerate(held.items())
    ]


def _named(registers: dict[str, Any]) -> str:
    """What tells registers apart; the statutory holidays of many years by their name."""
    short = {name: "statutory" if rows is CALENDAR["holidays"] else rows for name, rows in registers.items()}
    return json.dumps(short, sort_keys=True, default=str)


@pytest.mark.parametrize(("held", "moments"), worlds())
def test_both_readers_agree(held: dict[str, Any], moments: list[Any]) -> None:
    registers, calendar = stated(dict(held))
    happened = {d["activity"] for _, histories in moments for _, documents in histories for d in documents}
    # A rule that looks at nothing that happened says nothing, and only takes its time to be compiled.
    looking = [rule for rule in BOOK.rules if not rule.subjects.isdisjoint(happened)]
    compiled = compile_rules(looking, registers=registers, calendar=calendar)
    for as_of, histories in moments:
        moment = datetime.fromisoformat(as_of) if len(as_of) > 10 else date.fromisoformat(as_of)
        matters = []
        for title, documents in histories:
            events = [Event.from_json({**d, "matter": title}, n) for n, d in enumerate(documents, 1)]
            matters.append(Matter.of(events, moment))
        assert differences(compiled, matters, moment) == []
