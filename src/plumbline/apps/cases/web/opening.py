"""Opening a case from a clue, and the one-page on-the-spot penalty."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.ui.acting import actor_of

from ..actions import open_case, penalise_on_spot
from ..forms_open import OpenForm, SpotForm, known_of
from ..models import Case
from ..policies import may_open_case
from .answering import case_of


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    allowed = may_open_case(actor)
    source = request.GET.get("from", "")
    origin = case_of(request, source) if source else None
    form = OpenForm(
        request.POST or None, agency=actor.agency_code, initial=known_of(origin) if origin else {}
    )
    if "look_up" in request.POST:
        typed = _looked_up(request, form)
        form = OpenForm(None, agency=actor.agency_code, initial=typed)
    elif request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            case = open_case(
                actor=actor,
                title=typed["title"],
                source=typed["source"],
                source_reference=typed["source_reference"],
                item=typed["item"],
                summary=typed["summary"],
                place=typed["place"],
                party=form.party() if typed["party_known"] and not _same_party(origin) else None,
                origin=origin,
                violation=form.violation(),
                occurred_at=typed["occurred_on"],
            )
        except InputFault as fault:
            form.add_faults(fault)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "线索已登记。下一步：核查。")
            return redirect(f"/cases/{case.matter_id}")
    return render(
        request,
        "cases/new.html",
        {"form": form, "allowed": allowed, "origin": origin, "looks_up": True},
        status=_status(form),
    )


def _same_party(origin: Case | None) -> bool:
    """Whether the party is the row that the matter of compulsion names already."""
    return origin is not None and origin.party_id is not None


@login_required
@require_http_methods(["GET", "POST"])
def spot(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    allowed = may_open_case(actor)
    form = SpotForm(request.POST or None, agency=actor.agency_code, me=actor.number)
    if "look_up" in request.POST:
        form = SpotForm(None, agency=actor.agency_code, me=actor.number, initial=_looked_up(request, form))
    elif request.method == "POST" and form.is_valid():
        try:
            case = penalise_on_spot(actor=actor, penalty=form.penalty(), occurred_at=form.moment())
        except InputFault as fault:
            form.add_faults(fault)
        except Refusal as refusal:
            form.add_error(None, f"{refusal} 填写的内容没有保存为案件。")
        else:
            messages.success(
                request,
                f"当场处罚决定已登记，案号 {case.number}。下一步：报所属机关备案。",
            )
            return redirect(f"/cases/{case.matter_id}")
    return render(
        request,
        "cases/spot.html",
        {"form": form, "allowed": allowed, "looks_up": True},
        status=_status(form),
    )


def _looked_up(request: HttpRequest, form: OpenForm | SpotForm) -> dict[str, Any]:
    """What was typed so far, with the party as the register of targets has it; nothing typed is lost."""
    typed = {
        name: field.widget.value_from_datadict(request.POST, request.FILES, name)
        for name, field in form.fields.items()
    }
    found = form.from_register(str(typed["credit_code"] or typed["identity_number"] or ""))
    if found:
        messages.success(request, f"已按名录带出{found['party_name']}，请核对。")
    else:
        messages.warning(request, "名录中没有这个代码。请核对代码，或者直接填写当事人信息。")
    return typed | found


def _status(form: OpenForm | SpotForm) -> int:
    return 422 if form.is_bound and form.errors else 200
