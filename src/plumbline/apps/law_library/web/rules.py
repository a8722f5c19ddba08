"""The rules, the page of each with its results, and the working-day calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from plumbline.apps.cases.contract import case_rows
from plumbline.law import DayKind, statutory_calendar
from plumbline.law.texts import short_title
from plumbline.lawbook import coverage, rule_facts
from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.components import Tag
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.platform.verdicts.models import VerdictKind
from plumbline.rules import Rule
from plumbline.rules.words import activity_zh, path_zh
from plumbline.vocabulary import load_vocabulary

from ..amending import pending, pending_on
from ..citers import citers_of, places_of_row, row_citer
from ..contract import gone_article, loaded_article, reliability_of
from ..covering import TAGS
from ..examples import told_examples
from ..parameters import unset_for
from ..rule_page import counting, neighbours, shares, verdicts_seen, versions
from ..uses import uses_of

RESULTS = 40


def status(rule_id: str) -> Tag:
    """What becomes of a row: running here, or why not, as the register of coverage says."""
    row = coverage()[rule_id]
    if row.how == "rule":
        return Tag("运行中", "grn")
    if row.how == "overlay":
        return Tag("作为领域规则或旧法运行", "grn")
    if row.how == "calendar":
        return Tag("期间计算属性", "blu")
    return TAGS[row.state]


@login_required
def rules(request: HttpRequest) -> HttpResponse:
    facts = list(rule_facts().values())
    areas = sorted({each.area for each in facts})
    if area := request.GET.get("area", ""):
        facts = [each for each in facts if each.area == area]
    if law := request.GET.get("law", "").strip()[:200]:
        facts = [each for each in facts if short_title(each.law) == law]
    if text := request.GET.get("q", "").strip():
        book = rule_book().by_id
        facts = [
            f
            for f in facts
            if text in f.id
            or text in f.law
            or text in f.article
            or (f.id in book and text in book[f.id].duty_zh)
        ]
    if request.GET.get("state") == "running":
        facts = [each for each in facts if coverage()[each.id].how in {"rule", "overlay"}]
    book = rule_book().by_id
    waiting = {citer.ref for each in pending() for citer in each.waiting}
    if request.GET.get("state") == "waiting":
        facts = [each for each in facts if row_citer(each).ref in waiting]
    rows = [(f, book.get(f.id), status(f.id), row_citer(f).ref in waiting) for f in facts]
    return render(
        request,
        "law_library/rules.html",
        {
            "here": "rules",
            "law": law,
            "rows": rows,
            "areas": areas,
            "running": len(rule_book().rules),
            "all": len(rule_facts()),
        },
    )


@login_required
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    facts = rule_facts().get(rule_id)
    if facts is None:
        raise Http404
    definition: Rule | None = rule_book().by_id.get(rule_id)
    actor = actor_of(request)
    parts = shares(actor, rule_id)
    article, gone = loaded_article(facts.law, facts.article), gone_article(facts.law, facts.article)
    read = article or gone
    on = pending_on(read) if read is not None else None
    ref = row_citer(facts).ref
    context: dict[str, Any] = {
        "here": "rules",
        "facts": facts,
        "definition": definition,
        "status": status(rule_id),
        "coverage": coverage()[rule_id],
        "article": article,
        "gone": gone,
        "waits": on is not None and ref in {each.ref for each in on.waiting},
        "confirmed": next((row for row in on.confirmed if row.citer == ref), None) if on else None,
        "parameters": unset_for(definition),
        "documents": [each for each in citers_of(*places_of_row(facts)) if each.kind in {"document", "step"}],
        "uses": uses_of(rule_id),
        "shares": parts,
        "bound": sum(part.n for part in parts),
        "now": clock.now(),
        "counting": counting(facts),
        "versions": versions(facts, definition, load_vocabulary().enums["domain"]),
        "neighbours": [(each, rule_book().by_id.get(each.id)) for each in neighbours(facts)],
        "reliability": reliability_of(actor, rule_id),
    }
    if definition is not None:
        context |= {
            "subjects": [activity_zh(each) for each in definition.subject],
            "requirement": definition.require.phrase(),
            "condition": definition.when.phrase() if definition.when else "",
            "reads": sorted({path_zh(each) for each in definition.reads() if not each.startswith("item")}),
            "examples": told_examples(rule_id),
        }
    return render(request, "law_library/rule.html", context)


@login_required
def results(request: HttpRequest, rule_id: str) -> HttpResponse:
    """The rows behind the five numbers of a rule's page."""
    facts = rule_facts().get(rule_id)
    if facts is None:
        raise Http404
    actor = actor_of(request)
    rows = verdicts_seen(actor, rule_id)
    verdict = request.GET.get("verdict", "")
    if verdict in VerdictKind.values:
        rows = rows.filter(verdict=verdict)
    page = Paginator(rows.order_by("-due_on", "pk"), RESULTS).get_page(request.GET.get("page"))
    matters = {row.matter_id for row in page}
    cases = {case.matter_id: case for case in case_rows(actor).filter(matter_id__in=matters)}
    agencies = dict(Agency.objects.values_list("code", "short_name"))
    context = {
        "here": "rules",
        "facts": facts,
        "definition": rule_book().by_id.get(rule_id),
        "page_rows": page,
        "lines": [
            (row, cases.get(row.matter_id), agencies.get(row.agency_code, row.agency_code)) for row in page
        ],
        "verdict": verdict,
        "tabs": [("", "全部"), *VerdictKind.choices],
        "counts": {part.value: part.n for part in shares(actor, rule_id)},
    }
    return render(request, "law_library/results.html", context)


@login_required
def calendar(request: HttpRequest, year: int) -> HttpResponse:
    table = statutory_calendar()
    if not table.covers_from.year <= year <= table.covers_to.year:
        raise Http404
    today = clock.today()
    months: list[dict[str, Any]] = []
    for month in range(1, 13):
        first = date(year, month, 1)
        cells: list[dict[str, Any] | None] = [None] * first.weekday()
        for number in range(1, monthrange(year, month)[1] + 1):
            day = date(year, month, number)
            kind = table.kind(day)
            cells.append(
                {
                    "n": number,
                    "off": not table.is_working(day),
                    "name": table.name(day) if kind in {DayKind.HOLIDAY, DayKind.REST, DayKind.WORK} else "",
                    "work": kind is DayKind.WORK,
                    "holiday": kind is DayKind.HOLIDAY,
                    "today": day == today,
                }
            )
        working = sum(1 for cell in cells if cell and not cell["off"])
        cells += [None] * (-len(cells) % 7)
        months.append(
            {"n": month, "weeks": [cells[i : i + 7] for i in range(0, len(cells), 7)], "working": working}
        )
    context = {
        "here": "calendar",
        "year": year,
        "months": months,
        "provisional": table.provisional(year),
        "first": table.covers_from.year,
        "last": table.covers_to.year,
        "total": sum(m["working"] for m in months),
        "moved": sum(1 for m in months for week in m["weeks"] for cell in week if cell and cell["work"]),
        "this_year": today.year,
    }
    return render(request, "law_library/calendar.html", context)
