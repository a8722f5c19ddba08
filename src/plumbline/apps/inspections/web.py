"""Inspections at the desk: the list, one visit, planning, and carrying a finding on as a case."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plumbline.apps.agencies.contract import holders_of
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.access import keep_access
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.files.store import is_intact, open_kept
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.components import Tag
from plumbline.vocabulary import load_vocabulary

from .actions import compel, convert_to_case, delete_place, plan_inspection
from .forms import PlanForm
from .models import Inspection, Result
from .policies import may_compel, may_convert, may_file, may_inspect
from .queries import days_since

PAGE = 30
TAGS = {
    "": Tag("待检查", "gry", "○"),
    Result.COMPLIANT: Tag("各项均符合", "grn", "✓"),
    Result.PROBLEMS: Tag("有不符合项", "red", "▲"),
    Result.PARTIAL: Tag("有未查项", "amb", "◆"),
}
STATES = {"open": "待检查", "compliant": "各项均符合", "problems": "有不符合项", "partial": "有未查项"}


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = Inspection.objects.visible_to(actor).select_related("item", "target", "agency")
    text, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    if text:
        rows = rows.filter(target__name__icontains=text) | rows.filter(target__credit_code=text.upper())
    if state == "open":
        rows = rows.filter(filed_at=None)
    elif state in Result.values:
        rows = rows.filter(result=state)
    if before := request.GET.get("after", ""):
        rows = _after(rows, before)
    shown = list(rows.order_by("-planned_on", "-pk")[: PAGE + 1])
    more, shown = len(shown) > PAGE, shown[:PAGE]
    context = {
        "rows": [(row, TAGS[row.result]) for row in shown],
        "next": f"{shown[-1].planned_on}.{shown[-1].pk}" if more else "",
        "q": text,
        "state": state,
        "states": STATES.items(),
        "may_plan": bool(may_inspect(actor, actor.agency_code)),
        "as_of": clock.now(),
    }
    return render(request, "inspections/list.html", context)


def _after(rows: Any, key: str) -> Any:
    day, _, pk = key.partition(".")
    try:
        on, number = date.fromisoformat(day), int(pk)
    except ValueError:
        raise Http404 from None
    return rows.filter(planned_on__lte=on).exclude(planned_on=on, pk__gte=number)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    allowed = may_inspect(actor, actor.agency_code)
    form = PlanForm(request.POST or None, agency=actor.agency_code, me=actor.number)
    if request.method == "POST" and form.is_valid():
        try:
            planned = plan_inspection(actor=actor, agency_code=actor.agency_code, **form.cleaned_data)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, "检查已列入计划，会进入检查人员手机的任务包。")
            return redirect("inspection", matter_id=planned.matter_id)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "inspections/new.html", {"form": form, "allowed": allowed}, status=status)


@login_required
@require_safe
def show(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor = actor_of(request)
    row = get_visible(Inspection, actor, matter_id=matter_id)
    answers = list(row.answers.select_related("point"))
    files = list(row.files.select_related("point"))
    names = holders_of(row.officers)
    vocabulary = load_vocabulary()
    events = (
        StoredEvent.objects.unscoped("已核对检查的可见范围").filter(matter_id=row.matter_id).order_by("seq")
    )
    earlier = (
        Inspection.objects.visible_to(actor)
        .filter(target=row.target, ended_at__isnull=False)
        .exclude(pk=row.pk)
        .select_related("item", "agency")
        .order_by("-ended_at")[:5]
    )
    powers = {a.point.power for a in answers if a.answer == "n" and a.point.power}
    context = {
        "row": row,
        "tag": TAGS[row.result],
        "answers": answers,
        "files": files,
        "missing": [f for f in files if f.arrived_at is None],
        "officers": [f"{names.get(number, '')} {number}".strip() for number in row.officers],
        "second": f"{names.get(row.second_officer, '')} {row.second_officer}".strip(),
        "cause": vocabulary.enums["inspection_cause"].get(row.cause, row.cause),
        "earlier": [(each, days_since(each.ended_at)) for each in earlier],
        "events": [(e, _word(e.activity)) for e in events],
        "may_convert": may_convert(actor, row),
        "may_compel": bool(may_compel(actor, row)),
        "may_file": bool(may_file(actor, row)),
        "power": sorted(powers)[0] if powers else "",
    }
    return render(request, "inspections/inspection.html", context)


def _word(activity: str) -> str:
    from plumbline.platform.events.declared import declared_activities

    return declared_activities().get(activity) or load_vocabulary().activity_zh(activity)


@login_required
@require_POST
def convert(request: HttpRequest, matter_id: str) -> HttpResponse:
    row = get_visible(Inspection, actor_of(request), matter_id=matter_id)
    power = request.POST.get("power", "").strip()
    try:
        case = convert_to_case(actor=actor_of(request), inspection=row, power=power)
    except (Refusal, InputFault) as refusal:
        messages.error(request, str(refusal))
        return redirect("inspection", matter_id=matter_id)
    messages.success(request, "已转为案件，检查中的内容已带入。下一步：核查。")
    return redirect(f"/cases/{case}")


@login_required
@require_POST
def compelled(request: HttpRequest, matter_id: str) -> HttpResponse:
    row = get_visible(Inspection, actor_of(request), matter_id=matter_id)
    try:
        matter = compel(actor=actor_of(request), inspection=row, power=request.POST.get("power", "").strip())
    except (Refusal, InputFault) as refusal:
        messages.error(request, str(refusal))
        return redirect("inspection", matter_id=matter_id)
    messages.success(
        request, "已登记行政强制，检查中的内容已带入。情况紧急的，可以先实施，二十四小时内补办批准。"
    )
    return redirect(f"/cases/{matter}")


@login_required
@require_POST
def forget_place(request: HttpRequest, matter_id: str) -> HttpResponse:
    row = get_visible(Inspection, actor_of(request), matter_id=matter_id)
    try:
        delete_place(actor=actor_of(request), inspection=row)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "定位已删除。")
    return redirect("inspection", matter_id=matter_id)


@login_required
@require_safe
def open_file(request: HttpRequest, matter_id: str, pk: int) -> HttpResponseBase:
    """A file of the record: bound to the inspection's scope, never run by the browser, each opening kept."""
    row = get_visible(Inspection, actor_of(request), matter_id=matter_id)
    found = row.files.filter(pk=pk).exclude(arrived_at=None).first()
    if found is None:
        raise Http404
    if not is_intact(found.sha256):
        text = "文件与登记时的指纹不同或已缺失。请停止使用本文件并联系审计管理员。"
        return render(request, "ui/bare_message.html", {"title": "校验不一致", "text": text}, status=409)
    keep_access(
        actor=actor_of(request), kind="read", action="inspections.open_file", subject=row, reason=found.sha256
    )
    picture = found.content_type in {"image/jpeg", "image/png", "image/webp"}
    response = FileResponse(
        open_kept(found.sha256), as_attachment=not picture, filename=f"{found.sha256[:12]}"
    )
    response["Content-Type"] = found.content_type if picture else "application/octet-stream"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
