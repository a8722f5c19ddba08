"""Local parameters: what is set, what is not and which rules cannot answer because of it; entering and withdrawing."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from plumbline.apps.cases.contract import case_rows
from plumbline.platform import clock
from plumbline.platform.ui.acting import actor_of, form_page
from plumbline.platform.verdicts.models import VerdictKind

from ..actions import NewParameter, set_parameter, withdraw_parameter
from ..forms import ParameterForm, WithdrawForm
from ..models import PARAMETERS_ZH, LocalParameter, parameter_label
from ..parameters import READ_AS, Standing, rules_reading, standings
from ..policies import may_set_parameter, may_withdraw_parameter
from ..rule_page import verdicts_seen


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
    may_set_parameter(actor_of(request)).demand()
    initial = {key: request.GET.get(key, "") for key in ("domain", "party")} | {"inclusive": "1"}
    form = ParameterForm(request.POST or None, name=name, initial=initial)

    def act() -> tuple[LocalParameter, int]:
        data: dict[str, Any] = dict(form.cleaned_data)
        if data.get("amount") is not None:
            data["amount"] = int(data["amount"] * 100)
        return set_parameter(actor=actor_of(request), value=NewParameter(name=name, **data))

    return form_page(
        request,
        form=form,
        act=act,
        title=f"登记{parameter_label(name)}",
        button="登记",
        done=lambda made: (
            f"已登记：{made[0]}，自 {made[0].valid_from} 起。{made[1]} 个事项由后台重新判断，通常几分钟内完成。"
        ),
        back=reverse("parameters"),
        template="law_library/parameter_new.html",
        here="parameters",
        label=parameter_label(name),
        name=name,
        rules=rules_reading(name),
    )


@login_required
@require_http_methods(["GET", "POST"])
def parameter(request: HttpRequest, pk: int) -> HttpResponse:
    """One value with its source, its days and its fate; and the form that withdraws it."""
    row = get_object_or_404(LocalParameter.objects.select_related("follows"), pk=pk)
    form = WithdrawForm(request.POST or None)
    actor = actor_of(request)
    return form_page(
        request,
        form=form,
        act=lambda: withdraw_parameter(actor=actor, parameter=row, **form.cleaned_data),
        title=str(row),
        button="撤销",
        done=lambda judged: f"已撤销：{row}。{judged} 个事项由后台重新判断。",
        back=reverse("parameters"),
        template="law_library/parameter.html",
        here="parameters",
        row=row,
        may=may_withdraw_parameter(actor, row),
        rules=rules_reading(row.name),
    )
