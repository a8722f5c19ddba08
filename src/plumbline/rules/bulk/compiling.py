"""From rules to the flat program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from plumbline.law.calendar import Calendar
from plumbline.lawbook import RuleFacts
from plumbline.vocabulary import Registers, Vocabulary, load_vocabulary

from ..book import RuleBook
from ..rule import Overlay, Rule
from . import opcodes as op
from .placing import finished
from .program import Around, Program

if TYPE_CHECKING:
    from ..expression import Expression
    from ..forms.outcome import Form

_EVER = (date.min.toordinal() << op.DAY_SHIFT, date.max.toordinal() << op.DAY_SHIFT)


@dataclass(frozen=True)
class Compiled:
    """A finished program: its array, and the names behind the numbers of its answers."""

    program: Program
    array: np.ndarray[Any, np.dtype[np.int64]]
    rules: tuple[Rule, ...]
    overlays: tuple[str, ...]

    @cached_property
    def subjects(self) -> tuple[int, ...]:
        """The activities of all rules' subjects, by number, each as often as rules look at it."""
        known = self.program.activities
        return tuple(known[name] for rule in self.rules for name in rule.subject if name in known)


def compile_rules(
    rules: RuleBook | Iterable[Rule],
    *,
    registers: Registers,
    calendar: Calendar | None,
    vocabulary: Vocabulary | None = None,
) -> Compiled:
    """The rules as one program over the registers and the calendar given.

    Raises ``NotInColumns``, with the rule's id, for a rule that compares values of different kinds.
    """
    program = Program(vocabulary or load_vocabulary(), registers, calendar)
    kept = tuple(rules.rules if isinstance(rules, RuleBook) else rules)
    for rule in kept:
        _emit(program, rule)
    return Compiled(program, finished(program), kept, tuple(program.overlays))


def _emit(program: Program, rule: Rule) -> None:
    known = tuple(name for name in rule.subject if name in program.activities)
    program.around = Around(subject=known)
    program.rule(program.here(), known, rule.kinds)
    if rule.counts is not None:
        program.condition(rule.counts)
        program.op(op.COUNTS)
    takes = [(overlay, _emit_choice(program, overlay)) for overlay in rule.overlays]
    if takes:
        program.op(op.TEXT)
    if (dates := _in_force(rule.facts)) != _EVER:
        program.op(op.IN_FORCE, *dates)
    _emit_text(program, rule.facts, rule.when, rule.require)
    for overlay, take in takes:
        program.land(take, 3)
        _emit_text(program, overlay.facts, overlay.when or rule.when, overlay.require)


def _emit_choice(program: Program, overlay: Overlay) -> int:
    """The instructions that choose a row where it applies; gives the place of the choice."""
    domain = program.dictionary.number(overlay.domain) if overlay.domain else -1
    check = program.op(op.OVERLAY, *_in_force(overlay.facts), domain)
    applies = None
    if overlay.applies is not None:
        program.condition(overlay.applies)
        applies = program.op(op.APPLIES)
    program.overlays.append(overlay.row)
    take = program.op(op.TAKE, len(program.overlays) - 1, domain)
    program.land(check, 4)
    if applies is not None:
        program.land(applies, 1)
    return take


def _emit_text(program: Program, facts: RuleFacts, when: Expression | None, require: Form) -> None:
    if when is not None:
        program.condition(when)
        program.op(op.WHEN)
    require.emit(program)
    rolls = op.BY_DEFAULT if facts.rolls_by_default else 0
    program.op(op.OPEN_POINTS, rolls, op.UNIT_OPEN if facts.unit_left_open else 0)


def _in_force(facts: RuleFacts) -> tuple[int, int]:
    return (
        facts.effective_from.toordinal() << op.DAY_SHIFT if facts.effective_from else _EVER[0],
        facts.effective_to.toordinal() << op.DAY_SHIFT if facts.effective_to else _EVER[1],
    )
