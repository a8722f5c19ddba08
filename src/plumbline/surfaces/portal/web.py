"""The public portal. Reading needs no script, no log-in and no cookie; addresses hold no personal data."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.apps.agencies.contract import STATE_ZH, certificate_of, certificates_like
from plumbline.apps.powers.contract import items_in_force
from plumbline.apps.publicity.contract import (
    Publication,
    PublicationState,
    PublicFeedback,
    published,
    reachable,
)
from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.vocabulary import load_vocabulary

PAGE = 20
REQUESTS_A_MINUTE = 120


def _too_fast(request: HttpRequest) -> bool:
    """A plain limit by source, instead of picture puzzles."""
    key = f"portal:{request.META.get('REMOTE_ADDR', '')}:{clock.now():%H%M}"
    cache.add(key, 0, 120)
    try:
        return cache.incr(key) > REQUESTS_A_MINUTE
    except ValueError:
        return False


def _words(kinds: list[str]) -> list[str]:
    zh = load_vocabulary().enums["penalty_kind"]
    return [zh.get(each, each) for each in kinds]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    since = date(today.year, 1, 1)
    due = Publication.objects.filter(due_on__gte=since, due_on__lt=today).exclude(
        state=PublicationState.WITHHELD
    )
    late = due.filter(Q(published_on__isnull=True) | Q(published_on__gt=F("due_on"))).count()
    all_due = due.count()
    context = {
        "latest": published()[:8],
        "total": published().count(),
        "in_time": all_due - late,
        "all_due": all_due,
        "withdrawn": Publication.objects.filter(state=PublicationState.WITHDRAWN).count(),
        "today": today,
    }
    return render(request, "portal/home.html", context)


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Search by party, violation, number or agency; two characters are enough."""
    if _too_fast(request):
        return render(request, "429.html", status=429)
    rows = published()
    text = request.GET.get("q", "").strip()
    for word in text.split()[:5]:
        rows = rows.filter(
            Q(party_name__contains=word)
            | Q(violation__contains=word)
            | Q(number__contains=word)
            | Q(agency__name__contains=word)
            | Q(credit_code=word.upper())
        )
    if agency := request.GET.get("agency", ""):
        rows = rows.filter(agency_id=agency)
    if (year := request.GET.get("year", "")).isdigit():
        rows = rows.filter(decided_on__year=int(year))
    after = request.GET.get("after", "")
    if "." in after:
        day, _, pk = after.partition(".")
        try:
            rows = rows.filter(
                Q(published_on__lt=date.fromisoformat(day))
                | Q(published_on=date.fromisoformat(day), pk__lt=int(pk))
            )
        except ValueError:
            raise Http404 from None
    shown = list(rows[: PAGE + 1])
    more, shown = len(shown) > PAGE, shown[:PAGE]
    this_year = clock.today().year
    context = {
        "rows": [(row, _words(row.kinds)) for row in shown],
        "next": f"{shown[-1].published_on}.{shown[-1].pk}" if more else "",
        "agencies": Agency.objects.filter(enforces=True),
        "years": range(this_year, this_year - 4, -1),
        "q": text,
    }
    return render(request, "portal/decisions.html", context)


class FeedbackForm(forms.Form):
    text = forms.CharField(
        label="哪里有误", max_length=1000, widget=forms.Textarea(attrs={"rows": 4, "class": "in"})
    )
    contact = forms.CharField(
        label="联系方式",
        required=False,
        max_length=120,
        help_text="可不填；只有处理人员能看到",
        widget=forms.TextInput(attrs={"class": "in"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, public_id: str) -> HttpResponse:
    """The permanent page of a decision; a withdrawn one says why and shows nothing else."""
    row = reachable().filter(public_id=public_id).first()
    if row is None:
        raise Http404
    if row.state == PublicationState.WITHDRAWN:
        return render(request, "portal/withdrawn.html", {"row": row}, status=410)
    form = FeedbackForm(request.POST or None)
    if request.method == "POST":
        if _too_fast(request):
            return render(request, "429.html", status=429)
        if form.is_valid():
            PublicFeedback.objects.create(publication=row, **form.cleaned_data)
            messages.success(request, "已收到您的反映，发布机关将在 5 个工作日内核对。")
            return redirect("public-decision", public_id=public_id)
    categories: dict[str, int] = {}
    for mask in row.masks:
        categories[mask["category"]] = categories.get(mask["category"], 0) + 1
    context = {"row": row, "kinds": _words(row.kinds), "categories": categories, "form": form}
    response = render(request, "portal/decision.html", context)
    if row.party_kind == "natural_person":
        response["X-Robots-Tag"] = "noindex, noarchive"
    return response


@require_safe
def officers(request: HttpRequest) -> HttpResponse:
    if _too_fast(request):
        return render(request, "429.html", status=429)
    text = request.GET.get("q", "").strip()
    today = clock.today()
    rows = (
        [(row, STATE_ZH[row.state_on(today)]) for row in certificates_like(text)[:50]]
        if len(text) >= 2
        else []
    )
    return render(request, "portal/officers.html", {"q": text, "rows": rows, "today": today})


@require_safe
def officer(request: HttpRequest, number: str) -> HttpResponse:
    row = certificate_of(number)
    if row is None:
        return render(request, "portal/officer.html", {"row": None, "number": number}, status=404)
    state = row.state_on(clock.today())
    return render(
        request,
        "portal/officer.html",
        {"row": row, "state": state, "state_zh": STATE_ZH[state], "now": clock.now()},
    )


@require_safe
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
    return render(request, "portal/powers.html", {"rows": rows[:100], "q": text, "today": today})


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Addresses of decisions about organisations; those about natural persons are left to people who look for them."""
    rows = published().exclude(party_kind="natural_person").values_list("public_id", "published_on")[:20_000]
    base = request.build_absolute_uri("/open/decisions/")
    body = "".join(f"<url><loc>{base}{pid}</loc><lastmod>{day}</lastmod></url>" for pid, day in rows)
    return HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</urlset>',
        content_type="application/xml",
    )
