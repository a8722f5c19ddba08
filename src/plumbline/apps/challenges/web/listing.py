"""The list, its export, and the figures by agency."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from plumbline.apps.cases.contract import left_until, shown_name
from plumbline.packs.reconsideration.procedures import HEARING_OFFICE
from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.paging import how_many, newest_first
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.downloads import as_file, at_this_moment

from ..export import csv_text, workbook
from ..figures import lines, years
from ..models import Route
from ..policies import READING
from ..queries import DUE, HEADS, PAGE, RESULTS, STATES, ChallengeFilter, challenges_matching


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor, wanted, today = actor_of(request), ChallengeFilter.of(request.GET), clock.today()
    matching = challenges_matching(actor, wanted)
    page = newest_first(matching, "opened_on", after=request.GET.get("after", ""), size=PAGE)
    reach = actor.reach(*READING)
    agencies = Agency.objects.filter(enforces=True) if reach is None else Agency.objects.filter(pk__in=reach)
    context = {
        "wanted": wanted,
        "rows": [
            {
                "row": row,
                "party": shown_name(row.case),
                "left": left_until(row.due_on, row.due_unit, today) if row.due_on else None,
            }
            for row in page.rows
        ],
        "count": how_many(matching),
        "next": urlencode({**wanted.given, "after": page.next_key}) if page.next_key else "",
        "query": urlencode(wanted.given),
        "routes": Route.choices,
        "states": STATES,
        "results": RESULTS,
        "dues": DUE.items(),
        "heads": HEADS.items(),
        "years": years(actor),
        "agencies": list(agencies.values("code", "short_name")) if reach is None or len(reach) > 1 else [],
        "as_of": clock.now(),
        "office": actor.can(HEARING_OFFICE),
    }
    return render(request, "challenges/list.html", context)


@login_required
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """All rows of the filter as XLSX or CSV."""
    if form not in ("xlsx", "csv"):
        raise Http404
    make = workbook if form == "xlsx" else csv_text
    return as_file(
        make(actor_of(request), ChallengeFilter.of(request.GET)), at_this_moment("challenges", form)
    )


@login_required
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """Results and heads' appearance by agency; every number leads to its rows."""
    actor = actor_of(request)
    given = ChallengeFilter.of(request.GET)
    wanted = ChallengeFilter(route=given.route, year=given.year)
    by_agency, total = lines(actor, wanted)
    context = {
        "wanted": wanted,
        "lines": by_agency,
        "total": total,
        "years": years(actor),
        "routes": Route.choices,
        "as_of": clock.now(),
    }
    return render(request, "challenges/figures.html", context)
