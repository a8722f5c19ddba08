"""The rows behind a figure that the platform counts for a task."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plumbline.platform.identity.models import Agency

from ..reading import board_of
from ..tallies import rows_within, tally_for
from .asking import day_asked, programme_for
from .tasks import line_for

PAGE = 50


@login_required
@require_safe
def rows(request: HttpRequest, key: str, code: str, page: str) -> HttpResponse:
    """The rows of one tally on the programme's day, of one unit (``unit``) or of all that the reader may see."""
    actor, programme = programme_for(request, key)
    day = day_asked(request, programme)
    line = line_for(board_of(programme, actor, on=day), code)
    tally = tally_for(line.term, page)
    if tally is None:
        raise Http404
    found, unit = rows_within(tally, actor, day), request.GET.get("unit", "")
    if unit:
        found = found.filter(**{tally.agency: unit})
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    codes = [getattr(each, tally.agency) for each in shown]
    names = dict(Agency.objects.filter(code__in=[*codes, unit]).values_list("code", "short_name"))
    context = {
        "programme": programme,
        "line": line,
        "tally": tally,
        "day": day,
        "unit": names.get(unit, ""),
        "page": shown,
        "rows": [(tally.show(each), names.get(code, "")) for each, code in zip(shown, codes, strict=True)],
    }
    return render(request, "programme/tally.html", context)
