"""A rule's examples as the rule itself answers them: given, verdict, explanation, counted days. What a test runs, a reader sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from plumbline.law import Calendar, DayStrip, statutory_calendar
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.rules import Example, Rule, Verdict, evaluate, explain
from plumbline.rules.examples import CALENDAR, expand
from plumbline.rules.words import activity_zh
from plumbline.vocabulary import Event, Registers, end_of, group_by_matter, load_vocabulary
from plumbline.vocabulary.matter import Matter


@dataclass(frozen=True)
class Told:
    """An example as it is told. ``verdict`` is what has to come out; ``finding`` and ``strip`` are what does."""

    title: str
    verdict: str
    given: tuple[str, ...]
    as_of: str
    due: str
    finding: str
    strip: DayStrip


@cache
def told_examples(rule_id: str) -> tuple[Told, ...]:
    """The examples of a rule of the book; they are declarations, so they are answered once a process."""
    rule = rule_book().by_id[rule_id]
    return tuple(_told(rule, example) for example in rule.examples)


def _told(rule: Rule, example: Example) -> Told:
    verdict, calendar = judge(rule, example)
    as_of = date.fromisoformat(example.as_of[:10])
    explained = explain(verdict, calendar=calendar, as_of=as_of) if verdict is not None and calendar else None
    return Told(
        example.title,
        example.verdict,
        tuple(
            f"{str(each['occurred_at'])[:16].replace('T', ' ')} {activity_zh(each['activity'])}"
            for each in example.events
        ),
        example.as_of[:10],
        example.due or (verdict.due_text if verdict else "") or "",
        _finding(rule, verdict) if verdict else "",
        explained.strip if explained else DayStrip(),
    )


def _finding(rule: Rule, verdict: Verdict) -> str:
    """The explanation without the duty, which stands at the head of the page already."""
    return verdict.explanation_zh.removeprefix(rule.duty_zh.rstrip("。") + "；")


def _is_statutory(holidays: Mapping[str, Any] | None) -> bool:
    """Nearly every example counts by the statutory calendar, which need not be built again."""
    return holidays is CALENDAR["holidays"]


def judge(rule: Rule, example: Example) -> tuple[Verdict | None, Calendar | None]:
    """The rule's verdict on an example, asked with the example's own registers and day."""
    kind = next((str(each["kind"]) for each in example.events if "kind" in each), "penalty")
    documents = expand(example.events, rule.kinds[0] if rule.kinds else kind)
    events = [Event.from_json(document, number) for number, document in enumerate(documents, 1)]
    matters = group_by_matter(events)
    # A test has validated them; parsing the holidays anew for each example took most of a page's second.
    registers = Registers({"registers": 1, **example.registers}, load_vocabulary().complete_registers)
    moment = (
        datetime.fromisoformat(example.as_of)
        if len(example.as_of) > 10
        else date.fromisoformat(example.as_of)
    )
    calendar = (
        statutory_calendar()
        if _is_statutory(registers.holidays)
        else Calendar.from_registers(registers.holidays)
    )
    found = evaluate(
        [rule],
        Matter.of(matters["M-1"], end_of(moment)),
        registers=registers,
        calendar=calendar,
        as_of=moment,
        others=matters.get,
        affair=lambda party, act: list(matters),
    )
    if example.subject is not None:
        found = [each for each in found if each.subject == example.subject]
    return (found[-1] if found else None), calendar
