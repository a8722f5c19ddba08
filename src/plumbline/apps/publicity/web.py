"""The publisher's worklist, and the preview of what the public will see beside what is inside, channel by channel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.apps.cases.contract import case_rows
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.acting import actor_of
from plumbline.vocabulary import load_vocabulary

from .actions import Shown, hide, publish, withdraw, withhold
from .backfilling import backfill, owed_anywhere
from .channel_board import board, early_conditions, term_of, told_party
from .channels import channels
from .ending import check_outside, report_change, stop_early, take_up
from .feedback import answer, promised_days
from .forms import AnswerForm, EarlyForm, HideForm, ReasonForm, ShownForm, TakeUpForm
from .generating import facts_of, hidden_names
from .marking import marked_public, marked_record
from .models import Handled, Publication, PublicationState
from .policies import feedback_for, may_answer, may_hide, may_publish, publications_for

OPEN = [PublicationState.DUE, PublicationState.AWAITING_SECOND]
OVER = [PublicationState.ENDED, PublicationState.WITHDRAWN]


@login_required
@require_http_methods(["GET", "POST"])
def worklist(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    mine = _publishing(actor)
    if request.method == "POST":
        try:
            messages.success(request, str(backfill(actor=actor, agencies=mine)))
        except Refusal as refused:
            messages.error(request, str(refused))
        return redirect("publicity")
    rows = publications_for(actor)
    state = request.GET.get("state", "open")
    if state == "open":
        rows = rows.filter(state__in=OPEN)
    elif state == "withdraw":
        rows = rows.filter(state=PublicationState.PUBLISHED, withdraw_due_on__isnull=False)
    elif state == "check":
        rows = rows.filter(state__in=OVER, confirmed_on=None).exclude(channel="government_site")
    elif state in PublicationState.values:
        rows = rows.filter(state=state)
    if (channel := request.GET.get("channel", "")) in channels():
        rows = rows.filter(channel=channel)
    waiting = state in {"open", "withdraw"}
    rows = rows.order_by("due_on", "pk") if waiting else rows.order_by("-changed_at", "-pk")
    page = Paginator(rows, 40).get_page(request.GET.get("page"))
    return render(
        request,
        "publicity/worklist.html",
        {
            "page_rows": page,
            "state": state,
            "channel": channel,
            "channels": {key: about["short"] for key, about in channels().items()},
            "total": page.paginator.count,
            "today": clock.today(),
            "owing": len(owed_anywhere(mine)) if mine and state == "open" else 0,
            "reports": feedback_for(actor).filter(outcome=Handled.WAITING).count(),
        },
    )


def _publishing(actor: Actor) -> list[str]:
    """The agencies that the actor publishes for."""
    reach = actor.reach("publicity.publish")
    enforcing = Agency.objects.filter(enforces=True).values_list("code", flat=True)
    return list(enforcing) if reach is None else sorted(reach)


@login_required
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    actor = actor_of(request)
    row = publications_for(actor).filter(public_id=public_id).first()
    if row is None:
        raise Http404
    do = request.POST.get("do", "")
    forms = _forms(request, row, do)
    if request.method == "POST":
        try:
            done = _done(actor, row, do, forms, request)
        except (InputFault, Refusal) as fault:
            messages.error(request, str(fault))
        else:
            if done:
                messages.success(request, done)
                return redirect("publication", public_id=public_id)
    words = load_vocabulary().enums["penalty_kind"]
    may = may_publish(actor, row)
    context = {
        "row": row,
        "inside": _record_of(row) if may else {},
        "violation": marked_public(row.violation, row.masks),
        "facts": marked_public(row.facts, row.masks),
        "case": case_rows(actor).filter(matter_id=row.matter_id).first(),
        "may": may,
        "may_hide": may_hide(actor, row) and row.state in {"due", "second", "published"},
        "kinds": [words.get(each, each) for each in row.kinds],
        "board": board(row),
        "told": told_party(row) if row.act == "penalty" else None,
        "term": term_of(row) if row.state != PublicationState.WITHHELD else None,
        "early": row.state == PublicationState.PUBLISHED and bool(early_conditions(row)),
        "to_check": row.state in OVER and not row.is_ours and row.confirmed_on is None,
        "to_report": "report_change" in channels()[row.channel]
        and row.withdraw_due_on is not None
        and row.change_reported_on is None,
        **forms,
    }
    return render(request, "publicity/preview.html", context)


def _forms(request: HttpRequest, row: Publication, do: str) -> dict[str, Form]:
    """Every form of the page; the one that was sent holds what was sent."""

    def sent(*names: str) -> Any:
        return request.POST if do in names else None

    outside = not row.is_ours and row.state in OPEN
    return {
        "form": ReasonForm(sent("withdraw", "withhold")),
        "hiding": HideForm(sent("hide")),
        "taking_up": TakeUpForm(sent("take_up"), auto_id="take-%s"),
        "stopping": EarlyForm(sent("stop_early"), publication=row, auto_id="stop-%s"),
        **(
            {"showing": ShownForm(sent("publish"), publication=row, initial={"on": clock.today()})}
            if outside
            else {}
        ),
    }


def _done(actor: Actor, row: Publication, do: str, forms: dict[str, Form], request: HttpRequest) -> str:
    """Carry out what was asked and say so; empty when something is missing in its form."""
    steps: dict[str, Callable[[], str]] = {
        "publish": lambda: _publish(actor, row, forms.get("showing")),
        "withdraw": lambda: _with(forms["form"], lambda d: withdraw(actor=actor, publication=row, **d), "已撤回，公开页显示撤回理由。"),
        "withhold": lambda: _with(forms["form"], lambda d: withhold(actor=actor, publication=row, **d), "已登记不予公示的理由。"),
        "hide": lambda: _with(forms["hiding"], lambda d: hide(actor=actor, publication=row, **d), "已遮盖，公开文字和指纹随之更新。"),
        "take_up": lambda: _with(
            forms["taking_up"],
            lambda d: take_up(actor=actor, publication=row, channel=request.POST.get("channel", ""), **d),
            "已生成该渠道的公开文字，核对后登记公示。",
        ),
        "stop_early": lambda: _with(
            forms["stopping"],
            lambda d: stop_early(actor=actor, publication=row, met=[int(n) for n in d["met"]]),
            "已提前停止公示。请到该系统核对。",
        ),
        "check_outside": lambda: (check_outside(actor=actor, publication=row), "已登记核对。")[1],
        "report_change": lambda: (report_change(actor=actor, publication=row), "已登记向信用平台报送变更结果。")[1],
    }  # fmt: skip
    return steps[do]() if do in steps else ""


def _with(form: Form, act: Callable[[dict[str, Any]], object], done: str) -> str:
    if not form.is_valid():
        return ""
    act(form.cleaned_data)
    return done


def _publish(actor: Actor, row: Publication, showing: Form | None) -> str:
    if showing is None:
        publish(actor=actor, publication=row)
    elif not showing.is_valid():
        return ""
    else:
        given = dict(showing.cleaned_data)
        publish(actor=actor, publication=row, on=given.pop("on"), shown=Shown(**given))
    if row.state == PublicationState.PUBLISHED:
        return "已公示。" if row.is_ours else f"已登记在{row.channel_name}公示。"
    return "已提交，须由第二人复核后公示。"


def _record_of(row: Publication) -> dict[str, Any]:
    """The record beside the public text, with what the public does not see marked in it."""
    inside = facts_of(row.matter_id, row.kind)
    names = hidden_names(row)
    party = inside.get("party_name", "") or ""
    shown = [] if party in names else [row.party_name]
    representative = inside.get("legal_representative", "") or ""
    return {
        "party_name": party,
        "party_hidden": bool(party) and party != row.party_name,
        "representative": representative,
        "representative_hidden": bool(representative) and representative != row.legal_representative,
        "title": marked_record(inside.get("title", "") or "", names=names, shown=shown),
        "facts": marked_record(inside.get("facts", "") or "—", names=names, shown=shown),
    }


@login_required
def reports(request: HttpRequest) -> HttpResponse:
    """What readers reported of public records, the waiting ones first."""
    actor = actor_of(request)
    state = request.GET.get("state", "waiting")
    rows = feedback_for(actor)
    rows = (
        rows.filter(outcome=Handled.WAITING) if state == "waiting" else rows.exclude(outcome=Handled.WAITING)
    )
    rows = rows.order_by("due_on", "pk") if state == "waiting" else rows.order_by("-answered_at", "-pk")
    page = Paginator(rows, 40).get_page(request.GET.get("page"))
    context = {"page_rows": page, "state": state, "total": page.paginator.count, "days": promised_days()}
    return render(request, "publicity/reports.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report beside the record it is about."""
    actor = actor_of(request)
    kept = feedback_for(actor).filter(pk=pk).first()
    if kept is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer(actor=actor, feedback=kept, **form.cleaned_data)
        except (InputFault, Refusal) as fault:
            messages.error(request, str(fault))
        else:
            messages.success(request, "已登记核对结果。")
            return redirect("public-reports")
    context = {"kept": kept, "row": kept.publication, "form": form, "may": may_answer(actor, kept)}
    return render(request, "publicity/report.html", context)
