"""Local parameters: what is set, what is not and which rules cannot answer because of it; entering and withdrawing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.apps.cases.contract import case_rows
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.verdicts.models import VerdictKind

from ..actions import NewParameter, set_parameter, withdraw_parameter
from ..forms import ParameterForm, WithdrawForm
from ..models import PARAMETERS_ZH, LocalParameter, parameter_label
from ..parameters import READ_AS, Standing, rules_reading, standings
from ..policies import may_set_parameter, may_withdraw_parameter
from ..rule_page import verdicts_seen
from .amendments import actor_of


def unanswered(request: HttpRequest, name: str) -> dict[str, int]:
    """How many cases the actor may see have a verdict ``unknown`` for want of a parameter, by domain."""
    actor = actor_of(request)
    found: dict[str, int] = {}
    for rule in rules_reading(name):
        rows = verdicts_seen(actor, rule.id).filter(
            verdict=VerdictKind.UNKNOWN, missing__contains=_missing(name)
        )
        matters = rows.values("matter_id")
        counted = case_rows(actor).filter(matter_id__in=matters).order_by().values_list("domain")
        for domain, n in counted.annotate(n=Count("pk")):
            found[domain] = found.get(domain, 0) + n
    return found


def _missing(name: str) -> list[str]:
    return [f"{READ_AS[name]}.amount"] if name == "hearing_threshold" else [READ_AS[name]]


@login_required
def parameters(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    waiting = unanswered(request, "hearing_threshold")
    rows: list[tuple[Standing, int]] = [
        (each, waiting.get(each.domain, 0) if each.unset else 0) for each in standings(today)
    ]
    context = {
        "here": "parameters",
        "thresholds": [row for row in rows if row[0].name == "hearing_threshold"],
        "hours": [row for row in rows if row[0].name != "hearing_threshold"],
        "unset": [each for each, _ in rows if each.unset],
        "unset_rules": {rule.id: rule for each, _ in rows if each.unset for rule in each.rules}.values(),
        "waiting": sum(waiting.values()),
        "history": LocalParameter.objects.order_by("-entered_at", "-pk")[:60],
        "may": may_set_parameter(actor_of(request)),
        "today": today,
    }
    return render(request, "law_library/parameters.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, name: str) -> HttpResponse:
    """Enter a value, for the domain and party that the address names where it comes from the list."""
    if name not in PARAMETERS_ZH:
        raise Http404
    allowed = may_set_parameter(actor_of(request))
    if not allowed:
        raise Refusal(allowed.reason, basis=allowed.basis, next_step=allowed.next_step)
    initial = {key: request.GET.get(key, "") for key in ("domain", "party")} | {"inclusive": "1"}
    form = ParameterForm(request.POST or None, name=name, initial=initial)
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = dict(form.cleaned_data)
        if data.get("amount") is not None:
            data["amount"] = int(data["amount"] * 100)
        try:
            row, judged = set_parameter(actor=actor_of(request), value=NewParameter(name=name, **data))
        except InputFault as fault:
            for field, text in fault.faults.items():
                form.add_error(field if field in form.fields else None, text)
        else:
            messages.success(
                request,
                f"已登记：{row}，自 {row.valid_from} 起。{judged} 个事项由后台重新判断，通常几分钟内完成。",
            )
            return redirect("parameters")
    context = {
        "here": "parameters",
        "form": form,
        "label": parameter_label(name),
        "name": name,
        "rules": rules_reading(name),
    }
    return render(request, "law_library/parameter_new.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def parameter(request: HttpRequest, pk: int) -> HttpResponse:
    """One value with its source, its days and its fate; and the form that withdraws it."""
    row = get_object_or_404(LocalParameter.objects.select_related("follows"), pk=pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            judged = withdraw_parameter(
                actor=actor_of(request), parameter=row, reason=form.cleaned_data["reason"]
            )
        except InputFault as fault:
            for field, text in fault.faults.items():
                form.add_error(field if field in form.fields else None, text)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已撤销：{row}。{judged} 个事项由后台重新判断。")
            return redirect("parameters")
    context = {
        "here": "parameters",
        "row": row,
        "form": form,
        "may": may_withdraw_parameter(actor_of(request), row),
        "rules": rules_reading(row.name),
    }
    return render(request, "law_library/parameter.html", context)
