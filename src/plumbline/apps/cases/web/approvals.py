"""Approving: what is proposed, what the rules say, the legal review's opinion, and two buttons. Legal review beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal

from ..actions import decide_request, take_step, withdraw_request
from ..checks import rules_of
from ..forms import StepForm
from ..forms_open import OpinionForm
from ..models import RequestState, StepEntry, StepRequest
from ..page import CasePage
from ..people import names_of
from ..policies import may_decide, may_take, may_withdraw
from ..wording import Line, changed, lines_of
from .answering import actor_of, case_of, tell_refusal


@login_required
@require_http_methods(["GET", "POST"])
def request_page(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor, case = actor_of(request), case_of(request, matter_id)
    wanted = StepRequest.objects.filter(pk=pk, case=case).exclude(state=RequestState.DRAFT).first()
    if wanted is None:
        raise Http404
    wanted.case = case
    page = CasePage(actor, case)
    step = page.file.procedure.steps.get(wanted.step)
    if step is None:
        raise Http404
    form = OpinionForm(request.POST or None)
    if request.method == "POST":
        answer = _answer(request, wanted, form)
        if answer is not None:
            return answer
    review = StepEntry.objects.filter(case=case, step__startswith="legal_review_").order_by("-pk").first()
    lines = _proposal(page, wanted)
    context = {
        "page": page,
        "case": case,
        "wanted": wanted,
        "step": step,
        "form": form,
        "lines": lines,
        "differs": sum(bool(line.before) for line in lines),
        "power": page.file.power_item(page.today),
        "rules": rules_of(step, page.today),
        "gaps": page.gaps,
        "warnings": [c for c in page.ahead_checks if c.word in {"待补", "缺少事实", "出错"}]
        if step.key == "decision_made"
        else [],
        "review": review,
        "may_decide": may_decide(actor, wanted),
        "may_withdraw": may_withdraw(actor, wanted),
        "phrases": (
            "事实不清，请补充证据。",
            "执法人员不足两人，请补正。",
            "适用依据有误，请核对。",
            "裁量理由不充分，请说明。",
        ),
    }
    return render(request, "cases/request.html", context)


def _answer(request: HttpRequest, wanted: StepRequest, form: OpinionForm) -> HttpResponse | None:
    """Carry out what was pressed; None to show the page again with what was wrong."""
    actor = actor_of(request)
    back = redirect(f"/cases/{wanted.case.matter_id}")
    try:
        if "withdraw" in request.POST:
            withdraw_request(actor=actor, request=wanted)
            messages.success(request, "已撤回，内容保存为草稿。")
            return back
        if not form.is_valid():
            return None
        approve = "approve" in request.POST
        decide_request(
            actor=actor,
            request=wanted,
            approve=approve,
            opinion=form.cleaned_data["opinion"],
        )
    except InputFault as fault:
        form.add_faults(fault)
        return None
    except Refusal as refusal:
        tell_refusal(request, refusal)
        return None
    messages.success(request, "已批准。" if approve else "已退回，提交人会收到通知。")
    return back


def _proposal(page: CasePage, wanted: StepRequest) -> list[Line]:
    """What is proposed, in words; for a decision, what differs from the notice is marked."""
    step = page.file.procedure.steps[wanted.step]
    # Those who are proposed are not yet officers of the case.
    names = page.names | names_of(set(wanted.details.get("officers") or ()))
    lines = [_item_named(line, page) for line in lines_of(step, wanted.data, wanted.details, names)]
    notice = page.file.value("penalty_notice_served", "proposed")
    if step.key == "decision_made" and notice:
        before = {"penalty": notice}
        return [changed(line, before) for line in lines]
    return lines


def _item_named(line: Line, page: CasePage) -> Line:
    """The item with what it is about: a code says nothing to the approver."""
    row = page.file.power_item(page.today, line.raw) if line.path == "item" else None
    return (
        line
        if row is None
        else replace(line, label="执法事项", text=f"{line.raw} {row.get('violation', '')}")
    )


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The legal reviewer's page: checks from the rules on one side, the opinion on the other."""
    actor, case = actor_of(request), case_of(request, matter_id)
    page = CasePage(actor, case)
    steps = page.file.procedure.steps
    passing, returning = (
        steps.get("legal_review_passed"),
        steps.get("legal_review_returned"),
    )
    if passing is None or returning is None or not page.own:
        raise Http404
    chosen = returning if "return" in request.POST else passing
    form = StepForm(request.POST or None, step=chosen, file=page.file)
    if request.method == "POST" and form.is_valid():
        data, details, occurred = form.taken()
        open_items = page.gaps
        if chosen is passing and open_items and len(details.get("opinion", "")) < 10:
            form.add_error(
                "x__opinion",
                f"还有 {len(open_items)} 处不符合或缺少事实。通过的，须逐项写明理由。",
            )
        else:
            try:
                take_step(
                    actor=actor,
                    case=case,
                    step=chosen.key,
                    data=data,
                    details=details,
                    occurred_at=occurred,
                )
                messages.success(request, f"已登记“{chosen.label}”。")
                return redirect(f"/cases/{matter_id}")
            except InputFault as fault:
                form.add_faults(fault)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
    note = StepEntry.objects.filter(case=case, step="legal_review_submitted").order_by("-pk").first()
    sections = _headings(page)
    judged = [line for _, lines in sections for line in lines]
    notice = steps.get("penalty_notice_served")
    told = page.file.last("penalty_notice_served")
    context: dict[str, Any] = {
        "page": page,
        "case": case,
        "form": form,
        "note": note,
        "now": clock.now(),
        "attention": [c for c in judged if c.word not in {"符合", "未到期"}],
        "met": sum(c.word == "符合" for c in judged),
        "proposed": lines_of(notice, {"proposed": told.data.get("proposed")}, {}, page.names)
        if notice is not None and told is not None
        else [],
        "power": page.file.power_item(page.today),
        "allowed": may_take(actor, case, passing),
        "button": page.button(passing),
        "sections": sections,
        "entries": StepEntry.objects.filter(case=case).order_by("pk"),
    }
    return render(request, "cases/review.html", context)


HEADINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("主体", ("APL-17", "APL-38", "APL-20", "APL-24")),
    ("权限", ("APL-36", "APL-29", "APL-30", "APL-37")),
    ("事实和证据", ("APL-40", "APL-41", "APL-46", "APL-42")),
    ("依据", ("APL-16", "APL-76")),
    (
        "程序",
        (
            "APL-44",
            "APL-45",
            "APL-62",
            "APL-63",
            "APL-64",
            "APL-65",
            "APL-57",
            "APL-58",
            "APL-59",
            "APL-56",
        ),
    ),
    ("裁量", ("D27",)),
)


def _headings(page: CasePage) -> list[tuple[str, list[Any]]]:
    """The checks under the seven headings of a legal review; what fits none stands under 其他."""
    # That the review is still to come is no finding of the review.
    left = [
        c
        for c in (*page.ahead_checks, *page.past_checks)
        if c.word != "不适用" and not (c.ahead and c.rule == "APL-58-legal-review")
    ]
    found: list[tuple[str, list[Any]]] = []
    for title, starts in HEADINGS:
        mine = [c for c in left if c.rule.startswith(starts)]
        left = [c for c in left if c not in mine]
        found.append((title, mine))
    found.append(("其他", left))
    return found
