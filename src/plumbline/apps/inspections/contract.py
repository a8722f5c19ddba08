"""What other apps and surfaces may use of inspections.

* ``plan_inspection``, ``file_inspection``, ``Report``, ``NamedFile``: the verbs, for the phone.
* ``planned_for``, ``targets_around``, ``last_visits``, ``items_in_force``: what a work package holds.
* ``file_arrived``: a file that a record names has been received whole.
"""

from __future__ import annotations

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
    Target,
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
