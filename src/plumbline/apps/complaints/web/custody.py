"""The pages of the custodians of identities, and of the one reader to whom one was opened."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.ui.acting import actor_of, put_faults

from ..actions import decide_opening, end_key, make_custody_key, read_identity
from ..forms import DenyForm, GrantForm, KeyForm
from ..models import CustodyKey, Opening
from ..policies import may_decide_opening, may_keep_identities, may_read_identity, openings_for

PAGE = 30


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Requests, and one's own key."""
    actor = actor_of(request)
    if not may_keep_identities(actor):
        raise PermissionDenied
    form = KeyForm(request.POST if request.POST.get("do") == "make" else None)
    if request.method == "POST":
        try:
            if request.POST.get("do") == "end":
                end_key(actor=actor)
                messages.success(request, "密钥已停用，新的身份不再用它封存。")
                return redirect("identities")
            if form.is_valid():
                make_custody_key(actor=actor, **form.cleaned_data)
                messages.success(request, "密钥已设立。从现在起，反映人的身份会用它封存。")
                return redirect("identities")
        except InputFault as fault:
            put_faults(form, fault)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("identities")
    rows = openings_for(actor).order_by(F("decided_at").asc(nulls_first=True), "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    others = CustodyKey.objects.filter(ended_at=None).exclude(person_id=actor.own_id).select_related("person")
    context = {
        "page_rows": page,
        "total": page.paginator.count,
        "key": CustodyKey.objects.filter(person_id=actor.own_id, ended_at=None).first(),
        "others": list(others),
        "form": form,
    }
    return render(request, "complaints/identities.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """A request: the custodian decides it, the one who asked reads what was opened."""
    actor = actor_of(request)
    row = Opening.objects.filter(pk=pk).select_related("complaint").first()
    keeps = may_keep_identities(actor) and openings_for(actor).filter(pk=pk).exists()
    if row is None or not (keeps or row.asked_by_id == actor.person_id):
        raise Http404
    asked = request.POST.get("do", "")
    grant = GrantForm(request.POST if asked == "grant" else None)
    deny = DenyForm(request.POST if asked == "deny" else None)
    shown: dict[str, str] | None = None
    try:
        if asked == "grant" and grant.is_valid():
            decide_opening(
                actor=actor, opening=row, granted=True, passphrase=grant.cleaned_data["passphrase"]
            )
            messages.success(request, "已同意。只有申请人本人能看，24 小时后重新封存。")
            return redirect("identity-opening", pk=pk)
        if asked == "deny" and deny.is_valid():
            decide_opening(actor=actor, opening=row, granted=False, answer=deny.cleaned_data["answer"])
            messages.success(request, "已答复不同意。")
            return redirect("identity-opening", pk=pk)
        if asked == "read":
            shown = read_identity(actor=actor, opening=row)
    except InputFault as fault:
        put_faults(grant if asked == "grant" else deny, fault)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("identity-opening", pk=pk)
    context = {
        "row": row,
        "grant": grant,
        "deny": deny,
        "shown": shown,
        "may_decide": bool(may_decide_opening(actor, row)),
        "may_read": bool(may_read_identity(actor, row)),
        "mine": row.asked_by_id == actor.person_id,
    }
    return render(request, "complaints/opening.html", context)
