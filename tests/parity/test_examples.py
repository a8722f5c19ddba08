"""Every example beside every rule, by both readers: not only its own rule but all of them."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, datetime
from typing import Any

import pytest

from plumbline.law import Calendar
from plumbline.rules import RuleBook
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.bulk.compiling import compile_rules
from plumbline.rules.examples import expand
from plumbline.vocabulary import Event, Matter, Registers, load_vocabulary
from tests.parity.readers import differences

#: The first judgement on a machine compiles the kernel.
pytestmark = pytest.mark.timeout(600)

BOOK = RuleBook.load(STANDARD_PACKS)


def worlds() -> list[Any]:
    """The histories of all examples, by the registers and the moment they share: a program is compiled for each."""
    held: dict[tuple[str, str], list[tuple[str, list[dict[str, Any]]]]] = defaultdict(list)
    for rule in BOOK.rules:
        for example in rule.examples:
            kind = (
                rule.kinds[0]
                if rule.kinds
                else next((e["kind"] for e in example.events if "kind" in e), "penalty")
            )
            shared = json.dumps(example.registers, sort_keys=True, default=str), example.as_of
            held[shared].append((f"{rule.id} {example.title}", expand(example.events, kind)))
    by_registers: dict[str, list[Any]] = defaultdict(list)
    for (registers, as_of), histories in held.items():
        by_registers[registers].append((as_of, histories))
    return [
        pytest.param(registers, found, id=f"world{n}")
        for n, (registers, found) in enumerate(by_registers.items())
    ]


@pytest.mark.parametrize(("stated", "moments"), worlds())
def test_both_readers_agree(stated: str, moments: list[Any]) -> None:
    registers, errors = Registers.parse(load_vocabulary(), {"registers": 1, **json.loads(stated)})
    assert not errors
    calendar = Calendar.from_registers(registers.holidays)
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
