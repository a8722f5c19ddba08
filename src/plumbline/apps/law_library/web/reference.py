"""The terms, the changelog and the coverage of the register of rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from plumbline.lawbook.covered import STATES
from plumbline.platform import clock
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.components import Figure
from plumbline.platform.ui.downloads import as_file
from plumbline.vocabulary import load_vocabulary

from ..changelog import KINDS_ZH, changelog, chosen
from ..covering import Line, counted, lines, workbook
from ..covering import chosen as chosen_lines
from ..terms import FAMILIES, duties

PAGE = 100


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@login_required
def terms(request: HttpRequest) -> HttpResponse:
    told = request.GET
    found = duties(
        unit=told.get("unit", ""),
        domain=told.get("domain", ""),
        on=day_of(told.get("on", "")),
        text=told.get("q", "").strip()[:60],
    )
    context = {
        "here": "terms",
        "duties": found,
        "count": sum(len(each.terms) for each in found),
        "units": FAMILIES.items(),
        "domains": load_vocabulary().enums["domain"].items(),
        "on": day_of(told.get("on", "")),
    }
    return render(request, "law_library/terms.html", context)


@login_required
def changes(request: HttpRequest) -> HttpResponse:
    """Newest first, a hundred a page; ``all`` puts every line of the filter on one page, to be printed."""
    told = request.GET
    since, until = (day.isoformat() if (day := day_of(told.get(name, ""))) else "" for name in ("from", "to"))
    kind = told.get("kind", "") if told.get("kind", "") in KINDS_ZH else ""
    everything = changelog()
    found = chosen(everything, kind=kind, text=told.get("q", "").strip()[:60], since=since, until=until)
    page = Paginator(found, len(found) or 1 if told.get("all") else PAGE).get_page(told.get("page"))
    today = clock.today()
    context = {
        "here": "changes",
        "page": page,
        "days": _by_day(list(page), today),
        "total": len(found),
        "coming": sum(1 for each in found if each.day > today),
        "kinds": KINDS_ZH.items(),
        "kind": kind,
        "today": today,
        "now": clock.now(),
        "whole": bool(told.get("all")),
    }
    return render(request, "law_library/changes.html", context)


def _by_day(found: list[Any], today: date) -> list[tuple[date, bool, list[Any]]]:
    """The lines of a page by their day, and whether the day is still to come."""
    days: dict[date, list[Any]] = {}
    for each in found:
        days.setdefault(each.day, []).append(each)
    return [(day, day > today, lines) for day, lines in days.items()]


def _chosen_lines(request: HttpRequest) -> tuple[list[Line], list[Line], str]:
    told = request.GET
    rows = lines()
    state, area, core = told.get("state", ""), told.get("area", ""), bool(told.get("core"))
    text = told.get("q", "").strip()[:60]
    said = "、".join(
        part
        for part in (STATES.get(state, ""), area, "核心规则" if core else "", f"“{text}”" if text else "")
        if part
    )
    return rows, chosen_lines(rows, state=state, area=area, core=core, text=text), said


@login_required
def coverage(request: HttpRequest) -> HttpResponse:
    """What becomes of every row: computed, left to a person, not computable and why, or switched off."""
    rows, shown, said = _chosen_lines(request)
    counts, core = counted(rows), [row for row in rows if row.core]
    context = {
        "here": "coverage",
        "lines": shown,
        "figures": [
            Figure(STATES[state], str(n), f"?state={state}", "条", "amb" if state == "switched_off" else "")
            for state, n in counts.items()
        ],
        "all": len(rows),
        "core": len(core),
        "core_done": counted(core)["implemented"],
        "states": STATES.items(),
        "areas": sorted({row.area for row in rows}),
        "said": said,
    }
    return render(request, "law_library/coverage.html", context)


@login_required
def coverage_export(request: HttpRequest) -> HttpResponse:
    """The rows of the filter as a workbook."""
    _, shown, said = _chosen_lines(request)
    content = workbook(shown, said=said, by=actor_of(request).label)
    return as_file(content, f"rule-coverage-{clock.today():%Y%m%d}.xlsx")
