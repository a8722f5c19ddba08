"""What can be asked: another day, another term, a rule switched off, a draft rule switched on."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings

from plumbline import packs
from plumbline.law import Unit
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.rules import Rule, RuleBook
from plumbline.rules.forms.clock import Clock
from plumbline.vocabulary import load_vocabulary

KINDS = {"date": "换一个日期", "term": "换一个期限", "off": "停用一条规则", "draft": "试用一条草案规则"}
LONGEST = 3650  # of any unit: ten years in days


@dataclass(frozen=True)
class Term:
    """A number and unit that the law gives: a rule's own, or that of one of its domain rows."""

    rule: Rule
    row: str
    clock: Clock

    @property
    def key(self) -> str:
        return f"{self.rule.id}/{self.row}" if self.row else self.rule.id

    @property
    def label(self) -> str:
        return f"{self.row or self.rule.id}　{self.clock.phrase()}　{self.rule.duty_zh}"


@dataclass(frozen=True)
class Question:
    """One question, in the form in which a job keeps it. ``rule`` is a term's key for another term, else a rule's id."""

    kind: str
    rule: str = ""
    as_of: str = ""  # ISO date
    n: int = 0
    unit: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def words(self) -> str:
        """The question as a title."""
        if self.kind == "date":
            return f"截至 {self.as_of}"
        if self.kind == "term":
            term = terms()[self.rule]
            return (
                f"{term.row or term.rule.id}：{term.clock.phrase()}改为 {Clock(self.n, self.unit).phrase()}"
            )
        return f"{'停用' if self.kind == 'off' else '试用'} {self.rule}"

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.as_of) if self.kind == "date" else None

    def rules(self) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
        """The rules to judge with as things stand, and as asked. All others give the same verdicts in both."""
        book = rule_book()
        if self.kind == "date":
            return book.rules, book.rules
        if self.kind == "term":
            term = terms()[self.rule]
            return (term.rule,), (with_term(term, self.n, self.unit),)
        if self.kind == "off":
            return (book.by_id[self.rule],), ()
        return (), (drafts()[self.rule],)


@cache
def terms() -> dict[str, Term]:
    """Every term that can be changed, by its key."""
    found: dict[str, Term] = {}
    for rule in rule_book().rules:
        forms = [("", rule.require), *((overlay.row, overlay.require) for overlay in rule.overlays)]
        for row, form in forms:
            clock = getattr(form, "clock", None)
            if isinstance(clock, Clock):
                term = Term(rule, row, clock)
                found[term.key] = term
    return found


def with_term(term: Term, n: int, unit: str) -> Rule:
    """The rule with one of its numbers replaced and everything else as it is."""
    clock = replace(term.clock, n=n, unit=unit)
    if not term.row:
        return replace(term.rule, require=replace(term.rule.require, clock=clock))  # type: ignore[type-var]
    overlays = tuple(
        replace(each, require=replace(each.require, clock=clock)) if each.row == term.row else each  # type: ignore[type-var]
        for each in term.rule.overlays
    )
    return replace(term.rule, overlays=overlays)


@cache
def drafts() -> dict[str, Rule]:
    """The rules of installed packs that are not switched on, as far as they speak of this platform's events."""
    activities = load_vocabulary().activities
    return {
        rule.id: rule
        for pack in _idle_packs()
        for rule in RuleBook.load([pack]).rules
        if rule.id not in rule_book().by_id and set(rule.subject) <= set(activities)
    }


def _idle_packs() -> Iterator[str]:
    """Packs that the site names as drafts, and those that come with the program and are not switched on."""
    yield from settings.PLUMBLINE_DRAFT_PACKS
    for found in pkgutil.iter_modules(packs.__path__, f"{packs.__name__}."):
        if found.ispkg and found.name not in settings.PLUMBLINE_PACKS:
            inside = pkgutil.iter_modules([f"{found.module_finder.path}/{found.name.rpartition('.')[2]}"])  # type: ignore[union-attr]
            if any(each.name == "rules" for each in inside):
                yield found.name


def units() -> list[tuple[str, str]]:
    return [(unit.value, unit.zh) for unit in Unit]
