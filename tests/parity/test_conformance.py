"""The conformance cases on the array kernel: every case, judged by every rule of the packs, by both readers."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import pytest

from plumbline.rules.bulk.compiling import compile_rules
from plumbline.vocabulary import Matter
from tests.parity.readers import differences
from tests.rules.test_conformance import ALL, book, facts

#: The first judgement on a machine compiles the kernel.
pytestmark = pytest.mark.timeout(600)


def worlds() -> list[Any]:
    """The cases by the registers they state: a program is compiled for each."""
    held: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in ALL:
        held[json.dumps([case.get("registers", {}), case.get("holidays", "statutory")], default=str)].append(
            case
        )
    return [pytest.param(cases, id=f"world{number}") for number, cases in enumerate(held.values())]


@pytest.mark.parametrize("cases", worlds())
def test_both_readers_agree(cases: list[dict[str, Any]]) -> None:
    _, registers, calendar, _ = facts(cases[0])
    compiled = compile_rules(book(), registers=registers, calendar=calendar)
    for case in cases:
        events, _, _, as_of = facts(case)
        matter = Matter.of(events, as_of)
        assert differences(compiled, [matter], as_of) == [], case["title"]
