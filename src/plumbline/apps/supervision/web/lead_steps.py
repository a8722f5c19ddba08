"""Bringing leads in by hand or as a list, and the organ's own clocks."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.downloads import as_file

from .. import actions
from ..lead_book import shape_of, template
from ..lead_forms import ListForm, NewLeadForm, SettingForm
from ..lead_models import Source, SupervisionSetting
from ..policies import SUPERVISING, may_register_lead, may_set
from ..settings import in_force


def _demand_supervisor(actor: Actor) -> None:
    if actor.reach(*SUPERVISING) == frozenset():
        raise PermissionDenied


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Register a lead that came by letter, telephone or meeting."""
    actor = actor_of(request)
    _demand_supervisor(actor)
    source = request.GET.get("source", "")
    first = {"received_on": clock.today(), "source": source}
    form = NewLeadForm(request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            lead = actions.register_lead(actor=actor, **form.cleaned_data)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, "线索已登记，请研判。")
            return redirect("lead", matter_id=lead.matter_id)
    return render(request, "supervision/lead_new.html", {"form": form, "may": may_register_lead(actor)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_in_list(request: HttpRequest) -> HttpResponse:
    """A list of a hotline or a file review: read first without registering anything, or registered; every fault with what to do."""
    actor = actor_of(request)
    _demand_supervisor(actor)
    form = ListForm(
        request.POST or None, request.FILES or None, initial={"source": request.GET.get("source")}
    )
    source = request.POST.get("source") or request.GET.get("source") or Source.HOTLINE
    context = {
        "form": form,
        "source": source,
        "shape": shape_of(source),
        "kinds": [(each, shape_of(each), Source(each).label) for each, _ in form.fields["source"].choices],  # type: ignore[attr-defined]
        "may": may_register_lead(actor),
    }
    if request.method == "POST" and form.is_valid():
        checking = request.POST.get("do") == "check"
        try:
            if checking and may_register_lead(actor):
                context["read"] = actions.read_list(actor, **form.cleaned_data)
            else:
                context["taken"] = actions.import_leads(actor=actor, **form.cleaned_data)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
    return render(request, "supervision/lead_import.html", context)


@login_required
@require_safe
def list_template(request: HttpRequest) -> HttpResponse:
    _demand_supervisor(actor_of(request))
    return as_file(template(request.GET.get("source", Source.HOTLINE)), "leads.xlsx")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """The organ's own clocks, who set them, and a form for another value."""
    actor = actor_of(request)
    _demand_supervisor(actor)
    form = SettingForm(request.POST or None, initial={"valid_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_setting(actor=actor, **form.cleaned_data)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, "参数已修改。")
            return redirect("supervision-settings")
    context = {
        "form": form,
        "rows": list(in_force(clock.today()).values()),
        "past": SupervisionSetting.objects.all()[:20],
        "may": may_set(actor),
    }
    return render(request, "supervision/settings.html", context)
