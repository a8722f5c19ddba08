"""What publicity and the credit reports may learn of a case, and the events they append to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor

if TYPE_CHECKING:
    from plumbline.platform.events.models import StoredEvent


def public_facts(matter_id: str) -> dict[str, Any]:
    """What publicity needs of a case to make its public text: names are given so that they can be taken out."""
    from plumbline.platform.identity.models import Person

    from .models import Case

    rows = Case.objects.unscoped("由数据生成公开文本").select_related("party")
    case = rows.filter(matter_id=matter_id).prefetch_related("officers").first()
    if case is None:
        return {}
    party = case.party
    kept = case.entries.order_by("pk")
    found = [str(entry.details["facts"]) for entry in kept if entry.details.get("facts")]
    numbers = [officer.number for officer in case.officers.all()]
    people = list(
        Person.objects.filter(certificate_number__in=numbers).values_list("display_name", flat=True)
    )
    return {
        "title": case.title,
        "number": case.number,
        "party_name": party.name if party else "",
        "credit_code": party.credit_code if party else "",
        "legal_representative": party.legal_representative if party else "",
        "facts": found[-1] if found else case.summary,
        "people": people,
    }


def identity_for_report(matter_id: str) -> str:
    """The identity number of a matter's natural person, for a report that the law wants it in (settled by the caller)."""
    from .models import Case

    rows = Case.objects.unscoped("双公示报送的非公开项").select_related("party")
    case = rows.filter(matter_id=matter_id).first()
    return case.party.identity_number if case is not None and case.party else ""


def record_for_publicity(
    *,
    actor: Actor,
    matter_id: str,
    agency: str,
    activity: str,
    data: Mapping[str, Any],
    on: date | None = None,
    kind: str = "penalty",
) -> StoredEvent:
    """Append a publication event to a matter, asking its gate rules first (政府信息公开条例第十五条)."""
    from plumbline.platform.actions import Refusal
    from plumbline.platform.events.log import contract_form, matter_events, new_event_id, record
    from plumbline.platform.verdicts.evaluation import blocking_verdicts

    candidate = contract_form(
        event_id=new_event_id(),
        matter=matter_id,
        kind=kind,
        activity=activity,
        occurred_at=on or clock.now(),
        agency=agency,
        data=data,
    )
    for verdict in blocking_verdicts(matter_events(matter_id), candidate):
        raise Refusal(
            verdict.definition.duty_zh,
            basis=f"{verdict.citation.law}{verdict.citation.article}",
            next_step=verdict.definition.remedy_zh,
        )
    return record(
        actor=actor,
        matter=matter_id,
        kind=kind,
        activity=activity,
        agency=agency,
        data=data,
        occurred_at=on,
        event_id=candidate["id"],
    )
