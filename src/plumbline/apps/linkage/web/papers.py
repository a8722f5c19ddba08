"""Files of a matter, what was sent with it, and the agency's own papers: read before signing, frozen after."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plumbline.apps.paperwork.contract import is_unaltered, printed_pdf
from plumbline.platform.actions import Refusal
from plumbline.platform.files.paper_pages import putting_in, taking_out
from plumbline.platform.files.papers import download_of
from plumbline.platform.ui.acting import actor_of

from ..actions import add_paper, sign_paper, withdraw_paper
from ..models import LinkagePaper
from ..package import signed_papers
from ..page import LinkagePage
from ..policies import liaises_for, may_work_on
from .answering import crumbs_of, keep_reading, linkage_of


@login_required
@require_POST
def add_file(request: HttpRequest, code: str) -> HttpResponse:
    actor, linkage = actor_of(request), linkage_of(request, code)
    if not may_work_on(actor, linkage):
        raise Http404
    return putting_in(
        request,
        add=partial(add_paper, actor=actor, linkage=linkage),
        back=f"{linkage.page}#papers",
        crumbs=crumbs_of(linkage),
    )


@login_required
@require_GET
def open_file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    actor, linkage = actor_of(request), linkage_of(request, code)
    found = get_object_or_404(LinkagePaper, linkage=linkage, pk=pk)
    if found.withdrawn and liaises_for(actor) and found.by_agency != actor.agency_code:
        raise Http404
    keep_reading(actor, f"材料：{found.title}", linkage=linkage)
    return download_of(found)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    actor, linkage = actor_of(request), linkage_of(request, code)
    if not may_work_on(actor, linkage):
        raise Http404
    paper = get_object_or_404(LinkagePaper, linkage=linkage, pk=pk)
    return taking_out(
        request,
        paper=paper,
        take_out=partial(withdraw_paper, actor=actor, linkage=linkage, paper=paper),
        back=f"{linkage.page}#papers",
        crumbs=crumbs_of(linkage),
    )


@login_required
@require_GET
def sent(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A signed paper that was sent with the case, as PDF."""
    actor, linkage = actor_of(request), linkage_of(request, code)
    if not any(each.get("kind") == "document" and each.get("id") == pk for each in linkage.package):
        raise Http404
    found = next((each for each in signed_papers(linkage) if each.pk == pk), None)
    if found is None:
        raise Http404
    keep_reading(actor, f"随案文书：{found.title} {found.number}", linkage=linkage)
    return HttpResponse(printed_pdf(found), content_type="application/pdf")


@login_required
@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, code: str, paper: str, event_id: str) -> HttpResponse:
    """One of the agency's own papers as it will be printed, or as it was signed."""
    actor, linkage = actor_of(request), linkage_of(request, code)
    page = LinkagePage(actor, linkage)
    row = next(
        (r for r in page.papers if r.called.paper.code == paper and r.called.entry.event_id == event_id), None
    )
    if row is None:
        raise Http404
    if request.method == "POST":
        try:
            signed = sign_paper(actor=actor, linkage=linkage, event_id=event_id, code=paper)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        messages.success(request, f"已签发，文号 {signed.number}。")
        return redirect(page.base)
    keep_reading(actor, f"文书：{row.called.paper.title}", linkage=linkage)
    signed_paper = row.document
    context = {
        "page": page,
        "linkage": linkage,
        "row": row,
        "document": signed_paper,
        # The text was rendered from escaped facts when it was signed, and is frozen under its hash.
        "text": mark_safe(signed_paper.html) if signed_paper else "",
        "intact": is_unaltered(signed_paper) if signed_paper else False,
    }
    return render(request, "linkage/document.html", context)
