"""The page of a matter, the form of a step, voiding."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.apps.cases.contract import by_day, may_see, rules_of, step_posted
from plumbline.platform import clock
from plumbline.platform.files.papers import PaperForm
from plumbline.platform.ui.acting import actor_of, form_page
from plumbline.platform.ui.forms import ReasonForm

from ..actions import draft_of, drop_draft, save_draft, take_step, void_entry
from ..forms import LinkageStepForm
from ..page import LinkagePage
from .answering import crumbs_of, keep_reading, linkage_of


@login_required
@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    actor, linkage = actor_of(request), linkage_of(request, code)
    keep_reading(actor, "事项", linkage=linkage)
    page = LinkagePage(actor, linkage)
    phases = {state.phase.key: state for state in page.progress.phases}
    current = page.progress.now or page.progress.phases[-1]
    state = phases.get(request.GET.get("phase", ""), current)
    case = linkage.case
    context = {
        "page": page,
        "linkage": linkage,
        "case": case,
        "case_open": case is not None and not page.outside and bool(may_see(actor, case)),
        "now": clock.now(),
        "phase_state": state,
        "buttons": page.buttons(state.phase),
        "days": by_day(page.timeline, page.today),
        "paper_form": PaperForm(),
    }
    return render(request, "linkage/linkage.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, code: str, key: str) -> HttpResponse:
    actor, linkage = actor_of(request), linkage_of(request, code)
    page = LinkagePage(actor, linkage)
    declared = page.file.procedure.steps.get(key)
    if declared is None or not page.may_work:
        raise Http404
    if request.method == "GET":
        keep_reading(actor, f"步骤：{declared.label}", linkage=linkage)
    button = page.button(declared)
    draft = draft_of(actor, linkage, key)
    form = LinkageStepForm(request.POST or None, step=declared, file=page.file, draft=draft)
    way_on = step_posted(
        request,
        form,
        declared,
        base=page.base,
        take=partial(take_step, actor=actor, linkage=linkage, step=key),
        save=partial(save_draft, actor=actor, linkage=linkage, step=key),
        drop=partial(drop_draft, actor=actor, linkage=linkage, step=key),
    )
    if way_on is not None:
        return way_on
    context = {
        "page": page,
        "linkage": linkage,
        "step": declared,
        "form": form,
        "button": button,
        "draft": draft,
        "phase": page.file.procedure.phase(declared.phase),
        "rules": rules_of(declared, page.today),
    }
    return render(request, "linkage/step.html", context, status=422 if form.is_bound and form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, code: str, event_id: str) -> HttpResponse:
    """Void the latest record, with a reason; the page shows what it is before asking."""
    actor, linkage = actor_of(request), linkage_of(request, code)
    page = LinkagePage(actor, linkage)
    entry = next((each for each in page.timeline if each.event_id == event_id), None)
    if entry is None or event_id not in page.voidable:
        raise Http404
    form = ReasonForm(request.POST or None)
    return form_page(
        request,
        form=form,
        act=lambda: void_entry(actor=actor, linkage=linkage, event_id=event_id, **form.cleaned_data),
        title=f"作废：{entry.title}",
        button="作废",
        done=f"“{entry.title}”已作废。",
        back=page.base,
        crumbs=crumbs_of(linkage),
        then="/linkage" if entry is page.timeline[-1] else page.base,
        note=f"{entry.on:%Y-%m-%d} {entry.title}。作废后记录仍然看得到，由它计算的期限不再计算。理由各方都看得到，不写个人姓名。",
    )
