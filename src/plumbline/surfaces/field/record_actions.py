"""Taking in a record from a phone, and settling two records that say different things.

Intake is idempotent by the record's id: the first one is kept, the same one again gives the same receipt, another one
under the same id is refused. Records of a phone are dealt with in the order of its sequence; one that comes too early
waits. What the law or a policy refuses is kept as refused, with the reason, and the phone keeps it too.
"""

from __future__ import annotations

import base64
import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record as append
from plumbline.platform.identity.actor import Actor

from .events import CONFLICT_SETTLED, RECORD_RECEIVED
from .faults import fault_point
from .files import attach_waiting
from .kinds import HANDLERS, Conflict, Waiting
from .models import Device, FieldFile, FieldRecord, RecordState
from .policies import may_send, may_settle
from .signing import NotCanonical, canonical, digest_of, is_signed
from .timing import occurred_at

BASIS = "行政处罚法第四十七条"


@action(
    "field.take_record",
    policy=may_send,
    on="device",
    records=(RECORD_RECEIVED,),
    basis=BASIS,
)
def take_record(
    *, actor: Actor, device: Device, document: Mapping[str, Any], signature: str, phone_now: datetime
) -> tuple[FieldRecord, bool]:
    """Keep a record and deal with it as far as its turn has come. Returns the row and whether it had been here before."""
    # One record of a phone at a time: the order of its sequence is decided under this lock.
    device = Device.objects.unscoped("收现场记录").select_for_update().get(pk=device.pk)
    try:
        digest = digest_of(document)
    except NotCanonical as fault:
        raise InputFault({"": f"记录不完整：{fault}。内容仍在手机上。"}) from None
    known = FieldRecord.objects.unscoped("收现场记录").filter(pk=document["id"]).first()
    if known is not None:
        if known.digest != digest or known.device_id != device.pk:
            raise Refusal(
                "这个记录编号已经收到过，内容与这一次不同；先收到的保留",
                next_step=f"先收到的回执号是 {known.receipt}。需要更改的，请另做一条记录。",
            )
        return known, True
    if not is_signed(canonical(document), signature, device.public_key):
        raise Refusal(
            "设备签名与内容不符，没有收下", next_step="请更新应用后重新提交；仍不行的，请重新登记手机。"
        )
    if device.revoked_at is not None and datetime.fromisoformat(document["captured_at"]) > device.revoked_at:
        raise Refusal("这部手机停用以后做的记录不能收下", next_step="请在现在使用的手机上重新登记。")
    row = _keep(actor, device, document, digest, signature, phone_now)
    append(
        actor=actor, matter=f"DEV-{device.pk}", kind="device", activity=RECORD_RECEIVED, agency=device.agency_id,
        data={"record": str(row.pk), "sequence": row.sequence, "sha256": digest}, event_id=f"FD-{row.pk.hex}-0",
    )  # fmt: skip
    _work_off(actor, device)
    fault_point("before_commit", str(row.pk))
    row.refresh_from_db(from_queryset=FieldRecord.objects.unscoped("重读记录"))
    return row, False


def _keep(
    actor: Actor,
    device: Device,
    document: Mapping[str, Any],
    digest: str,
    signature: str,
    phone_now: datetime,
) -> FieldRecord:
    sequence = document["sequence"]
    taken = FieldRecord.objects.unscoped("收现场记录").filter(device=device, sequence=sequence).first()
    if taken is not None:
        raise Refusal(
            f"本机第 {sequence} 号记录已经收到过（回执 {taken.receipt}），没有收下",
            next_step="手机的数据可能是从备份恢复的。请导出备份，联系单位管理员重新登记手机。",
        )
    now = clock.now()
    row = FieldRecord.objects.create(
        id=uuid.UUID(document["id"]),
        device=device,
        agency_id=device.agency_id,
        person_id=actor.person_id,
        sequence=sequence,
        kind=document["kind"],
        digest=digest,
        signature=signature,
        record=dict(document),
        captured_at=datetime.fromisoformat(document["captured_at"]),
        received_at=now,
        skew_s=round((phone_now - now).total_seconds()),
        state=RecordState.HELD,
        waits="sequence",
        message=f"本机第 {device.last_sequence + 1} 号记录还没有收到，先暂存，收到后自动办理。",
        receipt=_receipt(),
    )
    for each in document["files"]:
        FieldFile.objects.create(
            record=row,
            sha256=each["sha256"],
            size=each["size"],
            content_type=each["type"],
            purpose=each["purpose"],
        )
    return row


def _work_off(actor: Actor, device: Device) -> None:
    """Deal with every record whose turn has come; what waits for a colleague does not hold up the next."""
    while True:
        row = (
            FieldRecord.objects.unscoped("按序办理")
            .filter(device=device, sequence=device.last_sequence + 1)
            .select_related("device")
            .first()
        )
        if row is None:
            return
        apply(actor, row)
        device.last_sequence = row.sequence
        device.save(update_fields=["last_sequence"])


def apply(actor: Actor, row: FieldRecord) -> None:
    """Let the record's kind act. A refusal undoes what the kind had begun and is kept with its reason."""
    try:
        with transaction.atomic():
            outcome = HANDLERS[row.kind](actor, row, occurred_at(row))
        row.state, row.waits = RecordState.ACCEPTED, ""
        row.matter_id, row.message = outcome.matter_id, outcome.message
    except Waiting as waiting:
        row.state, row.waits, row.message = RecordState.HELD, waiting.what, str(waiting)
    except Conflict as conflict:
        row.state, row.waits = RecordState.CONFLICT, ""
        row.matter_id, row.message = conflict.matter_id, str(conflict)
    except Refusal as refusal:
        row.state, row.waits, row.message = RecordState.REFUSED, "", str(refusal)[:600]
    except InputFault as fault:
        row.state, row.waits, row.message = RecordState.REFUSED, "", "".join(fault.faults.values())[:600]
    row.save(update_fields=["state", "waits", "message", "matter_id"])
    if row.state != RecordState.REFUSED:
        attach_waiting(actor, row)
    for released in _released_by(row):
        apply(Actor.of(released.person, on=clock.today()), released)


def _released_by(row: FieldRecord) -> list[FieldRecord]:
    """The records that waited for this confirmation by the second officer."""
    if row.kind != "cosign" or row.state != RecordState.ACCEPTED:
        return []
    rows = FieldRecord.objects.unscoped("第二名执法人员已确认").select_related("device", "person")
    return list(rows.filter(pk=row.record["body"]["record"], state=RecordState.HELD, waits="cosign"))


@action("field.settle_conflict", policy=may_settle, on="row", records=(CONFLICT_SETTLED,), basis=BASIS)
def settle_conflict(
    *, actor: Actor, row: FieldRecord, choices: Mapping[str, str], reason: str
) -> FieldRecord:
    """Choose for every field that two records state differently, or write a third value; both versions stay on record."""
    if not reason.strip():
        raise InputFault({"reason": "请写明选择的理由。两个版本都会保留。"})
    from .conflicts import differences, settle

    found = differences(row)
    missing = [
        each.label
        for each in found
        if each.key not in choices or (each.options and choices[each.key] not in each.options)
    ]
    if missing:
        raise InputFault({"choices": f"还没有选择：{'、'.join(missing)}。"})
    settle(row, found, choices)
    row.state, row.settled_at, row.settled_label = RecordState.ACCEPTED, clock.now(), actor.label
    row.settled_reason = reason.strip()[:300]
    row.settled = [
        {"field": each.label, "kept": each.kept, "sent": each.sent, "chosen": choices[each.key]}
        for each in found
    ]
    row.message = "两份记录不一致，已由人选择，两个版本都已留痕。"
    row.save()
    append(
        actor=actor, matter=row.matter_id, kind="inspection", activity=CONFLICT_SETTLED, agency=row.agency_id,
        data={"record": str(row.pk), "fields": [each.key for each in found]},
    )  # fmt: skip
    return row


def _receipt() -> str:
    text = base64.b32encode(secrets.token_bytes(8)).decode()[:12]
    return f"R{text[:4]}-{text[4:8]}-{text[8:]}"
