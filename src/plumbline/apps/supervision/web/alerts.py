"""The alerts desk (S7): the list, one alert with its evidence, export and the precision of rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from plumbline.apps.cases.contract import case_rows
from plumbline.apps.law_library.contract import article_text
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.components import Figure, Sparkline
from plumbline.platform.verdicts.evaluation import rule_book

from .. import actions
from ..models import Alert, AlertState
from ..naming import breach_of, finding_of
from ..policies import may_issue, may_triage
from ..queries import (
    by_gravity,
    case_numbers,
    false_alarms,
    filtered_alerts,
    history,
    median_working_days,
    open_alerts,
    rule_precision,
    weekly,
)
from .explaining import explanation_of, tag_of

PAGE = 20


@login_required
def alerts(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """List on the left, evidence on the right; the selection is an address."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = filtered_alerts(actor, request.GET)
    page = Paginator(by_gravity(rows), PAGE).get_page(request.GET.get("page"))
    selected = get_visible(Alert, actor, pk=pk) if pk else (page.object_list[0] if page.object_list else None)
    context: dict[str, Any] = {
        "page_rows": page,
        "rows": alert_lines(actor, page.object_list),
        "selected": selected,
        "states": [("open", "未了结"), *AlertState.choices],
        "agencies": Agency.objects.filter(enforces=True),
        "rules": sorted(set(open_alerts(actor).values_list("rule", flat=True))),
        "keep": request.GET.urlencode(),
    }
    if selected is not None:
        context |= _detail(actor, selected)
    if request.headers.get("HX-Request") and pk:
        return render(request, "supervision/detail.html", context)
    context |= _desk_figures(actor, rows)
    return render(request, "supervision/alerts.html", context)


def _desk_figures(actor: Actor, rows: Any) -> dict[str, Any]:
    today = Alert.objects.visible_to(actor).filter(created_at__date=clock.today()).count()
    false = false_alarms(actor)
    middle = median_working_days(actor)
    counts = weekly(actor)
    return {
        "figures": [
            Figure("今天新增", str(today), "/alerts?state=all&today=1"),
            Figure("未了结", str(open_alerts(actor).count()), "/alerts", "件"),
            Figure(
                "核实用时中位数",
                "—" if middle is None else f"{middle:g}",
                "",
                "个工作日" if middle is not None else "",
            ),
            Figure(
                "误报率（近 12 周）",
                false.percent,
                "/alerts?state=false_alarm&weeks=12",
                f"{false.false}/{false.decided}",
            ),
        ],
        "spark": Sparkline(counts, f"每周新增，近 12 周：{counts[0]} 到 {counts[-1]}"),
        "total": rows.count(),
    }


def alert_lines(actor: Actor, found: Sequence[Alert]) -> list[dict[str, Any]]:
    """Rows of the list; each with the number of the case it is about, where it is one the actor may see."""
    numbers = case_numbers(actor, found)
    return [
        {
            "alert": alert,
            "title": breach_of(alert),
            "finding": finding_of(alert),
            "tag": tag_of(alert),
            "about": numbers.get(alert.matter_id) or alert.matter_id,
        }
        for alert in found
    ]


def _detail(actor: Actor, alert: Alert) -> dict[str, Any]:
    rule = rule_book().by_id.get(alert.rule)
    triage, issue = may_triage(actor, alert), may_issue(actor, alert)
    established = actions.established(alert)
    return {
        "alert": alert,
        "heading": breach_of(alert),
        "finding": finding_of(alert),
        "history": history(alert.lead_id),
        "rule": rule,
        "tag": tag_of(alert),
        "explanation": explanation_of(alert),
        "article": article_text(alert.law, alert.article),
        "case": case_rows(actor).filter(matter_id=alert.matter_id).first(),
        "questions": list(alert.questions.order_by("pk")),
        "may_triage": triage,
        "may_issue": issue,
        "may_answer": actor.can("supervision.reply", alert.agency_id),
        "established": established,
        "challenged": actions.challenge_is_open(alert.matter_id),
        "same_agency_open": Alert.objects.visible_to(actor)
        .filter(agency_id=alert.agency_id, state__in=["new", "verifying"])
        .exclude(pk=alert.pk)
        .count(),
    }


@login_required
def precision(request: HttpRequest) -> HttpResponse:
    rules = rule_book().by_id
    rows = [{**row, "definition": rules.get(row["rule"])} for row in rule_precision()]
    return render(request, "supervision/precision.html", {"rows": rows, "total": len(rules)})


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The present list as a workbook: filter, time, rows and who on its first sheet."""
    from ..export import workbook

    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = filtered_alerts(actor, request.GET)
    response = HttpResponse(
        workbook(actor, rows, request.GET),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f"attachment; filename=alerts-{clock.today():%Y%m%d}.xlsx"
    return response
