"""The pages of the re-check, under ``/running/recheck``."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plumbline.platform.actions import InputFault
from plumbline.platform.filters import id_in
from plumbline.platform.identity.gate import administrators_only
from plumbline.platform.recheck.models import Finding, FindingKind, RecheckRun
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.downloads import as_file

from . import recheck as state
from .recheck_actions import ask_recheck, ask_reevaluation, export_findings

system = administrators_only("system")


@system
@require_http_methods(["GET", "POST"])
def recheck(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        ask_recheck(actor=actor_of(request))
        messages.success(request, "复核已排队，由后台进程进行；本页显示进展。")
        return redirect("recheck")
    if request.headers.get("HX-Request"):
        return render(request, "administration/recheck_job.html", state.state())
    rows = state.runs(request.GET.get("after", ""))
    following = str(rows[state.PAGE - 1].pk) if len(rows) > state.PAGE else ""
    context = {"rows": rows[: state.PAGE], "next": following, **state.state()}
    return render(request, "administration/recheck.html", context)


@system
@require_GET
def recheck_run(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(RecheckRun, pk=pk)
    kind, rule = request.GET.get("kind", ""), request.GET.get("rule", "")
    rows = state.found_by(run, kind, rule)
    lines, following = state.page(rows, request.GET.get("after", ""))
    context = {
        "run": run,
        "lines": lines,
        "next": following,
        "total": rows.count(),
        "kinds": FindingKind.choices,
        "rules": run.findings.values_list("rule", flat=True).distinct().order_by("rule"),
        "stale": run.findings.filter(kind=FindingKind.STALE).exists(),
    }
    return render(request, "administration/recheck_run.html", context)


@system
@require_GET
def recheck_finding(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    finding = get_object_or_404(Finding.objects.select_related("run"), pk=number, run_id=pk)
    context = {
        "run": finding.run,
        "line": state.line(finding),
        "reading": state.explained(finding),
        "known": state.is_known(finding.rule),
        "stale": finding.kind == FindingKind.STALE,
    }
    return render(request, "administration/recheck_finding.html", context)


@system
@require_POST
def recheck_again(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(RecheckRun, pk=pk)
    told = request.POST.get("finding", "")
    finding = get_object_or_404(Finding, pk=id_in(told), run=run) if told else None
    try:
        count = ask_reevaluation(actor=actor_of(request), run=run, finding=finding)
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, f"{count} 个事项已排队重新判断，后台进程几秒内处理；下一次复核会再核对。")
    return redirect("recheck-run", pk=pk)


@system
@require_GET
def recheck_export(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(RecheckRun, pk=pk)
    content = export_findings(
        actor=actor_of(request), run=run, kind=request.GET.get("kind", ""), rule=request.GET.get("rule", "")
    )
    return as_file(content, f"recheck-{run.pk}.csv")
