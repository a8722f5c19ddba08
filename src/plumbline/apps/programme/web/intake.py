"""A notice comes in as a workbook: template, dry run with faults, difference, taking over."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.downloads import as_file

from .. import actions
from ..comparing import difference
from ..forms import PlanFileForm, ReasonForm
from ..models import Intake, Programme, TaskTerm
from ..plan import Plan, PlanTask
from ..plan_book import plan_workbook
from ..policies import may_lead
from .asking import programme_for


@login_required
@require_http_methods(["GET", "POST"])
def intakes(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    may_lead(actor).demand()
    form = PlanFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.upload_plan(actor=actor, file=form.cleaned_data["file"])
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            return redirect("programme-intake", pk=made.pk)
    context = {
        "form": form,
        "rows": Intake.objects.select_related("programme")[:20],
        "programmes": Programme.objects.all(),
    }
    return render(request, "programme/intakes.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    may_lead(actor_of(request)).demand()
    return as_file(plan_workbook(), "工作方案模板.xlsx")


@login_required
@require_safe
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """The programme as it stands, to be changed and taken in again."""
    actor, programme = programme_for(request, key)
    may_lead(actor).demand()
    return as_file(plan_workbook(plan_of(programme)), f"{programme.title}方案.xlsx")


def plan_of(programme: Programme) -> Plan:
    """What the programme says now."""
    terms = TaskTerm.objects.filter(task__programme=programme, until_on=None).select_related("task")
    told = {
        name: getattr(programme, name)
        for name in ("key", "title", "number", "issuer", "issued_on", "from_on", "to_on")
    }
    head = Plan(**told, groups={name: tuple(codes) for name, codes in programme.groups.items()}).as_json()
    whole = Plan.of_json({**head, "phases": programme.phases, "conflicts": programme.conflicts})
    tasks = tuple(
        PlanTask(
            code=t.task.code, kind=t.task.kind, section=t.section, title=t.title, units=tuple(t.units), due=tuple(t.due),
            deliverable=t.deliverable, demand=t.demand, unit_stated=t.unit_stated, recurs=t.recurs, nature=t.nature,
            refs=tuple(t.refs), after=tuple(t.after), body_only=t.body_only, stage=t.stage, points=t.points,
            links=tuple((page, words) for page, words in t.links), elements=tuple(t.elements),
        )
        for t in terms.order_by("task__order")
    )  # fmt: skip
    return Plan(**{**vars(whole), "tasks": tasks})


@login_required
@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run: what is wrong with the file, or what taking it over would change."""
    actor = actor_of(request)
    may_lead(actor).demand()
    row = get_object_or_404(Intake.objects.select_related("programme"), pk=pk)
    told = Plan.of_json(row.plan) if row.plan else None
    there = Programme.objects.filter(key=told.key).first() if told else None
    form = ReasonForm(request.POST or None)
    if there is None:
        form.fields["reason"].required = False
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.apply_plan(actor=actor, intake=row, reason=form.cleaned_data["reason"])
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, f"已纳入：{made.title}。各责任单位收到通知。")
            return redirect("programme", key=made.key)
    context = {
        "row": row,
        "plan": told,
        "there": there,
        "difference": difference(there, told) if told and not row.applied_at else None,
        "form": form,
        "units": len({code for group in told.groups.values() for code in group}) if told else 0,
    }
    return render(request, "programme/intake.html", context, status=422 if form.errors else 200)
