"""Leads of supervision: the list of all sources, and one lead from its registration to the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.apps.cases.contract import case_rows
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.files.store import open_kept
from plumbline.platform.filters import id_in
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person
from plumbline.platform.matter_pages import page_of
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.components import Figure

from .. import actions
from ..conducts import PREFIX, conducts
from ..lead_forms import (
    AnswerDayForm,
    AnsweredForm,
    AssessForm,
    AssignForm,
    DismissForm,
    FeedBackForm,
    JoinForm,
    MergeForm,
    PartForm,
    ReferForm,
    VerifyForm,
)
from ..lead_models import UNVERIFIED, Lead, LeadState, Source
from ..lead_queries import (
    TABS,
    by_source,
    filtered_leads,
    in_tab,
    in_turn,
    legal_clocks,
    like_leads,
    to_answer,
    today_late,
)
from ..models import UNDECIDED, Alert
from ..naming import breach_of
from ..policies import SUPERVISING, may_work_lead
from ..queries import history, open_alerts
from ..settings import not_after, working_days_after
from ..sources import alerts_for, sources_of
from ..taking_in import told_by_platform
from .days import working_days_on

PAGE = 30


@login_required
@require_safe
def leads(request: HttpRequest) -> HttpResponse:
    """Every source in one list; the rules' own alerts stand beside it with their number."""
    actor = actor_of(request)
    if actor.reach(*SUPERVISING) == frozenset():
        raise PermissionDenied
    today = clock.today()
    rows = filtered_leads(actor, request.GET)
    state = request.GET.get("state", "open")
    state = state if state in TABS else "open"
    page = Paginator(in_turn(in_tab(rows, state, today)), PAGE).get_page(request.GET.get("page"))
    seen = Lead.objects.visible_to(actor)
    verified = seen.filter(substantiated__isnull=False).count()
    held = seen.filter(substantiated=True).count()
    share = f"{100 * held / verified:.0f}%" if verified else "—"
    late = in_tab(seen, "late", today).count()
    context = {
        "page_rows": page,
        "rows": [{"lead": each, "late": today_late(each)} for each in page],
        "total": page.paginator.count,
        "state": state,
        "tabs": [(key, zh, in_tab(rows, key, today).count()) for key, zh in TABS.items()],
        "sources": Source.choices,
        "agencies": Agency.objects.filter(enforces=True),
        "figures": [
            Figure("待研判", str(in_tab(seen, "registered", today).count()), "/leads?state=registered", "条"),
            Figure("已超期", str(late), "/leads?state=late", "条", "red" if late else ""),
            Figure("未登记期限", str(in_tab(seen, "undated", today).count()), "/leads?state=undated", "条"),
            Figure(f"属实率（{verified} 条）", share, "/leads?state=all&held=1", f"{held}/{verified}"),
            Figure("规则预警未了结", str(open_alerts(actor).count()), "/alerts", "件"),
        ],
        "by_source": by_source(actor),
        "unanswered": to_answer(actor).count(),
        "narrowed": any(request.GET.get(name) for name in ("source", "agency", "q", "held", "corrected")),
    }
    return render(request, "supervision/leads.html", context)


@login_required
@require_safe
def lead_file(request: HttpRequest, matter_id: str, pk: int) -> HttpResponseBase:
    """A paper a lead came with, to be saved and never shown in place."""
    row = get_visible(Lead, actor_of(request), matter_id=matter_id)
    found = row.files.filter(pk=pk).first()
    if found is None:
        raise Http404
    response = FileResponse(open_kept(found.sha256), as_attachment=True, filename=found.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


Done = tuple[Callable[..., django_forms.Form], Callable[..., Any], str]


def _verified(**values: Any) -> Lead:
    done: Lead = actions.verify_lead(**{**values, "substantiated": values["substantiated"] == "1"})
    return done


def _merged(*, actor: Actor, lead: Lead, into: str, reason: str) -> Lead:
    other = Lead.objects.visible_to(actor).filter(matter_id=into.strip()).first()
    if other is None:
        raise InputFault({"into": f"没有找到线索 {into.strip()[:60]}。"})
    return actions.merge_lead(actor=actor, lead=lead, into=other, reason=reason)


def _joined(*, actor: Actor, lead: Lead, alert: int, reason: str) -> Lead:
    target = get_visible(Alert, actor, pk=alert)
    return actions.join_alert(actor=actor, lead=lead, alert=target, reason=reason)


STEPS: dict[str, tuple[type[django_forms.Form], Callable[..., Any], str]] = {
    "assess": (AssessForm, actions.assess_lead, "已研判，列为要核查的问题。"),
    "dismiss": (DismissForm, actions.dismiss_lead, "已办结，理由会告知来源。"),
    "assign": (AssignForm, actions.assign_lead, "已改派。"),
    "refer": (ReferForm, actions.refer_lead, "已转办，对方会收到通知。"),
    "verify": (VerifyForm, _verified, "核查结论已登记。"),
    "feed_back": (FeedBackForm, actions.feed_back_lead, "已反馈，线索办结。"),
    "merge": (MergeForm, _merged, "已并入，两条线索的页面都会显示，可以撤销。"),
    "part": (PartForm, actions.part_lead, "已撤销并入。"),
    "join": (JoinForm, _joined, "已并入预警：一个问题、一个期限、一次答复。"),
    "answer_day": (AnswerDayForm, actions.enter_answer_day, "已登记来源要求答复的日期。"),
    "answered": (AnsweredForm, actions.answer_source, "已登记回复来源。"),
    "leave": (PartForm, actions.leave_alert, "已撤销并入预警，恢复到并入以前。"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lead(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor = actor_of(request)
    row = get_visible(Lead, actor, matter_id=matter_id)
    asked = request.POST.get("do", "")
    if request.method == "POST" and asked not in STEPS:
        raise Http404
    wanted = id_in(request.GET.get("join", ""))
    offered = {name: _form(name, actor, row, request.POST if name == asked else None) for name in STEPS}
    offered["join"].fields["alert"].initial = wanted or None
    if request.method == "POST" and offered[asked].is_valid():
        _, act, said = STEPS[asked]
        try:
            act(actor=actor, lead=row, **offered[asked].cleaned_data)
        except InputFault as fault:
            put_faults(offered[asked], fault)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("lead", matter_id=matter_id)
        else:
            messages.success(request, said)
            return redirect("lead", matter_id=matter_id)
        row = get_visible(Lead, actor, matter_id=matter_id)
    if asked == "" and wanted:
        asked = "join"
    return render(request, "supervision/lead.html", _context(actor, row, offered, asked))


def _form(name: str, actor: Actor, row: Lead, data: Any) -> django_forms.Form:
    form_class, _, _ = STEPS[name]
    if name in {"assess", "assign"}:
        first = {
            "owner": row.owner_id or actor.person_id,
            "due_on": row.due_on
            if name == "assign"
            else not_after(row.answer_by, working_days_after(clock.today(), "lead.verify")),
            "concerned": row.concerned_id,
            "conduct": row.conduct,
        }
        return form_class(data, prefix=name, initial=first, people=_supervisors(actor, row))  # type: ignore[call-arg]
    if name == "join":
        able = row.state in UNVERIFIED and may_work_lead(actor, row)
        near = [(each.row.pk, each.title) for each in alerts_for(actor, row)] if able else []
        return form_class(data, prefix=name, offered=near)  # type: ignore[call-arg]
    if name == "verify":
        return form_class(data, prefix=name, joined=_on_a_rule(row))  # type: ignore[call-arg]
    first = {
        "refer": {
            "text": f"{row.facts}\n请核查是否属实，说明原因，并附有关材料。",
            "respond_by": working_days_on(5),
        },
        "feed_back": {"text": row.verified},
        "answered": {"on": clock.today()},
    }.get(name, {})
    return form_class(data, prefix=name, initial=first)


def _on_a_rule(row: Lead) -> bool:
    """Whether the lead stands behind a rule's own alert that nobody has decided."""
    return row.alert is not None and not row.alert.rule.startswith(PREFIX) and row.alert.state in UNDECIDED


def _supervisors(actor: Actor, row: Lead) -> list[int]:
    """Who may be given a lead: those of the organ who hold a post that supervises."""
    today = clock.today()
    found = Person.objects.filter(
        tenures__post__agency_id=row.agency_id,
        tenures__post__capabilities__contains=["supervision.supervise"],
        tenures__from_on__lte=today,
    ).exclude(tenures__to_on__lt=today)
    people = list(found.distinct().values_list("pk", flat=True))
    return people if actor.person_id in people or actor.person_id is None else [*people, actor.person_id]


#: Their pages are for those who keep them: not whoever reads the lead may open the source.
_KEPT_BY_OTHERS = (Source.COMPLAINT, Source.MEDIA, Source.VOLUNTEER)


def _source_url(actor: Actor, row: Lead) -> str:
    """The page a lead came from, where the actor may open it."""
    if row.source not in _KEPT_BY_OTHERS:
        return row.source_url
    found = page_of(actor, row.source_ref)
    return found.url if found else ""


def _context(actor: Actor, row: Lead, forms: dict[str, django_forms.Form], asked: str) -> dict[str, Any]:
    may = may_work_lead(actor, row)
    alert = row.alert
    merged = Lead.objects.visible_to(actor).filter(merged_into=row)
    join = actions.open_join(row)
    mergeable = row.state in {LeadState.REGISTERED, LeadState.ASSESSED} and alert is None
    return {
        "lead": row,
        "source_url": _source_url(actor, row),
        "late": today_late(row),
        "forms": forms,
        "asked": asked,
        "may": may,
        "alert": alert,
        "questions": list(alert.questions.order_by("pk")) if alert else [],
        "undecided": alert is not None and alert.state in UNDECIDED,
        "conduct": conducts().get(row.conduct, ""),
        "case": case_rows(actor).filter(matter_id=row.about).first() if row.about else None,
        "clocks": legal_clocks(row),
        "merged": list(merged),
        "like": like_leads(actor, row) if may and mergeable else [],
        "mergeable": mergeable and not merged,
        "files": list(row.files.all()),
        "told": told_by_platform(row),
        "may_answer": bool(may)
        and row.ended_at is not None
        and row.answered_on is None
        and not told_by_platform(row),
        "join": join,
        "may_leave": join is not None and may and actions.bar_to_leaving(row, join) is None,
        "same_case": [zh for _, zh in forms["join"].fields["alert"].choices[1:] if "同一案件" in zh],  # type: ignore[attr-defined]
        "joinable": row.state in UNVERIFIED and join is None and forms["join"].fields["alert"].choices[1:],  # type: ignore[attr-defined]
        "beside": [each for each in sources_of(alert) if each.pk != row.pk] if alert else [],
        "rule_alert": alert is not None and not alert.rule.startswith(PREFIX),
        "breach": breach_of(alert) if alert else "",
        "history": history(row.matter_id),
        "steps": _stations(row),
    }


def _stations(row: Lead) -> list[dict[str, Any]]:
    """From registration to the answer: done, now, or still to come."""
    order = [
        ("登记", row.registered_at, row.registered_label),
        ("研判", None, row.assessment),
        ("核查", row.verified_at, row.verified_label),
        ("反馈", None if row.state == LeadState.WITHDRAWN else row.ended_at, row.ended_label),
    ]
    reached = {
        LeadState.REGISTERED: 1,
        LeadState.ASSESSED: 2,
        LeadState.REFERRED: 2,
        LeadState.VERIFIED: 3,
    }.get(LeadState(row.state), 4)
    if row.state in {LeadState.MERGED, LeadState.WITHDRAWN}:
        reached = 1
    return [
        {
            "label": label,
            "at": at,
            "note": note,
            "state": "done" if place < reached else "now" if place == reached and row.is_open else "todo",
            "mark": "✓" if place < reached else "◆" if place == reached and row.is_open else "○",
        }
        for place, (label, at, note) in enumerate(order)
    ]
