"""Drafting, filling in, reading, signing and voiding documents (S4)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from plumbline.apps.cases.contract import case_of, needs_reading_reason
from plumbline.packs.penalty.documents import TEMPLATES
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity import totp
from plumbline.platform.identity.models import Person
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.downloads import as_file

from ..actions import Confirmed, draft_case_document, fill_in, sign, void
from ..desk import SignedPage, page_of
from ..models import Document, DocumentState
from ..panel import called_for
from ..policies import may_draft
from ..printing import printed, printed_pdf


def found(request: HttpRequest, matter_id: str, pk: int) -> Document:
    """The document of the address as far as the actor may see it."""
    actor = actor_of(request)
    rows = Document.objects.visible_to(actor).select_related("layout")
    document = rows.filter(pk=pk, matter_id=matter_id).first()
    return document or get_visible(Document, actor, pk=pk, matter_id=matter_id)


def address(document: Document) -> str:
    return f"/cases/{document.matter_id}/docs/{document.pk}"


@login_required
@require_POST
def draft(request: HttpRequest, matter_id: str) -> HttpResponse:
    """Draft what a step calls for, or any document of the catalogue that is added by hand."""
    actor = actor_of(request)
    case = case_of(actor, matter_id)
    event_id, code = request.POST.get("event", ""), request.POST.get("template", "")
    template = TEMPLATES.get(code)
    called = {(event.id, each.code) for _, event, each in called_for(case)} if event_id else set()
    if template is None or (event_id and (event_id, code) not in called):
        raise Http404
    document = draft_case_document(actor=actor, case=case, template=template, event_id=event_id)
    if request.POST.get("renewed"):
        messages.success(request, "已按现在的事实重新生成。")
    return redirect(address(document))


@login_required
def add(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The catalogue, to add a document that no step called for."""
    actor = actor_of(request)
    case = case_of(actor, matter_id)
    wanted = request.GET.get("q", "").strip()
    rows = [
        template
        for template in TEMPLATES.values()
        if not wanted or wanted.lower() in f"{template.code}{template.title}{template.basis}".lower()
    ]
    context = {"case": case, "q": wanted, "rows": rows, "may_draft": may_draft(actor, case)}
    return render(request, "paperwork/add.html", context)


@login_required
def show(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor = actor_of(request)
    case = case_of(actor, matter_id)
    if needs_reading_reason(actor, case):
        return redirect(f"/cases/{matter_id}/reading")
    return _page(request, page_of(actor, found(request, matter_id, pk), case))


def _page(request: HttpRequest, page: SignedPage, status: int = 200, **more: Any) -> HttpResponse:
    # Our own writer made the body with escaping; once signed it is the frozen text itself.
    context = {"page": page, "document": page.document, "case": page.case, "body": mark_safe(page.body)}
    return render(request, "paperwork/document.html", context | more, status=status)


@login_required
@require_POST
def fill(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor = actor_of(request)
    document = found(request, matter_id, pk)
    entries = {name[2:]: value for name, value in request.POST.items() if name.startswith("f-")}
    try:
        fill_in(actor=actor, document=document, case=case_of(actor, matter_id), entries=entries)  # type: ignore[arg-type]
    except (Refusal, InputFault) as refusal:
        messages.error(request, str(refusal))
    else:
        left = sum(1 for used in document.facts if used.get("gap"))
        messages.success(
            request, f"已保存，还有 {left} 处没有填写。" if left else "已保存，必填的内容已经齐全。"
        )
    return redirect(address(document))


@sensitive_post_parameters("password")
@login_required
@require_POST
def sign_it(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    """Sign with the password typed once more, or with the second factor: whoever left the desk open signs nothing."""
    actor = actor_of(request)
    document = found(request, matter_id, pk)
    try:
        sign(actor=actor, document=document, how=_confirmed(request))
    except (Refusal, InputFault) as refusal:
        messages.error(request, str(refusal))
    else:
        number = f"，文号 {document.number}" if document.number else ""
        messages.success(request, f"已签发{number}。全文已冻结，Word 和 PDF 已存档。")
    return redirect(address(document))


def _confirmed(request: HttpRequest) -> Confirmed:
    person = request.user
    assert isinstance(person, Person)
    typed = request.POST.get("password", "")
    if person.totp_secret and typed.isdecimal() and len(typed) == 6 and totp.accept(person, typed):
        return "totp"
    if typed and authenticate(request, username=person.login_name, password=typed) == person:
        return "password"
    raise InputFault(
        {
            "password": "没有签发：登录密码不对。请重新输入本人的登录密码；启用动态口令的，也可以输入 6 位动态口令。"
        }
    )


@login_required
@require_POST
def void_it(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor = actor_of(request)
    document = found(request, matter_id, pk)
    try:
        void(actor=actor, document=document, reason=request.POST.get("reason", ""))
    except (Refusal, InputFault) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "文书已作废，原文保留，文号不再使用。")
    return redirect(address(document))


@login_required
def download(request: HttpRequest, matter_id: str, pk: int, kind: str) -> HttpResponse:
    """The Word file or the PDF; a signed document's as they were kept at signing."""
    actor = actor_of(request)
    case = case_of(actor, matter_id)
    if needs_reading_reason(actor, case):
        return redirect(f"/cases/{matter_id}/reading")
    document = found(request, matter_id, pk)
    data = printed(document).docx if kind == "docx" else printed_pdf(document)
    name = document.number or f"{document.title}{'（草稿）' if document.state == DocumentState.DRAFT else ''}"
    return as_file(data, f"{name}.{kind}")
