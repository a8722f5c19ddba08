"""Pages of the system administrator (``/running``) and of the audit administrator (``/audit``)."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.apps.law_library.contract import Stale, stale_citations
from plumbline.platform import clock
from plumbline.platform.actions import InputFault
from plumbline.platform.events.outbox import ESCALATE_AFTER
from plumbline.platform.filters import id_in
from plumbline.platform.identity.gate import administrators_only
from plumbline.platform.identity.models import Agency
from plumbline.platform.jobs.models import JobState
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.components import Figure
from plumbline.platform.ui.downloads import as_file, at_this_moment

from . import audit as trail
from . import recheck as rechecked
from . import running as state
from .actions import export_audit, retry_outbox
from .wording import choices, kinds_zh

PAGE = 50
system, auditing = administrators_only("system"), administrators_only("audit")


def running_figures(stale: Sequence[Stale]) -> list[Figure]:
    """The figures of the system administrator; each leads to the rows it counts."""
    jobs, owed = state.jobs_by_state(), state.owed()
    return [
        Figure("排队的任务", str(jobs["waiting"]), "/running/jobs?state=waiting"),
        Figure("进行中的任务", str(jobs["running"]), "/running/jobs?state=running"),
        Figure(
            "未完成的任务",
            str(jobs["failed"]),
            "/running/jobs?state=failed",
            colour="red" if jobs["failed"] else "",
        ),
        Figure("待办消息", str(owed.waiting), "/running/outbox"),
        Figure(
            "◆ 重试中",
            str(owed.failing),
            "/running/outbox?state=failing",
            colour="amb" if owed.failing else "",
        ),
        Figure(
            "▲ 多次失败",
            str(owed.escalated),
            "/running/outbox?state=escalated",
            colour="red" if owed.escalated else "",
        ),
        rechecked.figure(),
        Figure("▲ 条文已变、引用未确认", str(len(stale)), "/law/amendments", colour="red" if stale else ""),
    ]


@system
@require_GET
def running(request: HttpRequest) -> HttpResponse:
    stale = stale_citations()
    context = {
        "figures": running_figures(stale),
        "owed": state.owed(),
        "rounds": state.rounds(),
        "stale": stale,
        "recheck": rechecked.state(),
        "site": state.site(),
        "now": clock.now(),
    }
    return render(request, "administration/running.html", context)


@system
@require_GET
def running_jobs(request: HttpRequest) -> HttpResponse:
    rows = state.job_rows(request.GET.get("state", ""), request.GET.get("after", ""))
    following = rows[PAGE - 1]["created_at"].isoformat() if len(rows) > PAGE else ""
    context = {"rows": rows[:PAGE], "next": following, "states": JobState.choices}
    return render(request, "administration/jobs.html", context)


@system
@require_http_methods(["GET", "POST"])
def running_outbox(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        number = request.POST.get("number", "")
        moved = retry_outbox(actor=actor_of(request), number=id_in(number) if number else None)
        if moved:
            messages.success(request, f"{moved} 条消息已排到最前，后台进程几秒内重试。")
        else:
            messages.info(request, "没有在等待重试的消息：都已到时间或者已处理完。")
        return redirect("running-outbox")
    told = request.GET.get("after", "")
    rows = state.outbox_rows(request.GET.get("state", ""), id_in(told))
    context = {
        "rows": rows[:PAGE],
        "next": str(rows[PAGE - 1]["pk"]) if len(rows) > PAGE else "",
        "waits": any(row["waits"] for row in rows),
        "after": ESCALATE_AFTER,
    }
    return render(request, "administration/outbox.html", context)


@auditing
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    wanted = trail.AuditFilter.of(request.GET.dict())
    lines, following = trail.page(wanted, after=request.GET.get("after", ""), size=PAGE)
    context = {
        "lines": lines,
        "next": following,
        "total": trail.count(wanted),
        "limit": trail.LIMIT,
        "kinds": kinds_zh().items(),
        "choices": choices(),
        "agencies": Agency.objects.order_by("code"),
    }
    return render(request, "administration/audit.html", context)


@auditing
@require_GET
def audit_export(request: HttpRequest) -> HttpResponse:
    wanted = trail.AuditFilter.of(request.GET.dict())
    try:
        content = export_audit(actor=actor_of(request), wanted=wanted)
    except InputFault as fault:
        messages.error(request, str(fault))
        return redirect(f"/audit?{request.GET.urlencode()}")
    return as_file(content, at_this_moment("audit", "xlsx"))
