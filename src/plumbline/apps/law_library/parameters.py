"""Local parameters as the rules read them, what is unset, and judging anew when one changes.

The event contract gives two registers to numbers of the place: ``hearing_thresholds`` (dated rows) and ``settings`` (the
hours of the night, one object without dates). A threshold nobody entered is *not known*: the rule answers unknown.
For the hours the contract itself puts 22:00 and 06:00 in the place of what is not stated, and the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import Q

from plumbline.law import statutory_calendar
from plumbline.platform import clock
from plumbline.platform.events.outbox import owe_many
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.verdicts.evaluation import on_clock, rule_book
from plumbline.platform.verdicts.models import StoredVerdict
from plumbline.platform.verdicts.registers import register_source, registers_changed
from plumbline.rules import Rule, evaluate
from plumbline.rules.examples import expand, filed, step
from plumbline.rules.nodes.at_night import NIGHT
from plumbline.vocabulary import Event, Matter, Registers, end_of, load_vocabulary

from .models import LocalParameter, parameter_label

HOURS = tuple(NIGHT)
READ_AS = {
    "hearing_threshold": "registers.hearing_thresholds",
    **{name: f"registers.settings.{name}" for name in HOURS},
}


def in_effect() -> Any:
    """The rows that were not withdrawn."""
    return LocalParameter.objects.filter(withdrawn_at=None)


@register_source("hearing_thresholds")
def hearing_thresholds() -> list[dict[str, Any]]:
    return [
        {
            "domain": row.domain,
            "party": row.party,
            "amount": row.amount,
            "inclusive": row.inclusive,
            **(
                {"basis": {"law": row.source, "article": row.article, "level": row.level}}
                if row.article and row.level
                else {}
            ),
            "valid_from": row.valid_from.isoformat(),
            "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        }
        for row in in_effect().filter(name="hearing_threshold")
    ]


@register_source("settings")
def settings() -> dict[str, Any]:
    """The hours in force today: the contract's register has no dates, so they are used for events of every day."""
    today = clock.today()
    return {row.name: row.hour for row in in_effect().filter(name__in=HOURS) if row.is_in_force_on(today)}


@cache
def rules_reading(name: str) -> tuple[Rule, ...]:
    """The rules whose answer depends on a parameter."""
    path = READ_AS[name]
    return tuple(
        rule
        for rule in rule_book().rules
        if any(each == path or each.startswith(f"{path}.") for each in rule.reads())
    )


def owe_judging(name: str) -> int:
    """Owe every matter that a rule reading the parameter speaks of a fresh verdict; returns how many matters."""
    rules = rules_reading(name)
    with whole_district():
        matters = (
            StoredVerdict.objects.unscoped("参数变化后重新判断")
            .filter(rule__in=[rule.id for rule in rules])
            .values_list("matter_id", flat=True)
            .distinct()
        )
        subjects = tuple(sorted({activity for rule in rules for activity in rule.subject}))
        owed = dict.fromkeys(matters, subjects)
        owe_many(owed, to=("verdicts",))
    return len(owed)


_looked_on: date | None = None


@on_clock
def hours_come_into_force() -> None:
    """On the day an hour of the night begins or ends, gather the register anew and judge anew what reads it."""
    global _looked_on
    today = clock.today()
    if _looked_on == today:
        return
    # Of the days since this process last looked; after a start, of the month before.
    since = _looked_on or today - timedelta(days=31)
    _looked_on = today
    begun = Q(valid_from__gt=since, valid_from__lte=today)
    ended = Q(valid_to__gte=since, valid_to__lt=today)
    for name in in_effect().filter(begun | ended, name__in=HOURS).values_list("name", flat=True).distinct():
        registers_changed()
        owe_judging(name)


@dataclass(frozen=True)
class Standing:
    """A parameter on a day: its value, or why there is none and what that means."""

    name: str
    domain: str
    party: str
    row: LocalParameter | None
    instead: str
    rules: tuple[Rule, ...]

    @property
    def label(self) -> str:
        return parameter_label(self.name, self.domain, self.party)

    @property
    def whose(self) -> str:
        """「农业，自然人」: where the heading says already what kind of number it is."""
        words = load_vocabulary()
        return f"{words.label('domain', self.domain)}，{words.label('threshold_party', self.party)}"

    @property
    def unset(self) -> bool:
        """Nothing is entered and nothing stands in its place: the rules answer unknown."""
        return self.row is None and not self.instead


def standings(on: date) -> list[Standing]:
    """Every parameter the contract's registers can hold, with its value on a day."""
    rows = {(r.name, r.domain, r.party): r for r in in_effect() if r.is_in_force_on(on)}
    words = load_vocabulary()
    found = []
    for domain in words.enums["domain"]:
        for party in words.enums["threshold_party"]:
            row = rows.get(("hearing_threshold", domain, party))
            instead = of_the_nation(domain, party, on)
            found.append(
                Standing("hearing_threshold", domain, party, row, instead, rules_reading("hearing_threshold"))
            )
    for name, usual in NIGHT.items():
        instead = f"事件契约的默认值 {usual}"
        found.append(Standing(name, "", "", rows.get((name, "", "")), instead, rules_reading(name)))
    return found


@cache
def of_the_nation(domain: str, party: str, on: date) -> str:
    """The text whose own number stands where no local one is entered; empty where the rule then answers unknown.

    Asked of the rule itself, with a notice of a fine in that domain and an empty register.
    """
    kind = "natural_person" if party == "natural_person" else "legal_person"
    notice = step(
        "penalty_notice_served", on.isoformat(), method="direct", states=["proposed_penalty"],
        proposed={"kinds": ["fine"], "fine": 1},
    )  # fmt: skip
    documents = expand((filed(on.isoformat(), domain=domain, party=kind), notice), "penalty")
    events = [Event.from_json(document, number) for number, document in enumerate(documents, 1)]
    empty = {"registers": 1, "hearing_thresholds": []}
    registers = Registers(empty, load_vocabulary().complete_registers)
    for verdict in evaluate(
        rules_reading("hearing_threshold"),
        Matter.of(events, end_of(on)),
        registers=registers,
        calendar=statutory_calendar(),
        as_of=on,
    ):
        if verdict.subject == "e2":
            if any(path.startswith(READ_AS["hearing_threshold"]) for path in verdict.missing):
                return ""
            return f"{verdict.facts.law}{verdict.facts.article}已定数额"
    return ""


def unset(on: date) -> list[Standing]:
    return [each for each in standings(on) if each.unset]


def unset_for(rule: Rule | None) -> list[Standing]:
    """The unset parameters that a rule needs today."""
    if rule is None or not any(path.startswith("registers.hearing_thresholds") for path in rule.reads()):
        return []
    return unset(clock.today())
