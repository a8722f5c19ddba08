"""Registering a phone, confirming that it is one's own, and taking it out of use."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from plumbline.apps.paperwork.contract import return_numbers
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from .events import DEVICE_CONFIRMED, DEVICE_REGISTERED, DEVICE_REVOKED
from .models import Device, DeviceState
from .policies import may_confirm, may_leave, may_register, may_revoke
from .signing import fingerprint_of, public_key_of

BASIS = "网络安全等级保护基本要求（GB/T 22239-2019）8.3 移动互联安全扩展要求"
_KEY = re.compile(r"[0-9a-f]{64}")


@action("field.register_device", policy=may_register, records=(DEVICE_REGISTERED,), basis=BASIS)
def register_device(
    *, actor: Actor, device_id: uuid.UUID, label: str, public_key: Mapping[str, Any], cosign_key: str
) -> Device:
    """Register the phone that the officer is logged in on. It can do nothing until it is confirmed.

    Registering it again after a lost answer gives the same row; the key of a known phone never changes.
    """
    try:
        public_key_of(public_key)
    except (ValueError, TypeError):
        raise InputFault({"public_key": "手机的公钥不完整。请重新登记。"}) from None
    if not _KEY.fullmatch(cosign_key):
        raise InputFault({"cosign_key": "签名口令没有设好。请重新登记。"})
    key = {name: str(public_key[name]) for name in ("kty", "crv", "x", "y")}
    known = Device.objects.unscoped("登记手机").filter(pk=device_id).first()
    if known is not None:
        if known.person_id != actor.person_id or known.public_key != key:
            raise InputFault({"id": "这个设备号已经登记过。请重新登记。"})
        return known
    device = Device.objects.create(
        id=device_id, person_id=actor.person_id, agency_id=actor.agency_code, label=label.strip()[:120] or "手机",
        public_key=key, fingerprint=fingerprint_of(key), cosign_key=cosign_key,
    )  # fmt: skip
    _note(actor, device, DEVICE_REGISTERED)
    notify(
        person_id=actor.person_id, title=f"有一部手机登记为您的现场设备：{device}",
        body="是您本人的手机，请核对指纹后确认；不是的，请停用并修改密码。", url="/field/devices",
    )  # fmt: skip
    return device


@action("field.confirm_device", policy=may_confirm, on="device", records=(DEVICE_CONFIRMED,), basis=BASIS)
def confirm_device(*, actor: Actor, device: Device) -> Device:
    """Say that the phone is the officer's own, after comparing the fingerprint."""
    device.state, device.confirmed_at = DeviceState.CONFIRMED, clock.now()
    device.save(update_fields=["state", "confirmed_at"])
    _note(actor, device, DEVICE_CONFIRMED)
    return device


@action(
    "field.revoke_device",
    policy=may_revoke,
    on="device",
    records=(DEVICE_REVOKED, "numbers_returned"),
    basis=BASIS,
)
def revoke_device(*, actor: Actor, device: Device, reason: str, wipe: bool) -> Device:
    """Take a phone out of use; with ``wipe`` it deletes what it holds as soon as it is heard of again.

    Its free numbers are void: a party may hold a paper under one of them that never reached us.
    """
    if not reason.strip():
        raise InputFault({"reason": "请写明停用理由，例如“手机遗失”“换机”。"})
    device.state, device.revoked_at = DeviceState.REVOKED, clock.now()
    device.revoked_label, device.revoked_reason, device.wipe = actor.label, reason.strip()[:200], wipe
    device.save(update_fields=["state", "revoked_at", "revoked_label", "revoked_reason", "wipe"])
    return_numbers(actor=actor, holder=str(device.pk), reason=f"手机停用：{reason.strip()}", unused=False)
    _note(actor, device, DEVICE_REVOKED)
    if device.person_id != actor.person_id:
        notify(
            person_id=device.person_id, title=f"您的现场设备已停用：{device}",
            body=f"{actor.label}：{device.revoked_reason}", url="/field/devices",
        )  # fmt: skip
    return device


def _note(actor: Actor, device: Device, activity: str) -> None:
    record(
        actor=actor, matter=f"DEV-{device.pk}", kind="device", activity=activity, agency=device.agency_id,
        data={"device": str(device.pk), "fingerprint": device.fingerprint},
    )  # fmt: skip


@action(
    "field.leave_device",
    policy=may_leave,
    on="device",
    records=(DEVICE_REVOKED, "numbers_returned"),
    basis=BASIS,
)
def leave_device(*, actor: Actor, device: Device) -> Device:
    """The phone has been logged out: it has sent everything, deletes its data and gives back the numbers it did not use."""
    device.state, device.revoked_at, device.wiped_at = DeviceState.REVOKED, clock.now(), clock.now()
    device.revoked_label, device.revoked_reason = actor.label, "在手机上退出"
    device.save(update_fields=["state", "revoked_at", "wiped_at", "revoked_label", "revoked_reason"])
    return_numbers(actor=actor, holder=str(device.pk), reason="手机退出时交回", unused=True)
    _note(actor, device, DEVICE_REVOKED)
    return device
