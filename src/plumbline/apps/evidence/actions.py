"""Adding and verifying evidence (行政处罚法第四十六条)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO, Protocol

from plumbline.apps.cases.contract import record_step
from plumbline.platform.actions import InputFault, action
from plumbline.platform.files.intake import Checked, FileRefused, check
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor

from .models import Evidence, EvidenceFile
from .policies import may_add_evidence

BASIS = "行政处罚法第四十六条"


class Upload(Protocol):
    """An uploaded file, as Django gives it."""

    name: str | None
    size: int | None
    file: BinaryIO

    def chunks(self) -> Any: ...


@action("evidence.add", policy=may_add_evidence, on="case", records=("evidence_collected",), basis=BASIS)
def add_evidence(
    *,
    actor: Actor,
    case: Any,
    title: str,
    kind: str,
    source: str,
    origin: str,
    proves: str,
    collected_on: date,
    officers: Sequence[str],
    files: Sequence[Upload],
    device: str = "",
) -> Evidence:
    """Add one item with its files. Every file is checked before any is kept; a refusal leaves nothing behind."""
    checked = _check_all(files)
    # The lock on the case keeps two people who add at the same time from taking the same number.
    type(case).objects.unscoped("编号").select_for_update(of=("self",)).get(pk=case.pk)
    number = f"Z{Evidence.objects.unscoped('编号').filter(case=case).count() + 1}"
    evidence = Evidence.objects.create(
        case=case,
        agency_id=case.agency_id,
        number=number,
        title=title,
        kind=kind,
        source=source,
        origin=origin,
        proves=proves,
        collected_on=collected_on,
        added_by_id=actor.person_id,
    )
    data = {"evidence": number, "evidence_kind": kind, "source": source}
    if device:
        data["device"] = device
    record_step(
        actor=actor,
        case=case,
        activity="evidence_collected",
        data=data,
        actors=[{"id": each, "role": "officer"} for each in officers],
        occurred_at=collected_on,
    )
    # Files last: a refusal by the rules leaves no bytes in the store.
    for upload, accepted in zip(files, checked, strict=True):
        kept = keep(upload.chunks())
        EvidenceFile.objects.create(
            evidence=evidence,
            name=accepted.name,
            content_type=accepted.kind.content_type,
            sha256=kept.sha256,
            size=kept.size,
        )
    return evidence


def _check_all(files: Sequence[Upload]) -> list[Checked]:
    checked, faults = [], []
    for upload in files:
        try:
            checked.append(check(upload.name or "", upload.size or 0, upload.file))
        except FileRefused as refused:
            faults.append(str(refused))
    if faults:
        raise InputFault({"files": "".join(faults)})
    return checked


@action("evidence.verify", policy=may_add_evidence, on="case", records=("evidence_verified",), basis=BASIS)
def verify_evidence(
    *, actor: Actor, case: Any, evidence: Evidence, verified: bool, lawful: bool, on: date | None = None
) -> None:
    """Record that an item was checked: whether it is true and whether it was lawfully obtained."""
    if evidence.case_id != case.pk:
        raise InputFault({"": "证据不属于本案。"})
    record_step(
        actor=actor,
        case=case,
        activity="evidence_verified",
        data={"evidence": evidence.number, "verified": verified, "lawful": lawful},
        occurred_at=on,
    )
