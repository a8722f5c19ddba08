"""Pages of the power lists and the who-is-competent look-up."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.vocabulary import load_vocabulary

from .contract import competent_for, items_in_force
from .models import Benchmark, PowerItem


@login_required
def powers(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    rows = items_in_force(today).select_related("agency").annotate(streets=Count("transfers"))
    if text := request.GET.get("q", "").strip():
        rows = rows.filter(Q(violation__contains=text) | Q(item__icontains=text))
    if agency := request.GET.get("agency", ""):
        rows = rows.filter(Q(agency_id=agency) | Q(transfers__street_id=agency)).distinct()
    context = {
        "rows": rows.order_by("item")[:200],
        "total": rows.count(),
        "agencies": Agency.objects.filter(enforces=True),
        "domains": load_vocabulary().enums["domain"],
        "today": today,
    }
    return render(request, "powers/powers.html", context)


@login_required
def power(request: HttpRequest, code: str) -> HttpResponse:
    versions = list(
        PowerItem.objects.filter(item=code)
        .select_related("agency")
        .prefetch_related("transfers__street")
        .order_by("-valid_from")
    )
    if not versions:
        raise Http404
    words = load_vocabulary()
    context = {
        "versions": versions,
        "current": versions[0],
        "benchmarks": Benchmark.objects.filter(item=code),
        "kinds": words.enums["penalty_kind"],
        "domains": words.enums["domain"],
        "parties": words.enums["range_party"],
    }
    return render(request, "powers/power.html", context)


@login_required
def competent(request: HttpRequest) -> HttpResponse:
    """Two questions — which item, where — and the row that answers."""
    today = clock.today()
    code, place = request.GET.get("item", ""), request.GET.get("place", "")
    found = competent_for(code, place, today) if code and place else None
    context = {
        "items": items_in_force(today).order_by("item"),
        "places": Agency.objects.filter(level="street").exclude(division_code="").order_by("code"),
        "found": found,
        "code": code,
        "place": place,
        "today": today,
    }
    return render(request, "powers/competent.html", context)
