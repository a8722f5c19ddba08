"""The case page, its tabs, and the page of the party's identity data."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.packs.penalty.procedures.compulsion import GROUNDS
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.access import keep_access
from plumbline.platform.filters import id_in
from plumbline.platform.ui.acting import actor_of
from plumbline.vocabulary import load_vocabulary

from .. import contract
from ..actions import correct_party, void_event
from ..forms_open import PartyForm, ReasonForm
from ..inspecting import needs_reason, open_for_reading
from ..page import CasePage
from ..policies import may_read_identity, may_take, may_work_on
from ..progress import PhaseState
from ..timeline import by_day
from .answering import case_of, tell_refusal

TIMELINE = 12


@login_required
@require_GET
def show(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor, case = actor_of(request), case_of(request, matter_id)
    if needs_reason(actor, case):
        return redirect(f"/cases/{matter_id}/reading")
    page = CasePage(actor, case)
    phases = page.state_by_key
    wanted = request.GET.get("phase", "")
    current = page.progress.now or page.progress.phases[-1]
    state = phases.get(wanted) or untouched(page, wanted) or current
    row = page.file.power_item(clock.today())
    verdicts = [*page.verdicts, *page.ahead]
    source = page.file.value("clue_received", "source", "")
    review = page.file.procedure.steps.get("legal_review_passed")
    context: dict[str, Any] = {
        "page": page,
        "case": case,
        "now": clock.now(),
        "source": load_vocabulary().label("clue_source", source) if source else _ground(page),
        "item_row": row,
        "item_basis": "；".join(f"《{b['law']}》{b['article']}" for b in row["basis"][:2]) if row else "",
        "may_identity": bool(may_read_identity(actor, case)),
        "may_review": page.own
        and review is not None
        and bool(may_take(actor, case, review))
        and page.button(review).is_open,
        "phase_state": state,
        "offered": page.offered(state.phase) if page.own else None,
        "counts": {
            "judged": len(verdicts),
            "applicable": sum(v.verdict != "not_applicable" for v in verdicts),
            "unknown": sum(v.verdict in {"unknown", "error"} for v in verdicts),
        },
        "days": by_day(page.timeline[:TIMELINE], page.today),
        "head_links": [{"label": link.label, "url": url} for link, url in page.head_links],
        **_tabs(request, page),
    }
    return render(request, "cases/case.html", context)


def untouched(page: CasePage, key: str) -> PhaseState | None:
    """A phase beside the way of which nothing has happened: the list of steps leaves it out, its address works."""
    found = next((each for each in page.file.procedure.phases if each.side and each.key == key), None)
    return PhaseState(found, "na", when="未开始", note=found.basis) if found else None


def _tabs(request: HttpRequest, page: CasePage) -> dict[str, Any]:
    """The tabs of other apps and our own 流程; only the chosen one is loaded in full."""
    panels = contract.panels()
    keys = [panel.key for panel in panels] + ["flow"]
    chosen = request.GET.get("tab", "")
    chosen = chosen if chosen in keys else keys[0]
    tabs = []
    template, loaded = "cases/tab_flow.html", {}
    for panel in panels:
        count = panel.count(page.actor, page.case) if panel.count else None
        if panel.key == chosen:
            template, loaded = panel.template, panel.load(page.actor, page.case)
            count = loaded.get("count", count)
        tabs.append(
            {
                "key": panel.key,
                "label": panel.label,
                "count": count,
                "current": panel.key == chosen,
            }
        )
    tabs.append(
        {
            "key": "flow",
            "label": "流程",
            "count": len(page.timeline),
            "current": chosen == "flow",
        }
    )
    labels = {key: step.label for key, step in page.file.procedure.steps.items()}
    requests = [
        {"request": each, "label": labels.get(each.step, each.step)}
        for each in page.requests
        if each.submitted_at
    ]
    return {
        "tabs": tabs,
        "tab_template": template,
        "panel": loaded,
        "request_rows": requests,
        **loaded,
    }


@login_required
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, matter_id: str, event_id: str) -> HttpResponse:
    """Void one record, with a reason; the page shows what it is before asking."""
    actor, case = actor_of(request), case_of(request, matter_id)
    page = CasePage(actor, case)
    entry = next((e for e in page.timeline if e.event_id == event_id), None)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            void_event(
                actor=actor,
                case=case,
                event_id=event_id,
                reason=form.cleaned_data["reason"],
            )
        except Refusal as refusal:
            tell_refusal(request, refusal)
        return redirect(f"/cases/{matter_id}?tab=flow#tabs")
    return render(
        request,
        "cases/void.html",
        {"page": page, "case": case, "entry": entry, "form": form},
    )


@login_required
@require_http_methods(["GET", "POST"])
def reading(request: HttpRequest, matter_id: str) -> HttpResponse:
    """A supervisor says why before the case opens, once a day; the reason is kept."""
    actor, case = actor_of(request), case_of(request, matter_id)
    if not needs_reason(actor, case):
        return redirect(f"/cases/{matter_id}")
    alert = request.GET.get("alert", "")
    form = ReasonForm(request.POST or None, initial={"reason": f"核查预警 {alert}" if id_in(alert) else ""})
    if request.method == "POST" and form.is_valid():
        open_for_reading(actor=actor, case=case, reason=form.cleaned_data["reason"])
        return redirect(f"/cases/{matter_id}")
    return render(request, "cases/reading.html", {"case": case, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def party(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The party's identity data. Each look is kept with the reader's name; corrections are kept with their reason."""
    actor, case = actor_of(request), case_of(request, matter_id)
    allowed = may_read_identity(actor, case)
    if not allowed:
        keep_access(
            actor=actor,
            kind="refused",
            action="cases.read_identity",
            subject=case,
            reason=allowed.reason,
        )
        tell_refusal(request, Refusal(allowed.reason, basis=allowed.basis))
        return redirect(f"/cases/{matter_id}")
    editable = bool(may_work_on(actor, case))
    form = PartyForm(request.POST or None, party=case.party)
    if request.method == "POST" and editable and form.is_valid():
        try:
            correct_party(
                actor=actor,
                case=case,
                party=form.party(),
                reason=form.cleaned_data["reason"],
            )
            return redirect(f"/cases/{matter_id}")
        except InputFault as fault:
            form.add_faults(fault)
        except Refusal as refusal:
            tell_refusal(request, refusal)
    if request.method == "GET":
        keep_access(actor=actor, kind="read", action="cases.read_identity", subject=case)
    return render(
        request,
        "cases/party.html",
        {"case": case, "party": case.party, "form": form, "editable": editable},
    )


def _ground(page: CasePage) -> str:
    """What a matter of compulsion came from."""
    return dict(GROUNDS).get(str(page.file.value("compulsion_opened", "ground", "")), "")
