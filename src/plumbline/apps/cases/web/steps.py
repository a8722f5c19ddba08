"""The form of one step: read, keep as a draft, submit or record."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.platform.filters import ids_in
from plumbline.platform.ui.acting import actor_of

from ..actions import drop_draft, resolve_comments, save_draft, take_step
from ..actions.submitting import draft_of
from ..approval_page import open_comments
from ..checks import rules_of
from ..countersigning import named_demands
from ..forms import StepForm, form_name
from ..page import CasePage
from ..panels import panels
from ..stepping import step_posted
from .answering import case_of


@login_required
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, matter_id: str, key: str) -> HttpResponse:
    actor, case = actor_of(request), case_of(request, matter_id)
    page = CasePage(actor, case)
    declared = page.file.procedure.steps.get(key)
    if declared is None or not page.own:
        raise Http404
    if declared.kept_by:
        where = next((panel.label for panel in panels() if panel.key == declared.kept_by), "")
        messages.info(request, f"“{declared.label}”在“{where}”中登记，登记后本案随之更新。")
        return redirect(f"/cases/{matter_id}?tab={declared.kept_by}#tabs")
    button = page.button(declared)
    draft = draft_of(case.pk, actor.person_id, key)
    form = StepForm(request.POST or None, step=declared, file=page.file, draft=draft)
    ticked = ids_in(request.POST.getlist("resolved"))
    way_on = step_posted(
        request,
        form,
        declared,
        base=f"/cases/{matter_id}",
        take=partial(take_step, actor=actor, case=case, step=key),
        save=partial(save_draft, actor=actor, case=case, step=key),
        drop=partial(drop_draft, actor=actor, case=case, step=key),
        tick_off=partial(resolve_comments, actor=actor, case=case, comments=ticked) if ticked else None,
    )
    if way_on is not None:
        return way_on
    context = {
        "page": page,
        "case": case,
        "step": declared,
        "form": form,
        "button": button,
        "draft": draft,
        "countersigns": named_demands(case.agency_id, declared, page.today),
        "remarks": [
            {"comment": each, "field": f"id_{form_name(each.path)}", "ticked": each.pk in ticked}
            for each in open_comments(actor, case, key)
        ],
        "phase": page.file.procedure.phase(declared.phase),
        "power": page.file.power_item(page.today),
        "ahead": page.gaps if key == "decision_made" else [],
        "rules": rules_of(declared, page.today),
    }
    return render(
        request,
        "cases/step.html",
        context,
        status=422 if form.is_bound and form.errors else 200,
    )
