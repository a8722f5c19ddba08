"""The outside case that the demonstration imports has exactly three deviations, whenever one looks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import orjson
import pytest

from plumbline.law import Calendar
from plumbline.project import demo
from plumbline.rules import RuleBook, evaluate
from plumbline.rules.book import STANDARD_PACKS
from plumbline.vocabulary import Matter, Registers, load_vocabulary, read_events

FOLDER = Path(demo.__file__).parent
DEVIATIONS = {
    "APL-58-legal-review": "WZ-CG-2026-0107-12",
    "APL-61-serve-7wd": "WZ-CG-2026-0107-12",
    "T118-6-penalty-7wd": "WZ-CG-2026-0107-12",
}


@pytest.mark.parametrize("as_of", [date(2026, 5, 9), date(2026, 11, 26), date(2030, 1, 1)])
def test_exactly_three_duties_are_breached_on_any_later_day(as_of: date) -> None:
    vocabulary = load_vocabulary()
    document = orjson.loads((FOLDER / "outside_case_registers.json").read_bytes())
    registers, errors = Registers.parse(vocabulary, document)
    assert errors == []
    with (FOLDER / "outside_case.jsonl").open("rb") as lines:
        reading = read_events(vocabulary, lines)
    assert reading.errors == []

    verdicts = evaluate(
        RuleBook.load(STANDARD_PACKS),
        Matter.of(reading.events, as_of),
        registers=registers,
        calendar=Calendar.from_registers(registers.holidays),
        as_of=as_of,
        affair=lambda party, act: (),  # nobody else decided on this violation
    )

    assert {v.rule: v.subject for v in verdicts if v.verdict == "breached"} == DEVIATIONS
    assert {v.verdict for v in verdicts} == {"breached", "met", "not_applicable"}
