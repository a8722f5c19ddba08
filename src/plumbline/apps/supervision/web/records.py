"""The pages of records, of results and of the public summaries."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.filters import id_in
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults

from .. import actions
from ..actions.records import PAPERS
from ..models import Alert, Instrument, InstrumentKind
from ..naming import breach_of, finding_of
from ..origins import Origin, origin_of
from ..policies import SUPERVISING, may_issue_record
from ..record_forms import RecordForm
from .days import working_days_on

PAGE = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_record(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the five further papers, from an alert where one is named."""
    actor = actor_of(request)
    if actor.reach(*SUPERVISING) == frozenset():
        raise PermissionDenied
    if kind not in PAPERS:
        raise Http404
    given = id_in(request.GET.get("alert", ""))
    alert = get_visible(Alert, actor, pk=given) if given else None
    about = request.GET.get("about", "")[:100]
    origin = origin_of(actor, about, kind, request.GET) if about else None
    if about and origin is None:
        raise Http404
    first = _first(kind, alert) | _known(kind, origin)
    form = RecordForm(request.POST or None, request.FILES or None, kind=kind, initial=first)
    if origin is not None and kind != InstrumentKind.CLUE:
        form.fields["to"].queryset = Agency.objects.filter(pk__in=origin.only)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        copied = [agency.name for agency in values.pop("copied", [])]
        try:
            made = actions.issue_record(
                actor=actor, kind=kind, alert=alert, about=about, copied_to=copied, **values
            )
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, f"已制发{made.get_kind_display()} {made.number}。")
            return redirect("order", matter_id=made.matter_id)
    context = {
        "form": form,
        "alert": alert,
        "origin": origin,
        "finding": finding_of(alert) if alert else "",
        "heading": f"制发{InstrumentKind(kind).label}",
        "basis": PAPERS[kind].basis,
        "may": may_issue_record(actor, kind),
    }
    return render(request, "supervision/record_new.html", context)


def _known(kind: str, origin: Origin | None) -> dict[str, Any]:
    """What the place it is made out from knows already."""
    if origin is None:
        return {}
    known = {"title": origin.title, "facts": origin.facts}
    return known | ({"to": origin.agency} if kind != InstrumentKind.CLUE else {})


def _first(kind: str, alert: Alert | None) -> dict[str, Any]:
    first: dict[str, Any] = {"respond_by": working_days_on(10)}
    if alert is not None:
        label = InstrumentKind(kind).label
        first |= {
            "title": f"关于{alert.agency.short_name}{breach_of(alert)}的{label}",
            "facts": finding_of(alert),
        }
        if kind != InstrumentKind.CLUE:
            first["to"] = alert.agency_id
    return first


@require_safe
def public_summaries(request: HttpRequest) -> HttpResponse:
    """What supervision found and had put right, for everybody; a withdrawn one says so and why."""
    rows = (
        Instrument.objects.unscoped("公开的摘要，正文以外的内容不出现")
        .filter(summary_on__isnull=False)
        .select_related("to", "issuer")
        .order_by("-summary_on", "-pk")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page_rows": page, "total": page.paginator.count}
    return render(request, "supervision/public_summaries.html", context)
