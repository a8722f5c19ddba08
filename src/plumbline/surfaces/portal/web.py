"""The public portal. Reading needs no script, no log-in and no cookie; addresses hold no personal data."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers, get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.apps.law_library.contract import article_text
from plumbline.apps.paperwork.contract import public_paper
from plumbline.apps.powers.contract import items_in_force
from plumbline.apps.publicity.contract import (
    OURS,
    Publication,
    PublicationState,
    inspections_published,
    is_unchanged,
    last_change,
    promised_days,
    published,
    reachable,
    take_in,
)
from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.open_data import doors, found_for
from plumbline.platform.paging import how_many
from plumbline.platform.rates.limiting import Lane, limited, too_fast
from plumbline.platform.ui.templatetags.ui import yuan
from plumbline.vocabulary import load_vocabulary

from .paper import pdf_of
from .searching import facets_of, matching, newest

PAGE = 20
SEARCH = Lane("open.search", 60)  # requests a minute of one network, over all public searches
REPORT = Lane("open.report", 5, 24 * 3600)  # reports of errors a day
KEPT = 3600  # seconds
PAPERS = Lane("open.paper", 20)  # PDF files a minute: each is set anew
LISTED = 100
ACTS = {
    "penalty": "行政处罚",
    "execution": "行政强制执行",
    **{key: word for key, word in load_vocabulary().enums["act"].items() if key != "penalty"},
}
TERMS_ZH = {"in_time": "今年按期公开", "late": "今年逾期公开"}


def _words(kinds: list[str]) -> list[str]:
    zh = load_vocabulary().enums["penalty_kind"]
    return [zh.get(each, each) for each in kinds]


def _by_term(rows: QuerySet[Publication], term: str) -> QuerySet[Publication]:
    """The published decisions behind the home page's figures; anything else leaves the rows as they are."""
    today = clock.today()
    due = Q(act="penalty", due_on__gte=date(today.year, 1, 1), due_on__lt=today)
    if term == "in_time":
        return rows.filter(due, published_on__lte=F("due_on"))
    if term == "late":
        return rows.filter(due, published_on__gt=F("due_on"))
    return rows


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "latest": published()[:8],
        "streets": Agency.objects.filter(level="street", enforces=True).count(),
        "today": clock.today(),
        "doors": [(door, door.count() if door.count else None) for door in doors()],
        **_figures(),
    }
    return render(request, "portal/home.html", context)


def _figures() -> dict[str, Any]:
    """What the home page counts over everything; counted anew after any change, and on a new day."""
    key = f"portal.figures.{clock.today()}.{last_change()}"
    found = cache.get(key)
    if found is None:
        found = _counted()
        cache.set(key, found, KEPT)
    return found


def _counted() -> dict[str, Any]:
    """What is shown, and how this year's terms that had run out by yesterday were kept."""
    today = clock.today()
    terms = Publication.objects.filter(
        channel=OURS, act="penalty", due_on__gte=date(today.year, 1, 1), due_on__lt=today
    ).exclude(state__in=(PublicationState.WITHHELD, PublicationState.WITHDRAWN))
    shown = Q(state=PublicationState.PUBLISHED)
    kept = terms.aggregate(
        due=Count("due_on"),
        in_time=Count("due_on", filter=shown & Q(published_on__lte=F("due_on"))),
        late=Count("due_on", filter=shown & Q(published_on__gt=F("due_on"))),
        missing=Count("due_on", filter=Q(published_on=None)),
    )
    # Names are put to the numbers afterwards, so that the numbers come from the index alone.
    by_agency = dict(published().order_by().values_list("agency_id").annotate(n=Count("pk")))
    agencies = [
        {"agency_id": code, "agency__short_name": name, "n": by_agency[code]}
        for code, name in Agency.objects.filter(code__in=by_agency)
        .order_by("short_name")
        .values_list("code", "short_name")
    ]
    return {
        **kept,
        "total": sum(by_agency.values()),
        "percent": f"{100 * kept['in_time'] / kept['due']:.1f}" if kept["due"] else "",
        "withdrawn": _withdrawn().count(),
        "agencies": agencies[:6],
    }


def _withdrawn() -> QuerySet[Publication]:
    rows = reachable().filter(state=PublicationState.WITHDRAWN)
    return rows.order_by("-withdrawn_on", "-pk")


@require_safe
def withdrawals(request: HttpRequest) -> HttpResponse:
    """What was taken down: by whom, when, why; nothing of what it said."""
    return render(request, "portal/withdrawals.html", {"rows": list(_withdrawn()[:500])})


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The box for a code that is printed on a paper; the page of the code itself belongs to paperwork."""
    code = "".join(request.GET.get("code", "").split()).lower()
    if code and code.isalnum() and code.isascii():
        return redirect("verify", code=code)
    fault = "验证码只有字母和数字，请照文书上的写。" if code else ""
    return render(request, "portal/verify.html", {"code": code, "fault": fault})


@require_safe
@limited(SEARCH)
def search(request: HttpRequest) -> HttpResponse:
    """The one box over everything open: the first few of each kind, and where the rest is listed."""
    text = request.GET.get("q", "").strip()
    found = found_for(text) if len(text) >= 2 else []
    return render(request, "portal/search.html", {"q": text, "found": found})


@require_safe
@limited(SEARCH)
def decisions(request: HttpRequest) -> HttpResponse:
    """Search by party, violation, number or agency; two characters are enough."""
    rows = published()
    text = request.GET.get("q", "").strip()
    if agency := request.GET.get("agency", ""):
        rows = rows.filter(agency_id=agency)
    if (act := request.GET.get("act", "")) in ACTS:
        rows = rows.filter(act=act)
    if re.fullmatch(r"[12][0-9]{3}", year := request.GET.get("year", "")):
        rows = rows.filter(decided_on__year=int(year))
    term = request.GET.get("term", "")
    rows = _by_term(rows, term)
    found = matching(rows, text)
    total = how_many(found)
    shown = newest(_after(rows, request.GET.get("after", "")), text, PAGE + 1)
    more, shown = len(shown) > PAGE, shown[:PAGE]
    this_year = clock.today().year
    context = {
        "rows": [(row, _words(row.kinds) or [row.conclusion]) for row in shown],
        "next": f"{shown[-1].published_on}.{shown[-1].pk}" if more else "",
        "agencies": Agency.objects.filter(enforces=True),
        "acts": ACTS,
        "years": range(this_year, this_year - 4, -1),
        "q": text,
        "total": total,
        "facets": facets_of(found) if total.isdigit() else [],
        "term_zh": TERMS_ZH.get(term, ""),
        "today": clock.today(),
    }
    return render(request, "portal/decisions.html", context)


def _after(rows: QuerySet[Publication], key: str) -> QuerySet[Publication]:
    """The rows behind a page's last one: its day and number, as the link to the next page gives them."""
    if not key:
        return rows
    found = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([0-9]{1,18})", key)
    try:
        day = date.fromisoformat(found.group(1)) if found else None
    except ValueError:
        day = None
    if found is None or day is None:
        raise Http404
    return rows.filter(published_on__lte=day).exclude(published_on=day, pk__gte=int(found.group(2)))


class FeedbackForm(forms.Form):
    text = forms.CharField(
        label="哪里有误", max_length=1000, widget=forms.Textarea(attrs={"rows": 4, "class": "in"})
    )
    contact = forms.CharField(
        label="联系方式",
        required=False,
        max_length=120,
        help_text="只有处理人员能看到",
        widget=forms.TextInput(attrs={"class": "in"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, public_id: str) -> HttpResponse:
    """The permanent page of a decision; a withdrawn one says why and shows nothing else."""
    row = reachable().filter(public_id=public_id).first()
    if row is None:
        raise Http404
    if row.state != PublicationState.PUBLISHED:
        gone = render(request, "portal/withdrawn.html", {"row": row}, status=410)
        add_never_cache_headers(gone)
        gone["X-Robots-Tag"] = "noindex, noarchive"
        return gone
    form = FeedbackForm(request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            if answer := too_fast(request, REPORT):
                return answer
            kept = take_in(row, **form.cleaned_data)
            messages.success(request, f"已收到您的反映，发布机关将在 {kept.due_on} 前核对。")
            return redirect("public-decision", public_id=public_id)
    context = {
        "row": row,
        "result": _result(row),
        "basis": [{**each, "text": article_text(each["law"], each["article"])} for each in row.basis],
        "power": _power_of(row),
        "categories": _categories(row),
        "intact": is_unchanged(row),
        "paper": public_paper(row.matter_id, row.number),
        "qr": segno.make_qr(request.build_absolute_uri(request.path), error="m", mask=0).svg_data_uri(
            scale=3
        ),
        "form": form,
        "days": promised_days(),
    }
    response = render(request, "portal/decision.html", context)
    # Its forms are the visitor's own: kept by no one else, and shown by nobody without asking.
    patch_cache_control(response, private=True, no_cache=True)
    if row.changed_at:
        response["Last-Modified"] = http_date(row.changed_at.timestamp())
    if row.party_kind == "natural_person":
        response["X-Robots-Tag"] = "noindex, noarchive"
    return response


@require_safe
@limited(PAPERS)
def decision_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """A published decision on paper; one that is not public any more has none."""
    row = reachable().filter(public_id=public_id, state=PublicationState.PUBLISHED).first()
    if row is None:
        raise Http404
    etag = quote_etag(f"{public_id}-{row.changed_at.isoformat()}")
    if same := get_conditional_response(request, etag=etag):
        return same
    address = f"{settings.PUBLIC_URL}/open/decisions/{public_id}"
    answer = HttpResponse(pdf_of(row, result=_result(row), address=address), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{public_id}.pdf"'
    answer["ETag"] = etag
    answer["X-Robots-Tag"] = "noindex, noarchive"
    patch_cache_control(answer, public=True, no_cache=True)
    return answer


def _result(row: Publication) -> str:
    """The result in one line: a conclusion, or the kinds of a penalty with the amount beside the fine."""
    if row.conclusion:
        return row.conclusion
    kinds = [each for each in _words(row.kinds) if each != "罚款" or row.fine_fen is None]
    fine = [] if row.fine_fen is None else [f"罚款 {yuan(row.fine_fen)} 元"]
    return "，".join([*kinds, *fine]) or "见决定书"


def _power_of(row: Publication) -> object:
    """The item of the power list that names the same act, held by the agency or taken over by it, on the day."""
    held = Q(agency_id=row.agency_id) | Q(transfers__street_id=row.agency_id)
    return items_in_force(row.decided_on).filter(held, violation=row.violation).first()


def _categories(row: Publication) -> list[dict[str, object]]:
    """What was taken out, by category and by the rule behind it, in the order it was met."""
    found: dict[tuple[str, str], int] = {}
    for mask in row.masks:
        key = (mask["category"], mask.get("basis", ""))
        found[key] = found.get(key, 0) + 1
    return [{"category": name, "basis": basis, "n": n} for (name, basis), n in found.items()]


@require_safe
@limited(SEARCH)
def inspections(request: HttpRequest) -> HttpResponse:
    """Results of inspections: who was inspected, for what, with what conclusion."""
    text = request.GET.get("q", "").strip()
    rows = inspections_published()
    if agency := request.GET.get("agency", ""):
        rows = rows.filter(agency_id=agency)
    total = how_many(matching(rows, text))
    shown = newest(_after(rows, request.GET.get("after", "")), text, PAGE + 1)
    more, shown = len(shown) > PAGE, shown[:PAGE]
    context = {
        "rows": shown,
        "next": f"{shown[-1].published_on}.{shown[-1].pk}" if more else "",
        "agencies": Agency.objects.filter(enforces=True),
        "q": text,
        "total": total,
        "today": clock.today(),
    }
    return render(request, "portal/inspections.html", context)


@require_safe
@limited(SEARCH)
def powers(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    today = clock.today()
    rows = (
        items_in_force(today).select_related("agency").prefetch_related("transfers__street").order_by("item")
    )
    if text:
        rows = rows.filter(
            Q(violation__contains=text) | Q(item__icontains=text) | Q(agency__name__contains=text)
        )
    total = rows.count()
    context = {"rows": rows[:LISTED], "total": total, "more": total > LISTED, "q": text, "today": today}
    return render(request, "portal/powers.html", context)
