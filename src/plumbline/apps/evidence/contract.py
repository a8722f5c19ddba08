"""What other apps may use of evidence: items and recordings of a case whose visibility the caller has settled."""

from __future__ import annotations

from typing import Any

from .from_field import FieldFind, FieldPhoto, take_in_from_field
from .models import CustodyEntry, Evidence, EvidenceFile, ProcessRecording, WorkingCopy
from .policies import ORIGINALS, may_take_original
from .recordings import record_index

__all__ = [
    "ORIGINALS",
    "Evidence",
    "EvidenceFile",
    "FieldFind",
    "FieldPhoto",
    "ProcessRecording",
    "custody_of",
    "evidence_of",
    "latest_copies",
    "may_take_original",
    "record_index",
    "recordings_of",
    "take_in_from_field",
]

_SETTLED = "案件的可见范围已核对"


def evidence_of(case: Any) -> list[Evidence]:
    """The items of a case in order, with their files."""
    return list(Evidence.objects.unscoped(_SETTLED).filter(case=case).prefetch_related("files"))


def latest_copies(case: Any) -> dict[int, WorkingCopy]:
    """The last working copy of each original of a case, by the original's id: what goes on paper in its place."""
    copies = WorkingCopy.objects.unscoped(_SETTLED).filter(original__evidence__case=case).order_by("pk")
    return {copy.original_id: copy for copy in copies}


def custody_of(case: Any) -> list[CustodyEntry]:
    """Every link of every chain of a case."""
    rows = CustodyEntry.objects.unscoped(_SETTLED).filter(evidence__case=case)
    return list(rows.order_by("evidence_id", "at", "pk"))


def recordings_of(case: Any) -> list[ProcessRecording]:
    """The recordings of the procedure of a case, oldest first."""
    return list(ProcessRecording.objects.unscoped(_SETTLED).filter(case=case))
