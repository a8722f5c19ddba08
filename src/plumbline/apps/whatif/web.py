"""The pages of what if: the form with earlier questions, and an answer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.jobs.models import Job
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.components import Figure
from plumbline.platform.ui.downloads import as_file

from .actions import ask, export
from .forms import WhatIfForm
from .policies import may_ask
from .questions import drafts
from .results import KIND, PAGE, file_of, rows_of


def _asking(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    may_ask(actor).demand()
    return actor


def _job(actor: Actor, pk: UUID) -> Job:
    found = Job.objects.filter(pk=pk, kind=KIND, started_by_id=actor.person_id).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "POST"])
def whatif(request: HttpRequest) -> HttpResponse:
    actor = _asking(request)
    form = WhatIfForm(
        request.POST if request.method == "POST" else None, initial={"kind": "term", "unit": "cd"}
    )
    if request.method == "POST" and form.is_valid():
        return redirect("whatif-answer", pk=ask(actor=actor, question=form.question()).pk)
    earlier = Job.objects.filter(kind=KIND, started_by_id=actor.person_id).order_by("-created_at")[:10]
    context = {"form": form, "earlier": earlier, "has_drafts": bool(drafts())}
    return render(request, "whatif/ask.html", context)


@login_required
@require_GET
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = _asking(request)
    job = _job(actor, pk)
    context: dict[str, object] = {"job": job}
    if job.state == "done":
        agency = request.GET.get("agency", "")
        told = request.GET.get("after", "")
        before = int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 0
        kept = file_of(job).exists()
        rows = rows_of(job, agency=agency, before=before, size=PAGE + 1) if kept else []
        names = dict(Agency.objects.values_list("code", "short_name"))
        for row in rows:
            row["agency_zh"] = names.get(row["agency"], row["agency"])
        result = job.result
        context |= {
            "kept": kept,
            "rows": rows[:PAGE],
            "next": str(before + PAGE) if len(rows) > PAGE else "",
            "taken": datetime.fromisoformat(result["snapshot"]).astimezone(clock.CHINA),
            "streets": [row for row in result["agencies"] if row["street"]],
            "others": [row for row in result["agencies"] if not row["street"]],
            "figures": [
                Figure("结论会变的事项", f"{result['open'] + result['past']:,}"),
                Figure("其中在办", f"{result['open']:,}"),
                Figure("其中已办结", f"{result['past']:,}"),
                Figure("会变的结论", f"{result['verdicts']:,}"),
                Figure("推演的事项", f"{result['matters']:,}"),
            ],
        }
    name = (
        "whatif/progress.html"
        if request.headers.get("HX-Request") and not job.is_over
        else "whatif/answer.html"
    )
    reply = render(request, name, context)
    if request.headers.get("HX-Request") and job.is_over:
        reply["HX-Refresh"] = "true"
    return reply


@login_required
@require_GET
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = _asking(request)
    job = _job(actor, pk)
    if job.state != "done" or not file_of(job).exists():
        raise Http404
    workbook = request.GET.get("as") == "xlsx"
    content = export(actor=actor, job=job, agency=request.GET.get("agency", ""), workbook=workbook)
    return as_file(content, f"whatif-{str(job.pk)[:8]}.{'xlsx' if workbook else 'csv'}")
