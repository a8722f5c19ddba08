"""The published lists for everybody: which there are, and what each says on a day."""

from __future__ import annotations

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.lists import remembering
from plumbline.platform.rates.limiting import Lane, limited

from ..keepers import keepers
from ..models import Revision, State
from ..portal import open_lists
from ..queries import Wanted, agency_names
from .asking import day_of, number_of

PAGE = 30


def lists(request: HttpRequest) -> HttpResponse:
    latest = dict(
        Revision.objects.unscoped("公布的版本人人可看")
        .filter(state=State.PUBLISHED)
        .order_by()
        .values_list("register")
        .annotate(at=Max("published_at"))
    )
    today = clock.today()
    with remembering():
        lines = [(each, Wanted(each, today).count(), latest.get(each.key)) for each in open_lists()]
    return render(request, "registers/public_lists.html", {"lines": lines, "today": today})


@limited(Lane("open.search", 60))
def one_list(request: HttpRequest, key: str) -> HttpResponse:
    """The rows in force on a day, with the columns that may leave; and the versions there have been."""
    register = next((each for each in open_lists() if each.key == key), None)
    if register is None:
        raise Http404
    agency = request.GET.get("agency", "") if register.owner == "agency" else ""
    if agency and not Agency.objects.filter(pk=agency).exists():
        raise Http404
    wanted = Wanted(register, day_of(request), agency, request.GET.get("q", "").strip()[:60], public=True)
    start = number_of(request, "after")
    columns = [column for column in register.columns if column.public]
    versions = Revision.objects.unscoped("公布的版本人人可看").filter(register=key, state=State.PUBLISHED)
    if agency:
        versions = versions.filter(agency_id=agency)
    with remembering():
        names, found = agency_names(), wanted.page(start, PAGE + 1)
        rows = [
            (names.get(row.agency, ""), [(c.heading, c.show(row.values)) for c in columns], row.since)
            for row in found[:PAGE]
        ]
        context = {
            "register": register, "wanted": wanted, "rows": rows, "headings": [column.heading for column in columns],
            "total": wanted.count(), "next": str(start + PAGE) if len(found) > PAGE else "",
            "agencies": keepers(register), "own": register.owner == "agency", "today": clock.today(),
            "versions": versions.select_related("agency").order_by("-published_at", "-pk")[:10],
        }  # fmt: skip
    return render(request, "registers/public_list.html", context)
