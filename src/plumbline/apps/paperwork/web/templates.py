"""Templates: the catalogue, the versions of one document, a sample of each, and the names a template may use."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from plumbline.packs.documents import DocumentTemplate
from plumbline.packs.penalty.documents import FACTS
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.files.store import open_kept
from plumbline.platform.printing.html_form import as_html
from plumbline.platform.printing.pdf_form import as_pdf
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.downloads import as_file

from ..keeping import (
    ALL_DOCUMENTS,
    needed_in,
    publish_template,
    restore_template,
    upload_template,
    withdraw_template,
)
from ..layouts import word_template
from ..models import TemplateVersion, VersionState
from ..policies import may_keep_templates, may_keep_version
from ..sampling import sample
from ..versions import version_in_force


@login_required
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every document, and whose template holds for one's own agency today."""
    actor = actor_of(request)
    wanted = request.GET.get("q", "").strip()
    published = TemplateVersion.objects.filter(
        Q(agency=actor.agency_code) | Q(agency=None),
        state=VersionState.PUBLISHED,
        valid_from__lte=clock.today(),
    ).select_related("agency")
    holding: dict[str, TemplateVersion] = {}
    # The district's first, the agency's own last, so that the last that is put in holds.
    for version in sorted(published, key=lambda v: (v.agency_id is not None, v.valid_from, v.version)):
        holding[version.code] = version
    rows = [
        (template, holding.get(code))
        for code, template in ALL_DOCUMENTS.items()
        if not wanted or wanted.lower() in f"{code}{template.title}{template.mark}".lower()
    ]
    context = {"rows": rows, "q": wanted, "own": actor.agency_name}
    return render(request, "paperwork/templates.html", context)


@login_required
def one(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _template(code))


def _template(code: str) -> DocumentTemplate:
    if code not in ALL_DOCUMENTS:
        raise Http404
    return ALL_DOCUMENTS[code]


def _page(request: HttpRequest, template: DocumentTemplate, status: int = 200, **more: Any) -> HttpResponse:
    actor = actor_of(request)
    code = template.code
    rows = TemplateVersion.objects.filter(Q(agency=actor.agency_code) | Q(agency=None), code=code)
    versions = rows.select_related("agency").order_by("-uploaded_at", "-pk")
    chosen = next((row for row in versions if str(row.pk) == request.GET.get("version")), None)
    holding = version_in_force(code, actor.agency_code, clock.today())
    shown = None if request.GET.get("version") == "0" else chosen or holding
    _, sheet = sample(template, _word(template, shown))
    own, district = may_keep_templates(actor, actor.agency_code), may_keep_templates(actor, "")
    context = {
        "template": template,
        "versions": [(row, may_keep_version(actor, row)) for row in versions],
        "holding": holding,
        "shown": shown,
        "body": mark_safe(as_html(sheet)),  # written by our own writer, with escaping
        "required": needed_in(template),
        "optional": [name for name in template.optional if FACTS[name].kind != "system"],
        "may_own": own,
        "may_district": district,
        "today": clock.today(),
    }
    return render(request, "paperwork/template.html", context | more, status=status)


def _word(template: DocumentTemplate, version: TemplateVersion | None) -> bytes:
    if version is None:
        return word_template(template)
    with open_kept(version.sha256) as source:
        return source.read()


def _version(request: HttpRequest, code: str, pk: int) -> TemplateVersion:
    """A version of one's own agency or of the district; another agency's is not found."""
    actor = actor_of(request)
    rows = TemplateVersion.objects.filter(Q(agency=actor.agency_code) | Q(agency=None), code=code, pk=pk)
    found = rows.select_related("agency").first()
    if found is None:
        raise Http404
    return found


@login_required
def word(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The Word file of a version; 0 is the project's own."""
    template = _template(code)
    version = _version(request, code, pk) if pk else None
    suffix = f"第{version.version}版" if version else template.version
    return as_file(_word(template, version), f"{code} {template.title} {suffix}.docx")


@login_required
def sample_pdf(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A version filled with the examples, as PDF."""
    template = _template(code)
    version = _version(request, code, pk) if pk else None
    _, sheet = sample(template, _word(template, version))
    return as_file(as_pdf(sheet, on=clock.today()), f"{template.title} 样张.pdf")


@login_required
@require_http_methods(["POST"])
def upload(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    template = _template(code)
    given = request.FILES.get("file")
    note = request.POST.get("note", "")
    agency = "" if request.POST.get("whose") == "district" else actor.agency_code
    if not (allowed := may_keep_templates(actor, agency)):
        messages.error(request, f"{allowed.reason}。{allowed.next_step}")
        return redirect(f"/templates/{code}")
    if given is None:
        messages.error(request, "没有上传：请先选择改好的 Word 文件（.docx）。")
        return redirect(f"/templates/{code}")
    try:
        version = upload_template(
            actor=actor,
            agency_code=agency,
            template=template,
            name=given.name or "模板.docx",
            data=given.read(),
            note=note,
        )
    except InputFault as fault:
        return _page(request, template, 422, faults=list(fault.faults.values()), note=note)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(f"/templates/{code}")
    messages.success(request, f"已上传为第 {version.version} 版，尚未发布。请看样张，没有问题再发布。")
    return redirect(f"/templates/{code}?version={version.pk}")


@login_required
@require_POST
def decide(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Publish, restore or withdraw a version."""
    actor = actor_of(request)
    version = _version(request, code, pk)
    verb = request.POST.get("verb")
    try:
        if verb == "publish":
            day = parse_date(request.POST.get("valid_from", "")) if request.POST.get("valid_from") else None
            if day is None:
                raise InputFault({"valid_from": "请填写「施行日」，例如 2026-06-12。"})
            publish_template(actor=actor, version=version, valid_from=day)
            messages.success(
                request, f"第 {version.version} 版已发布，{day} 起按这一版制作。已有的文书不变。"
            )
        elif verb == "restore":
            again = restore_template(actor=actor, version=version)
            messages.success(
                request, f"已恢复：第 {version.version} 版的文件作为第 {again.version} 版，今天起施行。"
            )
        elif verb == "withdraw":
            withdraw_template(actor=actor, version=version)
            messages.success(request, f"第 {version.version} 版已撤下，此前施行的模板重新适用。")
        else:
            raise Http404
    except (InputFault, Refusal) as refusal:
        messages.error(request, str(refusal))
    return redirect(f"/templates/{code}")


@login_required
def facts(request: HttpRequest) -> HttpResponse:
    """Every name a template may use, with what it means and an example."""
    wanted = request.GET.get("q", "").strip()
    groups: dict[str, list[Any]] = {}
    for fact in FACTS.values():
        if not wanted or wanted in fact.name or wanted in fact.group:
            groups.setdefault(fact.group, []).append(fact)
    return render(request, "paperwork/facts.html", {"groups": groups.items(), "q": wanted})
