"""Opening a matter of compulsion, by itself or from a case that the actor may see."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.ui.acting import actor_of

from ..actions import open_compulsion
from ..forms_compulsion import CompulsionForm
from ..policies import may_open_case
from .answering import case_of


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    allowed = may_open_case(actor)
    source = request.GET.get("from", "")
    origin = case_of(request, source) if source else None
    agency = origin.agency_id if origin else actor.agency_code
    form = CompulsionForm(request.POST or None, agency=agency, me=actor.number, origin=origin)
    if request.method == "POST" and form.is_valid():
        try:
            case = open_compulsion(
                actor=actor,
                matter=form.compelled(),
                agency_code=agency,
                occurred_at=form.cleaned_data["occurred_on"],
            )
        except InputFault as fault:
            form.add_faults(fault)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已登记，编号 {case.number}。")
            return redirect(f"/cases/{case.matter_id}")
    context = {"form": form, "allowed": allowed, "origin": origin}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "cases/new_compulsion.html", context, status=status)
