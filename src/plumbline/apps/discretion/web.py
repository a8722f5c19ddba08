"""The discretion page of a case: state the facts, see how the amount follows, look at past decisions, take it over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.apps.cases import contract as cases
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.ui.acting import actor_of

from .actions import Choice, keep_calculation, latest, proposal_for
from .forms import ChoiceForm, FactsForm
from .gathering import Ground, ground_of
from .models import Calculation
from .policies import may_reckon
from .reckoning import Proposal
from .similar import similar_to


@login_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor = actor_of(request)
    case = cases.case_of(actor, matter_id)
    if cases.needs_reading_reason(actor, case):
        return redirect(f"/cases/{matter_id}/reading")
    ground, kept, allowed = ground_of(case), latest(case), may_reckon(actor, case)
    facts = FactsForm(request.POST or None, ground=ground, kept=kept)
    proposal, choice = None, None
    if request.method == "POST" and facts.is_valid():
        proposal = proposal_for(ground, facts.stated())
        if "keep" in request.POST:
            choice = ChoiceForm(request.POST, ground=ground)
            if choice.is_valid() and _kept(request, case, facts, choice):
                return redirect(f"/cases/{matter_id}/discretion")
        else:
            choice = ChoiceForm(ground=ground, proposal=proposal)
    wrong = bool(facts.errors) or (choice is not None and bool(choice.errors))
    context = {
        "case": case,
        "base": f"/cases/{matter_id}",
        "ground": ground,
        "kept": kept,
        "stale": _stale(kept, ground),
        "facts": facts,
        "proposal": proposal,
        "choice": choice,
        "allowed": allowed,
        "open": bool(allowed) and not ground.decided and ground.power is not None,
        "similar": _similar(actor, ground, kept, proposal),
        "now": clock.now(),
    }
    return render(request, "discretion/discretion.html", context, status=422 if wrong else 200)


def _kept(request: HttpRequest, case: Any, facts: FactsForm, choice: ChoiceForm) -> bool:
    typed = choice.cleaned_data
    try:
        calculation = keep_calculation(
            actor=actor_of(request),
            case=case,
            stated=facts.stated(),
            choice=Choice(
                outcome=typed["outcome"],
                kinds=typed["kinds"],
                step=typed.get("step", ""),
                fine=typed["fine"],
                reasons=typed["reasons"],
            ),
        )
    except InputFault as fault:
        choice.add_faults(fault)
        return False
    except Refusal as refusal:
        choice.add_error(None, str(refusal))
        return False
    said = "已采用，告知书和决定书的表单会自动带出。"
    if calculation.deviates:
        said += f"属于调整适用裁量基准，决定以前须{calculation.approval}。"
    messages.success(request, said)
    return True


def _stale(kept: Calculation | None, ground: Ground) -> bool:
    """Whether the registers have changed since the calculation, so that it should be made again."""
    return kept is not None and not ground.decided and kept.registers != ground.versions()


def _similar(actor: Any, ground: Ground, kept: Calculation | None, proposal: Proposal | None) -> Any:
    if proposal is not None:
        step, own = proposal.step, proposal.fine
    elif kept is not None:
        step, own = kept.step, kept.fine
    else:
        step, own = "", None
    return similar_to(
        actor,
        item=ground.item,
        party_kind=ground.party_kind,
        step=step,
        own=own,
        but=ground.case.matter_id,
    )
