"""Which verdicts a rule can give at all, read off its form: the measure against which its examples are held.

Two questions are asked of the parts of a rule: can a value be *unknown* (some fact it needs may be left out under the
contract), and which truth values can a condition take, where the rule's own ``when`` is already known to hold. A node this
file does not know is taken for one that may be unknown and may be either: then the examples have to show it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import singledispatch

from plumbline.rules import Rule
from plumbline.rules.expression import Expression
from plumbline.rules.forms.outcome import BREACHED, MET, NOT_APPLICABLE, PENDING, UNKNOWN, Form
from plumbline.rules.language import (
    Ahead,
    ByCase,
    Check,
    Clock,
    Decide,
    Fixed,
    Promptly,
    Right,
    Wait,
    Within,
)
from plumbline.rules.nodes.all_of import AllOf
from plumbline.rules.nodes.any_of import AnyOf
from plumbline.rules.nodes.choose import Choose
from plumbline.rules.nodes.compare import Compare
from plumbline.rules.nodes.count import Count
from plumbline.rules.nodes.days import DateAfter, DaysBetween
from plumbline.rules.nodes.envelope import Envelope
from plumbline.rules.nodes.exists import Exists
from plumbline.rules.nodes.fallback import Fallback
from plumbline.rules.nodes.field import Field, ItField
from plumbline.rules.nodes.holds import Holds
from plumbline.rules.nodes.literal import Literal
from plumbline.rules.nodes.negation import Negation
from plumbline.rules.nodes.one_of import OneOf
from plumbline.rules.nodes.order_of import OrderOf
from plumbline.rules.nodes.pick import Pick
from plumbline.rules.nodes.plus import Plus
from plumbline.rules.nodes.selection import Selection
from plumbline.rules.nodes.size import Size
from plumbline.rules.nodes.stated import Stated
from plumbline.rules.nodes.times import Times
from plumbline.vocabulary import load_vocabulary

#: Every verdict about the facts; ``error`` is one about the history itself and belongs to no rule.
KINDS = (MET, BREACHED, PENDING, UNKNOWN, NOT_APPLICABLE)
EITHER = frozenset({True, False})
#: What is asked of every activity of a subject or candidate: a field may be left out unless the contract demands it.
WORDS = load_vocabulary()


@dataclass(frozen=True)
class Place:
    """Where a condition stands: the activities of the subject and of the candidate, and what is known to hold there."""

    subject: tuple[str, ...]
    candidate: tuple[str, ...] = ()
    known: frozenset[Expression] = frozenset()

    def of(self, selection: Selection) -> Place:
        return replace(self, candidate=selection.activities, known=frozenset())

    def knowing(self, condition: Expression | None) -> Place:
        parts = condition.parts if isinstance(condition, AllOf) else (condition,) if condition else ()
        return replace(self, known=self.known.union(parts))


# -- can a value be unknown -------------------------------------------------------------------------------------------


@singledispatch
def sure(node: object, place: Place) -> bool:
    """Whether a value is always known, whatever the contract lets a sender leave out."""
    return False


@sure.register(Literal)
@sure.register(Envelope)
@sure.register(OrderOf)
@sure.register(Stated)
@sure.register(type(None))
def _always(node: object, place: Place) -> bool:
    return True


@sure.register(Compare)
@sure.register(OneOf)
@sure.register(Holds)
@sure.register(AllOf)
@sure.register(AnyOf)
@sure.register(Negation)
@sure.register(Choose)
@sure.register(Plus)
@sure.register(Times)
@sure.register(Size)
@sure.register(DaysBetween)
def _with_its_parts(node: Expression, place: Place) -> bool:
    return all(sure(child, place) for child in node.children())


@sure.register(Field)
def _of_subject(node: Field, place: Place) -> bool:
    return _demanded(node.path, place.subject)


@sure.register(ItField)
def _of_candidate(node: ItField, place: Place) -> bool:
    return bool(place.candidate) and _demanded(node.path, place.candidate)


@sure.register(Fallback)
def _with_its_fallback(node: Fallback, place: Place) -> bool:
    return sure(node.otherwise, place)


@sure.register(Exists)
@sure.register(Count)
def _of_selected(node: Exists | Count, place: Place) -> bool:
    return sure(node.selection, place)


@sure.register(Pick)
def _of_picked(node: Pick, place: Place) -> bool:
    return (
        sure(node.selection, place)
        and sure(node.value, place.of(node.selection))
        and sure(node.otherwise, place)
    )


@sure.register(DateAfter)
def _counted(node: DateAfter, place: Place) -> bool:
    return sure(Clock(node.n, node.unit, node.roll), place) and sure(node.start, place)


@sure.register(Selection)
def _selected(node: Selection, place: Place) -> bool:
    joined = all(
        _demanded(name, activities) for name in node.same for activities in (node.activities, place.subject)
    )
    return joined and sure(node.where, place.of(node))


@sure.register(Clock)
def _clock(node: Clock, place: Place) -> bool:
    """A count of days that neither asks the calendar nor an hour of the day."""
    return node.unit in {"cd", "m", "y"} and not node.roll


@sure.register(Within)
def _within(form: Within, place: Place) -> bool:
    parts = [sure(form.clock, place), sure(form.start, place), sure(form.also, place)]
    for stop in form.stops:
        there = place.of(stop.selection)
        amounts = not stop.sum_of or _demanded(stop.sum_of, stop.selection.activities)
        parts += [
            sure(stop.selection, place),
            sure(stop.on, there),
            sure(stop.reaching, place),
            amounts,
        ]
    parts += [each.condition is None for each in form.excludes]
    parts += [step.where is None for step in form.extensions]
    return all(parts)


@sure.register(Right)
def _right(form: Right, place: Place) -> bool:
    return sure(form.within, place)


@sure.register(Fixed)
def _fixed(form: Fixed, place: Place) -> bool:
    return sure(form.due, place) and all(
        sure(stop.selection, place)
        and sure(stop.on, place.of(stop.selection))
        and sure(stop.reaching, place)
        and (not stop.sum_of or _demanded(stop.sum_of, stop.selection.activities))
        for stop in form.stops
    )


@sure.register(Promptly)
def _promptly(form: Promptly, place: Place) -> bool:
    return sure(form.stop, place) and sure(form.fails, place)


@sure.register(Wait)
def _wait(form: Wait, place: Place) -> bool:
    there = place.of(form.forbidden) if form.forbidden is not None else place
    return (
        sure(form.clock, place)
        and sure(form.forbidden, place)
        and sure(form.start, place)
        and sure(form.unless, there)
        and sure(form.also, place)
    )


@sure.register(Ahead)
def _ahead(form: Ahead, place: Place) -> bool:
    parts = (form.clock, form.earlier, form.later, form.unless, form.also)
    return all(sure(part, place) for part in parts)


def _demanded(path: str, activities: Iterable[str]) -> bool:
    """Whether the contract demands a field of each of these activities."""
    specs = [WORDS.activities[name].fields.get(path, {}) for name in activities]
    return all(spec.get("required") is True for spec in specs)


# -- which truth values can a condition take --------------------------------------------------------------------------


def truths(node: Expression, place: Place) -> frozenset[bool]:
    """The values besides unknown that a condition can take; one value where it is settled by what is known."""
    if node in place.known or _is_the_subject(node, place):
        return frozenset({True})
    if isinstance(node, Literal):
        return frozenset({bool(node.value)})
    if isinstance(node, Negation):
        return frozenset(not value for value in truths(node.part, place))
    if isinstance(node, AllOf):
        return _joined([truths(part, place) for part in node.parts], every=True)
    if isinstance(node, AnyOf):
        return _joined([truths(part, place) for part in node.parts], every=False)
    return EITHER


def _joined(parts: list[frozenset[bool]], *, every: bool) -> frozenset[bool]:
    settled = any(part == {not every} for part in parts)
    found = {not every} if any((not every) in part for part in parts) else set()
    if not settled and all(every in part for part in parts):
        found.add(every)
    return frozenset(found)


def _is_the_subject(node: Expression, place: Place) -> bool:
    """Whether a condition asks for the very event that is judged, which is always there."""
    return isinstance(node, Exists) and _selects_the_subject(node.selection, place)


def _selects_the_subject(selection: Selection, place: Place) -> bool:
    itself = Compare("eq", Envelope("id", "it"), Envelope("id"))
    return (
        selection.place == "anywhere"
        and not selection.same
        and selection.where == itself
        and set(place.subject) <= set(selection.activities)
    )


def may_be_unknown(node: Expression | None, place: Place) -> bool:
    """Whether a condition can be unknown: not where it is settled, nor where all its facts are demanded."""
    return node is not None and not sure(node, place) and len(truths(node, place)) > 1


# -- which verdicts can a form give -----------------------------------------------------------------------------------


@singledispatch
def kinds_of(form: Form, place: Place) -> frozenset[str]:
    """The verdicts a requirement can give, beside those of a subject to which it does not apply."""
    found = {MET, BREACHED, PENDING}
    return frozenset(found if sure(form, place) else {*found, UNKNOWN})


@kinds_of.register(Check)
def _of_check(form: Check, place: Place) -> frozenset[str]:
    """A condition holds or does not: there is nothing to wait for."""
    found = {MET if value else BREACHED for value in truths(form.condition, place)}
    return frozenset(found | ({UNKNOWN} if may_be_unknown(form.condition, place) else set()))


@kinds_of.register(Wait)
def _of_wait(form: Wait, place: Place) -> frozenset[str]:
    """Where the subject itself is the act that had to wait, it came too early or it did not."""
    found = {MET, BREACHED} if form.forbidden is None else {MET, BREACHED, PENDING}
    return frozenset(found if sure(form, place) else {*found, UNKNOWN})


@kinds_of.register(Ahead)
def _of_ahead(form: Ahead, place: Place) -> frozenset[str]:
    """Where the subject itself is the later thing, what had to come before it came or did not."""
    found = {MET, BREACHED} if form.later is None else {MET, BREACHED, PENDING}
    return frozenset(found if sure(form, place) else {*found, UNKNOWN})


@kinds_of.register(Within)
def _of_within(form: Within, place: Place) -> frozenset[str]:
    """Where the subject itself is the act that the period was for, it came in time or it did not."""
    done = any(
        stop.on is None and stop.reaching is None and _selects_the_subject(stop.selection, place)
        for stop in form.stops
    )
    found = {MET, BREACHED} if done else {MET, BREACHED, PENDING}
    return frozenset(found if sure(form, place) else {*found, UNKNOWN})


@kinds_of.register(Right)
def _of_right(form: Right, place: Place) -> frozenset[str]:
    return kinds_of(form.within, place) | {NOT_APPLICABLE}


@kinds_of.register(Decide)
def _of_decide(form: Decide, place: Place) -> frozenset[str]:
    """The verdicts of the cases that can be reached, one after another; unknown where several are left open."""
    found: set[str] = set()
    doubtful = False
    for verdict, condition in form.cases:
        possible = truths(condition, place)
        doubtful |= may_be_unknown(condition, place)
        if True in possible:
            found.add(verdict)
        if False not in possible:
            break
    else:
        found.add(form.otherwise)
    return frozenset({*found, UNKNOWN} if doubtful and len(found) > 1 else found)


@kinds_of.register(ByCase)
def _of_by_case(form: ByCase, place: Place) -> frozenset[str]:
    condition = form.condition_of_case
    possible = truths(condition, place)
    found: frozenset[str] = frozenset()
    if True in possible:
        found |= kinds_of(form.then, place.knowing(condition))
    if False in possible:
        found |= kinds_of(form.otherwise, place.knowing(Negation(condition)))
    return found | ({UNKNOWN} if may_be_unknown(condition, place) else frozenset())


def kinds_it_can_give(rule: Rule) -> frozenset[str]:
    """The verdicts that a rule can give: those of its texts, and those of its conditions.

    Every rule has a first day in force, before which it does not apply.
    """
    assert rule.facts.effective_from is not None, rule.id
    found = {NOT_APPLICABLE}
    place = Place(rule.subject)
    texts = [(rule.when, rule.require), *((each.when or rule.when, each.require) for each in rule.overlays)]
    for when, require in texts:
        found |= kinds_of(require, place.knowing(when))
        if may_be_unknown(when, place):
            found.add(UNKNOWN)
    if any(overlay.domain for overlay in rule.overlays):
        found.add(UNKNOWN)  # of which domain the case is may not be stated
    return frozenset(found)
