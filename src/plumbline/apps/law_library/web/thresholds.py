"""Standards from which on an offence is a crime: what is entered, what is not, entering and withdrawing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
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
from .amendments import actor_of


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
    allowed = may_set_threshold(actor_of(request))
    if not allowed:
        raise Refusal(allowed.reason, basis=allowed.basis, next_step=allowed.next_step)
    form = ThresholdForm(request.POST or None, initial={"domain": request.GET.get("domain", "")})
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = dict(form.cleaned_data)
        data["amount"] = int(data["amount"] * 100) if data.get("amount") is not None else None
        try:
            row = set_crime_threshold(actor=actor_of(request), value=NewThreshold(**data))
        except InputFault as fault:
            for field, text in fault.faults.items():
                form.add_error(field if field in form.fields else None, text)
        else:
            messages.success(request, f"已登记：{row}，自 {row.valid_from} 起可以选用。")
            return redirect("crime-thresholds")
    context = {"here": "thresholds", "form": form}
    return render(request, "law_library/threshold_new.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def threshold(request: HttpRequest, pk: int) -> HttpResponse:
    """One standard with its source, its days and its fate; and the form that withdraws it."""
    row = get_object_or_404(CrimeThreshold.objects.select_related("follows"), pk=pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_crime_threshold(
                actor=actor_of(request), threshold=row, reason=form.cleaned_data["reason"]
            )
        except InputFault as fault:
            for field, text in fault.faults.items():
                form.add_error(field if field in form.fields else None, text)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已撤销：{row}。以前的登记仍写着当时的标准。")
            return redirect("crime-thresholds")
    context = {
        "here": "thresholds",
        "row": row,
        "domain": load_vocabulary().label("domain", row.domain),
        "form": form,
        "may": may_withdraw_threshold(actor_of(request), row),
    }
    return render(request, "law_library/threshold.html", context, status=422 if form.errors else 200)
