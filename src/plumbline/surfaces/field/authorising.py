"""The door of the phone's addresses: a request signed by the key of a confirmed phone acts for its officer.

``Authorization: Field <device>.<milliseconds>.<signature>`` over method, path, SHA-256 of the body and the milliseconds.
A session is not needed: what was written without a network can be sent although the log-in has run out; posts are
looked up anew for every request. Repeating a request does no harm: every call here is idempotent.
"""

from __future__ import annotations

import functools
import hashlib
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.files.intake import FileRefused
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.middleware import READING
from plumbline.platform.scope.rows import set_database_scope, whole_district

from .models import Device, DeviceState
from .signing import is_signed

View = Callable[..., JsonResponse]


def answer(status: int, **content: Any) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})


def for_devices(view: View) -> View:
    """Let confirmed phones in; ``view(request, actor, device, …)``. Every refusal is JSON with a sentence."""

    @functools.wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        device, phone_now = _device_of(request)
        if device is None or phone_now is None:
            return answer(403, code="unknown", message="没有认出这部手机。请在手机上重新登录并登记。")
        with whole_district():  # the connection has no scope yet
            Device.objects.unscoped("手机联系").filter(pk=device.pk).update(heard_at=clock.now())
        if device.state == DeviceState.REVOKED:
            return _revoked(device)
        if device.state != DeviceState.CONFIRMED or not device.person.is_active:
            return answer(
                403, code="pending", message="这部手机还没有确认。请在「我的手机」页核对指纹后确认。"
            )
        actor = Actor.of(device.person, on=clock.today())
        request.actor = actor  # type: ignore[attr-defined]
        request.phone_now = phone_now  # type: ignore[attr-defined]
        set_database_scope(actor.reach(*READING))
        try:
            return view(request, actor, device, *args, **kwargs)
        except Refusal as refusal:
            return answer(409, code="refused", message=str(refusal))
        except InputFault as fault:
            return answer(422, code="refused", message="".join(fault.faults.values()))
        except FileRefused as refused:
            return answer(422, code="file", message=str(refused))

    return never_cache(csrf_exempt(opened))


def _revoked(device: Device) -> JsonResponse:
    if device.wipe and device.wiped_at is None:
        with whole_district():
            Device.objects.unscoped("手机已得知清除").filter(pk=device.pk).update(wiped_at=clock.now())
    words = f"这部手机已于 {device.revoked_at:%Y-%m-%d} 停用：{device.revoked_reason}。"
    return answer(403, code="wipe" if device.wipe else "revoked", message=words)


def _device_of(request: HttpRequest) -> tuple[Device | None, datetime | None]:
    scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
    parts = rest.split(".")
    if scheme != "Field" or len(parts) != 3:
        return None, None
    try:
        named = uuid.UUID(parts[0])
        phone_now = datetime.fromtimestamp(int(parts[1]) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None, None
    with whole_district():
        device = Device.objects.unscoped("认出手机").select_related("person").filter(pk=named).first()
    if device is None:
        return None, None
    body = hashlib.sha256(request.body).hexdigest()
    message = f"{request.method}\n{request.get_full_path()}\n{body}\n{parts[1]}".encode()
    if not is_signed(message, parts[2], device.public_key):
        return None, None
    return device, phone_now
