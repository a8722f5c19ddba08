"""What follows from a recorded step in the case's own rows, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plumbline.packs.procedures import Step
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

from . import linked
from .instalments import demand_fitting
from .models import Case, CaseOfficer
from .numbers import next_case_number
from .projection import project
from .reading import CaseFile


def before_step(step: Step, file: CaseFile, data: Mapping[str, Any], details: Mapping[str, Any]) -> None:
    """What a step demands beyond its own answers: of another case, of the sum of a plan."""
    if step.activity == "case_merged":
        linked.demand_mergeable(file, data)
    elif step.activity == "case_split":
        linked.demand_splittable(details)
    elif step.activity == "deferral_granted" and details.get("plan"):
        owed = file.fine_imposed - file.fine_paid
        demand_fitting(details["plan"], until=str(data.get("until", "")), owed=owed)


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
    match stored.activity:
        case "case_merged":
            linked.merge(actor, file, stored)
        case "case_unmerged":
            linked.unmerge(actor, file, stored)
        case "case_split":
            linked.split(actor, file, stored, details)
        case "decision_made":
            linked.end_with_the_leading_case(actor, file, stored)
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
