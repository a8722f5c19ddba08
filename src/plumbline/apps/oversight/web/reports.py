"""The overview of supervision in figures that drill, and the reports to the government."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform import clock
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of

from .. import actions
from ..counting import counted
from ..forms import SignForm, WorkReportForm
from ..models import WorkReport
from ..policies import may_sign_report
from .plans import paper_of
from .steps import demand_supervisor, done


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """Figures of a period, each with the address of its rows; and a form that drafts a report from them."""
    actor = actor_of(request)
    demand_supervisor(actor)
    today = clock.today()
    from_on = _day(request.GET.get("from", ""), today.replace(month=1, day=1))
    until_on = _day(request.GET.get("until", ""), today)
    first = {"title": f"{today.year} 年行政执法监督工作报告", "from_on": from_on, "until_on": until_on}
    form = WorkReportForm(request.POST or None, initial=first)
    made = done(request, form, actions.draft_report, "已按数字起草，请补写其余部分后签发。")
    if made is not None:
        return redirect("work-report", matter_id=made.matter_id)
    context = {
        "figures": counted(actor, from_on, until_on),
        "from_on": from_on,
        "until_on": until_on,
        "form": form,
        "reports": WorkReport.objects.visible_to(actor).order_by("-pk")[:20],
    }
    return render(request, "oversight/overview.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor = actor_of(request)
    row = get_visible(WorkReport, actor, matter_id=matter_id)
    form = SignForm(request.POST or None, initial={"text": row.text})
    if done(request, form, actions.sign_report, "已签发编号。", report=row) is not None:
        return redirect("work-report", matter_id=matter_id)
    context = {"report": row, "form": form, "may": may_sign_report(actor, row)}
    return render(request, "oversight/report.html", context)


@login_required
@require_safe
def paper(request: HttpRequest, matter_id: str) -> HttpResponse:
    row = get_visible(WorkReport, actor_of(request), matter_id=matter_id)
    return paper_of(row.matter_id, request.GET.get("as", "pdf"), row.number)
