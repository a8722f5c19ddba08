"""What the public sees of enforcement subjects: the published rows of today, and each subject's permanent page."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plumbline.platform import clock
from plumbline.platform.paging import by_id
from plumbline.platform.rates.limiting import Lane, limited

from .models import Kind, Subject

PAGE = 30
SEARCH = Lane("open.search", 60)


def published_subjects() -> QuerySet[Subject]:
    """The subjects the public list shows today."""
    today = clock.today()
    running = Q(valid_to=None) | Q(valid_to__gte=today)
    return Subject.objects.filter(running, published_on__lte=today).select_related("agency")


@require_safe
@limited(SEARCH)
def subjects(request: HttpRequest) -> HttpResponse:
    rows = published_subjects().prefetch_related("bases")
    text, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    if len(text) >= 2:
        rows = rows.filter(Q(name__contains=text) | Q(scope__contains=text) | Q(area__contains=text))
    if kind in Kind.values:
        rows = rows.filter(kind=kind)
    part = by_id(rows, after=request.GET.get("after", ""), size=PAGE)
    context = {
        "q": text, "kind": kind, "kinds": Kind.choices, "rows": part.rows, "total": rows.count(),
        "next": part.next_key, "today": clock.today(), "short": 0 < len(text) < 2,
    }  # fmt: skip
    return render(request, "subjects/public_subjects.html", context)


@require_safe
@limited(SEARCH)
def subject(request: HttpRequest, code: str) -> HttpResponse:
    """The permanent page of a subject; one that has ended says since when, why, and who acts instead."""
    rows = Subject.objects.filter(code=code, published_on__lte=clock.today()).select_related("agency")
    row = rows.order_by("-confirmed_on", "-pk").first()
    if row is None:
        raise Http404
    ended = row.state_on(clock.today()) == "ended"
    heir = published_subjects().filter(code=row.successor).first() if ended and row.successor else None
    context = {
        "row": row,
        "ended": ended,
        "heir": heir,
        "today": clock.today(),
        "history": rows.order_by("confirmed_on"),
    }
    return render(request, "subjects/public_subject.html", context)
