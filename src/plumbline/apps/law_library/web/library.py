"""Statutes, their articles with everything that stands on them, and the search over all of it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from plumbline.apps.powers.contract import items_citing
from plumbline.law import statutory_calendar
from plumbline.law.texts import short_title
from plumbline.lawbook import rule_facts
from plumbline.platform import clock
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.verdicts.evaluation import rule_book

from ..amending import differing, pending, pending_on
from ..citers import KINDS_ZH, citers_of
from ..comparing import compare
from ..live_citers import live_citers_of
from ..models import LoadedArticle, LoadedStatute
from ..parameters import in_effect, unset
from ..policies import may_load_texts, may_reaffirm
from ..searching import articles_about, forms_about, passage, rules_about, statutes_about, words_of
from ..watching import resting_on

PAGE = 40


@login_required
def library(request: HttpRequest) -> HttpResponse:
    """The loaded texts, the cited ones that are not loaded, what waits for a person, and the provisional years."""
    count = Count("articles", filter=Q(articles__gone_at=None), distinct=True)
    statutes = LoadedStatute.objects.annotate(count=count, versions_kept=Count("versions", distinct=True))
    cited: dict[str, int] = {}
    for facts in rule_facts().values():
        cited[short_title(facts.law)] = cited.get(short_title(facts.law), 0) + 1
    loaded_now = {statute.short_title for statute in statutes if not statute.superseded}
    rows = [
        (s, 0 if s.superseded and s.short_title in loaded_now else cited.get(s.short_title, 0))
        for s in statutes
    ]
    loaded = {statute.short_title for statute in statutes}
    missing = sorted(
        ((law, n) for law, n in cited.items() if law not in loaded), key=lambda each: (-each[1], each[0])
    )
    reworded = LoadedArticle.objects.exclude(changed_at=None).select_related("statute").defer("text")
    table = statutory_calendar()
    years = range(table.covers_from.year, table.covers_to.year + 1)
    context = {
        "here": "law",
        "rows": rows,
        "missing": missing,
        "changed": reworded.order_by("-changed_at", "pk")[:20],
        "pending": pending(),
        "unset": unset(clock.today()),
        "provisional": [year for year in years if table.provisional(year)],
        "years": years,
        "may_load": may_load_texts(actor_of(request)),
    }
    return render(request, "law_library/library.html", context)


@login_required
def statute(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(LoadedStatute, pk=pk)
    articles = [(article, citers_of(found.short_title, article.number)) for article in found.articles.all()]
    waiting = {article.number for article in differing() if article.statute_id == pk}
    total = len(articles)
    words = words_of(request.GET.get("q", ""))
    if words:
        articles = [
            (a, c) for a, c in articles if all(word in a.text.lower() or word in a.number for word in words)
        ]
    if request.GET.get("cited"):
        articles = [(article, each) for article, each in articles if each]
    context = {
        "here": "law",
        "statute": found,
        "articles": articles,
        "total": total,
        "cited": sum(1 for _, each in articles if each),
        "versions": found.versions.all(),
        "waiting": waiting,
        "others": LoadedStatute.objects.filter(
            short_title__startswith=found.short_title.split("（")[0]
        ).exclude(pk=pk),
    }
    return render(request, "law_library/statute.html", context)


def article_context(request: HttpRequest, row: LoadedArticle) -> dict[str, object]:
    """An article with what it read before and everything that cites it."""
    law = row.statute.short_title
    uses: dict[str, list[object]] = {}
    for citer in citers_of(law, row.number):
        uses.setdefault(KINDS_ZH[citer.kind], []).append(citer)
    former = []
    newer = row.text
    for wording in row.former.all():
        former.append((wording, compare(wording.text, newer)))
        newer = wording.text
    around = LoadedArticle.objects.filter(statute_id=row.statute_id)
    on = pending_on(row)
    return {
        "here": "law",
        "article": row,
        "law": law,
        "uses": uses.items(),
        "use_count": sum(len(each) for each in uses.values()),
        "powers": items_citing(law, row.number),
        "resting": resting_on(law, row.number),
        "live": live_citers_of(actor_of(request), law, row.number),
        "parameters": [
            p for p in in_effect().filter(source__contains=law) if p.article.startswith(row.number)
        ],
        "former": former,
        "on": on,
        "comparison": on.comparison if on else None,
        "may": may_reaffirm(actor_of(request), row),
        "before": around.filter(place__lt=row.place)
        .order_by("-place")
        .values_list("number", flat=True)
        .first(),
        "after": around.filter(place__gt=row.place)
        .order_by("place")
        .values_list("number", flat=True)
        .first(),
    }


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Statutes, articles, rules, documents and steps that hold every word."""
    said = request.GET.get("q", "").strip()[:100]
    words = words_of(said)
    context: dict[str, object] = {"here": "law", "said": said}
    if words:
        page = Paginator(articles_about(words), PAGE).get_page(request.GET.get("page"))
        book = rule_book().by_id
        context |= {
            "page": page,
            "passages": [passage(row, words) for row in page],
            "statutes": statutes_about(words)[:PAGE],
            "rules": [(facts, book.get(facts.id)) for facts in rules_about(words)],
            "forms": forms_about(words),
            "loaded": LoadedStatute.objects.exists(),
        }
    return render(request, "law_library/search.html", context)
