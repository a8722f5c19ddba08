"""What other apps may use of the power lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from django.db.models import Count, Q, QuerySet

from plumbline.law.texts import article_number, short_title

from .models import Benchmark, LegalReviewEntry, PowerItem, PowerTransfer, Settlement
from .settling import settle as settle_competence
from .settling import settlement_for

__all__ = [
    "Benchmark",
    "Competent",
    "PowerChange",
    "PowerItem",
    "Settlement",
    "benchmark_steps",
    "changes",
    "competent_for",
    "item_names",
    "item_on",
    "items_citing",
    "items_in_force",
    "lists_of",
    "settle_competence",
    "settlement_for",
]


def items_in_force(on: date) -> QuerySet[PowerItem]:
    """Every item version in force on a day."""
    return PowerItem.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


def item_on(code: str, on: date) -> PowerItem | None:
    return items_in_force(on).filter(item=code).select_related("agency").first()


def benchmark_steps(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The steps of a benchmark row as our own register keeps them: with the name of the step and its circumstances.

    A benchmark that came from elsewhere has the amounts alone.
    """
    own = Benchmark.objects.filter(number=row["id"]).values_list("steps", flat=True).first()
    by_code = {step["code"]: step for step in own or ()}
    return [{**by_code.get(step["code"], {}), **step} for step in row["steps"]]


@dataclass(frozen=True)
class Competent:
    """Who may act on an item in a place: the body, and the row that says so."""

    agency_code: str
    agency_name: str
    power: PowerItem
    why: str
    settlement: Settlement | None = None


def competent_for(code: str, division_code: str, on: date) -> list[Competent]:
    """The body that a settled dispute names there on that day, else the holders by the lists."""
    listed = lists_of(code, division_code, on)
    settled = settlement_for(code, division_code, on) if listed else None
    if settled is None:
        return listed
    own = next((each for each in listed if each.agency_code == settled.agency_id), listed[0])
    why = f"管辖争议已经确定，自 {settled.valid_from} 起由该机关办理：{settled.source}"
    return [Competent(settled.agency_id, settled.agency.name, own.power, why, settled)]


def lists_of(code: str, division_code: str, on: date) -> list[Competent]:
    """The bodies that hold the item on a day: for each list, the street that took it over there, else the department."""
    powers = (
        items_in_force(on).filter(item=code).select_related("agency").prefetch_related("transfers__street")
    )
    return [
        each for power in powers.order_by("agency_id", "pk") for each in _holders(power, division_code, on)
    ]


def _holders(power: PowerItem, division_code: str, on: date) -> list[Competent]:
    streets = [
        Competent(
            each.street_id,
            each.street.name,
            power,
            f"已于 {each.taken_over_on} 承接"
            + (f"（省政府决定 {each.decision_published_on} 公布）" if each.decision_published_on else ""),
        )
        for each in power.transfers.all()
        if each.is_held_on(on) and each.street.division_code == division_code
    ]
    why = f"权责清单自 {power.valid_from} 起有效，该地未承接"
    return streets or [Competent(power.agency_id, power.agency.name, power, why)]


def items_citing(law: str, article: str) -> list[PowerItem]:
    """The item versions whose basis names an article; ``law`` is the short title."""
    names = Q(basis__contains=[{"law": law}]) | Q(basis__contains=[{"law": f"中华人民共和国{law}"}])
    rows = PowerItem.objects.filter(names).select_related("agency").order_by("item", "valid_from")
    return [
        row
        for row in rows
        if any(short_title(b["law"]) == law and article_number(b["article"]) == article for b in row.basis)
    ]


@dataclass(frozen=True)
class PowerChange:
    """From ``day`` on something is, or is no longer, in force; ``kind``: power, transfer, benchmark, review."""

    day: date
    begins: bool
    kind: str
    label: str
    agency: str = ""
    basis: str = ""
    item: str = ""
    n: int = 1


def changes() -> Iterator[PowerChange]:
    """Every day on which a power, its transfer, a benchmark or the review catalogue begins or ends, in four queries."""
    powers = PowerItem.objects.select_related("agency")
    for row in powers:
        basis = "、".join(f"{each['law']}{each['article']}" for each in row.basis)
        for day, begins in _ends(row.valid_from, row.valid_to):
            yield PowerChange(day, begins, "power", row.violation, row.agency.name, basis, row.item)
    # Streets take over by the dozen on one day: one line for an item and a day.
    held = PowerTransfer.objects.values_list("power__item", "power__violation").order_by("power__item")
    for item, label, taken_over_on, n in (
        held.exclude(taken_over_on=None)
        .annotate(n=Count("pk"))
        .values_list("power__item", "power__violation", "taken_over_on", "n")
    ):
        yield PowerChange(cast(date, taken_over_on), True, "transfer", label, item=item, n=n)
    for item, label, ended_on in held.exclude(ended_on=None).values_list(
        "power__item", "power__violation", "ended_on"
    ):
        yield PowerChange(cast(date, ended_on) + timedelta(days=1), False, "transfer", label, item=item)
    for benchmark in Benchmark.objects.select_related("maker"):
        for day, begins in _ends(benchmark.valid_from, benchmark.valid_to):
            yield PowerChange(
                day,
                begins,
                "benchmark",
                f"裁量基准 {benchmark.number}",
                benchmark.maker.name,
                item=benchmark.item,
            )
    yield from _review_catalogue()


def _review_catalogue() -> Iterator[PowerChange]:
    rows = LegalReviewEntry.objects.order_by().values_list("valid_from", "valid_to").annotate(n=Count("pk"))
    for valid_from, valid_to, n in rows:
        for day, begins in _ends(valid_from, valid_to):
            yield PowerChange(day, begins, "review", "重大执法决定法制审核目录", n=n)


def _ends(first: date, last: date | None) -> list[tuple[date, bool]]:
    """The day something begins, and the day after its last one."""
    return [(first, True), *([(last + timedelta(days=1), False)] if last else [])]


def item_names(codes: Iterable[str]) -> dict[str, str]:
    """What each item of the power lists is called; a code that no list holds is left out."""
    rows = PowerItem.objects.filter(item__in=list(codes)).order_by("valid_from")
    return dict(rows.values_list("item", "violation"))
