"""Who is competent: found by two characters, at a place, on a day; and the map of gaps over all items and streets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from plumbline.platform.identity.models import Agency
from plumbline.platform.lists.cells import half_width

from .contract import Competent, competent_for, items_in_force
from .models import Boundary, GuideItem, PowerItem, Settlement
from .settling import DUTY, JURISDICTION, in_force, nearest, settlement_for

MOST_FOUND = 30


@dataclass(frozen=True)
class Place:
    """A street or town, by its division code."""

    code: str
    name: str


def places() -> list[Place]:
    rows = Agency.objects.filter(level="street").exclude(division_code="")
    return [
        Place(code, name) for code, name in rows.order_by("code").values_list("division_code", "short_name")
    ]


def find_items(words: str, on: date) -> list[tuple[str, str]]:
    """Items whose code or violation holds the words, known on any day: one that is in no list now is an answer, too."""
    said = half_width(words).strip()
    if not said:
        return []
    rows = PowerItem.objects.filter(Q(violation__contains=words.strip()) | Q(item__icontains=said))
    found: dict[str, str] = {}
    for item, violation in rows.order_by("item", "valid_from").values_list("item", "violation"):
        found[item] = violation
    exact = {item: violation for item, violation in found.items() if item.lower() == said.lower()}
    return list((exact or found).items())[:MOST_FOUND]


@dataclass(frozen=True)
class Answer:
    """The bodies that are competent, with what is said where one gives over to another, and what the guide says."""

    item: str
    violation: str
    bodies: Sequence[Competent]
    boundary: Boundary | None
    guide: GuideItem | None
    duty: Settlement | None = None


def answer(item: str, place: str, on: date) -> Answer:
    dated = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    name = (
        PowerItem.objects.filter(item=item)
        .order_by("-valid_from")
        .values_list("violation", flat=True)
        .first()
    )
    return Answer(
        item,
        name or item,
        competent_for(item, place, on),
        Boundary.objects.filter(dated, item=item).select_related("granting").first(),
        GuideItem.objects.filter(dated, item=item).select_related("granting").first(),
        settlement_for(item, place, on, DUTY),
    )


@dataclass(frozen=True)
class GapCell:
    """A cell of the map: one street or the department (fine), nobody, or several bodies."""

    place: Place
    bodies: tuple[str, ...]
    street_holds: bool

    @property
    def mark(self) -> str:
        """Number and sign; never colour alone."""
        if not self.bodies:
            return "○ 0"
        if len(self.bodies) > 1:
            return f"▲ {len(self.bodies)}"
        return "街" if self.street_holds else "区"

    @property
    def says(self) -> str:
        if not self.bodies:
            return f"{self.place.name}：没有机关持有"
        return f"{self.place.name}：{'、'.join(self.bodies)}"

    @property
    def is_gap(self) -> bool:
        return len(self.bodies) != 1


@dataclass(frozen=True)
class GapLine:
    item: str
    violation: str
    cells: tuple[GapCell, ...]

    @property
    def conflicting(self) -> int:
        return sum(len(cell.bodies) > 1 for cell in self.cells)

    @property
    def empty(self) -> int:
        return sum(not cell.bodies for cell in self.cells)


def gap_map(on: date) -> list[GapLine]:
    """Every item that any list has ever had or that the guide names, by every street; in four queries."""
    where = places()
    names: dict[str, str] = {}
    for item, violation in (
        PowerItem.objects.filter(valid_from__lte=on).order_by("valid_from").values_list("item", "violation")
    ):
        names[item] = violation
    powers: dict[str, list[PowerItem]] = {}
    rows = items_in_force(on).select_related("agency").prefetch_related("transfers__street")
    for power in rows.order_by("agency_id", "pk"):
        powers.setdefault(power.item, []).append(power)
    settled = list(in_force(on).filter(kind=JURISDICTION))
    return [
        GapLine(item, names[item], _cells(powers.get(item, []), where, on, settled)) for item in sorted(names)
    ]


def _cells(
    powers: Sequence[PowerItem], where: Sequence[Place], on: date, settled: Sequence[Settlement]
) -> tuple[GapCell, ...]:
    held: list[dict[str, list[str]]] = []
    for power in powers:
        by_place: dict[str, list[str]] = {}
        for each in power.transfers.all():
            if each.is_held_on(on):
                by_place.setdefault(each.street.division_code, []).append(each.street.short_name)
        held.append(by_place)
    found = []
    for place in where:
        bodies: list[str] = []
        street = False
        for power, by_place in zip(powers, held, strict=True):
            streets = by_place.get(place.code)
            street = street or bool(streets)
            bodies += streets or [power.agency.short_name]
        row = nearest(settled, powers[0].item, place.code) if bodies else None
        if row is not None:
            bodies, street = [row.agency.short_name], row.agency.division_code == place.code
        found.append(GapCell(place, tuple(dict.fromkeys(bodies)), street))
    return tuple(found)
