"""The pages of the workbench: desk, all tasks, search, notices, help, feedback, and the root address."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.desk import links_for_desk, sections_for, tasks_for
from plumbline.platform.filters import id_in
from plumbline.platform.identity.capabilities import ADMINISTRATOR_POWERS
from plumbline.platform.notify.models import NoticeRead, notices_for, unread_for
from plumbline.platform.search import search_everywhere
from plumbline.platform.ui.acting import actor_of, put_faults

from .actions import answer_feedback, give_feedback, may_answer_feedback
from .desk import KINDS, LABELS, bands, chosen, desk_of, sorted_out
from .forms import AnswerForm, FeedbackForm
from .models import Feedback
from .month import has_month, my_month

NOTICES = 30
TASKS = 50  # on a page of the list of all tasks


@require_GET
def root(request: HttpRequest) -> HttpResponse:
    """The desk for who is logged in, the public portal for everyone else."""
    return redirect("/desk" if actor_of(request).person_id is not None else "/open/")


@login_required
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    tasks, failed = tasks_for(actor)
    context = {
        "desk": desk_of(tasks, today),
        "failed": failed,
        "notices": list(notices_for(actor)[:3]),
        "links": links_for_desk(actor),
        "sections": sections_for(actor),
        "has_month": has_month(actor),
    }
    if actor.administrator:
        context["power"] = ADMINISTRATOR_POWERS[actor.administrator]
        return render(request, "workbench/desk_administrator.html", context)
    return render(request, "workbench/desk.html", context)


@login_required
@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """我的本月: added up over the whole agency, so the desk does not wait for it; a page of its own without scripts."""
    found = my_month(actor_of(request), clock.today())
    if found is None:
        return redirect("/desk")
    template = "workbench/part_month.html" if request.htmx else "workbench/month.html"  # type: ignore[attr-defined]
    return render(request, template, {"month": found})


@login_required
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """All tasks, or those behind one figure of the desk."""
    actor, today = actor_of(request), clock.today()
    band, kind = (request.GET.get(name, "") for name in ("band", "kind"))
    band, kind = band if band in LABELS else "", kind if kind in KINDS else ""
    found, failed = tasks_for(actor)
    wanted = chosen(found, band=band, kind=kind, today=today)
    page = Paginator(wanted, TASKS).get_page(request.GET.get("page"))
    totals = {key: len(mine) for key, mine in sorted_out(wanted, today).items()}
    context = {
        "bands": bands(list(page.object_list), totals, today),
        "page": page,
        "query": urlencode({key: value for key, value in (("band", band), ("kind", kind)) if value}),
        "total": len(wanted),
        "failed": failed,
        "title": LABELS.get(band) or KINDS.get(kind) or "全部待办",
        "band": band,
        "kind": kind,
        "band_labels": LABELS.items(),
        "kind_labels": KINDS.items(),
    }
    return render(request, "workbench/tasks.html", context)


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:100]
    found = search_everywhere(actor_of(request), words) if words else []
    return render(request, "workbench/search.html", {"words": words, "found": found})


@login_required
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = Paginator(notices_for(actor), NOTICES).get_page(request.GET.get("page"))
    read = set(
        NoticeRead.objects.filter(person_id=actor.own_id, notice__in=list(page)).values_list(
            "notice_id", flat=True
        )
    )
    return render(request, "workbench/notices.html", {"page": page, "read": read})


@login_required
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark one notice read and go where it leads, or mark all."""
    actor = actor_of(request)
    wanted = unread_for(actor)
    named = request.POST.get("notice", "")
    one = id_in(named)
    if named:
        wanted = wanted.filter(pk=one)
    kept = list(wanted[:1000])
    NoticeRead.objects.bulk_create(
        [NoticeRead(notice=notice, person_id=actor.own_id) for notice in kept], ignore_conflicts=True
    )
    target = notices_for(actor).filter(pk=one).values_list("url", flat=True).first() if one else ""
    return redirect(target if target and target.startswith("/") else "/notices")


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "workbench/help.html")


@login_required
@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """Say something about the system; below, everything said so far with its answers."""
    actor = actor_of(request)
    form = FeedbackForm(request.POST or None, initial={"page": request.GET.get("from", "")})
    if request.method == "POST" and form.is_valid():
        try:
            give_feedback(actor=actor, **form.cleaned_data)
        except InputFault as fault:
            put_faults(form, fault)
        else:
            messages.success(request, "已收到。五个工作日内答复，答复在本页公开。")
            return redirect("/feedback")
    page = Paginator(Feedback.objects.order_by("-created_at"), 20).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "may_answer": bool(may_answer_feedback(actor)),
        "answer": AnswerForm(),
    }
    return render(request, "workbench/feedback.html", context)


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_feedback(
                actor=actor_of(request),
                feedback=get_object_or_404(Feedback, pk=pk),
                text=form.cleaned_data["text"],
            )
            messages.success(request, "答复已公开。")
        except Refusal as refusal:
            messages.error(request, str(refusal))
    else:
        messages.error(request, "请填写答复。")
    return redirect("/feedback")
