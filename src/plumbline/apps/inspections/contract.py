"""What other apps and surfaces may use of inspections.

* ``plan_inspection``, ``file_inspection``, ``Report``, ``NamedFile``: the verbs, for the phone.
* ``planned_for``, ``targets_around``, ``last_visits``, ``items_in_force``: what a work package holds.
* ``file_arrived``: a file that a record names has been received whole.
* ``public_result``: what publicity makes the public text of a visit from.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from plumbline.apps.targets.contract import Target
from plumbline.platform import clock

from .actions import NamedFile, Report, delete_place, file_inspection, plan_inspection, result_of
from .models import (
    CheckPoint,
    Handling,
    Inspection,
    InspectionFile,
    InspectionItem,
    Result,
    Signing,
    items_in_force,
)
from .queries import days_since, last_visits, planned_for, targets_around

__all__ = [
    "CheckPoint",
    "Handling",
    "Inspection",
    "InspectionItem",
    "NamedFile",
    "Report",
    "Result",
    "Signing",
    "Target",
    "amend_inspection",
    "days_since",
    "delete_place",
    "file_arrived",
    "file_inspection",
    "items_in_force",
    "last_visits",
    "plan_inspection",
    "planned_for",
    "public_result",
    "random_lists_on",
    "targets_around",
]


def amend_inspection(
    inspection: Inspection, *, answers: dict[int, str], notes: dict[int, str], fields: dict[str, str]
) -> None:
    """Carry out what a person chose between two records of one visit; the caller has asked its policy and keeps both."""
    for answer in inspection.answers.all():
        answer.answer = answers.get(answer.point_id, answer.answer)
        answer.note = notes.get(answer.point_id, answer.note)[:500]
        answer.save(update_fields=["answer", "note"])
    for name in ("conclusion", "handling", "signing"):
        if name in fields:
            setattr(inspection, name, fields[name])
    given = {each.point_id: (each.answer, "") for each in inspection.answers.all()}
    inspection.result = result_of(given, given)
    inspection.version += 1
    inspection.save(update_fields=["conclusion", "handling", "signing", "result", "version"])


def file_arrived(matter_id: str, sha256: str) -> None:
    """Note that a file named in an inspection's record is in the store."""
    InspectionFile.objects.filter(inspection__matter_id=matter_id, sha256=sha256, arrived_at=None).update(
        arrived_at=clock.now()
    )


def public_result(matter_id: str) -> dict[str, object]:
    """What publicity needs of a visit to make its public text: names are given so that they can be taken out."""
    from plumbline.platform.identity.models import Person

    rows = Inspection.objects.unscoped("由数据生成公开文本").select_related("item", "target")
    visit = rows.filter(matter_id=matter_id).first()
    if visit is None:
        return {}
    people = list(
        Person.objects.filter(certificate_number__in=visit.officers).values_list("display_name", flat=True)
    )
    handled = f"，{visit.get_handling_display()}" if visit.handling not in {"", Handling.NONE} else ""
    return {
        "title": visit.item.name,
        "number": "",
        "party_name": visit.target.name,
        "party_kind": visit.target.kind,
        "credit_code": visit.target.credit_code,
        "legal_representative": visit.target.legal_representative,
        "facts": visit.conclusion,
        "conclusion": f"{visit.get_result_display()}{handled}",
        "basis": [{"law": each["law"], "article": each["article"]} for each in visit.item.basis],
        "people": [*people, visit.signed_name, visit.witnesses],
    }


def random_lists_on(day: date) -> dict[str, date]:
    """Since when each agency has had its list of random inspections out, by agency; one that is not published is left out."""
    dated = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    rows = InspectionItem.objects.filter(dated, published_on__lte=day).order_by("-published_on")
    return {agency: on for agency, on in rows.values_list("agency_id", "published_on") if on is not None}
