"""Pages of the power lists and the who-is-competent look-up."""

from __future__ import annotations

import re
from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.vocabulary import load_vocabulary

from .contract import items_in_force
from .models import Benchmark, PowerItem, PowerTransfer

PAGE = 50


@login_required
def powers(request: HttpRequest) -> HttpResponse:
    """The list of a day (today, unless another is asked for), fifty at a time."""
    day = _day(request)
    held = Q(transfers__taken_over_on__lte=day) & (
        Q(transfers__ended_on__isnull=True) | Q(transfers__ended_on__gte=day)
    )
    rows = items_in_force(day).select_related("agency").annotate(streets=Count("transfers", filter=held))
    if text := request.GET.get("q", "").strip():
        rows = rows.filter(Q(violation__contains=text) | Q(item__icontains=text))
    if agency := request.GET.get("agency", ""):
        taken_over = PowerTransfer.objects.filter(power=OuterRef("pk"), street_id=agency)
        rows = rows.filter(Q(agency_id=agency) | Exists(taken_over))
    total = rows.count()
    if last := _last_shown(request):
        rows = rows.filter(Q(item__gt=last.item) | Q(item=last.item, pk__gt=last.pk))
    shown = list(rows.order_by("item", "pk")[: PAGE + 1])
    more, shown = len(shown) > PAGE, shown[:PAGE]
    context = {
        "rows": shown,
        "next": str(shown[-1].pk) if more else "",
        "total": total,
        "agencies": Agency.objects.filter(enforces=True),
        "domains": load_vocabulary().enums["domain"],
        "today": day,
    }
    return render(request, "powers/powers.html", context)


def _day(request: HttpRequest) -> date:
    told = request.GET.get("on", "")
    if not told:
        return clock.today()
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise Http404 from None


def _last_shown(request: HttpRequest) -> PowerItem | None:
    """The row the page before ended with."""
    after = request.GET.get("after", "")
    if not re.fullmatch(r"[0-9]{1,18}", after):
        return None
    return PowerItem.objects.filter(pk=int(after)).first()


@login_required
def power(request: HttpRequest, code: str) -> HttpResponse:
    """All versions of an item, newest first; its head is the version in force today."""
    versions = list(
        PowerItem.objects.filter(item=code)
        .select_related("agency")
        .prefetch_related("transfers__street")
        .order_by("-valid_from", "pk")
    )
    if not versions:
        raise Http404
    today = clock.today()
    words = load_vocabulary()
    context = {
        "versions": versions,
        "current": next((each for each in versions if each.is_in_force_on(today)), versions[0]),
        "benchmarks": Benchmark.objects.filter(item=code).order_by("-valid_from"),
        "kinds": words.enums["penalty_kind"],
        "domains": words.enums["domain"],
        "parties": words.enums["range_party"],
    }
    return render(request, "powers/power.html", context)
