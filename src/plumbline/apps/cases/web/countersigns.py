"""The page of an agency's countersignatures: what is demanded now and later, what was, and setting another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.filters import id_in
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.acting import actor_of

from ..actions import end_countersign, set_countersign
from ..approval_policies import ADMINISTERS, countersigns_seen_by, may_set_countersigns
from ..attached import approved_steps
from ..countersigning import steps_to_choose
from ..forms_approvals import CountersignForm
from ..posts import consulted_posts
from .answering import tell_refusal

HERE = "/approvals/countersigns"


@login_required
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    agencies = _agencies(actor)
    agency = _agency(actor, agencies, request.GET.get("agency", ""))
    mine = agency is not None and bool(may_set_countersigns(actor, agency.code))
    form = None
    if agency is not None and mine:
        posts = [
            (held.post.pk, f"{held.post.agency.short_name} {held.words}")
            for held in consulted_posts(agency.code)
        ]
        typed = None if "end" in request.POST else request.POST or None
        form = CountersignForm(typed, posts=posts, steps=steps_to_choose())
    elif request.method == "POST":
        raise Http404
    if request.method == "POST" and agency is not None and form is not None:
        answer = _answer(request, actor, agency, form)
        if answer is not None:
            return answer
    rows = list(countersigns_seen_by(actor).filter(agency=agency)) if agency is not None else []
    today = clock.today()
    names = approved_steps()
    shown: list[dict[str, Any]] = [{"row": row, "step": names.get(row.step, row.step)} for row in rows]
    context = {
        "agency": agency,
        "agencies": agencies,
        "form": form,
        "now": [each for each in shown if each["row"].valid_to is None or each["row"].valid_to > today],
        "past": [
            each for each in shown if each["row"].valid_to is not None and each["row"].valid_to <= today
        ],
        "today": today,
    }
    return render(request, "cases/countersigns.html", context, status=422 if form and form.errors else 200)


def _answer(request: HttpRequest, actor: Actor, agency: Agency, form: CountersignForm) -> HttpResponse | None:
    back = redirect(f"{HERE}?agency={agency.code}")
    number = request.POST.get("end", "")
    try:
        if number:
            rows = countersigns_seen_by(actor).filter(agency=agency)
            row = rows.filter(pk=id_in(number)).first()
            if row is None:
                raise Http404
            end_countersign(actor=actor, setting=row)
            messages.success(request, "已停用，以后提交的报批不再征求。")
            return back
        if not form.is_valid():
            return None
        set_countersign(actor=actor, agency_code=agency.code, **form.taken())
    except InputFault as fault:
        form.add_faults(fault)
        return None
    except Refusal as refusal:
        tell_refusal(request, refusal)
        return back
    messages.success(request, "已设定，起用日以后提交的报批自动征求。")
    return back


def _agencies(actor: Actor) -> list[Agency]:
    """The agencies whose settings the actor keeps, else the own one."""
    reach = actor.reach(ADMINISTERS)
    rows = Agency.objects.order_by("code")
    if reach is None:
        return list(rows)
    return list(rows.filter(code__in=sorted(reach) or [actor.agency_code]))


def _agency(actor: Actor, agencies: list[Agency], wanted: str) -> Agency | None:
    by_code = {agency.code: agency for agency in agencies}
    return by_code.get(wanted) or by_code.get(actor.agency_code) or (agencies[0] if agencies else None)
