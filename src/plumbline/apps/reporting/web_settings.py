"""The numbers 区司法局 sets for reports and statistics: what is in force, what comes, and what was before."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.ui.acting import actor_of, put_faults

from . import actions
from .forms import ReportSettingForm
from .models import ReportSetting
from .policies import may_read, may_supervise
from .settings import SETTINGS, in_force


@login_required
@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """Every setting with its value, who set it and why; whoever reads statistics may see them."""
    actor = actor_of(request)
    allowed = may_read(actor)
    if not allowed:
        raise Refusal(allowed.reason)
    today = clock.today()
    coming = {row.name: row for row in ReportSetting.objects.filter(valid_from__gt=today)}
    context = {
        "rows": [(each, coming.get(name)) for name, each in in_force(today).items()],
        "history": [(SETTINGS[row.name], row) for row in ReportSetting.objects.all() if row.name in SETTINGS],
        "may": may_supervise(actor),
    }
    return render(request, "reporting/settings.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, name: str) -> HttpResponse:
    actor = actor_of(request)
    setting = SETTINGS.get(name)
    if setting is None:
        raise Http404
    allowed = may_supervise(actor)
    if not allowed:
        raise Refusal(allowed.reason, next_step=allowed.next_step)
    today = clock.today()
    standing = in_force(today)[name]
    form = ReportSettingForm(request.POST or None, initial={"value": standing.value, "valid_from": today})
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.change_setting(actor=actor, name=name, **form.cleaned_data)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(
                request, f"“{setting.label}”自 {row.valid_from} 起为 {row.value} {setting.unit}。"
            )
            return redirect("report-settings")
    context = {"form": form, "standing": standing}
    return render(request, "reporting/setting.html", context, status=422 if form.errors else 200)
