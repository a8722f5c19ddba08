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
from plumbline.platform.matter_pages import page_of
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.components import Figure, Sparkline
from plumbline.platform.ui.downloads import as_file
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.platform.verdicts.models import StoredVerdict, VerdictKind

from .. import actions
from ..conducts import PREFIX
from ..evidence import earlier_alerts, handling_officers, same_matter
from ..joined import joins_into, open_join_of
from ..lead_queries import by_source
from ..models import UNDECIDED, Alert, AlertKind, AlertState
from ..naming import breach_of, definition_of, finding_of, matter_named
from ..policies import SUPERVISING, may_issue, may_triage
from ..queries import (
    by_gravity,
    case_numbers,
    check_precision,
    false_alarms,
    filtered_alerts,
    history,
    median_working_days,
    open_alerts,
    recently_decided,
    rule_precision,
    weekly,
)
from ..sources import leads_for, sources_in_words, sources_of
from .explaining import evidence_of, explanation_of, tag_of

PAGE = 15


@login_required
def alerts(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """List on the left, evidence on the right; the selection is an address."""
    actor = actor_of(request)
    rows = filtered_alerts(actor, request.GET)
    page = Paginator(by_gravity(rows), PAGE).get_page(request.GET.get("page"))
    selected = get_visible(Alert, actor, pk=pk) if pk else (page.object_list[0] if page.object_list else None)
    lines = alert_lines(actor, list(page.object_list))
    context: dict[str, Any] = {
        "chosen": pk is not None,
        "page_rows": page,
        "rows": lines,
        "selected": selected,
        "states": [("open", "未了结"), *AlertState.choices, ("decided", "已由人处置"), ("all", "全部")],
        "agencies": Agency.objects.filter(enforces=True),
        "rules": _rules_of(actor, request.GET.get("rule", "")),
        "narrowed": _narrowed(request),
        "may_batch": actor.reach("supervision.supervise") != frozenset()
        and any(line["open"] for line in lines),
        "sees_leads": actor.reach(*SUPERVISING) != frozenset(),
        "keep": request.GET.urlencode(),
    }
    if selected is not None:
        context |= _detail(actor, selected)
    if request.headers.get("HX-Request") and pk:
        return render(request, "supervision/detail.html", context)
    context |= _desk_figures(actor, page.paginator.count)
    return render(request, "supervision/alerts.html", context)


def _rules_of(actor: Actor, present: str) -> list[tuple[str, str]]:
    """Rules with open alerts, and the one filtered by, under the names of their breaches."""
    found = {present, *open_alerts(actor).values_list("rule", flat=True)} - {""}
    named = [(rule, known.breach_zh or rule if (known := definition_of(rule)) else rule) for rule in found]
    return sorted(named, key=lambda each: each[1])


#: Filters that come from a figure and have no select of their own.
SAID = {("today", "1"): "今天新增", ("new", "week"): "本周新增", ("new", "weeks"): "近 12 周新增"}


def _narrowed(request: HttpRequest) -> list[str]:
    """In words, what the list is narrowed to beyond its selects; every figure's link says where it has led."""
    said = [zh for (name, value), zh in SAID.items() if request.GET.get(name) == value]
    if request.GET.get("weeks") == "12":
        said.append("近 12 周处置")
    if request.GET.get("found") == "rules":
        said.append("规则发现")
    if matter := request.GET.get("matter"):
        said.append(f"编号 {matter}")
    return said


def _desk_figures(actor: Actor, total: int) -> dict[str, Any]:
    seen = Alert.objects.visible_to(actor)
    false = false_alarms(actor)
    middle = median_working_days(actor)
    counts = weekly(actor)
    rules = len(rule_book().rules)
    wrong = StoredVerdict.objects.unscoped("出错的规则，只有数目").filter(verdict=VerdictKind.ERROR)
    faulty = wrong.values("rule").distinct().count()
    return {
        "figures": [
            Figure(
                "今天新增",
                str(seen.filter(created_at__date=clock.today()).count()),
                "/alerts?state=all&today=1",
                "件",
            ),
            Figure("未了结", str(open_alerts(actor).count()), "/alerts", "件"),
            Figure(
                f"处置用时中位数（{recently_decided(actor).count()} 件）",
                "—" if middle is None else f"{middle:g}",
                "/alerts?state=decided&weeks=12",
                "个工作日" if middle is not None else "",
            ),
            Figure(
                "规则误报率（近 12 周）",
                false.percent,
                "/alerts?state=false_alarm&weeks=12&found=rules",
                f"{false.false}/{false.decided}",
            ),
        ],
        "spark": Sparkline(counts, f"每周新增，近 12 周：{'、'.join(map(str, counts))}，最早一周在前"),
        "weeks": counts,
        "twelve": sum(counts),
        "quiet": counts[-1] == 0,
        "rule_total": rules,
        "faulty": faulty,
        "empty_why": f"本周没有新预警。规则 {rules} 条均随每一步办理运行，{faulty} 条出错。",
        "total": total,
        "now": clock.now(),
    }


def alert_lines(actor: Actor, found: Sequence[Alert]) -> list[dict[str, Any]]:
    """Rows of the list; each with the number of the case it is about, where it is one the actor may see."""
    numbers = case_numbers(actor, found)
    told = sources_in_words(found)
    return [
        {
            "alert": alert,
            "title": breach_of(alert),
            "finding": finding_of(alert),
            "tag": tag_of(alert),
            "about": matter_named(alert.matter_id, numbers),
            "age": age_of(alert),
            "sources": told.get(alert.pk, "") if _supervises(actor, alert) else "",
            "open": alert.state in UNDECIDED,
        }
        for alert in found
    ]


def age_of(alert: Alert) -> str:
    """How long an alert has been there: 「今天」「3 日」, and the date once it is older than two months."""
    day = alert.created_at.astimezone(clock.CHINA).date()
    days = (clock.today() - day).days
    return "今天" if days <= 0 else f"{days} 日" if days <= 60 else day.isoformat()


def _detail(actor: Actor, alert: Alert) -> dict[str, Any]:
    triage, issue = may_triage(actor, alert), may_issue(actor, alert)
    established = actions.established(alert)
    case = case_rows(actor).filter(matter_id=alert.matter_id).first()
    sources = sources_of(alert) if _supervises(actor, alert) else []
    return {
        "alert": alert,
        "heading": breach_of(alert),
        "finding": finding_of(alert),
        "history": history(alert.lead_id),
        "rule": definition_of(alert.rule),
        "tag": tag_of(alert),
        "explanation": explanation_of(alert),
        "evidence": evidence_of(alert),
        "article": article_text(alert.law, alert.article),
        "case": case,
        "matter": None if case else page_of(actor, alert.matter_id),
        "officers": handling_officers(case) if case else [],
        "earlier": earlier_alerts(actor, alert),
        "same_matter": [(each, breach_of(each)) for each in same_matter(actor, alert)] if triage else [],
        "questions": list(alert.questions.order_by("pk")),
        "may_triage": triage,
        "may_issue": issue,
        "may_answer": actor.can("supervision.reply", alert.agency_id),
        "established": established,
        "sources": sources,
        "leads_near": leads_for(actor, alert) if triage and alert.kind == AlertKind.BREACH else [],
        "from_leads": alert.rule.startswith(PREFIX),
        # An alert is given up for another one together with its leads, so without sources there is none.
        "merged": list(
            Alert.objects.visible_to(actor).filter(merged_into=alert, rule__startswith=PREFIX).order_by("pk")
        )
        if sources
        else [],
        "joined": [(row, breach_of(row.alert)) for row in joins_into(alert)] if triage or issue else [],
        "join": open_join_of(alert) if alert.state == AlertState.MERGED else None,
        "challenged": actions.challenge_is_open(alert.matter_id),
    }


def _supervises(actor: Actor, alert: Alert) -> bool:
    """Whether the actor may know where an alert comes from: an agency learns of the problem, not of who told of it."""
    return any(actor.can(each, alert.agency_id) for each in SUPERVISING)


@login_required
def precision(request: HttpRequest) -> HttpResponse:
    """Rules with their false alarms; beside them what is no rule: checks of registers, and how useful each source is."""
    actor = actor_of(request)
    rows = [{**row, "definition": definition_of(row["rule"])} for row in rule_precision(actor)]
    context = {
        "rows": rows,
        "checks": [{**row, "definition": definition_of(row["rule"])} for row in check_precision(actor)],
        "by_source": by_source(actor),
        "total": len(rule_book().rules),
        "sums": {name: sum(row[name] for row in rows) for name in ("total", "open", "decided", "false")},
        "review": sum(1 for row in rows if row["review"]),
        "now": clock.now(),
    }
    return render(request, "supervision/precision.html", context)


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The present list as a workbook: filter, time, rows and who on its first sheet."""
    from ..export import workbook

    actor = actor_of(request)
    rows = filtered_alerts(actor, request.GET)
    return as_file(workbook(actor, rows, request.GET), f"alerts-{clock.today():%Y%m%d}.xlsx")
