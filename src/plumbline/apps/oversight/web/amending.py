"""Changing a plan, and correcting a measure that was recorded in error."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of

from .. import actions
from ..amending_forms import ChangePlanForm, CorrectForm, ReleaseForm
from ..models import Measure, Plan, PlanState
from ..policies import may_change_plan, may_work_measure
from .steps import demand_supervisor, done


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The plan in a form, and who leaves the team; what was changed before is listed on the plan's own page."""
    actor = actor_of(request)
    plan = get_visible(Plan, actor, matter_id=matter_id)
    asked = request.POST.get("do", "")
    members = list(plan.members.filter(left_on=None))
    first: dict[str, Any] = {
        name: getattr(plan, name)
        for name in (
            "title",
            "reason",
            "scope",
            "from_on",
            "until_on",
            "notice_word",
            "sent_by",
            "sent_number",
        )
    } | {"subjects": [each.agency_id for each in plan.subjects.all()]}
    form = ChangePlanForm(request.POST if asked == "change" else None, initial=first, plan=plan)
    leave = {
        each.pk: ReleaseForm(request.POST if asked == f"release-{each.pk}" else None, prefix=f"m{each.pk}")
        for each in members
    }
    if request.method == "POST" and asked not in {"change", *(f"release-{pk}" for pk in leave)}:
        raise Http404
    if asked == "change" and done(request, form, actions.change_plan, "计划已修改。", plan=plan) is not None:
        return redirect("plan", matter_id=matter_id)
    for each in members:
        if asked == f"release-{each.pk}":
            out = done(
                request,
                leave[each.pk],
                actions.release_member,
                f"{each.name}已退出。",
                plan=plan,
                member=each,
            )
            if out is not None:
                return redirect("plan-change", matter_id=matter_id)
    context = {
        "plan": plan,
        "form": form,
        "members": [(each, leave[each.pk]) for each in members],
        "may": may_change_plan(actor, plan),
    }
    return render(request, "oversight/plan_change.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The measure as it was recorded, to be put right; or none in its place."""
    actor = actor_of(request)
    demand_supervisor(actor)
    measure = get_visible(Measure, actor, pk=pk)
    agencies = Agency.objects.filter(pk__in=measure.plan.subjects.values("agency"))
    first = {name: getattr(measure, name) for name in ("kind", "text", "taken_on", "place", "respond_by")} | {
        "agency": measure.agency_id
    }
    form = CorrectForm(request.POST or None, agencies=agencies, initial=first)
    if (
        done(request, form, actions.correct_measure, "已更正，原来的登记划去保留。", measure=measure)
        is not None
    ):
        return redirect("plan", matter_id=measure.plan.matter_id)
    may = may_work_measure(actor, measure)
    context = {
        "measure": measure,
        "form": form,
        "may": may,
        "open": measure.struck_on is None and measure.plan.state == PlanState.RUNNING,
    }
    return render(request, "oversight/measure_correct.html", context)
