"""The ways out of an alert: ask, explanation, false alarm, instrument; and the agency's answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.apps.law_library.contract import article_text
from plumbline.platform.actions import Decision, InputFault, Refusal, denied
from plumbline.platform.filters import ids_in
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults

from .. import actions
from ..evidence import same_matter
from ..forms import (
    AnswerForm,
    AskForm,
    DecideForm,
    IssueForm,
    MergeAlertForm,
    PartAlertForm,
)
from ..joined import joins_into
from ..models import Alert, Instrument, InstrumentKind
from ..naming import definition_of
from ..policies import may_issue, may_part_alert, may_triage
from ..queries import case_numbers, issuable_beside
from ..wording import facts_of
from .days import working_days_on
from .explaining import evidence_of, explanation_of, tag_of

Handler = Callable[..., Any]
Barrier = Callable[[Actor, Alert], Decision | Refusal | None]


def _never(actor: Actor, alert: Alert) -> None:
    """Nothing bars this way out."""


def _exit(
    request: HttpRequest,
    pk: int,
    form: django_forms.Form,
    act: Handler,
    title: str,
    note: str,
    button: str,
    *,
    barred: Barrier = _never,
) -> HttpResponse:
    """One way out of an alert: a short form, then back to the alert; or why there is no such way now."""
    actor = actor_of(request)
    alert = get_visible(Alert, actor, pk=pk)
    if request.method == "POST" and form.is_valid():
        try:
            done = act(actor=actor, alert=alert, **form.cleaned_data)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            if isinstance(done, Instrument):
                messages.success(
                    request, f"已制发{done.get_kind_display()} {done.number}，收文机关已收到通知。"
                )
                return redirect("order", matter_id=done.matter_id)
            messages.success(request, f"{title}已记录。")
            return redirect("alert", pk=alert.pk)
    context = {
        "form": form,
        "alert": alert,
        "heading": title,
        "note": note,
        "button": button,
        "barred": None if request.method == "POST" else barred(actor, alert),
        **_brief(alert),
    }
    return render(request, "supervision/exit.html", context)


def _triage_barred(actor: Actor, alert: Alert) -> Decision | None:
    return None if (allowed := may_triage(actor, alert)) else allowed


def _brief(alert: Alert) -> dict[str, Any]:
    return {
        "rule": definition_of(alert.rule),
        "tag": tag_of(alert),
        "explanation": explanation_of(alert),
        "evidence": evidence_of(alert),
        "article": article_text(alert.law, alert.article),
    }


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    alert = get_visible(Alert, actor_of(request), pk=pk)
    prefilled = {
        "text": f"{alert.facts}请核实是否属实，说明原因，并附有关材料。",
        "respond_by": working_days_on(2),
    }
    return _exit(
        request,
        pk,
        AskForm(request.POST or None, initial=prefilled),
        actions.ask,
        "要求核实",
        "发给承办单位负责答复监督的人员；答复后由您决定下一步。",
        "发出核实",
        barred=_triage_barred,
    )


def _joined(request: HttpRequest, pk: int) -> list[Alert]:
    """What had joined the alert that is decided here."""
    return [row.alert for row in joins_into(get_visible(Alert, actor_of(request), pk=pk))]


@login_required
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an alert to another rule's alert of the same matter."""
    actor = actor_of(request)
    alert = get_visible(Alert, actor, pk=pk)
    offered = [
        each for each in same_matter(actor, alert) if actions.bar_to_merging(actor, alert, each) is None
    ]

    def act(*, actor: Actor, alert: Alert, into: int, reason: str) -> Any:
        return actions.merge_alert(
            actor=actor, alert=alert, into=get_visible(Alert, actor, pk=into), reason=reason
        )

    def barred(actor: Actor, alert: Alert) -> Decision | Refusal | None:
        if (allowed := _triage_barred(actor, alert)) is not None or offered:
            return allowed
        others = same_matter(actor, alert)
        nothing = Refusal("同一案件没有别的待处置的预警，不能并入")
        return actions.bar_to_merging(actor, alert, others[0]) if others else nothing

    return _exit(
        request, pk, MergeAlertForm(request.POST or None, offered=offered), act, "并入另一条预警",
        "同一案件、同一个问题被几条规则发现的，只核实一次、只发一份文书；处置时分别写明每条规则的结果。", "并入", barred=barred,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an alert out of the one it was put to."""

    def barred(actor: Actor, alert: Alert) -> Decision | None:
        return None if (allowed := may_part_alert(actor, alert)) else allowed

    return _exit(
        request, pk, PartAlertForm(request.POST or None), actions.part_alert, "撤销并入", "恢复到并入以前的状态，单独处置。",
        "撤销并入", barred=barred,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def explained(request: HttpRequest, pk: int) -> HttpResponse:
    return _exit(
        request,
        pk,
        DecideForm(request.POST or None, joined=_joined(request, pk)),
        actions.accept_explanation,
        "解释属实",
        "单位的解释成立，不再督办。理由会保存。",
        "确认解释属实",
        barred=_triage_barred,
    )


@login_required
@require_http_methods(["GET", "POST"])
def false_alarm(request: HttpRequest, pk: int) -> HttpResponse:
    return _exit(
        request,
        pk,
        DecideForm(request.POST or None, joined=_joined(request, pk)),
        actions.mark_false_alarm,
        "记为误报",
        "规则判断与事实不符。计入该规则的误报率，超过两成的规则会被复核。",
        "记为误报",
        barred=_triage_barred,
    )


@login_required
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    if kind not in {InstrumentKind.LETTER, InstrumentKind.OPINION}:
        raise Http404
    actor = actor_of(request)
    alert = get_visible(Alert, actor, pk=pk)
    rule = definition_of(alert.rule)
    label = InstrumentKind(kind).label
    about = rule.breach_zh if rule else "有关执法"
    prefilled: dict[str, Any] = {
        "title": f"关于{alert.agency.short_name}{about}问题的{label}",
        "facts": facts_of([alert], case_numbers(actor, [alert])),
        "demands": f"{rule.remedy_zh if rule else '请依法纠正。'}请说明原因、纠正结果和防止再次发生的措施，并附有关材料。",
        "respond_by": working_days_on(10),
    }
    picked = ids_in(request.GET.getlist("also"))
    others = issuable_beside(actor, alert, picked)
    prefilled["also"] = [*picked, *(each.pk for each in same_matter(actor, alert))]
    numbers = case_numbers(actor, [alert, *others])
    form = IssueForm(
        request.POST or None, initial=prefilled, others=others, numbers=numbers, joined=_joined(request, pk)
    )

    def act(**values: Any) -> Instrument:
        return actions.issue(kind=kind, **values)

    note = f"发给{alert.agency.name}。签发时编号，签发后不能修改。"

    def barred(actor: Actor, alert: Alert) -> Decision | Refusal | None:
        if actions.challenge_is_open(alert.matter_id):
            return denied(
                "该事项已进入行政复议或者行政诉讼，不重复监督",
                basis="行政执法监督条例第三十三条",
                next_step="终结以后，预警会重新待处置。",
            )
        allowed = may_issue(actor, alert)
        return actions.bar_to_issuing(alert, kind) if allowed else allowed

    return _exit(request, pk, form, act, f"制发{label}", note, f"签发{label}", barred=barred)


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    actor = actor_of(request)
    alert = get_visible(Alert, actor, pk=pk)
    asked = alert.questions.filter(pk=question).first()
    if asked is None:
        raise Http404

    def act(*, actor: Actor, alert: Alert, answer: str) -> Any:
        return actions.answer_question(actor=actor, question=asked, answer=answer)

    return _exit(request, pk, AnswerForm(request.POST or None), act, "答复核实", asked.text, "提交答复")
