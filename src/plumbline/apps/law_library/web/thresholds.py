"""Standards from which on an offence is a crime: what is entered, what is not, entering and withdrawing."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.platform import clock
from plumbline.platform.ui.acting import actor_of, form_page
from plumbline.vocabulary import load_vocabulary

from ..forms import ThresholdForm, WithdrawForm
from ..models import CrimeThreshold
from ..policies import may_set_threshold, may_withdraw_threshold
from ..prosecution import (
    NewThreshold,
    empty_domains,
    set_crime_threshold,
    standards_on,
    withdraw_crime_threshold,
)


@login_required
@require_GET
def thresholds(request: HttpRequest) -> HttpResponse:
    today, words = clock.today(), load_vocabulary()
    found = standards_on(today)
    context = {
        "here": "thresholds",
        "own": [each for each in found if not each.domain],
        "entered": [(each, words.label("domain", each.domain)) for each in found if each.domain],
        "empty": [(domain, words.label("domain", domain)) for domain in empty_domains(today)],
        "history": CrimeThreshold.objects.order_by("-entered_at", "-pk")[:60],
        "may": may_set_threshold(actor_of(request)),
        "today": today,
    }
    return render(request, "law_library/thresholds.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def enter_threshold(request: HttpRequest) -> HttpResponse:
    may_set_threshold(actor_of(request)).demand()
    form = ThresholdForm(request.POST or None, initial={"domain": request.GET.get("domain", "")})

    def act() -> CrimeThreshold:
        data: dict[str, Any] = dict(form.cleaned_data)
        data["amount"] = int(data["amount"] * 100) if data.get("amount") is not None else None
        return set_crime_threshold(actor=actor_of(request), value=NewThreshold(**data))

    return form_page(
        request,
        form=form,
        act=act,
        title="登记追诉标准",
        button="登记",
        done=lambda row: f"已登记：{row}，自 {row.valid_from} 起可以选用。",
        back=reverse("crime-thresholds"),
        template="law_library/threshold_new.html",
        here="thresholds",
    )


@login_required
@require_http_methods(["GET", "POST"])
def threshold(request: HttpRequest, pk: int) -> HttpResponse:
    """One standard with its source, its days and its fate; and the form that withdraws it."""
    row = get_object_or_404(CrimeThreshold.objects.select_related("follows"), pk=pk)
    form = WithdrawForm(request.POST or None)
    actor = actor_of(request)
    return form_page(
        request,
        form=form,
        act=lambda: withdraw_crime_threshold(actor=actor, threshold=row, **form.cleaned_data),
        title=str(row),
        button="撤销",
        done=f"已撤销：{row}。以前的登记仍写着当时的标准。",
        back=reverse("crime-thresholds"),
        template="law_library/threshold.html",
        here="thresholds",
        row=row,
        domain=load_vocabulary().label("domain", row.domain),
        may=may_withdraw_threshold(actor, row),
    )
