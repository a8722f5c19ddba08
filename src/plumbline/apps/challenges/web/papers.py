"""Files of a matter, and the agency's own papers: read before signing, frozen after."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plumbline.apps.paperwork.contract import is_unaltered
from plumbline.platform.actions import Refusal
from plumbline.platform.files.paper_pages import putting_in, taking_out
from plumbline.platform.files.papers import download_of
from plumbline.platform.ui.acting import actor_of

from ..actions import add_paper, sign_paper, withdraw_paper
from ..models import ChallengePaper
from ..page import ChallengePage
from ..policies import may_work_on
from .answering import challenge_of, crumbs_of


@login_required
@require_POST
def add_file(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor, challenge = actor_of(request), challenge_of(request, matter_id)
    if not may_work_on(actor, challenge):
        raise Http404
    return putting_in(
        request,
        add=partial(add_paper, actor=actor, challenge=challenge),
        back=f"/challenges/{matter_id}#papers",
        crumbs=crumbs_of(challenge),
    )


@login_required
@require_GET
def open_file(request: HttpRequest, matter_id: str, pk: int) -> HttpResponseBase:
    challenge = challenge_of(request, matter_id)
    found = get_object_or_404(ChallengePaper, challenge=challenge, pk=pk)
    return download_of(found)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor, challenge = actor_of(request), challenge_of(request, matter_id)
    if not may_work_on(actor, challenge):
        raise Http404
    paper = get_object_or_404(ChallengePaper, challenge=challenge, pk=pk)
    return taking_out(
        request,
        paper=paper,
        take_out=partial(withdraw_paper, actor=actor, challenge=challenge, paper=paper),
        back=f"/challenges/{matter_id}#papers",
        crumbs=crumbs_of(challenge),
    )


@login_required
@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, matter_id: str, code: str, event_id: str) -> HttpResponse:
    """One of the agency's own papers as it will be printed, or as it was signed."""
    actor, challenge = actor_of(request), challenge_of(request, matter_id)
    page = ChallengePage(actor, challenge)
    row = next(
        (
            each
            for each in page.papers
            if each.called.paper.code == code and each.called.entry.event_id == event_id
        ),
        None,
    )
    if row is None:
        raise Http404
    if request.method == "POST":
        try:
            signed = sign_paper(actor=actor, challenge=challenge, event_id=event_id, code=code)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"已签发，文号 {signed.number}。")
        return redirect(request.path)
    signed_paper = row.document
    context = {
        "page": page,
        "challenge": challenge,
        "row": row,
        "document": signed_paper,
        # The text was rendered from escaped facts when it was signed, and is frozen under its hash.
        "text": mark_safe(signed_paper.html) if signed_paper else "",
        "intact": is_unaltered(signed_paper) if signed_paper else False,
    }
    return render(request, "challenges/document.html", context)
