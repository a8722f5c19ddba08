"""Adding, verifying and opening evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from plumbline.apps.cases.contract import case_of, current_officers, needs_reading_reason
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.access import keep_access
from plumbline.platform.files.store import is_intact, open_kept
from plumbline.platform.identity.models import Person
from plumbline.platform.scope.querysets import get_visible

from .actions import add_evidence, verify_evidence
from .forms import EvidenceForm
from .models import Evidence, EvidenceFile


def officer_choices(case: Any) -> list[tuple[str, str]]:
    numbers = current_officers(case)
    names = dict(
        Person.objects.filter(certificate_number__in=numbers).values_list(
            "certificate_number", "display_name"
        )
    )
    return [(number, f"{names.get(number, '未登记')}（{number}）") for number in numbers]


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    case = case_of(actor, matter_id)
    form = EvidenceForm(request.POST or None, request.FILES or None, officers=officer_choices(case))
    if request.method == "POST" and form.is_valid():
        try:
            evidence = add_evidence(actor=actor, case=case, **form.cleaned_data)
        except InputFault as fault:
            for name, text in fault.faults.items():
                form.add_error(name or None, text)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"证据 {evidence.number}“{evidence.title}”已登记，文件指纹已保存。")
            return redirect(f"/cases/{matter_id}?tab=evidence#tabs")
    return render(request, "evidence/add.html", {"form": form, "case": case})


@login_required
@require_POST
def verify(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    case = case_of(actor, matter_id)
    evidence = get_visible(Evidence, actor, pk=pk, case=case)
    answer = request.POST.get("answer", "")
    try:
        if answer not in {"sound", "untrue", "unlawful"}:
            raise InputFault({"answer": "请选择查证结果。没有记录任何内容。"})
        verify_evidence(
            actor=actor,
            case=case,
            evidence=evidence,
            verified=answer != "untrue",
            lawful=answer != "unlawful",
        )
    except (Refusal, InputFault) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"证据 {evidence.number} 的查证结果已记录。")
    return redirect(f"/cases/{matter_id}?tab=evidence#tabs")


@login_required
def open_file(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    """The original file: bound to the case's scope, never run by the browser, each opening kept."""
    actor = request.actor  # type: ignore[attr-defined]
    found = EvidenceFile.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    evidence = get_visible(Evidence, actor, pk=found.evidence_id, case__matter_id=matter_id)
    if needs_reading_reason(actor, case_of(actor, matter_id)):
        return redirect(f"/cases/{matter_id}/reading")
    if not is_intact(found.sha256):
        return render(
            request,
            "ui/bare_message.html",
            {
                "title": "校验不一致",
                "text": "文件与登记时的指纹不同或已缺失。请停止使用本文件并联系审计管理员。",
            },
            status=409,
        )
    keep_access(actor=actor, kind="read", action="evidence.open", subject=evidence, reason=found.name)
    inline = found.content_type.startswith("image/") and request.GET.get("show") == "1"
    response = FileResponse(open_kept(found.sha256), as_attachment=not inline, filename=found.name)
    response["Content-Type"] = found.content_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
