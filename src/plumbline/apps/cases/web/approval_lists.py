"""待我审批, 我发起的, 已办; and the opinions one keeps to use again."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.filters import id_in
from plumbline.platform.ui.acting import actor_of

from ..actions import drop_phrase, keep_phrase
from ..approval_queries import BOXES, PERIODS, STATES, ApprovalFilter, approval_list, waiting_for
from ..attached import approved_steps
from ..models import Phrase
from ..policies import READING
from .answering import tell_refusal

EMPTY = {
    "todo": (
        "没有等您审批的事项。",
        "有人提交审批，或者征求您所在岗位的意见时，会排在这里，等得最久的在前。",
    ),
    "mine": ("您还没有提交过审批。", "在案件页办理需要审批的步骤并提交以后，进展列在这里。"),
    "done": ("您还没有办过审批。", "同意、退回、转办或者签署过意见的，列在这里。"),
}


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    decides = actor.can("cases.approve") or actor.can("cases.review")
    wanted = ApprovalFilter.of(request.GET, usual="todo" if decides else "mine")
    page = approval_list(actor, wanted, request.GET.get("after", ""))
    why, then = EMPTY[wanted.box]
    query = wanted.given
    context = {
        "wanted": wanted,
        "page": page,
        "title": BOXES[wanted.box],
        "boxes": BOXES.items(),
        "waiting": waiting_for(actor).count() if any(actor.can(each) for each in READING) else 0,
        "steps": sorted(approved_steps().items(), key=lambda pair: pair[1]),
        "states": STATES.items() if wanted.box != "todo" else (),
        "periods": PERIODS.items(),
        "next": urlencode({**query, "after": page.next_cursor}) if page.next_cursor else "",
        "first": urlencode(query) if request.GET.get("after") else "",
        "why": why,
        "then": then,
        "as_of": clock.now(),
    }
    return render(request, "cases/approvals.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def phrases(request: HttpRequest) -> HttpResponse:
    """One's own saved opinions: add, delete."""
    actor, fault = actor_of(request), ""
    if request.method == "POST":
        number = request.POST.get("drop", "")
        try:
            if number:
                drop_phrase(actor=actor, phrase=id_in(number))
                messages.success(request, "已删除。")
                return redirect("/approvals/phrases")
            keep_phrase(actor=actor, text=request.POST.get("text", ""))
            messages.success(request, "已保存。")
            return redirect("/approvals/phrases")
        except InputFault as faults:
            fault = faults.faults.get("text", str(faults))
        except Refusal as refusal:
            tell_refusal(request, refusal)
    rows = Phrase.objects.filter(person_id=actor.own_id).order_by("-pk")
    context = {"rows": rows, "fault": fault, "typed": request.POST.get("text", "")}
    return render(request, "cases/phrases.html", context, status=400 if fault else 200)
