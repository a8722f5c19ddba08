"""The law library: statutes, articles, rules, the working-day calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from plumbline.apps.cases.contract import case_rows
from plumbline.law import DayKind, statutory_calendar
from plumbline.law.texts import article_number, short_title
from plumbline.lawbook import rule_facts
from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.platform.verdicts.models import VerdictKind
from plumbline.rules import Rule
from plumbline.rules.words import activity_zh, path_zh
from plumbline.vocabulary import load_vocabulary

from .citations import cited_articles
from .contract import is_gone, loaded_article, reliability_of
from .models import LoadedArticle, LoadedStatute
from .rule_page import counting, neighbours, shares, told, verdicts_seen, versions
from .uses import uses_of

RESULTS = 40


@login_required
def library(request: HttpRequest) -> HttpResponse:
    statutes = LoadedStatute.objects.annotate(count=Count("articles"))
    cited: dict[str, int] = {}
    for facts in rule_facts().values():
        cited[short_title(facts.law)] = cited.get(short_title(facts.law), 0) + 1
    rows = [
        (statute, cited.pop(statute.short_title, 0) if not statute.superseded else 0) for statute in statutes
    ]
    missing = sorted(cited.items(), key=lambda each: (-each[1], each[0]))
    changed = (
        LoadedArticle.objects.exclude(changed_at=None).select_related("statute").order_by("-changed_at")[:50]
    )
    cited_laws = {law for law, _ in cited_articles()}
    loaded = LoadedArticle.objects.filter(statute__superseded=False, statute__short_title__in=cited_laws)
    context = {
        "rows": rows,
        "missing": missing,
        "changed": changed,
        "unconfirmed": [each for each in loaded.select_related("statute").defer("text") if each.unconfirmed],
    }
    return render(request, "law_library/library.html", context)


@login_required
def statute(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(LoadedStatute, pk=pk)
    used: dict[str, list[str]] = {}
    for facts in rule_facts().values():
        if short_title(facts.law) == found.short_title:
            used.setdefault(article_number(facts.article), []).append(facts.id)
    book = rule_book().by_id
    articles = [
        (article, [(each, book.get(each)) for each in used.get(article.number, [])])
        for article in found.articles.select_related("statute")
    ]
    if text := request.GET.get("q", "").strip():
        articles = [(a, u) for a, u in articles if text in a.text or text in a.number]
    context = {
        "statute": found,
        "articles": articles,
        "q": text,
        "cited": sum(1 for _, rules in articles if rules),
    }
    return render(request, "law_library/statute.html", context)


def _status(rule_id: str) -> tuple[str, str]:
    """Colour and word: running here, or why not."""
    facts = rule_facts()[rule_id]
    if rule_id in rule_book().by_id:
        return "grn", "运行中"
    if any(rule_id in {o.row for o in rule.overlays} for rule in rule_book().rules):
        return "grn", "作为领域规则运行"
    if facts.tier == "T":
        return "blu", "期间计算属性"
    if not facts.dates_verified:
        return "gry", "日期未核实，未启用"
    return "gry", "尚未编写"


@login_required
def rules(request: HttpRequest) -> HttpResponse:
    facts = list(rule_facts().values())
    areas = sorted({each.area for each in facts})
    if area := request.GET.get("area", ""):
        facts = [each for each in facts if each.area == area]
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
        facts = [each for each in facts if _status(each.id)[1] in {"运行中", "作为领域规则运行"}]
    book = rule_book().by_id
    rows = [(each, book.get(each.id), *_status(each.id)) for each in facts]
    return render(
        request,
        "law_library/rules.html",
        {"rows": rows, "areas": areas, "running": len(rule_book().rules), "all": len(rule_facts())},
    )


@login_required
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    facts = rule_facts().get(rule_id)
    if facts is None:
        raise Http404
    definition: Rule | None = rule_book().by_id.get(rule_id)
    actor = request.actor  # type: ignore[attr-defined]
    parts = shares(actor, rule_id)
    context: dict[str, Any] = {
        "facts": facts,
        "definition": definition,
        "status": _status(rule_id),
        "article": loaded_article(facts.law, facts.article),
        "gone": is_gone(facts.law, facts.article),
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
            "examples": [told(each) for each in definition.examples],
        }
    return render(request, "law_library/rule.html", context)


@login_required
def results(request: HttpRequest, rule_id: str) -> HttpResponse:
    """The rows behind the five numbers of a rule's page."""
    facts = rule_facts().get(rule_id)
    if facts is None:
        raise Http404
    actor = request.actor  # type: ignore[attr-defined]
    rows = verdicts_seen(actor, rule_id)
    verdict = request.GET.get("verdict", "")
    if verdict in VerdictKind.values:
        rows = rows.filter(verdict=verdict)
    page = Paginator(rows.order_by("-due_on", "pk"), RESULTS).get_page(request.GET.get("page"))
    matters = {row.matter_id for row in page}
    cases = {case.matter_id: case for case in case_rows(actor).filter(matter_id__in=matters)}
    agencies = dict(Agency.objects.values_list("code", "short_name"))
    context = {
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
    months = []
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
