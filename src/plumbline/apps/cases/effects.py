"""What follows from a recorded step in the case's own rows, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from plumbline.packs.procedures import Step
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import record
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

from . import linked
from .instalments import demand_fitting
from .models import Case, CaseOfficer, StepEntry
from .numbers import next_case_number
from .projection import project
from .reading import CaseFile


def before_step(step: Step, file: CaseFile, data: Mapping[str, Any], details: Mapping[str, Any]) -> None:
    """What a step demands beyond its own answers: of another case, of the sum of a plan."""
    if step.activity == "case_closed" and "seizure_lifted" in file.procedure.steps:
        _demand_all_ended(step, file)
    if step.activity == "case_merged":
        linked.demand_mergeable(file, data)
    elif step.activity == "case_split":
        linked.demand_splittable(details)
    elif step.activity == "deferral_granted" and details.get("plan"):
        owed = file.fine_imposed - file.fine_paid
        demand_fitting(details["plan"], until=str(data.get("until", "")), owed=owed)
    elif step.activity == "announcement_service_ended" and data.get("served_on", "") > f"{clock.today()}":
        raise InputFault({"served_on": "记载的送达日在将来。公告满三十日之后再登记。"})


def _demand_all_ended(step: Step, file: CaseFile) -> None:
    """A matter of compulsion is not closed over a measure that still holds (行政强制法第二十七条、第二十八条)."""
    lifting = file.procedure.steps["seizure_lifted"].of
    if file.kind == "compulsion" and lifting is not None and file.open_instances(lifting):
        raise Refusal(
            "不能结案：还有没有解除也没有处理的强制措施",
            basis="行政强制法第二十七条、第二十八条",
            next_step="请先登记解除或者处理。",
        )


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
        case "announcement_service_ended":
            _served_by_announcement(actor, file, stored)
        case "decision_made":
            linked.end_with_the_leading_case(actor, file, stored)
    project(case.matter_id)
    case.refresh_from_db(from_queryset=Case.objects.unscoped("重读案件").select_related("agency", "party"))


def _served_by_announcement(actor: Actor, file: CaseFile, stored: StoredEvent) -> None:
    """The decision counts as served on the day that the announcement gives it; its clocks start there."""
    if stored.data["document"] != "decision" or file.happened("decision_served"):
        return
    event = record(
        actor=actor,
        matter=file.case.matter_id,
        kind=file.kind,
        activity="decision_served",
        agency=file.case.agency_id,
        occurred_at=date.fromisoformat(stored.data["served_on"]),
        data={"method": "announcement"},
        actors=[dict(each) for each in stored.actors or ()],
    )
    StepEntry.objects.create(
        case=file.case,
        step="decision_served",
        event_id=event.event_id,
        details={"note": "公告期满，视为送达。"},
        by_label=actor.label,
    )


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
