"""The organ's pages about what volunteers do: activities with their draw, records with feedback, trainings."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform import clock
from plumbline.platform.files.store import open_kept
from plumbline.platform.filters import id_in, ids_in
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.downloads import as_file

from .. import actions
from ..drawing import lot, replayed
from ..export import visits_book
from ..forms import ActivityForm, FeedbackForm, ReasonForm, TrainingForm, VisitsFilter
from ..models import Activity, Training, Visit, Volunteer
from ..policies import MANAGE, SUPERVISE
from ..questions import SEEN, VISIT
from .acting import carry_out, demand_right

PAGE = 30


def _ours(actor: Actor, model: type[Any]) -> Any:
    reach = actor.reach(MANAGE)
    rows = model.objects.all()
    return rows if reach is None else rows.filter(agency_id__in=reach)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activities(request: HttpRequest) -> HttpResponse:
    """Activities, the next first; a new one."""
    actor = actor_of(request)
    demand_right(actor, MANAGE)
    form = ActivityForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        made = carry_out(
            request,
            form,
            lambda: actions.plan_activity(actor=actor, **form.cleaned_data),
            "已登记。下一步：随机抽取。",
        )
        if made:
            return redirect("volunteer-activity", pk=made.pk)
    rows = _ours(actor, Activity).select_related("concerned").prefetch_related("invitations")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "volunteers/activities.html", {"page_rows": page, "form": form, "now": clock.now()}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: the draw and its proof, the answers, the records."""
    actor = actor_of(request)
    row = get_object_or_404(_ours(actor, Activity).select_related("concerned"), pk=pk)
    asked = request.POST.get("do", "")
    cancelling = ReasonForm(request.POST if asked == "cancel" else None)
    if asked == "draw":
        if carry_out(
            request, None, lambda: actions.draw_volunteers(actor=actor, activity=row), "已抽取，邀请已发出。"
        ):
            return redirect("volunteer-activity", pk=pk)
    elif asked == "cancel" and carry_out(
        request, cancelling,
        lambda: actions.cancel_activity(actor=actor, activity=row, **cancelling.cleaned_data), "活动已取消。",
    ):  # fmt: skip
        return redirect("volunteer-activity", pk=pk)
    names = dict(Volunteer.objects.visible_to(actor).values_list("matter_id", "name"))
    draw = row.draw or {}
    context = {
        "row": row,
        "cancelling": cancelling,
        "asked": asked,
        "past": row.starts_at <= clock.now(),
        "invitations": list(row.invitations.select_related("volunteer")),
        "visits": dict(Visit.objects.visible_to(actor).filter(invitation__activity=row).values_list("invitation", "matter_id")),
        "draw": draw,
        "sound": bool(draw) and replayed(draw),
        "considered": [
            (number, names.get(number, ""), load, excluded, lot(number, draw["seed"])[:12],
             draw["order"].index(number) + 1 if number in draw["order"] else None)
            for number, load, excluded in draw.get("considered", ())
        ],
    }  # fmt: skip
    return render(request, "volunteers/activity.html", context)


@login_required
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """Records, newest first; what waits for an answer can be seen alone."""
    actor = actor_of(request)
    demand_right(actor, MANAGE)
    every = Visit.objects.visible_to(actor)
    form = VisitsFilter(request.GET)
    rows = form.applied(every.select_related("concerned", "volunteer").order_by("-recorded_at", "-pk"))
    waiting = rows.filter(observation=True, feedback_at=None)
    only = request.GET.get("state") == "waiting"
    shown = waiting if only else rows
    if request.GET.get("as") == "xlsx":
        filtered = "；".join(filter(None, ("待反馈" if only else "", form.words))) or "全部"
        return as_file(visits_book(actor, shown, filtered), f"volunteer-records-{clock.today():%Y%m%d}.xlsx")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {
        "page_rows": page,
        "form": form,
        "only": only,
        "waiting": waiting.count(),
        "total": rows.count(),
        "shown": page.paginator.count,
    }
    return render(request, "volunteers/visits.html", context)


def _visit(actor: Actor, matter_id: str) -> Visit:
    """For those who manage volunteers; whoever supervises sees an observation as its lead, without who made it."""
    return get_visible(Visit, actor, matter_id=matter_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, matter_id: str) -> HttpResponse:
    """One record, and the feedback to whoever made it."""
    actor = actor_of(request)
    row = _visit(actor, matter_id)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and carry_out(
        request, form, lambda: actions.give_feedback(actor=actor, visit=row, **form.cleaned_data), "已反馈。"
    ):
        return redirect("volunteer-visit", matter_id=matter_id)
    words = dict(SEEN)
    context = {
        "row": row,
        "form": form,
        "marks": [
            (label, row.answers.get(key), words.get(row.answers.get(key, ""), ""))
            for key, label in VISIT[row.kind]
        ],
        "lead_url": f"/leads/{row.lead}" if row.lead and actor.can(SUPERVISE) else "",
    }
    return render(request, "volunteers/visit.html", context)


@login_required
@require_safe
def visit_photo(request: HttpRequest, matter_id: str) -> FileResponse:
    row = _visit(actor_of(request), matter_id)
    if not row.photo:
        raise Http404
    return FileResponse(open_kept(row.photo), content_type="image/jpeg")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def trainings(request: HttpRequest) -> HttpResponse:
    """Lessons and meetings, a new one, and who was there."""
    actor = actor_of(request)
    demand_right(actor, MANAGE)
    form = TrainingForm(
        request.POST if request.POST.get("do") == "publish" else None, initial={"minutes": 30}
    )
    if request.POST.get("do") == "publish":
        if carry_out(
            request,
            form,
            lambda: actions.publish_training(actor=actor, **form.cleaned_data),
            "已发布，义务监督员在“学习”里看到。",
        ):
            return redirect("volunteer-trainings")
    elif request.POST.get("do") == "attended":
        pk = request.POST.get("training", "")
        found = get_object_or_404(_ours(actor, Training), pk=id_in(pk))
        chosen = ids_in(request.POST.getlist("volunteer"))
        there = Volunteer.objects.visible_to(actor).filter(pk__in=chosen)
        if carry_out(
            request,
            None,
            lambda: actions.mark_attended(actor=actor, training=found, volunteers=list(there)) or None,
            "已登记到场的人。",
        ):
            return redirect("volunteer-trainings")
    today = clock.today()
    rows = _ours(actor, Training).prefetch_related("records__volunteer")
    page = Paginator(rows, 10).get_page(request.GET.get("page"))
    here = [each for each in Volunteer.objects.visible_to(actor) if each.is_in_office(today)]
    context = {
        "page_rows": page,
        "rows": [
            (row, [r.volunteer.name for r in row.records.all()], {r.volunteer_id for r in row.records.all()})
            for row in page
        ],
        "form": form,
        "here": here,
        "today": today,
    }
    return render(request, "volunteers/trainings.html", context)
