"""The phone's addresses under ``/field/api/``: JSON in, JSON out, each call safe to repeat."""

from __future__ import annotations

import json
import uuid
from typing import Any

import segno
from django.http import HttpRequest, JsonResponse, RawPostDataException
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.files.models import UploadState
from plumbline.platform.files.receiving import (
    PartsMissing,
    begin,
    finish,
    missing_parts,
    own_upload,
    put_part,
)
from plumbline.platform.files.store import is_kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui.acting import actor_of

from .authorising import answer, for_devices
from .device_actions import leave_device, register_device
from .faults import fault_point
from .files import attach_everywhere
from .models import Device, FieldRecord, RecordState
from .package import work_package
from .policies import may_register
from .record_actions import take_record
from .shape import demand_shape

SKEW_TOLD = 120  # seconds from which the officer is told that the phone's clock is off


def _json(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body)
    except (
        ValueError,
        UnicodeDecodeError,
        RawPostDataException,
    ):  # the last: sent as a form, and read as one already
        raise InputFault({"": "发来的内容不完整，请重试。"}) from None


@never_cache
@require_safe
def me(request: HttpRequest) -> JsonResponse:
    """Who is logged in on this phone, for its registration; with the token that the next call needs."""
    actor = actor_of(request)
    if actor.person_id is None:
        return answer(403, code="login", message="请先登录。")
    allowed = may_register(actor)
    if not allowed:
        return answer(403, code="post", message=f"{allowed.reason}。{allowed.next_step}")
    return answer(
        200, number=actor.number, name=actor.label, agency=actor.agency_name, csrf=get_token(request)
    )


@never_cache
@require_POST
def register(request: HttpRequest) -> JsonResponse:
    """Register the phone for whoever is logged in on it."""
    actor = actor_of(request)
    if actor.person_id is None:
        return answer(403, code="login", message="登录已过期。请重新登录后再登记。")
    try:
        told = _json(request)
        device = register_device(
            actor=actor, device_id=uuid.UUID(str(told["id"])), label=str(told["label"]), public_key=told["key"],
            cosign_key=str(told["cosign_key"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError):
        return answer(400, code="refused", message="登记的内容不完整，请重试。")
    except InputFault as fault:
        return answer(400, code="refused", message="".join(fault.faults.values()))
    except Refusal as refusal:
        return answer(403, code="post", message=str(refusal))
    return answer(200, fingerprint=device.fingerprint, state=device.state)


@for_devices
@require_POST
def package(request: HttpRequest, actor: Actor, device: Device) -> JsonResponse:
    """A fresh work package; numbers of the block are topped up with it."""
    address = f"{request.scheme}://{request.get_host()}"
    return answer(200, **work_package(actor=actor, device=device, public_address=address))


@for_devices
@require_POST
def leave(request: HttpRequest, actor: Actor, device: Device) -> JsonResponse:
    """The phone has been logged out and is empty."""
    leave_device(actor=actor, device=device)
    return answer(200, message="已退出，手机上的数据已清除，没有用的号码已交回。")


@for_devices
@require_http_methods(["PUT", "GET"])
def record(request: HttpRequest, actor: Actor, device: Device, pk: uuid.UUID) -> JsonResponse:
    """Take in a record (PUT), or say what became of it (GET)."""
    if request.method == "GET":
        row = FieldRecord.objects.unscoped("本人的记录").filter(pk=pk, person_id=actor.person_id).first()
        if row is None:
            return answer(404, code="absent", message="还没有收到这条记录。")
        return answer(200, **_told(row, again=True))
    told = _json(request)
    if not isinstance(told, dict) or not isinstance(told.get("signature"), str):
        raise InputFault({"": "发来的内容不完整，请重试。"})
    document = demand_shape(told.get("record"))
    if document["id"] != str(pk):
        raise InputFault({"": "记录编号与地址不一致。"})
    row, again = take_record(
        actor=actor, device=_signer(device, told), document=document, signature=told["signature"],
        phone_now=request.phone_now,  # type: ignore[attr-defined]
    )  # fmt: skip
    fault_point("after_commit", str(pk))
    return answer(200, **_told(row, again=again))


def _signer(device: Device, told: dict[str, Any]) -> Device:
    """The phone that signed: this one, or another of the same officer whose backup was taken in here."""
    other = told.get("device") or str(device.pk)
    if other == str(device.pk):
        return device
    found = Device.objects.unscoped("从备份转交").filter(pk=_id(other), person_id=device.person_id).first()
    if found is None:
        raise Refusal(
            "备份来自他人的手机，不能由您转交", next_step="请由原执法人员在本人登记的手机上导入备份。"
        )
    return found


def _id(text: object) -> uuid.UUID:
    try:
        return uuid.UUID(str(text))
    except ValueError:
        raise InputFault({"": "备份中的设备号不完整，没有收下。"}) from None


def _told(row: FieldRecord, *, again: bool) -> dict[str, Any]:
    """What the phone is told of a record: the receipt, the state, and the sentence for the officer."""
    received = row.received_at.astimezone(clock.CHINA)
    waiting = row.files.filter(arrived_at=None).count()
    return {
        "state": row.state,
        "waits": row.waits,
        "message": row.message,
        "receipt": row.receipt,
        "received_at": clock.as_instant(received.replace(microsecond=0)),
        "sha256": row.digest,
        "matter": row.matter_id,
        "url": _url(row),
        "files": row.files.count(),
        "files_missing": waiting,
        "again": f"这条记录已经收到（{received:%H:%M}，回执 {row.receipt}），没有重复登记。" if again else "",
        "skew": _skew(row),
        "qr": segno.make_qr(f"{row.receipt} {row.digest}", error="m").svg_data_uri(scale=4, border=2),
    }


def _url(row: FieldRecord) -> str:
    if not row.matter_id or row.state != RecordState.ACCEPTED:
        return f"/field/records/{row.pk}"
    return f"/cases/{row.matter_id}" if row.kind == "spot_penalty" else f"/inspections/{row.matter_id}"


def _skew(row: FieldRecord) -> str:
    if abs(row.skew_s) < SKEW_TOLD:
        return ""
    minutes = round(abs(row.skew_s) / 60)
    way = "快" if row.skew_s > 0 else "慢"
    return f"本机时间比服务器{way} {minutes} 分钟。记录会同时保存本机时间和服务器接收时间。"


@for_devices
@require_http_methods(["POST", "GET"])
def file(request: HttpRequest, actor: Actor, device: Device, sha256: str) -> JsonResponse:
    """Announce a file (POST) or ask which parts are still wanted (GET)."""
    if request.method == "POST":
        told = _json(request)
        if not isinstance(told, dict) or type(told.get("size")) is not int:
            raise InputFault({"": "发来的内容不完整，请重试。"})
        known = own_upload(actor, sha256)
        if known is not None and known.state == UploadState.TAKEN and is_kept(sha256):
            attach_everywhere(actor, sha256)  # it is in the store; only the answer was lost
            return answer(200, state=known.state, missing=[])
        upload = begin(actor=actor, sha256=sha256, name=str(told.get("name", "")), size=told["size"])
    else:
        found = own_upload(actor, sha256)
        if found is None:
            return answer(404, code="absent", message="还没有收到这个文件。")
        upload = found
    return answer(200, state=upload.state, missing=missing_parts(upload))


@for_devices
@require_http_methods(["PUT"])
def part(request: HttpRequest, actor: Actor, device: Device, sha256: str, number: int) -> JsonResponse:
    """One part of 1 MiB; the last may be shorter."""
    upload = own_upload(actor, sha256)
    if upload is None:
        return answer(404, code="absent", message="这个文件还没有登记，请从头上传。")
    put_part(upload=upload, number=number, content=request.body)
    return answer(200, number=number)


@for_devices
@require_POST
def finish_file(request: HttpRequest, actor: Actor, device: Device, sha256: str) -> JsonResponse:
    """All parts are there: check the whole, and give it to the records that name it."""
    upload = own_upload(actor, sha256)
    if upload is None:
        return answer(404, code="absent", message="这个文件还没有登记，请从头上传。")
    try:
        held = finish(upload=upload)
    except PartsMissing as missing:
        return answer(409, code="parts", message=str(missing), missing=missing_parts(missing.upload))
    attach_everywhere(actor, sha256)
    return answer(200, state=held.state, missing=[])
