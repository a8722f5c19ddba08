"""Everything here that cites an article: rules, the rows that stand in for them, steps with their forms, documents, actions.

What a citation rests on is found once, from the declarations; when a text changes, exactly these have to be confirmed.
A citer's reference (``rule:APL-61-serve-7wd``, ``document:D25``) is what a confirmation names and never changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from plumbline.law.texts import article_number, citations_in, short_title
from plumbline.lawbook import RuleFacts, rule_facts
from plumbline.packs.penalty.documents import TEMPLATES
from plumbline.packs.penalty.procedures import PROCEDURES
from plumbline.platform.actions import registered_actions
from plumbline.platform.events.declared import declared_activities
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.rules.words import activity_zh

Place = tuple[str, str]

KINDS_ZH = {
    "rule": "规则",
    "term": "领域规则和旧法",
    "period": "期间计算",
    "row": "登记而未运行的规则",
    "step": "办案步骤和表单",
    "document": "文书",
    "action": "操作",
}


@dataclass(frozen=True, order=True)
class Citer:
    """A thing that rests on an article. ``url`` is its page, where it has one."""

    kind: str
    key: str
    label: str
    url: str = ""

    @property
    def ref(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def kind_zh(self) -> str:
        return KINDS_ZH[self.kind]


@cache
def known_laws() -> frozenset[str]:
    """The laws the register of rules knows, by the short titles they are cited by."""
    return frozenset(short_title(facts.law) for facts in rule_facts().values())


@cache
def citers() -> Mapping[Place, tuple[Citer, ...]]:
    """Who cites an article, by (short title, article). Actions must have been declared: ask after the addresses are read."""
    from django.urls import get_resolver

    assert get_resolver().url_patterns  # some actions are declared beside their pages
    found: dict[Place, dict[str, Citer]] = {}
    for place, citer in (*_rows(), *_steps(), *_documents(), *_actions()):
        found.setdefault(place, {}).setdefault(citer.ref, citer)
    order = list(KINDS_ZH)
    return {
        place: tuple(sorted(each.values(), key=lambda c: (order.index(c.kind), c.key)))
        for place, each in found.items()
    }


def citers_of(law: str, number: str) -> tuple[Citer, ...]:
    return citers().get((law, number), ())


def places_of_row(facts: RuleFacts) -> Place:
    return short_title(facts.law), article_number(facts.article)


@cache
def _standing_in() -> dict[str, str]:
    """The rule for which a domain's row or a superseded one stands, by the row's id."""
    return {overlay.row: rule.id for rule in rule_book().rules for overlay in rule.overlays}


def row_citer(facts: RuleFacts) -> Citer:
    """The citer that a row of the register is."""
    book = rule_book().by_id
    if facts.id in book:
        kind, said = "rule", book[facts.id].breach_zh
    elif facts.id in _standing_in():
        kind, said = "term", f"{book[_standing_in()[facts.id]].breach_zh}（领域或者旧法）"
    else:
        kind, said = ("period" if facts.tier == "T" else "row"), ""
    return Citer(kind, facts.id, said or facts.id, f"/law/rules/{facts.id}")


def _rows() -> Iterator[tuple[Place, Citer]]:
    for facts in rule_facts().values():
        yield places_of_row(facts), row_citer(facts)


def _steps() -> Iterator[tuple[Place, Citer]]:
    for procedure in PROCEDURES:
        for key, step in procedure.steps.items():
            said = "；".join([step.basis, *(ask.help for ask in step.asks)])
            citer = Citer("step", f"{procedure.key}.{key}", f"{procedure.label}：{step.label}")
            yield from ((place, citer) for place in citations_in(said, known_laws()))
        for phase in procedure.phases:
            citer = Citer(
                "step", f"{procedure.key}.{phase.key}.phase", f"{procedure.label}：{phase.label}（阶段）"
            )
            yield from ((place, citer) for place in citations_in(phase.basis, known_laws()))


def _documents() -> Iterator[tuple[Place, Citer]]:
    for code, template in TEMPLATES.items():
        said = "；".join([template.basis, *template.closing])
        citer = Citer("document", code, template.title)
        yield from ((place, citer) for place in citations_in(said, known_laws()))


def _actions() -> Iterator[tuple[Place, Citer]]:
    for name, spec in registered_actions().items():
        said = [declared_activities().get(each) or activity_zh(each) for each in spec.records]
        citer = Citer("action", name, said[0] if said else name)
        yield from ((place, citer) for place in citations_in(spec.basis, known_laws()))
