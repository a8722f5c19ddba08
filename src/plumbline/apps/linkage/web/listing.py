"""The ledger and the boxes, their export, and the figures by agency."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from plumbline.apps.cases.contract import left_until
from plumbline.packs.transfer.procedures import ENTRIES
from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.paging import how_many, newest_first
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.downloads import as_file, at_this_moment

from ..export import csv_text, workbook
from ..figures import FIGURES, late_rules, lines, years
from ..models import Linkage, Outcome, Route
from ..policies import SUPERVISING, liaises_for, may_begin
from ..queries import DUE, MARKS, PAGE, STATES, LinkageFilter, linkages_matching

BOXES = {"": "行刑衔接", "received": "收到", "sent": "发出", "ledger": "衔接台账"}


@login_required
@require_GET
def index(request: HttpRequest, box: str = "") -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    wanted = LinkageFilter.of(request.GET, **({"box": box} if box in {"received", "sent"} else {}))
    matching = linkages_matching(actor, wanted)
    page = newest_first(matching, "opened_on", after=request.GET.get("after", ""), size=PAGE)
    mine = Linkage.objects.visible_to(actor)
    context = {
        "wanted": wanted,
        "heading": BOXES[box],
        "path": request.path,
        "rows": [
            {"row": row, "left": left_until(row.due_on, row.due_unit, today) if row.due_on else None}
            for row in page.rows
        ],
        "count": how_many(matching),
        "next": urlencode({**wanted.given, "after": page.next_key}) if page.next_key else "",
        "query": urlencode(wanted.given),
        "filtered": any(value for name, value in wanted.given.items() if name != "box"),
        "routes": Route.choices,
        "states": STATES,
        "outcomes": Outcome.choices,
        "marks": MARKS.items(),
        "dues": DUE.items(),
        "years": years(actor),
        "agencies": list(Agency.objects.filter(pk__in=mine.values("agency_id")).values("code", "short_name")),
        "organs": list(Agency.objects.filter(pk__in=mine.values("organ_id")).values("code", "short_name")),
        "as_of": clock.now(),
        "liaison": liaises_for(actor),
        "may_begin": any(may_begin(actor, each) for each in ENTRIES),
        "supervises": any(actor.can(each) for each in SUPERVISING),
    }
    return render(request, "linkage/list.html", context)


@login_required
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """All rows of the filter as XLSX or CSV."""
    if form not in ("xlsx", "csv"):
        raise Http404
    make = workbook if form == "xlsx" else csv_text
    return as_file(make(actor_of(request), LinkageFilter.of(request.GET)), at_this_moment("linkage", form))


@login_required
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """What became of the matters, by agency, and which steps were late; every number leads to its rows."""
    actor = actor_of(request)
    given = LinkageFilter.of(request.GET)
    wanted = LinkageFilter(year=given.year, organ=given.organ)
    by_agency, total = lines(actor, wanted)
    context = {
        "wanted": wanted,
        "headings": [heading for heading, _ in FIGURES.values()],
        "lines": [(line, _cells(line)) for line in by_agency],
        "total": _cells(total),
        "late": late_rules(actor, wanted),
        "late_url": f"/linkage?{urlencode({**wanted.given, 'mark': 'late'})}",
        "years": years(actor),
        "as_of": clock.now(),
    }
    return render(request, "linkage/figures.html", context)


def _cells(line: object) -> list[tuple[str, object]]:
    return [(FIGURES[name][0], cell) for name, cell in line.cells.items()]  # type: ignore[attr-defined]
