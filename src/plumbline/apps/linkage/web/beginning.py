"""Beginning: which way, about which case, and the form of the first step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.apps.cases.contract import case_rows, put_between, rules_of
from plumbline.packs.transfer.procedures import ENTRIES, Entry, entry, procedure_for
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.acting import actor_of

from ..actions import begin_linkage
from ..actions.opening import Particulars
from ..forms import BeginForm, LinkageStepForm
from ..models import Linkage
from ..policies import may_begin
from ..reading import LinkageFile


@login_required
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """What is to be sent, or what has arrived: one question."""
    actor = actor_of(request)
    ways = [each for each in ENTRIES if may_begin(actor, each)]
    if not ways:
        raise Http404
    return render(request, "linkage/choose.html", {"ways": ways})


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, way: str) -> HttpResponse:
    actor, chosen = actor_of(request), entry(way)
    if chosen is None or not may_begin(actor, chosen):
        raise Http404
    case = _case_of(actor, request.GET.get("case", ""))
    blank = LinkageFile(_unsaved(actor, chosen, case))
    known = BeginForm(request.POST or None, way=chosen, case=case)
    form = LinkageStepForm(request.POST or None, step=chosen.first, file=blank)
    if request.method == "POST" and known.is_valid() and form.is_valid():
        data, details, occurred = form.taken()
        given = known.cleaned_data
        try:
            linkage = begin_linkage(
                actor=actor,
                way=way,
                particulars=Particulars(
                    organ=given.get("organ", ""),
                    agency=given.get("agency", ""),
                    title=given["title"],
                    case=case,
                ),
                data=data,
                details=details,
                occurred_at=occurred,
            )
        except (InputFault, Refusal) as fault:
            put_between(known, form, fault)
        else:
            messages.success(request, f"已登记“{chosen.first.label}”。下一步和期限见本页。")
            return redirect(linkage.page)
    faulty = known.is_bound and bool(known.errors or form.errors)
    context = {
        "way": chosen,
        "case": case,
        "known": known,
        "form": form,
        "step": chosen.first,
        "rules": rules_of(chosen.first, clock.today()),
        "faulty": faulty,
    }
    return render(request, "linkage/begin.html", context, status=422 if faulty else 200)


def _case_of(actor: Actor, matter_id: str) -> Any:
    if not matter_id:
        return None
    found = case_rows(actor).filter(matter_id=matter_id).first()
    if found is None:
        raise Http404
    return found


def _unsaved(actor: Actor, chosen: Entry, case: Any) -> Linkage:
    """A row that is not kept, for the form of the first step."""
    declared = procedure_for(chosen.procedure, clock.today())
    agency = case.agency if case is not None else Agency.objects.get(pk=actor.agency_code)
    return Linkage(
        route=chosen.procedure,
        procedure=declared.key,
        procedure_version=declared.version,
        agency=agency,
        case=case,
    )
