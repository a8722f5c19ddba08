"""What the public sees of officers: the list of published certificates, and the check of one number."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.paging import by_id
from plumbline.platform.rates.limiting import Lane, limited

from .changes import listed
from .contract import STATE_ZH, certificate_of, certificates_like
from .models import OfficerCertificate

PAGE = 50
SEARCH = Lane("open.search", 60)
CHECK = Lane(
    "open.check", 60
)  # checks of one number, a minute and network: a whole inspection team is far below it


def _published() -> QuerySet[OfficerCertificate]:
    rows = OfficerCertificate.objects.filter(listed(clock.today())).select_related("agency")
    return rows.prefetch_related("suspensions", "revocations")


@require_safe
@limited(SEARCH)
def officers(request: HttpRequest) -> HttpResponse:
    """By name (two characters), by number, or everybody of one agency; never everybody at once."""
    text, agency = request.GET.get("q", "").strip(), request.GET.get("agency", "")
    rows: Any = OfficerCertificate.objects.none()
    if len(text) >= 2:
        rows = certificates_like(text)
        rows = rows.filter(agency_id=agency) if agency else rows
    elif agency and not text:
        rows = _published().filter(agency_id=agency)
    part = by_id(rows, after=request.GET.get("after", ""), size=PAGE)
    today = clock.today()
    context = {
        "q": text,
        "agency": agency,
        "agencies": Agency.objects.filter(enforces=True).order_by("name"),
        "rows": [(row, STATE_ZH[row.state_on(today)]) for row in part.rows],
        "next": part.next_key,
        "today": today,
    }
    return render(request, "agencies/public_officers.html", context)


@require_safe
@limited(CHECK)
def officer(request: HttpRequest, number: str) -> HttpResponse:
    """Is this officer real: the state of one number as of now, listed or not (U-44)."""
    row = certificate_of(number)
    if row is None:
        return render(request, "agencies/public_officer.html", {"row": None, "number": number}, status=404)
    state = row.state_on(clock.today())
    context = {
        "row": row, "number": number, "state": state, "state_zh": STATE_ZH[state], "now": clock.now(),
        "listed": row.published_on is not None and row.published_on <= clock.today(),
    }  # fmt: skip
    return render(request, "agencies/public_officer.html", context)
