"""Files of a matter, and the agency's own papers: read before signing, frozen after."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plumbline.apps.paperwork.contract import is_unaltered
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.files.store import open_kept

from ..actions import add_paper, sign_paper, withdraw_paper
from ..forms import PaperForm, ReasonForm
from ..models import ChallengePaper
from ..page import ChallengePage
from ..policies import may_work_on
from .answering import actor_of, challenge_of


@login_required
@require_POST
def add_file(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor, challenge = actor_of(request), challenge_of(request, matter_id)
    if not may_work_on(actor, challenge):
        raise Http404
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            paper = add_paper(
                actor=actor,
                challenge=challenge,
                title=form.cleaned_data["title"],
                upload=form.cleaned_data["file"],
            )
        except InputFault as fault:
            for name, sentence in fault.faults.items():
                form.add_error(name, sentence)
        else:
            messages.success(request, f"“{paper.title}”已收入材料。")
            return redirect(f"/challenges/{matter_id}#papers")
    context = {
        "challenge": challenge,
        "form": form,
        "title": "收入材料",
        "button": "收入材料",
        "multipart": True,
    }
    return render(request, "challenges/small_form.html", context, status=422)


@login_required
@require_GET
def open_file(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    challenge = challenge_of(request, matter_id)
    found = get_object_or_404(ChallengePaper, challenge=challenge, pk=pk)
    response = FileResponse(open_kept(found.sha256), as_attachment=True, filename=found.name)
    response["Content-Type"] = found.content_type
    return response


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor, challenge = actor_of(request), challenge_of(request, matter_id)
    if not may_work_on(actor, challenge):
        raise Http404
    paper = get_object_or_404(ChallengePaper, challenge=challenge, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_paper(actor=actor, challenge=challenge, paper=paper, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"“{paper.title}”已撤下，原件仍然保存。")
        return redirect(f"/challenges/{matter_id}#papers")
    context = {
        "challenge": challenge,
        "form": form,
        "title": f"撤下：{paper.title}",
        "button": "撤下",
        "note": f"{paper.name}，{paper.by_label}收入。撤下后不再列出，原件和理由仍然保存。",
    }
    return render(request, "challenges/small_form.html", context, status=422 if form.errors else 200)


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
