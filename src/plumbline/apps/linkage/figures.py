"""The ledger by agency: how many matters, what became of them, which steps were late. Each figure is the query of its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q

from plumbline.apps.cases.contract import due_range
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.verdicts.evaluation import rule_book

from .limits import OWN, basis_of, row_of
from .models import GONE, Linkage, Outcome, Route
from .queries import LinkageFilter, linkages_matching


@dataclass(frozen=True)
class Cell:
    value: int
    url: str


@dataclass(frozen=True)
class Line:
    """An agency's line, or the sum."""

    label: str
    cells: dict[str, Cell]


#: Figure → its heading, and the filter that names its rows.
FIGURES: dict[str, tuple[str, dict[str, str]]] = {
    "all": ("合计", {}),
    "crime": ("移送公安", {"route": Route.CRIME.value}),
    "filed": ("立案", {"outcome": Outcome.FILED.value}),
    "refused": ("曾不予立案", {"mark": "refused"}),
    "reconsidered": ("提请复议", {"mark": "reconsidered"}),
    "supervised": ("立案监督", {"mark": "supervised"}),
    "suggestion": ("检察建议", {"route": Route.SUGGESTION.value}),
    "opinion": ("检察意见", {"route": Route.OPINION.value}),
    "judicial": ("司法建议", {"route": Route.JUDICIAL.value}),
    "advice": ("监察建议", {"route": Route.ADVICE.value}),
    "reverse": ("反向移送", {"route": Route.REVERSE.value}),
    "running": ("未办结", {"state": "open"}),
    "overdue": ("已超期", {"due": "overdue"}),
    "late": ("有步骤逾期", {"mark": "late"}),
}


def lines(actor: Actor, wanted: LinkageFilter) -> tuple[list[Line], Line]:
    """One line an agency, by name, and their sum."""
    rows = linkages_matching(actor, wanted)
    counts = {
        "all": Count("pk"),
        "crime": Count("pk", filter=Q(route=Route.CRIME)),
        "filed": Count("pk", filter=Q(outcome=Outcome.FILED)),
        "refused": Count("pk", filter=Q(refused=True)),
        "reconsidered": Count("pk", filter=Q(reconsidered=True)),
        "supervised": Count("pk", filter=Q(supervised=True)),
        "suggestion": Count("pk", filter=Q(route=Route.SUGGESTION)),
        "opinion": Count("pk", filter=Q(route=Route.OPINION)),
        "judicial": Count("pk", filter=Q(route=Route.JUDICIAL)),
        "advice": Count("pk", filter=Q(route=Route.ADVICE)),
        "reverse": Count("pk", filter=Q(route=Route.REVERSE)),
        "running": Count("pk", filter=~Q(stage__in=GONE)),
        "overdue": Count("pk", filter=Q(**due_range("overdue", clock.today()))),
        "late": Count("pk", filter=~Q(late_rules=[])),
    }
    found: list[Any] = list(
        rows.order_by("agency__short_name").values("agency_id", "agency__short_name").annotate(**counts)
    )
    by_agency = [
        _line(each["agency__short_name"], each, {**wanted.given, "agency": each["agency_id"]})
        for each in found
    ]
    return by_agency, _line(
        "合计", {name: sum(each[name] for each in found) for name in counts}, wanted.given
    )


def _line(label: str, counted: dict[str, int], given: dict[str, str]) -> Line:
    cells = {
        name: Cell(counted[name], f"/linkage?{urlencode({**given, **filters})}")
        for name, (_, filters) in FIGURES.items()
    }
    return Line(label, cells)


@dataclass(frozen=True)
class LateRule:
    """How often one rule's limit was missed, of the visible matters."""

    duty: str
    basis: str
    url: str
    count: int


def late_rules(actor: Actor, wanted: LinkageFilter) -> list[LateRule]:
    """Which steps were late, the most frequent first."""
    late = linkages_matching(actor, wanted).exclude(late_rules=[]).order_by()
    counted = Counter(rule for rules in late.values_list("late_rules", flat=True) for rule in rules)
    return [
        LateRule(
            late_words(rule), basis_of(rule), f"/law/rules/{row}" if (row := row_of(rule)) else "", number
        )
        for rule, number in counted.most_common()
    ]


def late_words(rule: str) -> str:
    """What was late, in the words of the rule's breach or of an own limit's."""
    if rule in OWN:
        return OWN[rule].late
    found = rule_book().by_id.get(rule)
    return found.breach_zh if found is not None else rule


def years(actor: Actor) -> list[str]:
    """The years in which matters began, the latest first."""
    return [
        str(each.year)
        for each in linkages_matching(actor, LinkageFilter()).dates("opened_on", "year", order="DESC")
    ]


def open_count(actor: Actor) -> int:
    """Matters that are not done, for the menu."""
    return Linkage.objects.visible_to(actor).exclude(stage__in=GONE).count()
