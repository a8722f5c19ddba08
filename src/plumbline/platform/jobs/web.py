"""The page of a job: how far it is, stop it, and its result."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from .models import Job


def _own(request: HttpRequest, pk: UUID) -> Job:
    found = Job.objects.filter(pk=pk, started_by_id=request.user.pk).first()
    if found is None:
        raise Http404
    return found


@login_required
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    current = _own(request, pk)
    name = "jobs/progress.html" if request.headers.get("HX-Request") else "jobs/job.html"
    return render(request, name, {"job": current})


@login_required
@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    current = _own(request, pk)
    Job.objects.filter(pk=current.pk).update(cancel_requested=True)
    return redirect("job", pk=pk)
