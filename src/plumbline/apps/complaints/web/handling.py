"""The pages of the organ that handles complaints, and of the agencies asked for their statement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.apps.supervision.contract import Source, lead_of
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.access import keep_access
from plumbline.platform.files.store import open_kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults

from .. import actions
from ..clocks import due_by_matter, terms_of
from ..forms import (
    AcceptForm,
    AskForm,
    ConcludeForm,
    ElsewhereForm,
    OpeningForm,
    PassOnForm,
    ReferForm,
    ReplyForm,
)
from ..models import WAITING, Complaint, Kind, Photo, Referral, State
from ..policies import HANDLING, REPLYING, may_ask_opening, may_handle, may_reply
from ..queries import referrals_of

PAGE = 30
TABS = {"waiting": "待办理", "received": "待告知", "accepted": "办理中", "over": "已结束", "all": "全部"}


def _with(actor: Actor, capability: str) -> None:
    if not actor.can(capability):
        raise PermissionDenied


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list, those waiting longest first."""
    actor = actor_of(request)
    _with(actor, HANDLING)
    rows = Complaint.objects.visible_to(actor).select_related("concerned")
    if text := request.GET.get("q", "").strip():
        rows = rows.filter(
            Q(matter_id__icontains=text)
            | Q(text__contains=text)
            | Q(place__contains=text)
            | Q(concerned__name__contains=text)
        )
    if (kind := request.GET.get("kind", "")) in Kind.values:
        rows = rows.filter(kind=kind)
    tabs = [(key, zh, _in_tab(rows, key).count()) for key, zh in TABS.items()]
    state = request.GET.get("state", "waiting")
    state = state if state in TABS else "waiting"
    shown = _in_tab(rows, state)
    shown = shown.order_by(
        "received_at" if state in {"waiting", "received", "accepted"} else "-received_at", "pk"
    )
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    due = due_by_matter(page)
    context = {
        "page_rows": page,
        "rows": [(row, due.get(row.matter_id)) for row in page],
        "total": page.paginator.count,
        "tabs": tabs,
        "state": state,
        "q": text,
        "kind": kind,
        "kinds": Kind.choices,
    }
    return render(request, "complaints/index.html", context)


def _in_tab(rows: Any, tab: str) -> Any:
    if tab == "waiting":
        return rows.filter(state__in=WAITING)
    if tab == "over":
        return rows.filter(state__in=[State.ELSEWHERE, State.CONCLUDED])
    return rows if tab == "all" else rows.filter(state=tab)


# What can be done on the page of a complaint: the form, the action, and what is said afterwards.
Done = tuple[type[Form], Callable[..., object], str]
DOINGS: dict[str, Done] = {
    "accept": (AcceptForm, actions.accept, "已告知受理，反映人凭查询码可以看到。"),
    "elsewhere": (ElsewhereForm, actions.point_elsewhere, "已告知，反映人凭查询码可以看到。"),
    "refer": (ReferForm, actions.refer, "已转办。对方看到的内容里没有反映人的姓名和联系方式。"),
    "ask": (AskForm, actions.ask_sender, "已询问，反映人凭查询码可以看到并回答。"),
    "pass_on": (PassOnForm, actions.to_supervision, "已列为监督线索。核查结果会回到本页，供答复反映人。"),
    "conclude": (ConcludeForm, actions.conclude, "已办结，反映人凭查询码可以看到办理结果。"),
    "opening": (OpeningForm, actions.ask_opening, "已向身份保管人提出申请。"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, matter_id: str) -> HttpResponse:
    """One complaint: what was told, what is due, and what to do next."""
    actor = actor_of(request)
    complaint = get_visible(Complaint, actor, matter_id=matter_id)
    asked = request.POST.get("do", "")
    first = {"conclude": {"answer": complaint.lead_answer}}
    forms = {
        name: form(request.POST if name == asked else None, initial=first.get(name))
        for name, (form, _, _) in DOINGS.items()
    }
    if request.method == "POST" and asked in DOINGS and forms[asked].is_valid():
        _, act, said = DOINGS[asked]
        try:
            act(actor=actor, complaint=complaint, **forms[asked].cleaned_data)
        except InputFault as fault:
            put_faults(forms[asked], fault)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("complaint", matter_id=matter_id)
        else:
            messages.success(request, said)
            return redirect("complaint", matter_id=matter_id)
    keep_access(actor=actor, kind="read", action="complaints.show", subject=complaint.matter_id)
    context = {
        "complaint": complaint,
        "forms": forms,
        "asked": asked,
        "may": bool(may_handle(actor, complaint)),
        "may_ask_opening": bool(may_ask_opening(actor, complaint)),
        "terms": terms_of(complaint),
        "lead": lead_of(Source.COMPLAINT, complaint.matter_id),
        "referrals": list(referrals_of(complaint).select_related("to")),
        "talk": list(complaint.messages.all()),
        "openings": complaint.openings.all(),
        "photos": list(complaint.photos.all()),
        "today": clock.today(),
        "me": actor.person_id,
    }
    return render(request, "complaints/complaint.html", context)


@login_required
@require_safe
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """A photo without its metadata."""
    actor = actor_of(request)
    found = Photo.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    get_visible(Complaint, actor, pk=found.complaint_id)
    return FileResponse(open_kept(found.clean), content_type="image/jpeg")


@login_required
@require_safe
def referrals(request: HttpRequest) -> HttpResponse:
    """What was put to one's agency."""
    actor = actor_of(request)
    _with(actor, REPLYING)
    rows = Referral.objects.visible_to(actor).select_related("to").order_by("replied_at", "respond_by", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "complaints/referrals.html",
        {"page_rows": page, "total": page.paginator.count, "today": clock.today()},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: HttpRequest, pk: int) -> HttpResponse:
    """What was put to one's agency, and its statement."""
    actor = actor_of(request)
    row = get_visible(Referral, actor, pk=pk)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply(actor=actor, referral=row, text=form.cleaned_data["text"])
        except InputFault as fault:
            form.add_error("text", str(fault))
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("complaint-referral", pk=pk)
        else:
            messages.success(request, "已答复区司法局。")
            return redirect("complaint-referral", pk=pk)
    context = {"row": row, "form": form, "may": bool(may_reply(actor, row)), "today": clock.today()}
    return render(request, "complaints/referral.html", context)
