"""What other apps may use of the power lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from .models import PowerItem


def items_in_force(on: date) -> QuerySet[PowerItem]:
    """Every item version in force on a day."""
    return PowerItem.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


def item_on(code: str, on: date) -> PowerItem | None:
    return items_in_force(on).filter(item=code).select_related("agency").first()


@dataclass(frozen=True)
class Competent:
    """Who may act on an item in a place: the body, and the row that says so."""

    agency_code: str
    agency_name: str
    power: PowerItem
    why: str


def competent_for(code: str, division_code: str, on: date) -> list[Competent]:
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
