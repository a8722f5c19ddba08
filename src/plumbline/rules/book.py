"""The rule book: the rules of some packs, by id, by the activities that touch them, and by the step they gate."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Sequence
from functools import cached_property

from plumbline.vocabulary import load_vocabulary

from .rule import Rule

#: The packs of a district, by the import path of each: what is judged unless somebody chooses others.
STANDARD_PACKS = (
    "plumbline.packs.penalty",
    "plumbline.packs.compulsion",
    "plumbline.packs.inspection",
    "plumbline.packs.transfer",
    "plumbline.packs.supervision",
    "plumbline.packs.normdoc",
    "plumbline.packs.publicity",
    "plumbline.packs.reconsideration",
)


class RuleBookDefect(Exception):
    """A pack declares a rule twice, without facts, or with a subject the vocabulary does not know."""


class RuleBook:
    """An immutable collection of rules."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules: tuple[Rule, ...] = tuple(sorted(rules, key=lambda rule: rule.id))
        self.by_id = {rule.id: rule for rule in self.rules}
        if len(self.by_id) != len(self.rules):
            twice = sorted({r.id for r in self.rules if sum(other.id == r.id for other in self.rules) > 1})
            raise RuleBookDefect(f"declared twice: {', '.join(twice)}")

    @classmethod
    def load(cls, packs: Sequence[str]) -> RuleBook:
        """Every ``RULE`` in the modules of each pack's ``rules`` package."""
        return cls(rule for pack in packs for rule in _rules_of(pack))

    @cached_property
    def by_subject(self) -> dict[str, tuple[Rule, ...]]:
        """Rules by the activity of the events they look at."""
        index: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for activity in rule.subject:
                index.setdefault(activity, []).append(rule)
        return {activity: tuple(rules) for activity, rules in index.items()}

    @cached_property
    def _touching(self) -> dict[str, frozenset[str]]:
        index: dict[str, set[str]] = {}
        for rule in self.rules:
            for activity in rule.touched_by():
                index.setdefault(activity, set()).add(rule.id)
        attributes = set(load_vocabulary().case_attributes)
        stating = {a.name for a in load_vocabulary().activities.values() if attributes & set(a.fields)}
        for rule in self.rules:
            if rule.reads_case():
                for activity in stating:
                    index.setdefault(activity, set()).add(rule.id)
        return {activity: frozenset(ids) for activity, ids in index.items()}

    def touched_by(self, activities: Iterable[str]) -> tuple[Rule, ...]:
        """Exactly the rules whose verdicts an event of these activities can change. A voiding can change any."""
        wanted = set(activities)
        if "event_voided" in wanted:
            return self.rules
        ids: set[str] = set()
        for activity in wanted:
            ids |= self._touching.get(activity, frozenset())
        return tuple(rule for rule in self.rules if rule.id in ids)

    def gates(self, activity: str) -> tuple[Rule, ...]:
        """The 不得 rules asked before a step of this activity."""
        return tuple(rule for rule in self.by_subject.get(activity, ()) if rule.gate)


def _rules_of(pack: str) -> Iterable[Rule]:
    package = importlib.import_module(f"{pack}.rules")
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        rule = getattr(importlib.import_module(f"{package.__name__}.{module.name}"), "RULE", None)
        if not isinstance(rule, Rule):
            raise RuleBookDefect(f"{package.__name__}.{module.name} declares no RULE")
        try:
            assert rule.facts.id
        except KeyError:
            raise RuleBookDefect(f"{rule.id} stands in no lawbook") from None
        yield rule
