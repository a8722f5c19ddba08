"""Pages of the officers' register beside the list: examinations, applications, changes not yet public, settings, cards."""

from __future__ import annotations

from datetime import date
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.paging import by_id
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults

from . import actions
from .changes import delays, due_days, late_matters
from .forms import ApplyForm, ExamForm, IssueForm, RefuseForm, SettingForm
from .models import (
    CertificateApplication,
    Change,
    ExamResult,
    OfficerCertificate,
    PublicChange,
    QualificationExam,
)
from .photos import photos_of
from .policies import (
    keeps_the_district,
    may_apply,
    may_decide_application,
    may_oversee_officers,
    may_publish_change,
)
from .settings import standings

PAGE, CARDS = 50, 200


def _demand_keeper(actor: Actor) -> None:
    if not (actor.can("registers.maintain") or keeps_the_district(actor)):
        raise Refusal("您的岗位不维护执法人员名册", next_step="请由区司法局或者本单位的管理员办理。")


@login_required
@require_safe
def exams(request: HttpRequest) -> HttpResponse:
    """Examinations, results, and the applications that wait: each agency its own, the district all."""
    actor = actor_of(request)
    _demand_keeper(actor)
    results = ExamResult.objects.visible_to(actor).select_related("exam", "agency")
    applications = CertificateApplication.objects.visible_to(actor).select_related(
        "agency", "result__exam", "certificate"
    )
    sittings = list(QualificationExam.objects.all()[:20])
    shown = list(
        results.filter(exam__in=sittings).order_by("-exam__held_on", "agency_id", "staff_number")[:200]
    )
    context = {
        "here": "exams",
        "sittings": [(each, [row for row in shown if row.exam_id == each.pk]) for each in sittings],
        "waiting": list(applications.filter(decision="")[:100]),
        "decided": list(applications.exclude(decision="")[:30]),
        "may_oversee": bool(may_oversee_officers(actor)),
        "may_apply": bool(may_apply(actor, actor.agency_code)) and not keeps_the_district(actor),
    }
    return render(request, "agencies/exams.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def exam_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    allowed = may_oversee_officers(actor)
    if not allowed:
        raise Refusal(allowed.reason, next_step=allowed.next_step)
    form = ExamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            exam = actions.hold_exam(actor=actor, **form.cleaned_data)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, f"已登记{exam}，{len(form.cleaned_data['scores'])} 人成绩。")
            return redirect("officer-exams")
    return render(request, "agencies/exam_new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    allowed = may_apply(actor, actor.agency_code)
    if not allowed:
        raise Refusal(allowed.reason, next_step=allowed.next_step)
    held = CertificateApplication.objects.unscoped("同一成绩的申领").filter(result=OuterRef("pk"))
    free = ExamResult.objects.visible_to(actor).filter(agency_id=actor.agency_code, passed=True)
    free = free.filter(~Exists(held.exclude(decision="refused"))).select_related("exam")
    form = ApplyForm(request.POST or None, results=free)
    if request.method == "POST" and form.is_valid():
        try:
            actions.apply_for_certificate(actor=actor, agency_code=actor.agency_code, **form.cleaned_data)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, "已申领，等待区司法局审核。")
            return redirect("officer-exams")
    context = {"form": form, "none": not free.exists()}
    return render(request, "agencies/apply.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def application(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    row = get_visible(CertificateApplication, actor, pk=pk)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    issue = IssueForm(request.POST if do == "issue" else None, prefix="i")
    refuse = RefuseForm(request.POST if do == "refuse" else None, prefix="r")
    form = issue if do == "issue" else refuse
    if do and form.is_valid():
        try:
            if do == "issue":
                made = actions.NewCertificate(**form.cleaned_data)
                actions.issue_certificate(actor=actor, application=row, certificate=made)
            else:
                actions.refuse_application(actor=actor, application=row, **form.cleaned_data)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            row.refresh_from_db()
            messages.success(
                request,
                f"{row.result.name}：{row.get_decision_display()}已登记。"
                + ("公开名录需要另行公开。" if do == "issue" else ""),
            )
            return redirect("officer-exams")
    context = {"row": row, "issue": issue, "refuse": refuse, "may": may_decide_application(actor, row)}
    return render(request, "agencies/application.html", context, status=422 if do else 200)


@login_required
@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest) -> HttpResponse:
    """Each change with the days until the public saw it; the figures by agency lead to their rows."""
    actor = actor_of(request)
    _demand_keeper(actor)
    reach = None if keeps_the_district(actor) else actor.reach("registers.maintain", "publicity.publish")
    if request.method == "POST":
        return _publish(request, actor)
    year = clock.today().year
    rows = PublicChange.objects.filter(changed_on__gte=date(year, 1, 1)).select_related(
        "agency", "certificate"
    )
    if reach is not None:
        rows = rows.filter(agency_id__in=reach)
    state, agency, what = (request.GET.get(name, "") for name in ("state", "agency", "what"))
    if agency:
        rows = rows.filter(agency_id=agency)
    if what in Change.values:
        rows = rows.filter(what=what)
    if state == "waiting":
        rows = rows.filter(published_on=None)
    elif state == "shown":
        rows = rows.exclude(published_on=None)
    elif state == "late":
        rows = rows.filter(matter_id__in=late_matters(rows.values_list("matter_id", flat=True)))
    part = by_id(rows, after=request.GET.get("after", ""), size=PAGE, newest=True)
    matters = [row.matter_id for row in part.rows]
    late, due = late_matters(matters), due_days(matters)
    context: dict[str, Any] = {
        "here": "changes",
        "year": year,
        "figures": delays(date(year, 1, 1), reach),
        "rows": [
            (row, row.matter_id in late, due.get(row.matter_id), bool(may_publish_change(actor, row)))
            for row in part.rows
        ],
        "next": part.next_key,
        "kinds": Change.choices,
        "filtered": bool(state or agency or what),
    }
    return render(request, "agencies/changes.html", context)


def _publish(request: HttpRequest, actor: Actor) -> HttpResponse:
    change = get_object_or_404(PublicChange, pk=request.POST.get("change") or 0)
    try:
        actions.publish_change(actor=actor, change=change)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        days = "" if change.delay_wd is None else f"，距变动 {change.delay_wd} 个工作日"
        messages.success(request, f"{change.name} {change.get_what_display()}已公开{days}。")
    return redirect(request.get_full_path())


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Numbers nobody has verified: off, visible, with what would settle them."""
    actor = actor_of(request)
    _demand_keeper(actor)
    form = SettingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.enter_setting(actor=actor, **form.cleaned_data)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, f"已按《{row.source}》启用。")
            return redirect("officer-settings")
    context = {
        "here": "settings",
        "rows": standings(clock.today()),
        "form": form,
        "may": may_oversee_officers(actor),
    }
    return render(request, "agencies/settings.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    """An A4 sheet of cards with the code that leads to the public check, to be cut along the marks."""
    actor = actor_of(request)
    _demand_keeper(actor)
    code = request.GET.get("agency", "") or actor.agency_code
    if not keeps_the_district(actor) and not actor.can("registers.maintain", code):
        raise Refusal("您的岗位不能打印该机关的证件卡", next_step="请由该机关的管理员办理。")
    agency = Agency.objects.filter(code=code, enforces=True).first()
    today = clock.today()
    rows = OfficerCertificate.objects.filter(agency=agency).prefetch_related("suspensions", "revocations")
    valid = [row for row in rows.order_by("number")[:CARDS] if row.state_on(today) == "valid"]
    photos = photos_of(row.number for row in valid)
    base = request.build_absolute_uri("/open/officers/")
    context = {
        "agency": agency,
        "agencies": Agency.objects.filter(enforces=True) if keeps_the_district(actor) else None,
        "cards": [
            (row, segno.make_qr(f"{base}{row.number}", error="m").svg_data_uri(scale=4, border=2), photos.get(row.number))
            for row in valid
        ],
        "today": today,
    }  # fmt: skip
    return render(request, "agencies/cards.html", context)
