"""Officers and staff as forms and pages name them: certificate number with the name beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from plumbline.platform.filters import ids_in
from plumbline.platform.identity.models import Person
from plumbline.platform.verdicts.registers import current_registers
from plumbline.vocabulary import in_force


def certified(agency: str, on: date) -> set[str]:
    """Certificate numbers of the agency's officers that are valid on a day."""
    return {
        row["id"] for row in current_registers()[0].where("officers", "agency", agency) if in_force(row, on)
    }


def officer_options(agency: str, on: date, also: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The officers who may be chosen: valid certificates of the agency, and those already on the case."""
    numbers = certified(agency, on) | set(also)
    names = names_of(numbers)
    return [(number, f"{names.get(number, '')} {number}".strip()) for number in sorted(numbers)]


def staff_options(agency: str, on: date, without: Iterable[str]) -> list[tuple[str, str]]:
    """People who hold a post in the agency that day, except some (a presider may not have investigated)."""
    held = Q(tenures__post__agency=agency, tenures__from_on__lte=on) & (
        Q(tenures__to_on__isnull=True) | Q(tenures__to_on__gte=on)
    )
    barred = set(without)
    people = Person.objects.filter(held, is_active=True).distinct().order_by("display_name")
    return [
        (person.actor_number, f"{person.display_name} {person.actor_number}")
        for person in people
        if person.actor_number not in barred
    ]


def names_of(numbers: Iterable[str]) -> dict[str, str]:
    """Names by certificate or staff number, in one query; a number that nobody here holds is left out."""
    wanted = {number for number in numbers if number}
    if not wanted:
        return {}
    plain = ids_in(number[2:] for number in wanted if number.startswith("P-"))
    people = Person.objects.filter(
        Q(certificate_number__in=wanted) | Q(staff_number__in=wanted) | Q(pk__in=plain)
    )
    return {
        number: person.display_name
        for person in people
        for number in (person.certificate_number, person.staff_number, f"P-{person.pk}")
        if number in wanted
    }
