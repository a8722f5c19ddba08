"""What follows from a recorded step in the case's own rows, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

from .models import Case, CaseOfficer
from .numbers import next_case_number
from .projection import project
from .reading import CaseFile


def follow(*, actor: Actor, file: CaseFile, stored: StoredEvent, details: Mapping[str, Any]) -> None:
    """Give the number at filing, keep the officers' rows, and bring the case row in line with its events."""
    case = file.case
    summary = stored.activity == "decision_made" and stored.data.get("procedure") == "summary"
    if (stored.activity == "case_filed" or summary) and not case.number:
        case.number = next_case_number(case.agency, stored.occurred_on.year)
        case.save(update_fields=["number"])
    if stored.activity in {"case_filed", "officer_assigned"} or summary:
        numbers = [each["id"] for each in stored.actors or () if each["role"] == "officer"]
        set_officers(case, list(details.get("officers") or numbers), stored)
    project(case.matter_id)
    case.refresh_from_db(from_queryset=Case.objects.unscoped("重读案件").select_related("agency", "party"))


def set_officers(case: Case, numbers: list[str], stored: StoredEvent) -> None:
    """Make ``numbers`` the handling officers from the day of the event; those left out end that day."""
    current = {row.number: row for row in CaseOfficer.objects.filter(case=case, to_on=None)}
    people = {p.certificate_number: p for p in Person.objects.filter(certificate_number__in=numbers)}
    for number, row in current.items():
        if number not in numbers:
            row.to_on = stored.occurred_on
            row.save(update_fields=["to_on"])
    for number in numbers:
        if number not in current:
            CaseOfficer.objects.get_or_create(
                case=case,
                number=number,
                from_on=stored.occurred_on,
                defaults={"person": people.get(number)},
            )
