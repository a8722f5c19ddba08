"""Pages of 《执法工作情况报告》: the rounds, each unit's report with its figures, and the district's analysis."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.components import Figure, Tag
from plumbline.platform.ui.downloads import as_file

from . import actions
from .actions.special import district_content
from .analysing import LABELS, OWN_PARTS, analysis_of, draft_parts, said
from .figures import look_up
from .forms import ReviewForm, RoundForm, SpecialTextForm
from .models import SpecialReport, SpecialRound
from .policies import may_compile, may_review_special, may_supervise, may_write_special
from .showing import bars
from .special_pages import special_sheet, special_workbook
from .web_rows import FORMS

STATES = {
    "missing": Tag("未报送", "gry"),
    "late": Tag("逾期未报送", "red"),
    "returned": Tag("退回补正", "amb"),
    "submitted": Tag("已报送，待审阅", "blu"),
    "accepted": Tag("审阅通过", "grn"),
}


def state_of(report: SpecialReport) -> str:
    if report.accepted_on is not None:
        return "accepted"
    if report.submitted_on is not None:
        return "submitted"
    if report.returned_because:
        return "returned"
    return "late" if clock.today() > report.round.due_on else "missing"


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every round the actor takes part in or oversees, the latest first."""
    actor = actor_of(request)
    reports = (
        SpecialReport.objects.visible_to(actor)
        .select_related("round", "agency")
        .order_by("-round_id", "agency_id")
    )
    rounds: dict[int, tuple[SpecialRound, list[SpecialReport]]] = {}
    for report in reports:
        rounds.setdefault(report.round_id, (report.round, []))[1].append(report)
    told = [
        (asked, len(found), sum(1 for r in found if r.submitted_on), STATES[state_of(found[0])] if len(found) == 1 else None, found[0])
        for asked, found in rounds.values()
    ]  # fmt: skip
    return render(
        request, "reporting/specials.html", {"rows": told, "supervises": bool(may_supervise(actor))}
    )


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    allowed = may_supervise(actor)
    if not allowed:
        raise Refusal(allowed.reason, next_step=allowed.next_step)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_for_reports(actor=actor, **form.cleaned_data)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, f"已布置，{len(form.cleaned_data['agencies'])} 个单位收到报送任务。")
            return redirect("special-round", pk=made.pk)
    return render(request, "reporting/special_new.html", {"form": form}, status=422 if form.errors else 200)


def _round(actor: Actor, pk: int) -> tuple[SpecialRound, list[SpecialReport]]:
    asked = get_object_or_404(SpecialRound, pk=pk)
    rows = list(SpecialReport.objects.visible_to(actor).filter(round=asked).select_related("agency", "round"))
    if not rows:
        raise Http404
    return asked, rows


@login_required
@require_safe
def asked(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has handed in, who is missing or late; the district's analysis when it is there."""
    actor = actor_of(request)
    row, reports = _round(actor, pk)
    if len(reports) == 1 and not may_supervise(actor):
        return redirect("special-unit", pk=pk, agency=reports[0].agency_id)
    states = [(report, state_of(report)) for report in reports]
    wanted = request.GET.get("state", "")
    figures = [
        Figure(tag.word, str(sum(1 for _, state in states if state == key)), f"?state={key}", "个", "red" if key == "late" and any(s == key for _, s in states) else "")
        for key, tag in STATES.items()
    ]  # fmt: skip
    context = {
        "asked": row,
        "figures": figures,
        "rows": [(report, STATES[state]) for report, state in states if not wanted or state == wanted],
        "filtered": bool(wanted),
        "supervises": bool(may_supervise(actor)),
    }
    return render(request, "reporting/special_round.html", context)


def _parts(content: Any, text: Any, agencies: list[str]) -> list[dict[str, Any]]:
    """The parts of an analysis with words, and bars whose figures open their rows."""
    unit = f"&unit={agencies[0]}" if len(agencies) == 1 else ""
    parts = []
    for part in content["parts"]:
        address = f"/rows?from_on={content['from']}&to_on={content['to']}&by=unit{unit}"
        counted = [f for f in part["figures"] if f["unit"] != "元" and (f["value"] or f["before"])]
        parts.append(
            {
                **part,
                "text": text.get(part["key"], ""),
                "bars": bars(
                    (
                        f["label"],
                        f["value"],
                        f["before"],
                        said(f),
                        said(f, "before"),
                        f"/stats/{f['measure']}{address}",
                    )
                    for f in counted
                ),
                "money": [
                    (f["label"], said(f), said(f, "before"), f"/stats/{f['measure']}{address}")
                    for f in part["figures"]
                    if f["unit"] == "元"
                ],
            }
        )
    return parts


@login_required
@require_http_methods(["GET", "POST"])
def unit(request: HttpRequest, pk: int, agency: str) -> HttpResponse:
    """One unit's report: figures and bars, seven parts to write, hand in."""
    actor = actor_of(request)
    row = get_visible(SpecialReport, actor, round_id=pk, agency_id=agency)
    look_up()
    write = may_write_special(actor, row)
    content = row.content if row.submitted_on else analysis_of([agency], row.round.from_on, row.round.to_on)
    proposed = draft_parts(row.agency.name, content)
    form = SpecialTextForm(
        request.POST or None, initial={key: row.text.get(key) or proposed[key] for key in LABELS}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_special(actor=actor, report=row, text=form.cleaned_data)
            if "submit" in request.POST:
                actions.submit_special(actor=actor, report=row)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, "已报送。" if "submit" in request.POST else "已保存。")
            return redirect("special-unit", pk=pk, agency=agency)
    context = {
        "report": row,
        "tag": STATES[state_of(row)],
        "content": content,
        "parts": _parts(content, row.text, [agency]),
        "own": [(label, row.text.get(key, "")) for key, label in OWN_PARTS.items()],
        "form": form,
        "write": write,
        "may_review": may_review_special(actor, row),
    }
    return render(request, "reporting/special_unit.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int, agency: str) -> HttpResponse:
    actor = actor_of(request)
    row = get_visible(SpecialReport, actor, round_id=pk, agency_id=agency)
    allowed = may_review_special(actor, row)
    if not allowed:
        raise Refusal(allowed.reason, next_step=allowed.next_step)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_special(actor=actor, report=row, **form.cleaned_data)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, "已登记审阅意见。")
            return redirect("special-round", pk=pk)
    return render(
        request,
        "reporting/special_review.html",
        {"report": row, "form": form},
        status=422 if form.errors else 200,
    )


@login_required
@require_http_methods(["GET", "POST"])
def district(request: HttpRequest, pk: int) -> HttpResponse:
    """The district's analysis: drafted from all units' figures, with what the units wrote beside it."""
    actor = actor_of(request)
    row, _ = _round(actor, pk)
    allowed = may_supervise(actor)
    if not allowed:
        raise Refusal(allowed.reason, next_step=allowed.next_step)
    look_up()
    content = row.content if row.compiled_on else district_content(row)
    proposed = draft_parts("全区各执法单位", content)
    form = SpecialTextForm(
        request.POST or None, initial={key: row.text.get(key) or proposed[key] for key in LABELS}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_district(actor=actor, asked=row, text=form.cleaned_data)
            if "submit" in request.POST:
                actions.compile_reports(actor=actor, asked=row)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, "已形成全区综合分析。" if "submit" in request.POST else "已保存。")
            return redirect("special-district", pk=pk)
    agencies = [each["agency"] for each in content["units"] if each["agency"]]
    context = {
        "asked": row,
        "content": content,
        "parts": _parts(content, row.text, agencies if len(agencies) == 1 else []),
        "own": [(label, row.text.get(key, "")) for key, label in OWN_PARTS.items()],
        "told": [
            (each["name"], [(label, each.get(key, "")) for key, label in OWN_PARTS.items()])
            for each in content["told"]
        ],
        "form": form,
        "write": may_compile(actor, row),
    }
    return render(request, "reporting/special_district.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def unit_file(request: HttpRequest, pk: int, agency: str, form: str) -> HttpResponse:
    row = get_visible(SpecialReport, actor_of(request), round_id=pk, agency_id=agency)
    if form not in FORMS:
        raise Http404
    content = row.content
    if not row.submitted_on:
        look_up()
        analysis = analysis_of([agency], row.round.from_on, row.round.to_on)
        content = {
            "title": f"{row.round.title}（草稿）",
            "agency_name": row.agency.name,
            **analysis,
            "text": row.text or draft_parts(row.agency.name, analysis),
        }
    return _file(content, form, row.submitted_label or "草稿，尚未报送", row.submitted_on)


@login_required
@require_safe
def district_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    actor = actor_of(request)
    row, _ = _round(actor, pk)
    if form not in FORMS or not may_supervise(actor):
        raise Http404
    if not row.compiled_on:
        look_up()
    content = row.content if row.compiled_on else district_content(row)
    if not row.compiled_on:
        content = {
            **content,
            "title": f"{row.title}（草稿）",
            "text": row.text or draft_parts("全区各执法单位", content),
        }
    return _file(content, form, row.compiled_label or "草稿，尚未形成", row.compiled_on)


def _file(content: Any, form: str, signed: str, on: Any) -> HttpResponse:
    from .documents import pdf, word

    name = f"{content['agency_name']}{content['title']}.{form}"
    if form == "xlsx":
        return as_file(special_workbook(content), name)
    day = on or clock.today()
    sheet = special_sheet(content, signed=signed, on=day)
    return as_file(pdf(sheet, day) if form == "pdf" else word(sheet), name)
