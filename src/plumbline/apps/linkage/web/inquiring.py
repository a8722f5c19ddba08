"""Requests to look at a case: the list, asking, deciding, and the case as far as it was opened."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plumbline.apps.cases.contract import case_behind
from plumbline.apps.paperwork.contract import printed_pdf
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.paging import by_id
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.ui.acting import actor_of, form_page, put_faults
from plumbline.platform.ui.forms import ReasonForm

from ..actions import ask_inquiry, decide_inquiry, end_inquiry, withdraw_inquiry
from ..forms import DecideInquiryForm, InquiryForm
from ..models import Inquiry, InquiryState
from ..opened import opened_case, opened_papers
from ..policies import liaises_for, may_ask, may_decide_inquiry, may_read_case, may_read_log
from ..queries import PAGE
from .answering import inquiry_of, keep_reading


@login_required
@require_GET
def inquiries(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    wanted = request.GET.get("state", "")
    rows = Inquiry.objects.visible_to(actor).select_related("organ", "agency").order_by("-pk")
    if wanted in InquiryState.values:
        rows = rows.filter(state=wanted)
    count = rows.order_by().count()
    part = by_id(rows, after=request.GET.get("after", ""), size=PAGE, newest=True)
    more = urlencode({"state": wanted, "after": part.next_key}) if part.next_key else ""
    context = {
        "rows": part.rows,
        "next": more,
        "count": count,
        "wanted": wanted,
        "states": InquiryState.choices,
        "may_ask": bool(may_ask(actor)),
        "today": clock.today(),
    }
    return render(request, "linkage/inquiries.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not may_ask(actor):
        raise Http404
    form = InquiryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            inquiry = ask_inquiry(actor=actor, **form.cleaned_data)
        except InputFault as fault:
            put_faults(form, fault)
        else:
            messages.success(request, "查询申请已发出，由办案机关负责人或者区司法局决定。")
            return redirect(inquiry.page)
    return render(request, "linkage/ask.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def inquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what was asked, the decision, and who opened what."""
    actor, found = actor_of(request), inquiry_of(request, pk)
    may_decide = bool(may_decide_inquiry(actor, found)) and found.state == InquiryState.ASKED
    form = (
        DecideInquiryForm(request.POST or None, scope=found.scope, until=found.until) if may_decide else None
    )
    if request.method == "POST" and form is not None and form.is_valid():
        given = form.cleaned_data
        try:
            decide_inquiry(
                actor=actor,
                inquiry=found,
                grant=given["grant"] == "yes",
                scope=given["scope"],
                until=given["until"],
                opinion=given["opinion"],
            )
        except InputFault as fault:
            put_faults(form, fault)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已决定，申请机关已收到通知。")
            return redirect(found.page)
    running = found.state == InquiryState.GRANTED
    context = {
        "inquiry": found,
        "form": form,
        "may_read": bool(may_read_case(actor, found)),
        "over": running and found.until < clock.today(),
        "own": found.organ_id == liaises_for(actor),
        "may_end": running and bool(may_decide_inquiry(actor, found)),
        "readings": list(found.readings.all()[:50]) if may_read_log(actor, found) else None,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "linkage/inquiry.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), inquiry_of(request, pk)
    if not may_decide_inquiry(actor, found):
        raise Http404
    form = ReasonForm(request.POST or None)
    return form_page(
        request,
        form=form,
        act=lambda: end_inquiry(actor=actor, inquiry=found, **form.cleaned_data),
        title="停止开放",
        button="停止开放",
        done="已停止开放，申请机关已收到通知。",
        back=found.page,
        crumbs=[("查询申请", "/linkage/inquiries"), (found.wanted, found.page)],
    )


@login_required
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    actor, found = actor_of(request), inquiry_of(request, pk)
    try:
        withdraw_inquiry(actor=actor, inquiry=found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已撤回。")
    return redirect(found.page)


@login_required
@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """The case within the scope and the term that were granted; each look is kept."""
    actor, found = actor_of(request), inquiry_of(request, pk)
    allowed = may_read_case(actor, found)
    if not allowed or found.case is None:
        messages.error(request, f"{allowed.reason or '没有可以查看的案件'}。{allowed.next_step}")
        return redirect(found.page)
    with whole_district():
        behind = case_behind(found.case.matter_id)
        opened = opened_case(found, behind) if behind is not None else None
    if behind is None:
        raise Http404
    keep_reading(actor, f"案件（{found.get_scope_display()}）", inquiry=found)
    context = {"inquiry": found, "case": behind, "opened": opened}
    return render(request, "linkage/opened.html", context)


@login_required
@require_GET
def case_paper(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    actor, found = actor_of(request), inquiry_of(request, pk)
    paper = next((each for each in opened_papers(found) if each.pk == document), None)
    if not may_read_case(actor, found) or paper is None:
        raise Http404
    keep_reading(actor, f"文书：{paper.title} {paper.number}", inquiry=found)
    return HttpResponse(printed_pdf(paper), content_type="application/pdf")
