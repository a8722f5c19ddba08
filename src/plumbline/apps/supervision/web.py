"""The alerts desk (S7), instruments (S8), the debt ledger and the precision of rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from plumbline.apps.cases.contract import case_rows
from plumbline.apps.law_library.contract import article_text
from plumbline.apps.paperwork.contract import documents_of
from plumbline.law import statutory_calendar
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.files.store import open_kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.ui.components import Figure, Sparkline
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.platform.verdicts.registers import current_registers
from plumbline.rules import evaluate, explain
from plumbline.vocabulary import Matter

from . import actions
from .forms import (
    AnswerForm,
    AskForm,
    DecisionForm,
    IssueForm,
    ObjectForm,
    ObjectionAnswerForm,
    ReasonForm,
    ReplyForm,
    ReviewForm,
)
from .models import Alert, AlertKind, AlertState, Instrument, InstrumentKind, ReplyFile
from .policies import may_decide, may_issue, may_reply, may_review, may_triage
from .queries import (
    aged_instruments,
    false_alarms,
    filtered_alerts,
    median_working_days,
    open_alerts,
    rule_precision,
    weekly,
)

PAGE = 30


@login_required
def alerts(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """List on the left, evidence on the right; the selection is an address."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = filtered_alerts(actor, request.GET).annotate(
        rank=Case(
            *(When(severity=s, then=Value(n)) for n, s in enumerate(("red", "yellow", "blue"))),
            default=Value(9),
            output_field=IntegerField(),
        )
    )
    page = Paginator(rows.order_by("rank", "kind", "due_on", "pk"), PAGE).get_page(request.GET.get("page"))
    selected = get_visible(Alert, actor, pk=pk) if pk else (page.object_list[0] if page.object_list else None)
    context: dict[str, Any] = {
        "page_rows": page,
        "rows": [_line(each) for each in page.object_list],
        "selected": selected,
        "states": [("open", "未了结"), *AlertState.choices],
        "agencies": Agency.objects.filter(enforces=True),
        "rules": sorted(set(open_alerts(actor).values_list("rule", flat=True))),
        "keep": request.GET.urlencode(),
    }
    if selected is not None:
        context |= _detail(actor, selected)
    if request.headers.get("HX-Request") and pk:
        return render(request, "supervision/detail.html", context)
    context |= _desk_figures(actor, rows)
    return render(request, "supervision/alerts.html", context)


def _desk_figures(actor: Actor, rows: Any) -> dict[str, Any]:
    today = Alert.objects.visible_to(actor).filter(created_at__date=clock.today()).count()
    false = false_alarms(actor)
    middle = median_working_days(actor)
    counts = weekly(actor)
    return {
        "figures": [
            Figure("今天新增", str(today), "/alerts?state=all&today=1"),
            Figure("未了结", str(open_alerts(actor).count()), "/alerts", "件"),
            Figure(
                "核实用时中位数",
                "—" if middle is None else f"{middle:g}",
                "",
                "个工作日" if middle is not None else "",
            ),
            Figure(
                "误报率（近 12 周）",
                false.percent,
                "/alerts?state=false_alarm&weeks=12",
                f"{false.false}/{false.decided}",
            ),
        ],
        "spark": Sparkline(counts, f"每周新增，近 12 周：{counts[0]} 到 {counts[-1]}"),
        "total": rows.count(),
    }


def _line(alert: Alert) -> dict[str, Any]:
    rule = rule_book().by_id.get(alert.rule)
    return {"alert": alert, "duty": rule.duty_zh if rule else alert.rule, "tag": _tag(alert)}


def _tag(alert: Alert) -> tuple[str, str, str]:
    """Colour, shape and word of an alert."""
    if alert.kind == AlertKind.NEAR_DUE:
        return "amb", "◆", "临期"
    if not alert.still_breached:
        return "out", "▲", "曾违反"
    words = {
        "red": ("red", "▲", "超期" if alert.due_on else "违反"),
        "yellow": ("amb", "◆", "超期" if alert.due_on else "违反"),
    }
    return words.get(alert.severity, ("blu", "●", "提醒"))


def explanation_of(alert: Alert) -> Any:
    """The rule asked anew about the alert's subject, with its count; None when the subject has been voided."""
    rule = rule_book().by_id.get(alert.rule)
    events = matter_events(alert.matter_id)
    if rule is None or not events:
        return None
    registers, calendar = current_registers()
    matter = Matter.of(events, clock.now())
    found = evaluate(
        [rule], matter, registers=registers, calendar=calendar, as_of=clock.now(), others=matter_events
    )
    verdict = next((v for v in found if v.subject == alert.subject), None)
    return explain(verdict, calendar=calendar, as_of=clock.today()) if verdict is not None else None


def _detail(actor: Actor, alert: Alert) -> dict[str, Any]:
    rule = rule_book().by_id.get(alert.rule)
    triage, issue = may_triage(actor, alert), may_issue(actor, alert)
    established = actions.established(alert)
    return {
        "alert": alert,
        "rule": rule,
        "tag": _tag(alert),
        "explanation": explanation_of(alert),
        "article": article_text(alert.law, alert.article),
        "case": case_rows(actor).filter(matter_id=alert.matter_id).first(),
        "questions": list(alert.questions.order_by("pk")),
        "may_triage": triage,
        "may_issue": issue,
        "may_answer": actor.can("supervision.reply", alert.agency_id),
        "established": established,
        "challenged": actions.challenge_is_open(alert.matter_id),
        "same_agency_open": Alert.objects.visible_to(actor)
        .filter(agency_id=alert.agency_id, state__in=["new", "verifying"])
        .exclude(pk=alert.pk)
        .count(),
    }


Handler = Callable[..., Any]


def _exit(
    request: HttpRequest, pk: int, form: django_forms.Form, act: Handler, title: str, note: str, button: str
) -> HttpResponse:
    """One way out of an alert: a short form, then back to the alert."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    alert = get_visible(Alert, actor, pk=pk)
    if request.method == "POST" and form.is_valid():
        try:
            done = act(actor=actor, alert=alert, **form.cleaned_data)
        except InputFault as fault:
            for name, text in fault.faults.items():
                form.add_error(name or None, text)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
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
        **_brief(alert),
    }
    return render(request, "supervision/exit.html", context)


def _brief(alert: Alert) -> dict[str, Any]:
    rule = rule_book().by_id.get(alert.rule)
    return {"rule": rule, "tag": _tag(alert), "explanation": explanation_of(alert)}


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    alert = get_visible(Alert, request.actor, pk=pk)  # type: ignore[attr-defined]
    prefilled = {
        "text": f"{alert.facts}请核实是否属实，说明原因，并附有关材料。",
        "respond_by": _working_days_on(2),
    }
    return _exit(
        request,
        pk,
        AskForm(request.POST or None, initial=prefilled),
        actions.ask,
        "要求核实",
        "发给承办单位负责答复监督的人员；答复后由您决定下一步。",
        "发出核实",
    )


@login_required
@require_http_methods(["GET", "POST"])
def explained(request: HttpRequest, pk: int) -> HttpResponse:
    return _exit(
        request,
        pk,
        ReasonForm(request.POST or None),
        actions.accept_explanation,
        "解释属实",
        "单位的解释成立，不再督办。理由会保存。",
        "确认解释属实",
    )


@login_required
@require_http_methods(["GET", "POST"])
def false_alarm(request: HttpRequest, pk: int) -> HttpResponse:
    return _exit(
        request,
        pk,
        ReasonForm(request.POST or None),
        actions.mark_false_alarm,
        "记为误报",
        "规则判断与事实不符。计入该规则的误报率，超过两成的规则会被复核。",
        "记为误报",
    )


@login_required
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    if kind not in {InstrumentKind.LETTER, InstrumentKind.OPINION}:
        raise Http404
    actor: Actor = request.actor  # type: ignore[attr-defined]
    alert = get_visible(Alert, actor, pk=pk)
    rule = rule_book().by_id.get(alert.rule)
    label = InstrumentKind(kind).label
    prefilled = {
        "title": f"关于{alert.agency.short_name}{rule.duty_zh.split('，')[0] if rule else ''}问题的{label}"[
            :200
        ],
        "facts": alert.facts,
        "demands": f"{rule.remedy_zh if rule else '请依法纠正。'}请说明原因、纠正结果和防止再次发生的措施，并附有关材料。",
        "respond_by": _working_days_on(10),
    }
    form = IssueForm(request.POST or None, initial=prefilled)

    def act(**values: Any) -> Instrument:
        return actions.issue(kind=kind, **values)

    note = f"发给{alert.agency.name}。签发时编号，签发后不能修改。"
    return _exit(request, pk, form, act, f"制发{label}", note, f"签发{label}")


def _working_days_on(n: int) -> Any:
    return statutory_calendar().nth_working_after(clock.today(), n)


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    alert = get_visible(Alert, actor, pk=pk)
    asked = alert.questions.filter(pk=question).first()
    if asked is None:
        raise Http404

    def act(*, actor: Actor, alert: Alert, answer: str) -> Any:
        return actions.answer_question(actor=actor, question=asked, answer=answer)

    return _exit(request, pk, AnswerForm(request.POST or None), act, "答复核实", asked.text, "提交答复")


# -- instruments ---------------------------------------------------------------------------------------------------------


@login_required
def orders(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = Instrument.objects.visible_to(actor).select_related("to", "issuer")
    state = request.GET.get("state", "running")
    if state == "running":
        rows = rows.exclude(state__in=["closed", "stopped"])
    elif state == "late":
        rows = rows.exclude(state__in=["closed", "stopped"]).filter(respond_by__lt=clock.today())
    elif state != "all":
        rows = rows.filter(state=state)
    if agency := request.GET.get("agency"):
        rows = rows.filter(to_id=agency)
    if request.GET.get("box") == "in":
        rows = rows.filter(to_id=actor.agency_code)
    page = Paginator(rows.order_by("respond_by", "pk"), PAGE).get_page(request.GET.get("page"))
    context = {"page_rows": page, "state": state, "today": clock.today(), "total": page.paginator.count}
    return render(request, "supervision/orders.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, matter_id: str) -> HttpResponse:
    """One page from notice to closing. The addressee's opening it is its receipt."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    instrument = get_visible(Instrument, actor, matter_id=matter_id)
    if request.method == "POST":
        return _order_step(request, actor, instrument)
    if (
        instrument.state == "issued"
        and actor.can("supervision.reply", instrument.to_id)
        and may_reply(actor, instrument)
    ):
        instrument = actions.mark_read(actor=actor, instrument=instrument)
    return render(request, "supervision/order.html", _order_context(actor, instrument))


STEPS: dict[str, tuple[type[django_forms.Form] | None, Handler]] = {
    "reply": (ReplyForm, actions.reply),
    "object": (ObjectForm, actions.object_to),
    "accept": (ReviewForm, actions.accept),
    "refuse": (
        ReviewForm,
        lambda **v: actions.refuse(actor=v["actor"], instrument=v["instrument"], text=v["text"]),
    ),
    "escalate": (
        ReasonForm,
        lambda **v: actions.escalate(actor=v["actor"], instrument=v["instrument"], text=v["reason"]),
    ),
    "decide": (DecisionForm, actions.issue_decision),
    "remind": (None, actions.remind),
}


def _order_step(request: HttpRequest, actor: Actor, instrument: Instrument) -> HttpResponse:
    name = request.POST.get("do", "")
    if name == "answer_objection":
        return _answer_objection(request, actor, instrument)
    if name not in STEPS:
        raise Http404
    form_class, act = STEPS[name]
    form = form_class(request.POST, request.FILES, prefix=name) if form_class else None
    if form is None or form.is_valid():
        try:
            done = act(actor=actor, instrument=instrument, **(form.cleaned_data if form else {}))
        except (InputFault, Refusal) as fault:
            if form is None:
                messages.error(request, str(fault))
                return redirect("order", matter_id=instrument.matter_id)
            faults = fault.faults if isinstance(fault, InputFault) else {"": str(fault)}
            for field, text in faults.items():
                form.add_error(field or None, text)
        else:
            messages.success(
                request,
                {
                    "reply": "纠正情况已报送。",
                    "object": "异议已提出，制发机关会收到通知。",
                    "accept": "已认可纠正，文书销号。",
                    "refuse": "已退回，请收文机关继续纠正。",
                    "escalate": "已报请区人民政府决定。",
                    "remind": "已催办。",
                    "decide": "监督决定书已制发。",
                }[name],
            )
            target = done.matter_id if isinstance(done, Instrument) else instrument.matter_id
            return redirect("order", matter_id=target)
    instrument.refresh_from_db()
    context = _order_context(actor, instrument)
    context["forms"][name] = form
    return render(request, "supervision/order.html", context, status=200)


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
    context = _order_context(actor, instrument)
    context["forms"]["answer_objection"] = form
    return render(request, "supervision/order.html", context)


def _order_context(actor: Actor, instrument: Instrument) -> dict[str, Any]:
    review, answering = may_review(actor, instrument), may_reply(actor, instrument)
    late = clock.today() > instrument.respond_by and instrument.is_running
    with whole_district():
        # The paper is the issuer's document; the addressee may read it because the instrument is addressed to it.
        paper = documents_of(instrument.matter_id).first()
    total = max((instrument.respond_by - instrument.issued_on).days, 1)
    end = instrument.closed_on or clock.today()
    gone = (end - instrument.issued_on).days
    scale = max(total, gone, 1)
    forms: dict[str, django_forms.Form] = {
        "reply": ReplyForm(prefix="reply"),
        "object": ObjectForm(prefix="object"),
        "accept": ReviewForm(prefix="accept"),
        "refuse": ReviewForm(prefix="refuse"),
        "escalate": ReasonForm(prefix="escalate"),
        "answer_objection": ObjectionAnswerForm(prefix="answer_objection"),
        "decide": DecisionForm(
            prefix="decide",
            initial={
                "facts": instrument.facts,
                "demands": instrument.demands,
                "respond_by": _working_days_on(15),
            },
        ),
    }
    return {
        "instrument": instrument,
        "case": case_rows(actor).filter(matter_id=instrument.about).first(),
        "alerts": list(Alert.objects.visible_to(actor).filter(instrument=instrument)),
        "paper": mark_safe(paper.html) if paper else "",
        "replies": list(instrument.replies.prefetch_related("files")),
        "objections": list(instrument.objections.all()),
        "open_objection": instrument.objections.filter(answered_at=None).exists(),
        "review": review,
        "answering": answering,
        "is_addressee": actor.can("supervision.reply", instrument.to_id),
        "late": late,
        "days_late": (clock.today() - instrument.respond_by).days,
        "may_escalate": bool(review)
        and (late or instrument.state == "refused")
        and instrument.state != "escalated",
        "may_decide": instrument.state == "escalated" and may_decide(actor, instrument),
        "forms": forms,
        "life": _life(instrument),
        "bar": {
            "used": min(100, round(100 * gone / scale)),
            "due": round(100 * total / scale),
            "gone": gone,
            "total": total,
        },
    }


def _life(instrument: Instrument) -> list[dict[str, Any]]:
    """The stations of an instrument, for the line at the head of its page."""
    replied = instrument.replies.first()
    return [
        {"label": "制发", "on": instrument.issued_on, "done": True},
        {"label": "签收", "on": instrument.read_at, "done": instrument.read_at is not None},
        {"label": "报送", "on": replied.at if replied else None, "done": replied is not None},
        {
            "label": "销号" if instrument.state != "stopped" else "终止",
            "on": instrument.closed_on,
            "done": instrument.closed_on is not None,
        },
    ]


@login_required
def reply_file(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    instrument = get_visible(Instrument, actor, matter_id=matter_id)
    found = ReplyFile.objects.filter(pk=pk, reply__instrument=instrument).first()
    if found is None:
        raise Http404
    response = FileResponse(open_kept(found.sha256), as_attachment=True, filename=found.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_required
def ledger(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return render(
        request,
        "supervision/ledger.html",
        {"rows": aged_instruments(actor, clock.today()), "today": clock.today()},
    )


@login_required
def precision(request: HttpRequest) -> HttpResponse:
    rules = rule_book().by_id
    rows = [{**row, "definition": rules.get(row["rule"])} for row in rule_precision()]
    return render(request, "supervision/precision.html", {"rows": rows, "total": len(rules)})


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The present list as a workbook: filter, time, rows and who on its first sheet."""
    from .export import workbook

    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = filtered_alerts(actor, request.GET)
    response = HttpResponse(
        workbook(actor, rows, request.GET),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f"attachment; filename=alerts-{clock.today():%Y%m%d}.xlsx"
    return response
