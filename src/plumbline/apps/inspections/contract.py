"""What other apps and surfaces may use of inspections.

* ``plan_inspection``, ``file_inspection``, ``Report``, ``NamedFile``: the verbs, for the phone.
* ``planned_for``, ``targets_around``, ``last_visits``, ``items_in_force``: what a work package holds.
* ``file_arrived``: a file that a record names has been received whole.
"""

from __future__ import annotations

from plumbline.platform import clock

from .actions import NamedFile, Report, delete_place, file_inspection, plan_inspection
from .models import CheckPoint, Handling, Inspection, InspectionFile, InspectionItem, Result, Signing, Target, items_in_force
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


def file_arrived(matter_id: str, sha256: str) -> None:
    """Note that a file named in an inspection's record is in the store."""
    InspectionFile.objects.filter(
        inspection__matter_id=matter_id, sha256=sha256, arrived_at=None
    ).update(arrived_at=clock.now())
