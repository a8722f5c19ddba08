"""The chain of custody, working copies, and checking that originals are what they were."""

from __future__ import annotations

import time as stopwatch
from datetime import datetime, timedelta
from typing import Any

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.files.confined import Unreadable, redrawn
from plumbline.platform.files.store import is_intact, keep, open_kept
from plumbline.platform.identity.actor import Actor, system_actor
from plumbline.platform.notify.models import notify

from .events import COPY_MADE, CUSTODY_RECORDED, FOUND_ALTERED
from .models import CustodyEntry, CustodyKind, Evidence, EvidenceFile, WorkingCopy
from .policies import may_add_evidence

BASIS = "行政处罚法第四十六条、第四十七条"
# Each needs both sides named: who gives and who takes.
BETWEEN_TWO = {CustodyKind.RECEIVED, CustodyKind.HANDED_OVER, CustodyKind.SENT_FOR_TEST, CustodyKind.RETURNED}
MOST_BOXES = 40


@action(
    "evidence.record_custody", policy=may_add_evidence, on="case", records=(CUSTODY_RECORDED,), basis=BASIS
)
def record_custody(
    *,
    actor: Actor,
    case: Any,
    evidence: Evidence,
    kind: str,
    at: datetime,
    reason: str,
    giver: str = "",
    taker: str = "",
    place: str = "",
) -> CustodyEntry:
    """Add a link to the chain of an item: never changed afterwards; a mistake is explained in a further link."""
    if evidence.case_id != case.pk:
        raise InputFault({"": "证据不属于本案。"})
    faults = {}
    if kind not in CustodyKind.values or kind == CustodyKind.COLLECTED:
        faults["kind"] = "请选择保管事项。"
    if at > clock.now():
        faults["at"] = "「时间」晚于现在。请改为现在或者之前。"
    elif at.date() < evidence.collected_on:
        faults["at"] = f"「时间」早于收集日期（{evidence.collected_on:%Y-%m-%d}）。请核对。"
    if not reason.strip():
        faults["reason"] = "请写明理由。"
    if kind in BETWEEN_TWO and not (giver.strip() and taker.strip()):
        faults["taker"] = "请写明由谁交出、由谁接收。"
    if kind == CustodyKind.STORED and not place.strip():
        faults["place"] = "请写明保管地点。"
    last = CustodyEntry.objects.unscoped("保管链").filter(evidence=evidence).last()
    if last is not None and last.kind in {CustodyKind.DESTROYED, CustodyKind.RETURNED}:
        faults[""] = (
            f"这项证据已经{last.get_kind_display()}，不能再登记保管。确有错误的，请在本案说明中写明。"
        )
    if faults:
        raise InputFault(faults)
    entry = add_link(
        actor=actor, evidence=evidence, kind=CustodyKind(kind), at=at, giver=giver.strip(), taker=taker.strip(),
        place=place.strip(), reason=reason.strip(),
    )  # fmt: skip
    if place.strip():
        Evidence.objects.unscoped("保管地点").filter(pk=evidence.pk).update(place=place.strip())
    _tell(actor, case, CUSTODY_RECORDED, {"evidence": evidence.number, "custody": kind, "entry": entry.pk})
    return entry


def add_link(
    *,
    actor: Actor,
    evidence: Evidence,
    kind: CustodyKind,
    at: datetime,
    reason: str,
    giver: str = "",
    taker: str = "",
    place: str = "",
) -> CustodyEntry:
    """A link with the hashes of the moment, for the actions of this app."""
    hashes = [
        {"name": file.name, "sha256": file.sha256, "intact": is_intact(file.sha256)}
        for file in evidence.files.all()
    ]
    return CustodyEntry.objects.create(
        agency_id=evidence.agency_id, evidence=evidence, kind=kind, at=at, giver=giver, taker=taker, place=place,
        reason=reason[:200], hashes=hashes, by_id=actor.person_id, by_label=actor.label,
    )  # fmt: skip


@action("evidence.make_copy", policy=may_add_evidence, on="case", records=(COPY_MADE,), basis=BASIS)
def make_copy(
    *,
    actor: Actor,
    case: Any,
    file: EvidenceFile,
    note: str,
    turn: int = 0,
    boxes: list[tuple[float, float, float, float]] | None = None,
) -> WorkingCopy:
    """Draw a working copy of a picture: turned, with ``boxes`` (shares of the turned picture) blacked out in the pixels."""
    if file.evidence.case_id != case.pk:
        raise InputFault({"": "证据不属于本案。"})
    if file.form != "picture":
        raise InputFault(
            {"": "只有照片和图片可以制作副本。其他文件请另行制作后作为新的证据登记，并写明来源。"}
        )
    faults = {}
    if not note.strip():
        faults["note"] = "请写明副本的用途。"
    if turn not in {0, 90, 180, 270}:
        faults["turn"] = "旋转角度应为 0、90、180 或 270。"
    marked = boxes or []
    if len(marked) > MOST_BOXES or any(not _is_inside(box) for box in marked):
        faults["boxes"] = f"遮盖范围应在图片之内，最多 {MOST_BOXES} 处。"
    if faults:
        raise InputFault(faults)
    if not is_intact(file.sha256):
        raise InputFault({"": "校验不一致：原件与登记时的指纹不同。请停止使用本文件并联系审计管理员。"})
    try:
        with open_kept(file.sha256) as source:
            kept = keep([redrawn(source, turn=turn, boxes=marked)])
    except Unreadable:
        raise InputFault({"": f"“{file.name}”不能重新绘制，没有制作副本。"}) from None
    stem = file.name.rsplit(".", 1)[0][:90]
    copy = WorkingCopy.objects.create(
        agency_id=case.agency_id, original=file, name=f"{stem}（工作副本）.jpg", content_type="image/jpeg",
        sha256=kept.sha256, size=kept.size, turn=turn, boxes=[list(box) for box in marked], note=note.strip(),
        made_by_id=actor.person_id, made_label=actor.label,
    )  # fmt: skip
    add_link(
        actor=actor, evidence=file.evidence, kind=CustodyKind.COPIED, at=clock.now(), taker=actor.label,
        reason=f"制作工作副本：{note.strip()}",
    )  # fmt: skip
    _tell(actor, case, COPY_MADE, {"evidence": file.evidence.number, "copy": copy.pk, "sha256": kept.sha256})
    return copy


def _is_inside(box: tuple[float, float, float, float]) -> bool:
    left, top, width, height = box
    return (
        0 <= left < 1 and 0 <= top < 1 and 0 < width <= 1 and 0 < height <= 1
        and left + width <= 1.0001 and top + height <= 1.0001
    )  # fmt: skip


def _tell(actor: Actor, case: Any, activity: str, data: dict[str, Any]) -> None:
    record(
        actor=actor,
        matter=case.matter_id,
        kind=case.kind,
        activity=activity,
        agency=case.agency_id,
        data=data,
    )


CHECK_AGAIN_AFTER = timedelta(hours=20)
CHECK_FOR_SECONDS = 120.0


def check_kept_files() -> int:
    """Compare originals with their hashes, the longest unchecked first, for two minutes a pass; returns how many.

    A file that is found altered or lost is told once, to the log and to who added it.
    """
    began, done = stopwatch.monotonic(), 0
    due = EvidenceFile.objects.exclude(checked_at__gt=clock.now() - CHECK_AGAIN_AFTER)
    for file in due.select_related("evidence__case").order_by("checked_at")[:5000]:
        note_state(file, is_intact(file.sha256))
        done += 1
        if stopwatch.monotonic() - began > CHECK_FOR_SECONDS:
            break
    return done


def note_state(file: EvidenceFile, intact: bool) -> None:
    """Keep what a check found."""
    was = file.intact
    file.checked_at, file.intact = clock.now(), intact
    EvidenceFile.objects.filter(pk=file.pk).update(checked_at=file.checked_at, intact=intact)
    if intact or was is False:
        return
    case = file.evidence.case
    _tell(system_actor("evidence"), case, FOUND_ALTERED, {"evidence": file.evidence.number, "file": file.pk})
    if file.evidence.added_by_id is not None:
        notify(
            title=f"校验不一致：证据 {file.evidence.number}“{file.name}”与登记时的指纹不同",
            body=f"{case}。请停止使用本文件并联系审计管理员。",
            url=f"/cases/{case.matter_id}/evidence/{file.evidence_id}",
            person_id=file.evidence.added_by_id,
        )
