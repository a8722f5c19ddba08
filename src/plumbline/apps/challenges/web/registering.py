"""Registering: which case, what has arrived, and the form of its first step."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.apps.cases.contract import (
    case_by_number,
    case_for_office,
    case_rows,
    put_between,
    rules_of,
    shown_name,
)
from plumbline.packs.reconsideration.procedures import ENTRIES, HEARING_OFFICE, Entry, entry, procedure_for
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.filters import id_in
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.acting import actor_of

from ..actions import register_challenge
from ..actions.opening import Particulars
from ..forms import ChallengeStepForm, FindCaseForm, RegisterForm
from ..models import Challenge, Stage
from ..policies import may_register, may_register_entry
from ..reading import ChallengeFile


@login_required
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """What has arrived: one question. Without a case the office finds it by its number."""
    actor = actor_of(request)
    wanted = request.GET.get("case", "")
    if not wanted:
        return _find(request, actor)
    case = _case_of(actor, wanted)
    ways = [
        {"way": each, "open": bool(allowed), "reason": allowed.reason}
        for each in ENTRIES
        for allowed in [may_register_entry(actor, case, each)]
    ]
    running = Challenge.objects.visible_to(actor).filter(case=case, ended_on__isnull=True)
    context = {
        "case": case,
        "party": shown_name(case),
        "ways": [each for each in ways if each["open"]],
        "others": [each for each in ways if not each["open"]],
        "running": running.exclude(stage__in=[Stage.CLOSED, Stage.VOID]),
    }
    return render(request, "challenges/choose.html", context)


def _find(request: HttpRequest, actor: Actor) -> HttpResponse:
    if not actor.can(HEARING_OFFICE):
        if actor.can("cases.handle") or actor.can("cases.review") or actor.can("cases.approve"):
            messages.info(request, "请先打开处罚案件，再点“登记复议、诉讼”。")
            return redirect("cases")
        raise Http404
    form = FindCaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        found = case_by_number(number)
        if found is not None and actor.can(HEARING_OFFICE, found.agency_id):
            return redirect(f"/challenges/new?{urlencode({'case': found.matter_id})}")
        form.add_error(
            "number", f"没有案号是“{number}”的处罚案件。请核对决定书上的案号，括号和年份都要一致。"
        )
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "challenges/find.html", {"form": form}, status=status)


def _case_of(actor: Actor, matter_id: str) -> Any:
    """A case of the actor's own scope, or any that the office may register for."""
    found = case_rows(actor).filter(matter_id=matter_id).first()
    if found is None and actor.can(HEARING_OFFICE):
        found = case_for_office(matter_id)
    if found is None or not may_register(actor, found):
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, way: str) -> HttpResponse:
    actor, chosen = actor_of(request), entry(way)
    if chosen is None:
        raise Http404
    case = _case_of(actor, request.GET.get("case", ""))
    allowed = may_register_entry(actor, case, chosen)
    if not allowed:
        raise Http404
    blank = ChallengeFile(_unsaved(case, chosen))
    known = RegisterForm(request.POST or None, way=chosen, case=case, organ=_organ(chosen, case))
    form = ChallengeStepForm(request.POST or None, step=chosen.first, file=blank)
    if request.method == "POST" and known.is_valid() and form.is_valid():
        data, details, occurred = form.taken()
        given = known.cleaned_data
        try:
            challenge = register_challenge(
                actor=actor,
                case=case,
                way=chosen.key,
                particulars=Particulars(
                    organ=given["organ"],
                    applicant=given["applicant"],
                    number=given["number"],
                    claims=given.get("claims", ""),
                    continues=_earlier(case, given.get("continues", "")),
                ),
                data=data,
                details=details,
                occurred_at=occurred,
            )
        except (InputFault, Refusal) as fault:
            put_between(known, form, fault)
        else:
            messages.success(request, f"已登记“{chosen.label}”。下一步和期限见本页。")
            return redirect(f"/challenges/{challenge.matter_id}")
    faulty = known.is_bound and (known.errors or form.errors)
    context = {
        "case": case,
        "party": shown_name(case),
        "way": chosen,
        "known": known,
        "form": form,
        "rules": rules_of(chosen.first, clock.today()),
    }
    return render(request, "challenges/register.html", context, status=422 if faulty else 200)


def _unsaved(case: Any, chosen: Entry) -> Challenge:
    declared = procedure_for(chosen.procedure, clock.today())
    return Challenge(
        route=chosen.kind,
        procedure=declared.key,
        procedure_version=declared.version,
        agency=case.agency,
        case=case,
        opened_on=clock.today(),
    )


def _earlier(case: Any, pk: str) -> Challenge | None:
    rows = Challenge.objects.unscoped("同一案件此前的复议").filter(case=case)
    return rows.filter(pk=id_in(pk)).first()


def _organ(chosen: Entry, case: Any) -> str:
    """The government hears what is handed in here; a claim is made to the agency itself."""
    if chosen.kind == "compensation":
        return str(case.agency.name)
    if chosen.procedure == "reconsideration_here":
        government = Agency.objects.filter(kind="government").order_by("code").first()
        return government.name if government else ""
    return ""
