"""Asking, one question with everything said about it, and each verb on a page of its own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.apps.cases.contract import case_of, case_rows
from plumbline.apps.coordination.contract import form_page, given_out, running
from plumbline.apps.powers.contract import item_names
from plumbline.platform import clock
from plumbline.platform.actions import InputFault
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import get_visible

from ..actions import ask
from ..forms import AskForm
from ..models import Question, State
from ..policies import BASIS, may_ask
from ..verbs import VERBS, offered
from .listing import days_waiting
from .shared import HOME, actor_of, cited, state_tag


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A question in the name of one's own body; ``?case=`` and ``?item=`` fill in what it is about."""
    actor = actor_of(request)
    agency = actor.agency_code
    if not may_ask(actor, agency):
        raise Http404
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    about = case_of(actor, request.GET["case"]) if request.GET.get("case") else None
    begin = {"item": request.GET.get("item", ""), "about": ""}
    if about is not None:
        begin = {"item": about.item_code, "about": about.number or about.matter_id}
    form = AskForm(*given, agency=agency, initial=begin)

    def act() -> Any:
        told = dict(form.cleaned_data)
        called = told.pop("about").strip()
        mine = case_rows(actor)
        case = (
            (mine.filter(number=called).first() or mine.filter(matter_id=called).first()) if called else None
        )
        if called and case is None:
            raise InputFault({"about": f"没有找到本机关的案件“{called}”。请核对案号，或者不填。"})
        return ask(actor=actor, agency_code=agency, about=case.matter_id if case else "", **told)

    return form_page(
        request,
        form=form,
        act=act,
        title="提出业务咨询",
        button="发出咨询",
        back="/questions",
        done="已发出，对方工作台即时收到。",
        crumbs=[HOME],
        then=lambda row: row.page,
        note=f"依据：{BASIS}。先查“共享的答复”里有没有同样的问题；对方答复以前，案件的期限照常计算。",
    )


def _row(request: HttpRequest, matter_id: str) -> Question:
    return get_visible(Question, actor_of(request), matter_id=matter_id)


@login_required
@require_GET
def show(request: HttpRequest, matter_id: str) -> HttpResponse:
    row = _row(request, matter_id)
    actor = actor_of(request)
    verbs = offered(actor, row)
    sayings = list(row.sayings.select_related("agency", "to"))
    context = {
        "row": row,
        "tag": state_tag(row),
        "lead": [each for each in verbs if each.main],
        "verbs": [each for each in verbs if not each.main],
        "sayings": [(each, cited(each.basis)) for each in sayings],
        "waiting": days_waiting(row),
        "no_term": row.state == State.ASKED
        and row.due_on is None
        and running("question", row.domain, clock.today()) is None,
        "case": case_rows(actor).filter(matter_id=row.about).first() if row.about else None,
        "item": item_names([row.item_code]).get(row.item_code, "") if row.item_code else "",
        "shared": row.shared.order_by("pk").last(),
        "readers": Agency.objects.filter(code__in=row.parties).order_by("code"),
    }
    return render(request, "questions/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def do(request: HttpRequest, matter_id: str, verb: str) -> HttpResponse:
    """The page of one verb."""
    actor, row = actor_of(request), _row(request, matter_id)
    chosen = VERBS.get(verb)
    if chosen is None:
        raise Http404
    form = chosen.form_for(row, *((request.POST, request.FILES) if request.method == "POST" else ()))
    allowed = chosen.may(actor, row)
    about = row.sayings.filter(did__in=chosen.upon).select_related("agency").last()
    return form_page(
        request,
        form=form,
        act=lambda: chosen.act(actor=actor, row=row, **form.cleaned_data),
        title=chosen.label,
        button=chosen.button,
        back=row.page,
        done=chosen.done,
        crumbs=[HOME, (row.title, row.page)],
        then=lambda _: row.page,
        about=row,
        about_tag=state_tag(row),
        note=chosen.note,
        quoted=about.text if about is not None else "",
        quoted_of=f"{about.agency.short_name}{about.get_did_display()}" if about is not None else "",
        refused=None if allowed else vars(allowed),
    )


@login_required
@require_GET
def file(request: HttpRequest, matter_id: str, pk: int, number: int) -> HttpResponseBase:
    row = _row(request, matter_id)
    saying = row.sayings.filter(pk=pk).first()
    if saying is None or not 1 <= number <= len(saying.files):
        raise Http404
    return given_out(saying.files[number - 1])
