"""Pages of the registers of agencies and officers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.models import Agency

from .actions import revoke_certificate, suspend_certificate
from .forms import RevokeForm, SuspendForm
from .models import STATE_ZH, OfficerCertificate
from .policies import may_keep_certificate
from .searching import officers_named

PAGE = 50
COLOURS = {"valid": "grn", "suspended": "amb"}


@login_required
def agencies(request: HttpRequest) -> HttpResponse:
    rows = Agency.objects.annotate(certificates_count=Count("certificates")).order_by("level", "code")
    if text := request.GET.get("q", "").strip():
        rows = rows.filter(Q(name__contains=text) | Q(short_name__contains=text) | Q(code__iexact=text))
    if request.GET.get("kind") == "street":
        rows = rows.filter(level="street")
    elif request.GET.get("kind") == "department":
        rows = rows.filter(kind="department")
    return render(request, "agencies/agencies.html", {"rows": rows, "total": rows.count()})


@login_required
def officers(request: HttpRequest) -> HttpResponse:
    rows = OfficerCertificate.objects.select_related("agency").prefetch_related("suspensions", "revocations")
    if text := request.GET.get("q", "").strip():
        rows = rows & officers_named(text)
    if agency := request.GET.get("agency", ""):
        rows = rows.filter(agency_id=agency)
    after = request.GET.get("after", "")
    if after.isdigit():
        rows = rows.filter(pk__gt=int(after))
    shown = list(rows.order_by("pk")[: PAGE + 1])
    more, shown = len(shown) > PAGE, shown[:PAGE]
    today = clock.today()
    context: dict[str, Any] = {
        "rows": [(row, *_state(row, today)) for row in shown],
        "next": str(shown[-1].pk) if more else "",
        "agencies": Agency.objects.filter(enforces=True),
    }
    return render(request, "agencies/officers.html", context)


def _state(row: OfficerCertificate, day: Any) -> tuple[str, str]:
    state = row.state_on(day)
    return STATE_ZH[state], COLOURS.get(state, "gry")


@login_required
@require_http_methods(["GET", "POST"])
def officer(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(OfficerCertificate.objects.select_related("agency"), pk=pk)
    actor = request.actor  # type: ignore[attr-defined]
    suspending = SuspendForm(request.POST if request.POST.get("do") == "suspend" else None, prefix="s")
    revoking = RevokeForm(request.POST if request.POST.get("do") == "revoke" else None, prefix="r")
    form = suspending if suspending.is_bound else revoking
    if request.method == "POST" and form.is_valid():
        try:
            if form is suspending:
                suspend_certificate(actor=actor, certificate=row, **form.cleaned_data)
            else:
                revoke_certificate(actor=actor, certificate=row, **form.cleaned_data)
        except InputFault as fault:
            for name, text in fault.faults.items():
                form.add_error(name or None, text)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{row.name}（{row.number}）的证件状态已更新，公开查询同步生效。")
            return redirect("officer", pk=row.pk)
    state, colour = _state(row, clock.today())
    context = {
        "row": row,
        "state": state,
        "colour": colour,
        "suspending": suspending,
        "revoking": revoking,
        "may_keep": may_keep_certificate(actor, row),
    }
    return render(request, "agencies/officer.html", context)
