"""Files of a matter, what was sent with it, and the agency's own papers: read before signing, frozen after."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plumbline.apps.paperwork.contract import is_unaltered, printed_pdf
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.files.store import open_kept

from ..actions import add_paper, sign_paper, withdraw_paper
from ..forms import PaperForm, ReasonForm
from ..models import LinkagePaper
from ..package import signed_papers
from ..page import LinkagePage
from ..policies import liaises_for, may_work_on
from .answering import actor_of, keep_reading, linkage_of


@login_required
@require_POST
def add_file(request: HttpRequest, code: str) -> HttpResponse:
    actor, linkage = actor_of(request), linkage_of(request, code)
    if not may_work_on(actor, linkage):
        raise Http404
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            paper = add_paper(actor=actor, linkage=linkage, title=given["title"], upload=given["file"])
        except InputFault as fault:
            for name, sentence in fault.faults.items():
                form.add_error(name, sentence)
        else:
            messages.success(request, f"“{paper.title}”已收入材料。")
            return redirect(f"{linkage.page}#papers")
    context = {"linkage": linkage, "form": form, "title": "收入材料", "button": "收入材料", "multipart": True}
    return render(request, "linkage/small_form.html", context, status=422)


@login_required
@require_GET
def open_file(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    actor, linkage = actor_of(request), linkage_of(request, code)
    found = get_object_or_404(LinkagePaper, linkage=linkage, pk=pk)
    if found.withdrawn and liaises_for(actor) and found.by_agency != actor.agency_code:
        raise Http404
    keep_reading(actor, f"材料：{found.title}", linkage=linkage)
    response = FileResponse(open_kept(found.sha256), as_attachment=True, filename=found.name)
    response["Content-Type"] = found.content_type
    return response


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    actor, linkage = actor_of(request), linkage_of(request, code)
    if not may_work_on(actor, linkage):
        raise Http404
    paper = get_object_or_404(LinkagePaper, linkage=linkage, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_paper(actor=actor, linkage=linkage, paper=paper, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"“{paper.title}”已撤下，原件仍然保存。")
        return redirect(f"{linkage.page}#papers")
    context = {
        "linkage": linkage,
        "form": form,
        "title": f"撤下：{paper.title}",
        "button": "撤下",
        "note": f"{paper.name}，{paper.by_label}收入。撤下后不再列出，原件和理由仍然保存。",
    }
    return render(request, "linkage/small_form.html", context, status=422 if form.errors else 200)


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
