"""Evaluating rules on one matter."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from plumbline.law.calendar import Calendar
from plumbline.law.periods import ROLLED_FORWARD
from plumbline.lawbook import RuleFacts
from plumbline.vocabulary import Event, Matter, Registers, end_of

from .book import RuleBook
from .expression import Value
from .forms.clock import ContradictoryHistory
from .forms.outcome import ERROR, NOT_APPLICABLE, UNKNOWN, Outcome
from .rule import Rule
from .scope import Affair, Others, Scope, Unknown
from .verdict import QuoteOf, Verdict

log = logging.getLogger(__name__)


class ConflictingOverlays(Exception):
    """Two domain rows of the same rank apply to one subject: the lawbook contradicts itself."""


def evaluate(
    rules: RuleBook | Iterable[Rule],
    matter: Matter,
    *,
    registers: Registers,
    calendar: Calendar | None,
    as_of: date | datetime,
    quote_of: QuoteOf | None = None,
    with_untriggered: bool = False,
    others: Others | None = None,
    affair: Affair | None = None,
) -> list[Verdict]:
    """The verdicts of ``rules`` on a matter, by rule and by order of subjects.

    A rule without a subject in the matter gives no row (one with ``subject`` None when ``with_untriggered``). A defect
    in one rule becomes a verdict ``error`` and never hides another.
    """
    scope = Scope(
        matter=matter,
        registers=registers,
        calendar=calendar,
        as_of=end_of(as_of),
        others=others,
        affair=affair,
    )
    verdicts: list[Verdict] = []
    by_activity = matter.by_activity
    for rule in rules.rules if isinstance(rules, RuleBook) else rules:
        triggered = False
        if not rule.subjects.isdisjoint(by_activity) and (not rule.kinds or matter.kind in rule.kinds):
            counts = rule.compiled_counts
            for activity in rule.subject:
                for event in by_activity.get(activity, ()):
                    scope.subject = event
                    if counts is not None and not _counts(rule, counts, scope):
                        continue
                    triggered = True
                    verdicts.append(_one(rule, event, scope, quote_of))
        if with_untriggered and not triggered:
            verdicts.append(Verdict(rule, None, Outcome(NOT_APPLICABLE), None, rule.facts, scope))
    return verdicts


def _counts(rule: Rule, counts: Value, scope: Scope) -> bool:
    """Whether the event of a subject activity is known to be a subject of the rule."""
    scope.it = None
    try:
        return counts(scope) is True
    except Exception:
        log.debug("rule %s on %s", rule.id, scope.subject.id, exc_info=True)
        return True  # what is wrong then shows as the verdict of this rule and of no other


def _one(rule: Rule, event: Event, scope: Scope, quote_of: QuoteOf | None) -> Verdict:
    scope.it = scope.item = None
    touched: list[Event] = []
    scope.touched = touched
    overlay: str | None = None
    facts, first, last, when, evaluated = rule.ready
    fault = ""
    try:
        chosen = _overlay(rule, event, scope) if rule.overlays else None
        if chosen is None:
            day = event.on
            applies: Any = (first is None or first <= day) and (last is None or day <= last)
        elif chosen.__class__ is Unknown:
            applies = chosen
        else:
            row, evaluated, its_when = chosen
            overlay, facts, when, applies = row.row, row.facts, its_when or when, True
        if applies is True and when is not None:
            applies = when(scope)
        if applies is False:
            outcome = Outcome(NOT_APPLICABLE)
        elif applies.__class__ is Unknown:
            outcome = Outcome(UNKNOWN, missing=applies.paths)
        else:
            outcome = evaluated(scope)
        if outcome.flags or outcome.unit == "cd":
            outcome.flags = _with_open_points(outcome, facts)
        if touched:
            outcome.events = [*outcome.events, *touched]
    except ContradictoryHistory as contradiction:
        overlay, facts = None, rule.facts
        outcome, fault = Outcome(ERROR), str(contradiction)
    except Exception as defect:
        log.debug("rule %s on %s", rule.id, event.id, exc_info=True)
        overlay, facts = None, rule.facts
        outcome, fault = Outcome(ERROR), f"系统出错，请报告管理员：{type(defect).__name__}: {defect}"
    return Verdict(rule, event, outcome, overlay, facts, scope, fault, quote_of)


def _with_open_points(outcome: Outcome, facts: RuleFacts) -> tuple[str, ...]:
    """The flags of an outcome, and those that tell where the text applied leaves the counting open."""
    flags = outcome.flags
    if ROLLED_FORWARD in flags and facts.rolls_by_default:
        flags += ("counting_rule_by_default",)
    if outcome.unit == "cd" and facts.unit_left_open:
        flags += ("unit_not_defined_by_law",)
    return flags


def _overlay(rule: Rule, event: Event, scope: Scope) -> Any:
    """The row that replaces the general one at this subject; None for none, Unknown when the domain is not stated."""
    domain = scope.matter.attribute("domain", event)
    stated = domain.__class__ is str
    rows = rule.overlays_in(domain) if stated else rule.compiled_overlays
    if not rows:
        return None
    applicable = []
    for row, evaluated, applies, when in rows:
        if not row.facts.in_force(event.on):
            continue
        # What would select the row is asked first: a row that is out for other reasons needs no domain. Where it
        # cannot be known the general row stays, as the stricter reading.
        if applies is not None and applies(scope) is not True:
            continue
        if row.domain:
            if not stated:
                return Unknown("case.domain")
            if domain != row.domain:
                continue
        applicable.append((row, evaluated, when))
    if len(applicable) > 1:
        raise ConflictingOverlays(f"{rule.id}: " + "、".join(row.row for row, _, _ in applicable))
    return applicable[0] if applicable else None
