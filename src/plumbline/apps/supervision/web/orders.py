"""Instruments (S8): the list, one page from notice to closing, and the debt ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from plumbline.apps.paperwork.contract import is_unaltered, issued_paper, verification_code
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.files.store import open_kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.matter_pages import page_of
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.downloads import as_file

from .. import actions
from ..actions.records import PAPERS
from ..actions.reviewing import CHECKED
from ..export import ledger_workbook
from ..forms import (
    DecisionForm,
    DeclineForm,
    EscalateForm,
    ExtensionDecisionForm,
    ExtensionForm,
    ObjectForm,
    ObjectionAnswerForm,
    RefuseForm,
    ReplyForm,
    ReviewForm,
)
from ..lead_queries import within
from ..models import RECORDS, Alert, AlertState, Instrument, InstrumentKind, ReplyFile
from ..policies import (
    SUPERVISING,
    may_answer_objection,
    may_ask_extension,
    may_decide,
    may_decide_extension,
    may_object,
    may_read,
    may_reply,
    may_review,
    may_use_result,
)
from ..queries import ORDER_STATES, aged_instruments, by_state
from ..record_forms import SummaryForm, UseForm, WithdrawSummaryForm
from ..settings import in_force
from ..stations import bar_of, life_of
from .alerts import alert_lines
from .days import working_days_on

PAGE = 30
#: How long an instrument has been open, in days from its issue: at least, and less than.
AGES = {"10": (0, 11), "30": (11, 31), "60": (31, 61), "more": (61, 0)}


@login_required
def orders(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = Instrument.objects.visible_to(actor).select_related("to", "issuer")
    state, today = request.GET.get("state", "running"), clock.today()
    agency = Agency.objects.filter(pk=request.GET.get("agency", "")).first()
    if agency is not None:
        rows = rows.filter(to_id=agency.pk)
    if (kind := request.GET.get("kind", "")) in InstrumentKind.values:
        rows = rows.filter(kind=kind)
    rows = within(rows, "issued_on", request.GET)
    if request.GET.get("age", "") in AGES:
        least, most = AGES[request.GET["age"]]
        rows = rows.filter(issued_on__lte=today - timedelta(days=least))
        rows = rows.filter(issued_on__gt=today - timedelta(days=most)) if most else rows
    if request.GET.get("box") == "in":
        rows = rows.filter(to_id=actor.agency_code)
    tabs = [(value, zh, by_state(rows, value, today).count()) for value, zh in ORDER_STATES.items()]
    shown = by_state(rows, state, today).order_by("respond_by", "pk")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {
        "page_rows": page,
        "state": state,
        "kinds": InstrumentKind.choices,
        "records": [each for each in InstrumentKind.choices if each[0] in PAPERS],
        "may_issue": actor.can("supervision.supervise"),
        "agency": agency,
        "tabs": tabs,
        "today": today,
        "total": page.paginator.count,
    }
    return render(request, "supervision/orders.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, matter_id: str) -> HttpResponse:
    """One page from notice to closing. The addressee's opening it is its receipt."""
    actor = actor_of(request)
    instrument = get_visible(Instrument, actor, matter_id=matter_id)
    if request.method == "POST":
        return _order_step(request, actor, instrument)
    unread = instrument.state == "issued" or (instrument.kind in RECORDS and instrument.read_at is None)
    if unread and may_read(actor, instrument):
        instrument = actions.mark_read(actor=actor, instrument=instrument)
    return render(request, "supervision/order.html", _order_context(request, actor, instrument))


STEPS: dict[str, tuple[Callable[..., django_forms.Form] | None, Callable[..., Any]]] = {
    "reply": (ReplyForm, actions.reply),
    "object": (ObjectForm, actions.object_to),
    "accept": (ReviewForm, actions.accept),
    "refuse": (RefuseForm, actions.refuse),
    "extend": (ExtensionForm, actions.ask_extension),
    "decide_extension": (
        ExtensionDecisionForm,
        lambda **v: actions.decide_extension(**{**v, "granted": v["granted"] == "1"}),
    ),
    "escalate": (
        EscalateForm,
        lambda **v: actions.escalate(
            actor=v["actor"], instrument=v["instrument"], text=v["text"], major=v["ground"] == "major"
        ),
    ),
    "decline": (DeclineForm, actions.decline),
    "decide": (DecisionForm, actions.issue_decision),
    "remind": (None, actions.remind),
    "use": (UseForm, actions.use_result),
    "publish": (SummaryForm, actions.publish_summary),
    "withdraw": (WithdrawSummaryForm, actions.withdraw_summary),
}


def _order_step(request: HttpRequest, actor: Actor, instrument: Instrument) -> HttpResponse:
    name = request.POST.get("do", "")
    if name == "answer_objection":
        return _answer_objection(request, actor, instrument)
    if name not in STEPS:
        raise Http404
    form_class, act = STEPS[name]
    more = {"late": _unmet(instrument)} if name == "escalate" else {}
    form = form_class(request.POST, request.FILES, prefix=name, **more) if form_class else None
    if form is None or form.is_valid():
        try:
            done = act(actor=actor, instrument=instrument, **(form.cleaned_data if form else {}))
        except Refusal as refusal:
            # Who may not do it does not see its form either: the reason stands above the page.
            messages.error(request, str(refusal))
            if form is None:
                return redirect("order", matter_id=instrument.matter_id)
        except InputFault as fault:
            if form is not None:
                put_faults(form, fault)
        else:
            messages.success(
                request,
                {
                    "reply": "纠正情况已报送。",
                    "object": "异议已提出，制发机关会收到通知。",
                    "accept": "已认可纠正，文书销号。",
                    "refuse": "已退回，请收文机关继续纠正。",
                    "extend": "延期申请已提出，制发机关会收到通知。答复以前原期限照常计算。",
                    "decide_extension": "延期申请已答复，收文机关会收到通知。",
                    "escalate": "已报请区人民政府决定。",
                    "decline": "已退回，文书继续办理，双方会收到通知。",
                    "remind": "已催办。",
                    "use": "结果运用已登记。",
                    "publish": "摘要已公开在门户。",
                    "withdraw": "摘要已撤回，公开页写明理由。",
                    "decide": "监督决定书已制发。",
                }[name],
            )
            target = done.matter_id if isinstance(done, Instrument) else instrument.matter_id
            return redirect("order", matter_id=target)
    instrument.refresh_from_db()
    context = _order_context(request, actor, instrument)
    context["forms"][name] = form
    return render(request, "supervision/order.html", context, status=200)


def _unmet(instrument: Instrument) -> bool:
    """Whether the addressee has not done what the instrument asks for, in time or at all."""
    late = instrument.is_waiting and clock.today() > instrument.respond_by
    return late or instrument.state == "refused"


def _answer_objection(request: HttpRequest, actor: Actor, instrument: Instrument) -> HttpResponse:
    form = ObjectionAnswerForm(request.POST, prefix="answer_objection")
    objection = instrument.objections.filter(answered_at=None).first()
    if objection is not None and form.is_valid():
        try:
            actions.answer_objection(
                actor=actor,
                instrument=instrument,
                objection=objection,
                sustained=form.cleaned_data["sustained"] == "1",
                answer=form.cleaned_data["answer"],
            )
        except (InputFault, Refusal) as fault:
            messages.error(request, str(fault))
        else:
            messages.success(request, "异议已答复。")
            return redirect("order", matter_id=instrument.matter_id)
    context = _order_context(request, actor, instrument)
    context["forms"]["answer_objection"] = form
    return render(request, "supervision/order.html", context)


def _order_context(request: HttpRequest, actor: Actor, instrument: Instrument) -> dict[str, Any]:
    review, answering = may_review(actor, instrument), may_reply(actor, instrument)
    waiting = instrument.is_waiting
    late = waiting and clock.today() > instrument.respond_by
    document = issued_paper(instrument.matter_id)
    replies = list(instrument.replies.prefetch_related("files"))
    found = list(Alert.objects.visible_to(actor).filter(instrument=instrument))
    extensions = list(instrument.extensions.all())
    asked = next((each for each in extensions if each.decided_at is None), None)
    stopped = [alert for alert in found if alert.state == AlertState.STOPPED]
    forms: dict[str, django_forms.Form] = {
        "reply": ReplyForm(prefix="reply"),
        "object": ObjectForm(prefix="object"),
        "accept": ReviewForm(prefix="accept"),
        "refuse": RefuseForm(prefix="refuse", initial={"respond_by": working_days_on(5)}),
        "extend": ExtensionForm(prefix="extend"),
        "decide_extension": ExtensionDecisionForm(
            prefix="decide_extension", initial={"until": asked.until if asked else None}
        ),
        "escalate": EscalateForm(prefix="escalate", late=_unmet(instrument)),
        "decline": DeclineForm(prefix="decline", initial={"respond_by": working_days_on(10)}),
        "answer_objection": ObjectionAnswerForm(prefix="answer_objection"),
        "use": UseForm(prefix="use"),
        "publish": SummaryForm(prefix="publish", initial={"summary": instrument.summary}),
        "withdraw": WithdrawSummaryForm(prefix="withdraw"),
        "decide": DecisionForm(
            prefix="decide",
            initial={
                "facts": instrument.facts,
                "demands": instrument.demands,
                "respond_by": working_days_on(15),
            },
        ),
    }
    return {
        "instrument": instrument,
        "alerts": alert_lines(actor, found),
        "about": page_of(actor, instrument.about) if instrument.about and not found else None,
        "document": document,
        "paper": mark_safe(document.html) if document else "",
        "intact": document is not None and is_unaltered(document),
        "qr": verification_code(request, document) if document else "",
        "replies": replies,
        "objections": list(instrument.objections.all()),
        "open_objection": instrument.objections.filter(answered_at=None).exists(),
        "review": review,
        "answering": answering,
        "is_addressee": actor.can("supervision.reply", instrument.to_id),
        "late": late,
        "now": clock.today(),
        "may_escalate": bool(review)
        and asked is None
        and instrument.state != "escalated"
        and instrument.kind in {InstrumentKind.LETTER, InstrumentKind.OPINION},
        "unmet": _unmet(instrument),
        "may_object": bool(may_object(actor, instrument)),
        "may_answer_objection": bool(may_answer_objection(actor, instrument)),
        "waiting": waiting,
        "extensions": extensions,
        "extension": asked,
        "may_extend": bool(may_ask_extension(actor, instrument)) and asked is None and not late,
        "may_decide_extension": asked is not None and may_decide_extension(actor, instrument),
        "complete": instrument.kind in RECORDS,
        "checked": CHECKED.get(instrument.checked_how, ""),
        "uses": list(instrument.uses.all()),
        "may_use": not instrument.is_running
        and instrument.state == "closed"
        and bool(may_use_result(actor, instrument)),
        "may_publish": instrument.kind not in {InstrumentKind.ADVICE, InstrumentKind.CLUE},
        "stopped": stopped if instrument.state != "stopped" else [],
        "may_decide": instrument.state == "escalated" and may_decide(actor, instrument),
        "forms": forms,
        "life": life_of(instrument, replies, found, extensions),
        "bar": bar_of(instrument, extensions),
    }


@login_required
def reply_file(request: HttpRequest, matter_id: str, pk: int) -> HttpResponseBase:
    actor = actor_of(request)
    instrument = get_visible(Instrument, actor, matter_id=matter_id)
    found = ReplyFile.objects.filter(pk=pk, reply__instrument=instrument).first()
    if found is None:
        raise Http404
    response = FileResponse(open_kept(found.sha256), as_attachment=True, filename=found.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


SUMS = ("running", "age10", "age30", "age60", "more", "replied", "late", "points")


@login_required
def ledger(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = aged_instruments(actor, clock.today())
    sums = {name: sum(row[name] for row in rows) for name in SUMS}
    each_ten = in_force(clock.today())["debt.points"]
    context = {
        "rows": rows,
        "sums": sums,
        "today": clock.today(),
        "each_ten": each_ten,
        "sees_settings": actor.reach(*SUPERVISING) != frozenset(),
    }
    return render(request, "supervision/ledger.html", context)


@login_required
def ledger_export(request: HttpRequest) -> HttpResponse:
    """The debt ledger as a workbook, with the day and the reckoning of its points."""
    actor = actor_of(request)
    book = ledger_workbook(aged_instruments(actor, clock.today()), clock.today(), actor.label)
    return as_file(book, f"ledger-{clock.today():%Y%m%d}.xlsx")
