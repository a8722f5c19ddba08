"""Drafting, reading, signing and verifying documents."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from plumbline.apps.cases.contract import case_of, needs_reading_reason
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.scope.rows import whole_district

from .actions import draft_case_document, render_body, sign, void
from .models import Document, DocumentState
from .panel import called_for, compose
from .policies import may_sign, may_void
from .verifying import is_unaltered, verification_code


@login_required
@require_POST
def draft(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    case = case_of(actor, matter_id)
    wanted = (request.POST.get("event"), request.POST.get("template"))
    for step, event, template, details in called_for(case):
        if (event.id, template.code) == wanted:
            document = draft_case_document(
                actor=actor,
                case=case,
                template=template,
                facts=compose(case, step, event, details),
                event_id=event.id,
            )
            return redirect(f"/cases/{matter_id}/docs/{document.pk}")
    raise Http404


@login_required
def show(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    case = case_of(actor, matter_id)
    if needs_reading_reason(actor, case):
        return redirect(f"/cases/{matter_id}/reading")
    document = get_visible(Document, actor, pk=pk, matter_id=matter_id)
    draft_state = document.state == DocumentState.DRAFT
    body = render_body(document) if draft_state else document.html
    context = {
        "case": case,
        "document": document,
        # Our own template rendered it with escaping; once signed it is the frozen text itself.
        "body": mark_safe(body),
        "intact": is_unaltered(document),
        "may_sign": may_sign(actor, document),
        "may_void": may_void(actor, document),
        "gaps": sum(1 for fact in document.facts if fact.get("gap")),
        "qr": verification_code(request, document),
    }
    return render(request, "paperwork/document.html", context)


@login_required
@require_POST
def sign_it(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    document = get_visible(Document, actor, pk=pk, matter_id=matter_id)
    try:
        sign(actor=actor, document=document)
    except (Refusal, InputFault) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"已签发{('，文号 ' + document.number) if document.number else ''}。全文已冻结。"
        )
    return redirect(f"/cases/{matter_id}/docs/{pk}")


@login_required
@require_POST
def void_it(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    document = get_visible(Document, actor, pk=pk, matter_id=matter_id)
    try:
        void(actor=actor, document=document, reason=request.POST.get("reason", ""))
    except (Refusal, InputFault) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "文书已作废，原文保留，文号不再使用。")
    return redirect(f"/cases/{matter_id}/docs/{pk}")


def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Public: whether a document with this code was issued here, and is unchanged. Nothing of its content."""
    with whole_district():
        found = (
            Document.objects.unscoped("公开验证：只显示名称、文号、机关、日期和指纹")
            .filter(code=code)
            .exclude(state=DocumentState.DRAFT)
            .select_related("agency")
            .first()
        )
    intact = found is not None and is_unaltered(found)
    return render(
        request, "paperwork/verify.html", {"document": found, "intact": intact}, status=200 if found else 404
    )
