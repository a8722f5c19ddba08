"""Adding and verifying evidence (行政处罚法第四十六条)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, BinaryIO, Protocol

from plumbline.apps.cases.contract import record_step
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.files.confined import Filmed, Photographed
from plumbline.platform.files.films import keep_look
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.files.receiving import take_up
from plumbline.platform.files.store import keep, open_kept
from plumbline.platform.identity.actor import Actor

from .custody import add_link
from .drawing import draw_small
from .models import CustodyKind, Evidence, EvidenceFile
from .policies import may_add_evidence

BASIS = "行政处罚法第四十六条"


class Upload(Protocol):
    """An uploaded file, as Django gives it."""

    name: str | None
    size: int | None
    file: BinaryIO

    def chunks(self) -> Any: ...


@dataclass(frozen=True)
class _Incoming:
    """A file that has been checked, and how to bring its bytes into the store."""

    name: str
    content_type: str
    photograph: Photographed | None
    film: Filmed | None
    pages: int | None
    store: Callable[[], tuple[str, int]]


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
    files: Sequence[Upload] = (),
    received: Sequence[str] = (),
    device: str = "",
    stage: str = "evidence",
    quantity: str = "",
    place: str = "",
    list_event: str = "",
) -> Evidence:
    """Add one item with its files. Every file is checked before any is kept; a refusal leaves nothing behind.

    ``received`` are the hashes of uploads that came in parts (``platform.files.receiving``).
    """
    incoming = _check_all(files)
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
        stage=stage,
        quantity=quantity,
        place=place,
        list_event=list_event,
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
    for each in [*incoming, *_taken_up(actor, received)]:
        _keep_file(evidence, each)
    add_link(
        actor=actor,
        evidence=evidence,
        kind=CustodyKind.COLLECTED,
        at=datetime.combine(collected_on, time(), clock.now().tzinfo),
        taker="、".join(officers) or actor.label,
        place=place,
        reason=origin,
    )
    return evidence


def _keep_file(evidence: Evidence, each: _Incoming) -> EvidenceFile:
    sha256, size = each.store()
    if each.film is not None:
        keep_look(sha256, each.film)
    picture = each.photograph
    camera = picture or each.film
    return EvidenceFile.objects.create(
        evidence=evidence,
        name=each.name,
        content_type=each.content_type,
        sha256=sha256,
        size=size,
        pages=each.pages,
        width=picture.width if picture else None,
        height=picture.height if picture else None,
        taken_at=camera.taken_at if camera else "",
        device=camera.device if camera else "",
        latitude=camera.latitude if camera else None,
        longitude=camera.longitude if camera else None,
        small=draw_small(sha256) if picture else "",
        checked_at=clock.now(),
        intact=True,
    )


def _check_all(files: Sequence[Upload]) -> list[_Incoming]:
    checked: list[_Incoming] = []
    faults = []
    for upload in files:
        try:
            accepted = check(upload.name or "", upload.size or 0, upload.file)
        except FileRefused as refused:
            faults.append(str(refused))
            continue

        def store(upload: Upload = upload) -> tuple[str, int]:
            kept = keep(upload.chunks())
            return kept.sha256, kept.size

        checked.append(
            _Incoming(
                accepted.name,
                accepted.kind.content_type,
                accepted.photograph,
                accepted.film,
                accepted.pages,
                store,
            )
        )
    if faults:
        raise InputFault({"files": "".join(faults)})
    return checked


def _taken_up(actor: Actor, sha256s: Sequence[str]) -> list[_Incoming]:
    """Uploads in parts were checked when they were complete; what was read then is read again from the kept file."""
    taken = []
    for each in take_up(actor=actor, sha256s=list(sha256s)):
        with open_kept(each.sha256) as source:
            seen = check(each.name, each.size, source, in_parts=True)
        taken.append(
            _Incoming(
                each.name,
                each.kind.content_type,
                seen.photograph,
                seen.film,
                seen.pages,
                lambda each=each: (each.sha256, each.size),  # type: ignore[misc]
            )
        )
    return taken


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
