"""The field app's pages at the desk: my phones, what came from phones, and records that disagree."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plumbline.apps.cases.contract import names_of
from plumbline.apps.paperwork.contract import account
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.access import keep_access
from plumbline.platform.files.store import is_intact, open_kept
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.components import Tag

from .conflicts import differences
from .device_actions import confirm_device, revoke_device
from .kinds.spot_penalty import MARK
from .models import Device, DeviceState, FieldRecord, RecordState
from .policies import may_confirm, may_revoke, may_settle
from .record_actions import settle_conflict

KINDS_ZH = {
    "inspection": "现场检查",
    "spot_penalty": "当场处罚",
    "cosign": "第二名执法人员确认",
    "number_void": "号码作废",
}
TAGS = {
    RecordState.ACCEPTED: Tag("已受理", "grn", "✓"),
    RecordState.HELD: Tag("已收到，暂存", "gry", "‖"),
    RecordState.REFUSED: Tag("未受理", "red", "▲"),
    RecordState.CONFLICT: Tag("不一致，待处理", "amb", "◆"),
}
DEVICE_TAGS = {
    DeviceState.PENDING: Tag("待本人确认", "amb", "◆"),
    DeviceState.CONFIRMED: Tag("使用中", "grn", "✓"),
    DeviceState.REVOKED: Tag("已停用", "gry", "–"),
}
PAGE = 30
WRITTEN = "written"


@login_required
@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = (
        Device.objects.visible_to(actor).select_related("person", "agency").order_by("-registered_at")[:200]
    )
    context = {
        "rows": [
            (row, DEVICE_TAGS[DeviceState(row.state)], may_confirm(actor, row), may_revoke(actor, row))
            for row in rows
        ],
        "mine": actor.person_id,
        "administers": actor.can("agency.administer"),
    }
    return render(request, "field/devices.html", context)


@login_required
@require_POST
def confirm(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    device = get_visible(Device, actor_of(request), pk=pk)
    try:
        confirm_device(actor=actor_of(request), device=device)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已确认 {device}。请在手机上更新任务包。")
    return redirect("field-devices")


@login_required
@require_POST
def revoke(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    device = get_visible(Device, actor_of(request), pk=pk)
    try:
        revoke_device(
            actor=actor_of(request),
            device=device,
            reason=request.POST.get("reason", ""),
            wipe="wipe" in request.POST,
        )
    except (Refusal, InputFault) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{device} 已停用，不能再上传；没有用的文书号已作废并记入台账。")
    return redirect("field-devices")


@login_required
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """What phones have sent, newest first; those that wait for a person before the others."""
    actor = actor_of(request)
    rows = FieldRecord.objects.visible_to(actor).select_related("person", "device", "agency")
    state = request.GET.get("state", "")
    if state in RecordState.values:
        rows = rows.filter(state=state)
    waiting = FieldRecord.objects.visible_to(actor).filter(state=RecordState.CONFLICT).count()
    shown = list(rows.order_by("-received_at", "-pk")[:PAGE])
    context = {
        "rows": [(row, TAGS[RecordState(row.state)], KINDS_ZH[row.kind]) for row in shown],
        "waiting": waiting,
        "state": state,
        "states": RecordState.choices,
        "as_of": clock.now(),
    }
    return render(request, "field/records.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One record: both times, signature, files; and, where two disagree, the choice."""
    actor = actor_of(request)
    row = get_visible(FieldRecord, actor, pk=pk)
    allowed = may_settle(actor, row)
    found = differences(row) if row.state == RecordState.CONFLICT else []
    faults = ""
    if request.method == "POST":
        try:
            settle_conflict(
                actor=actor, row=row, choices=_choices(request, found), reason=request.POST.get("reason", "")
            )
        except (Refusal, InputFault) as refusal:
            faults = str(refusal)
        else:
            messages.success(request, "已按您的选择登记，两个版本都已留痕。")
            return redirect("field-record", pk=pk)
    second = row.record["body"].get("second", {}).get("number", "")
    context = {
        "row": row,
        "tag": TAGS[RecordState(row.state)],
        "kind": KINDS_ZH[row.kind],
        "files": list(row.files.all()),
        "differences": found,
        "allowed": allowed,
        "faults": faults,
        "second": f"{names_of([second]).get(second, '')} {second}".strip() if second else "",
        "typed": request.POST,
    }
    return render(request, "field/record.html", context, status=422 if faults else 200)


def _choices(request: HttpRequest, found: list[Any]) -> dict[str, str]:
    """The chosen value of every field: the kept one, the sent one, or what was written instead."""
    values = {}
    for each in found:
        chosen = request.POST.get(each.key)
        if chosen == "kept":
            values[each.key] = each.kept
        elif chosen == "sent":
            values[each.key] = each.sent
        elif chosen == WRITTEN and request.POST.get(f"{each.key}-text", "").strip():
            values[each.key] = request.POST[f"{each.key}-text"].strip()
    return values


@login_required
@require_safe
def record_file(request: HttpRequest, pk: uuid.UUID, number: int) -> HttpResponseBase:
    row = get_visible(FieldRecord, actor_of(request), pk=pk)
    found = row.files.filter(pk=number).exclude(arrived_at=None).first()
    if found is None or not is_intact(found.sha256):
        raise Http404
    keep_access(
        actor=actor_of(request), kind="read", action="field.open_file", subject=row, reason=found.sha256
    )
    picture = found.content_type in {"image/jpeg", "image/png", "image/webp"}
    response = FileResponse(open_kept(found.sha256), as_attachment=not picture, filename=found.sha256[:12])
    response["Content-Type"] = found.content_type if picture else "application/octet-stream"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_required
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """The account of the numbers of on-the-spot decisions: every number of the year and what became of it."""
    actor = actor_of(request)
    if not (actor.can("cases.handle", actor.agency_code) or actor.can("cases.view", actor.agency_code)):
        raise Refusal("您的岗位不查看本机关的文书号台账", next_step="请由本机关执法人员或者负责人查看。")
    agency = Agency.objects.get(code=actor.agency_code)
    year = clock.today().year
    rows = account(agency, MARK, year)
    counts: dict[str, int] = {}
    for each in rows:
        counts[each.state] = counts.get(each.state, 0) + 1
    context = {"rows": rows[-500:], "total": len(rows), "counts": counts, "agency": agency, "year": year,
               "unexplained": counts.get("", 0)}  # fmt: skip
    return render(request, "field/numbers.html", context)
