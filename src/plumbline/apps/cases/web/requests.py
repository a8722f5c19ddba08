"""The page of one request: red items, opinions and the proposal first, then what may be done with it, then every hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.apps.law_library.contract import article_text
from plumbline.law.texts import citations_in
from plumbline.packs.procedures import Step
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.filters import id_in
from plumbline.platform.ui.acting import actor_of

from .. import actions
from ..approval_page import ApprovalPage
from ..attached import attached_behind, home_of
from ..briefs import briefs_for
from ..checks import Check, rules_of
from ..forms_approvals import ConfirmForm
from ..forms_open import FaultForm
from ..models import Opinion, RequestState, StepEntry, StepRequest
from ..page import CasePage
from ..people import names_of
from ..wording import Line, changed, lines_of
from .answering import case_of, tell_refusal

STANDS_OUT = {"待补", "缺少事实", "出错"}
PHRASES = (
    "事实不清，请补充证据。",
    "执法人员不足两人，请补正。",
    "适用依据有误，请核对。",
    "裁量理由不充分，请说明。",
)


@login_required
@require_http_methods(["GET", "POST"])
def request_page(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    wanted, page, step = _wanted(request, matter_id, pk)
    actor = page.actor
    approval = ApprovalPage(actor, wanted, request.POST or None)
    lines = proposal(page, wanted, step)
    if request.method == "POST":
        answer = _answer(request, approval, lines)
        if answer is not None:
            return answer
    elif approval.is_next_hand and wanted.opened_at is None:
        approval.request = wanted = _opened(page, wanted)
    context = {
        "page": page,
        "case": page.case,
        "wanted": wanted,
        "step": step,
        "approval": approval,
        "lines": approval.with_comments(lines),
        "differs": sum(bool(line.before) for line in lines),
        "home": home_of(wanted),
        "attached": attached_behind(wanted),
        "power": page.file.power_item(page.today),
        "rules": rules_of(step, page.today),
        "warnings": red_items(page, wanted),
        "review": _review(page) if not wanted.attached_to else None,
        "briefs": briefs_for(actor, page.case, step.key) if not wanted.attached_to else [],
        "returning": "return" in request.GET,
        "phrases": PHRASES,
    }
    return render(request, "cases/request.html", context, status=422 if approval.has_faults else 200)


@login_required
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    """The last look before approving: what becomes of it, on which article, and what is still red."""
    wanted, page, step = _wanted(request, matter_id, pk)
    approval = ApprovalPage(page.actor, wanted, None)
    back = f"/cases/{matter_id}/requests/{pk}"
    if not approval.may_decide:
        messages.error(request, f"{approval.may_decide.reason}。{approval.may_decide.next_step}")
        return redirect(back)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_request(
                actor=page.actor, request=wanted, approve=True, opinion=form.cleaned_data["opinion"]
            )
        except InputFault as fault:
            form.add_faults(fault)
        except Refusal as refusal:
            tell_refusal(request, refusal)
            return redirect(back)
        else:
            messages.success(request, f"已批准“{step.label}”。")
            return redirect("/approvals")
    lines = proposal(page, wanted, step)
    context = {
        "page": page,
        "case": page.case,
        "wanted": wanted,
        "step": step,
        "attached": attached_behind(wanted),
        "objections": approval.objections,
        "form": form,
        "approval": approval,
        "short": [line for line in lines if not line.long][:8],
        "warnings": red_items(page, wanted),
        "articles": _articles(step.basis),
        "back": back,
    }
    return render(request, "cases/request_confirm.html", context)


def _wanted(request: HttpRequest, matter_id: str, pk: int) -> tuple[StepRequest, CasePage, Step]:
    case = case_of(request, matter_id)
    rows = StepRequest.objects.filter(pk=pk, case=case).exclude(state=RequestState.DRAFT)
    wanted = rows.select_related("post").first()
    if wanted is None:
        raise Http404
    wanted.case = case
    page = CasePage(actor_of(request), case)
    attached = attached_behind(wanted)
    step = (attached.file if attached else page.file).procedure.steps.get(wanted.step)
    if step is None:
        raise Http404
    return wanted, page, step


def _opened(page: CasePage, wanted: StepRequest) -> StepRequest:
    try:
        opened = actions.open_request(actor=page.actor, request=wanted)
    except Refusal:
        return wanted  # decided in between: the page says so
    wanted.opened_at, wanted.opened_label = opened.opened_at, opened.opened_label
    return wanted


def _answer(request: HttpRequest, approval: ApprovalPage, lines: list[Line]) -> HttpResponse | None:
    """Carry out what was pressed; None to show the page again with what was wrong."""
    pressed = next((name for name in COMMANDS if name in request.POST), "")
    if not pressed:
        return None
    try:
        said = COMMANDS[pressed](request, approval, lines)
    except InputFault as fault:
        form = approval.form_of(pressed)
        if form is not None:
            form.add_faults(fault)
            approval.faulty = pressed
        else:
            messages.error(request, "；".join(fault.faults.values()))
        return None
    except Refusal as refusal:
        tell_refusal(request, refusal)
        return None
    if not said:
        approval.faulty = pressed
        return None
    messages.success(request, said)
    stays = pressed in {"ask", "drop", "remind", "ask_return", "answer"}
    here = f"/cases/{approval.request.case.matter_id}/requests/{approval.request.pk}"
    return redirect(here if stays else home_of(approval.request))


def _filled(form: FaultForm | None) -> dict[str, Any] | None:
    return form.cleaned_data if form is not None and form.is_valid() else None


def _approve(request: HttpRequest, approval: ApprovalPage, lines: list[Line]) -> str:
    opinion = request.POST.get("opinion", "")[:1000]
    actions.decide_request(actor=approval.actor, request=approval.request, approve=True, opinion=opinion)
    return "已批准。"


def _return(request: HttpRequest, approval: ApprovalPage, lines: list[Line]) -> str:
    typed = _filled(approval.form_of("return"))
    if typed is None:
        return ""
    remarks = [
        actions.Remark(line.path, line.label, text)
        for number, line in enumerate(lines)
        if (text := request.POST.get(f"remark-{number}", "").strip())
    ]
    actions.decide_request(
        actor=approval.actor,
        request=approval.request,
        approve=False,
        opinion=typed["opinion"],
        remarks=remarks,
    )
    if typed["save_phrase"] and typed["opinion"].strip():
        try:
            actions.keep_phrase(actor=approval.actor, text=typed["opinion"])
        except InputFault as fault:
            messages.warning(request, f"已退回；常用意见没有保存：{'；'.join(fault.faults.values())}")
    return "已退回，提交人会收到通知。"


def _withdraw(request: HttpRequest, approval: ApprovalPage, lines: list[Line]) -> str:
    actions.withdraw_request(actor=approval.actor, request=approval.request)
    return "已撤回，内容保存为草稿。"


def _ask(request: HttpRequest, approval: ApprovalPage, lines: list[Line]) -> str:
    typed = _filled(approval.form_of("ask"))
    if typed is None:
        return ""
    asked = actions.ask_opinion(
        actor=approval.actor,
        request=approval.request,
        posts=[int(pk) for pk in typed["posts"]],
        question=typed["question"],
    )
    return f"已征求 {len(asked)} 个岗位的意见，签署以后再批。"


def _give(request: HttpRequest, approval: ApprovalPage, lines: list[Line]) -> str:
    typed, asked = _filled(approval.form_of("answer")), approval.my_opinion
    if typed is None:
        return ""
    if asked is None:
        raise Refusal("没有征求您所在岗位的意见，或者已经签署", next_step="请刷新页面。")
    asked.request = approval.request
    actions.give_opinion(actor=approval.actor, opinion=asked, agrees=typed["agrees"], text=typed["text"])
    return "意见已签署。"


def _drop(request: HttpRequest, approval: ApprovalPage, lines: list[Line]) -> str:
    number = request.POST.get("drop", "")
    rows = Opinion.objects.visible_to(approval.actor).filter(request=approval.request)
    found = rows.filter(pk=id_in(number)).first()
    if found is None:
        raise Refusal("没有找到这份征求意见", next_step="请刷新页面。")
    actions.drop_opinion(actor=approval.actor, request=approval.request, opinion=found.pk)
    return "已取消，不再等这份意见。"


def _transfer(request: HttpRequest, approval: ApprovalPage, lines: list[Line]) -> str:
    typed = _filled(approval.form_of("transfer"))
    if typed is None:
        return ""
    moved = actions.transfer_request(
        actor=approval.actor, request=approval.request, post=int(typed["post"]), reason=typed["reason"]
    )
    return f"已转给{moved.post.title if moved.post else ''}。"


def _back(request: HttpRequest, approval: ApprovalPage, lines: list[Line]) -> str:
    typed = _filled(approval.form_of("back"))
    if typed is None:
        return ""
    actions.send_back(actor=approval.actor, request=approval.request, reason=typed["reason"])
    return "已退回上一步。"


def _remind(request: HttpRequest, approval: ApprovalPage, lines: list[Line]) -> str:
    typed = _filled(approval.form_of("remind"))
    if typed is None:
        return ""
    actions.remind_request(actor=approval.actor, request=approval.request, text=typed["text"])
    return "已催办，审批人会看到。"


def _ask_return(request: HttpRequest, approval: ApprovalPage, lines: list[Line]) -> str:
    typed = _filled(approval.form_of("ask_return"))
    if typed is None:
        return ""
    actions.ask_return(actor=approval.actor, request=approval.request, reason=typed["reason"])
    return "已请求退回，由审批人决定。"


COMMANDS: dict[str, Callable[[HttpRequest, ApprovalPage, list[Line]], str]] = {
    "approve": _approve,
    "return": _return,
    "withdraw": _withdraw,
    "ask": _ask,
    "answer": _give,
    "drop": _drop,
    "transfer": _transfer,
    "back": _back,
    "remind": _remind,
    "ask_return": _ask_return,
}


def red_items(page: CasePage, wanted: StepRequest) -> list[Check]:
    """What the rules find wanting, for the decision they judge."""
    if wanted.attached_to or wanted.step != "decision_made":
        return []
    return [check for check in page.ahead_checks if check.word in STANDS_OUT]


def proposal(page: CasePage, wanted: StepRequest, step: Step) -> list[Line]:
    """What is proposed, in words; for a decision, what differs from the notice is marked."""
    # Those who are proposed are not yet officers of the case.
    names = page.names | names_of(set(wanted.details.get("officers") or ()))
    lines = [_item_named(line, page) for line in lines_of(step, wanted.data, wanted.details, names)]
    notice = page.file.value("penalty_notice_served", "proposed")
    if not wanted.attached_to and step.key == "decision_made" and notice:
        return [changed(line, {"penalty": notice}) for line in lines]
    return lines


def _item_named(line: Line, page: CasePage) -> Line:
    """The item with what it is about: a code says nothing to the approver."""
    row = page.file.power_item(page.today, line.raw) if line.path == "item" else None
    if row is None:
        return line
    return replace(line, label="执法事项", text=f"{line.raw} {row.get('violation', '')}")


def _review(page: CasePage) -> StepEntry | None:
    rows = StepEntry.objects.filter(case=page.case, step__startswith="legal_review_")
    return rows.exclude(step="legal_review_submitted").order_by("-pk").first()


def _articles(basis: str) -> list[dict[str, str]]:
    """The loaded wording of the articles that a step rests on; an empty text where it is not loaded."""
    return [
        {"law": law, "article": article, "text": article_text(law, article)}
        for law, article in citations_in(basis)
    ]
