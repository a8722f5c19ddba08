"""The page of a matter, the form of a step, correcting and voiding."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.apps.cases.contract import attaching, by_day, may_see, rules_of, step_posted
from plumbline.platform import clock
from plumbline.platform.files.papers import PaperForm
from plumbline.platform.filters import ids_in
from plumbline.platform.ui.acting import actor_of, form_page
from plumbline.platform.ui.forms import ReasonForm

from ..actions import correct_particulars, drop_draft, save_draft, take_step, void_entry
from ..forms import ChallengeStepForm, ParticularsForm
from ..models import Challenge
from ..page import ChallengePage
from ..policies import may_work_on
from .answering import challenge_of, crumbs_of


@login_required
@require_GET
def show(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor, challenge = actor_of(request), challenge_of(request, matter_id)
    page = ChallengePage(actor, challenge)
    phases = {state.phase.key: state for state in page.progress.phases}
    current = page.progress.now or page.progress.phases[-1]
    state = phases.get(request.GET.get("phase", ""), current)
    context = {
        "page": page,
        "challenge": challenge,
        "case": challenge.case,
        "case_open": bool(may_see(actor, challenge.case)),
        "now": clock.now(),
        "phase_state": state,
        "buttons": page.buttons(state.phase),
        "days": by_day(page.timeline, page.today),
        "paper_form": PaperForm(),
        "followed": list(Challenge.objects.visible_to(actor).filter(continues=challenge)),
    }
    return render(request, "challenges/challenge.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, matter_id: str, key: str) -> HttpResponse:
    actor, challenge = actor_of(request), challenge_of(request, matter_id)
    page = ChallengePage(actor, challenge)
    declared = page.file.procedure.steps.get(key)
    if declared is None or not page.may_work:
        raise Http404
    button = page.button(declared)
    draft = attaching.draft_of(challenge.case_id, actor.person_id, key, attached_to=matter_id)
    form = ChallengeStepForm(request.POST or None, step=declared, file=page.file, draft=draft)
    ticked = ids_in(request.POST.getlist("resolved"))
    way_on = step_posted(
        request,
        form,
        declared,
        base=page.base,
        take=partial(take_step, actor=actor, challenge=challenge, step=key),
        save=partial(save_draft, actor=actor, challenge=challenge, step=key),
        drop=partial(drop_draft, actor=actor, challenge=challenge, step=key),
        tick_off=partial(attaching.tick_off, actor, challenge.case, ticked) if ticked else None,
    )
    if way_on is not None:
        return way_on
    context = {
        "page": page,
        "challenge": challenge,
        "case": challenge.case,
        "step": declared,
        "form": form,
        "button": button,
        "draft": draft,
        "countersigns": attaching.named_demands(challenge.agency_id, declared, page.today),
        "remarks": [
            {"comment": each, "field": f"id_{attaching.form_name(each.path)}", "ticked": each.pk in ticked}
            for each in attaching.remarks_on(actor, challenge.case, key, matter_id)
        ],
        "phase": page.file.procedure.phase(declared.phase),
        "rules": rules_of(declared, page.today),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "challenges/step.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, matter_id: str) -> HttpResponse:
    """Correct organ, number, applicant and claims; the log keeps that it was done."""
    actor, challenge = actor_of(request), challenge_of(request, matter_id)
    if not may_work_on(actor, challenge):
        raise Http404
    names = ("organ", "number", "applicant", "claims")
    form = ParticularsForm(request.POST or None, initial={name: getattr(challenge, name) for name in names})
    return form_page(
        request,
        form=form,
        act=lambda: correct_particulars(actor=actor, challenge=challenge, **form.cleaned_data),
        title="更正登记",
        button="保存更正",
        done="登记内容已更正。",
        back=f"/challenges/{matter_id}",
        crumbs=crumbs_of(challenge),
    )


@login_required
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, matter_id: str, event_id: str) -> HttpResponse:
    """Void one record, with a reason; the page shows what it is before asking."""
    actor, challenge = actor_of(request), challenge_of(request, matter_id)
    page = ChallengePage(actor, challenge)
    entry = next((each for each in page.timeline if each.event_id == event_id), None)
    if entry is None or event_id not in page.voidable:
        raise Http404
    form = ReasonForm(request.POST or None)
    return form_page(
        request,
        form=form,
        act=lambda: void_entry(actor=actor, challenge=challenge, event_id=event_id, **form.cleaned_data),
        title=f"作废：{entry.title}",
        button="作废",
        done=f"“{entry.title}”已作废；它对处罚案件的影响一并作废。",
        back=f"/challenges/{matter_id}",
        crumbs=crumbs_of(challenge),
        note=f"{entry.on:%Y-%m-%d} {entry.title}。作废后记录仍然看得到；由它引起的复议诉讼开始、终结等记录也从处罚案件中一并作废。",
    )
