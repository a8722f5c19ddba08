"""Who is competent: two questions and a day, for officials and for everybody; and the map of gaps and conflicts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from plumbline.platform import clock
from plumbline.platform.rates.limiting import Lane, limited

from .competence import answer, find_items, gap_map, places

PAGE = 40


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Words, place and day as asked, and the answer once both questions are answered."""
    words = (request.GET.get("item") or "").strip()[:60]
    place, told = request.GET.get("place", ""), request.GET.get("on", "")
    today = clock.today()
    try:
        on = date.fromisoformat(told) if told else today
    except ValueError:
        raise Http404 from None
    where = places()
    known = next((each for each in where if each.code == place), None)
    found = find_items(words, on)
    chosen = found[0][0] if len(found) == 1 else ""
    return {
        "words": words,
        "place": known,
        "on": on,
        "today": today,
        "places": where,
        "found": found,
        "answer": answer(chosen, known.code, on) if chosen and known else None,
    }


@login_required
def competent(request: HttpRequest) -> HttpResponse:
    """Which item, where, and on which day; the row that answers."""
    return render(request, "powers/competent.html", _asked(request))


@limited(Lane("open.search", 60))
def public_competent(request: HttpRequest) -> HttpResponse:
    """The same two questions for everybody."""
    return render(request, "powers/public_competent.html", _asked(request))


@login_required
def gaps(request: HttpRequest) -> HttpResponse:
    """Every item by every street: who holds it, where nobody does, and where two bodies do."""
    asked = _asked(request)
    words, only = asked["words"], request.GET.get("only", "")
    lines = [
        line for line in gap_map(asked["on"]) if not words or words in line.violation or words in line.item
    ]
    conflicting, empty = sum(line.conflicting > 0 for line in lines), sum(line.empty > 0 for line in lines)
    if only == "gaps":
        lines = [line for line in lines if line.conflicting or line.empty]
    start = int(after) if (after := request.GET.get("after", "")).isascii() and after.isdigit() else 0
    context = asked | {
        "lines": lines[start : start + PAGE],
        "total": len(lines),
        "next": str(start + PAGE) if len(lines) > start + PAGE else "",
        "conflicting": conflicting,
        "empty": empty,
        "only": only,
    }
    return render(request, "powers/gaps.html", context)
