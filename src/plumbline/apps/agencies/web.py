"""Pages of the registers of agencies and officers: the lists, and one certificate with what may be done to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.platform import clock
from plumbline.platform.actions import Decision, InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.paging import by_id
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.components import Tag

from . import actions
from .changes import due_days
from .forms import CheckForm, MoveForm, RenewForm, RestoreForm, RevokeForm, SuspendForm
from .models import STATE_ZH, OfficerCertificate
from .photos import photo_of
from .policies import may_keep_certificate, may_move_officer, may_oversee_officers, may_see_photo
from .searching import officers_named

PAGE = 50
TAGS = {
    "valid": Tag("有效", "grn"),
    "suspended": Tag("暂扣", "amb"),
    **{
        state: Tag(STATE_ZH[state], "gry", "–")
        for state in ("not_yet", "expired", "revoked", "moved", "renewed")
    },
}


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
    today = clock.today()
    rows = _in_state(rows, request.GET.get("state", ""), today)
    part = by_id(rows, after=request.GET.get("after", ""), size=PAGE)
    context: dict[str, Any] = {
        "rows": [(row, TAGS[row.state_on(today)]) for row in part.rows],
        "next": part.next_key,
        "agencies": Agency.objects.filter(enforces=True),
        "states": STATES.items(),
        "here": "officers",
    }
    return render(request, "agencies/officers.html", context)


STATES = {
    "valid": "有效",
    "suspended": "暂扣",
    "ended": "已过期、注销或者调离",
    "unlisted": "尚未列入公开名录",
}


def _in_state(rows: Any, state: str, today: date) -> Any:
    """The rows that are in a state today, as the filter names it."""
    running = Q(valid_from__lte=today) & (Q(valid_to=None) | Q(valid_to__gte=today))
    paused = Q(suspensions__from_on__lte=today) & (
        Q(suspensions__to_on=None) | Q(suspensions__to_on__gte=today)
    )
    if state == "valid":
        return rows.filter(running).exclude(pk__in=rows.filter(paused).values("pk"))
    if state == "suspended":
        return rows.filter(running & paused).distinct()
    if state == "ended":
        return rows.filter(valid_to__lt=today)
    if state == "unlisted":
        return rows.filter(running, published_on=None)
    return rows


@dataclass(frozen=True)
class Verb:
    """Something that may be done to a certificate: its form, who may, and what it says when it is done."""

    key: str
    label: str
    button: str
    form: type[Form]
    run: Callable[..., Any]
    may: Callable[[Actor, OfficerCertificate], Decision]
    states: tuple[str, ...]
    dangerous: bool = False


def _may_check(actor: Actor, certificate: OfficerCertificate) -> Decision:
    return may_oversee_officers(actor)


VERBS = (
    Verb("suspend", "暂扣", "暂扣证件", SuspendForm, actions.suspend_certificate, may_keep_certificate, ("valid",)),
    Verb("restore", "恢复使用", "恢复使用", RestoreForm, actions.restore_certificate, may_keep_certificate, ("suspended",)),
    Verb("check", "年检", "登记年检", CheckForm, actions.check_annually, _may_check, ("valid", "suspended")),
    Verb("renew", "换发", "换发证件", RenewForm, actions.renew_certificate, may_keep_certificate, ("valid", "expired")),
    Verb("move", "调动", "办理调动", MoveForm, actions.move_officer, may_move_officer, ("valid", "suspended")),
    Verb("revoke", "注销", "注销证件", RevokeForm, actions.revoke_certificate, may_keep_certificate,
         ("valid", "suspended", "not_yet"), dangerous=True),
)  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def officer(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(OfficerCertificate.objects.select_related("agency"), pk=pk)
    actor = actor_of(request)
    state = row.state_on(clock.today())
    done = request.POST.get("do", "") if request.method == "POST" else ""
    offered = []
    for verb in VERBS:
        if state not in verb.states:
            continue
        form = verb.form(request.POST if verb.key == done else None, prefix=verb.key)
        if form.is_bound and form.is_valid() and _done(actor, row, verb, form):
            messages.success(request, f"{row.name}（{row.number}）：{verb.label}已登记。")
            return redirect("officer", pk=row.pk)
        offered.append((verb, form, verb.may(actor, row)))
    changes = list(row.changes.order_by("changed_on", "pk"))
    context = {
        "row": row,
        "tag": TAGS[state],
        "offered": [(verb, form) for verb, form, may in offered if may],
        "closed": next((may for _, _, may in offered if not may), None),
        "others": OfficerCertificate.objects.filter(number=row.number)
        .exclude(pk=row.pk)
        .select_related("agency")
        .order_by("valid_from"),
        "changes": changes,
        "due": due_days(change.matter_id for change in changes),
        "checks": row.annual_checks.all(),
        "photo": may_see_photo(actor, row) and photo_of(row.number),
        "may_photo": may_keep_certificate(actor, row),
    }
    return render(request, "agencies/officer.html", context, status=422 if done else 200)


def _done(actor: Actor, row: OfficerCertificate, verb: Verb, form: Form) -> bool:
    try:
        verb.run(actor=actor, certificate=row, **form.cleaned_data)
    except (InputFault, Refusal) as fault:
        put_faults(form, fault)
    else:
        return True
    return False
