"""The pages of evidence: adding, one item with its viewer, custody, copies and links, and the recordings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plumbline.apps.cases.contract import case_of, current_officers, needs_reading_reason
from plumbline.apps.paperwork.contract import documents_of
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.files.models import Upload
from plumbline.platform.identity.models import Person
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.vocabulary import load_vocabulary

from .actions import add_evidence, verify_evidence
from .custody import make_copy, record_custody
from .forms import CopyForm, CustodyForm, EvidenceForm, RecordingForm
from .models import CustodyEntry, Evidence, ProcessRecording, ProvenFact, WorkingCopy
from .policies import may_add_evidence, may_take_original
from .proving import link_item, state_fact
from .recordings import add_recording, record_index

LISTING = ("evidence_preregistered", "sealed", "seized")


def officer_choices(case: Any) -> list[tuple[str, str]]:
    numbers = current_officers(case)
    names = dict(
        Person.objects.filter(certificate_number__in=numbers).values_list(
            "certificate_number", "display_name"
        )
    )
    return [(number, f"{names.get(number, '未登记')}（{number}）") for number in numbers]


def _event_choices(case: Any, activities: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    words = load_vocabulary().activities
    return [
        (event.id, f"{event.on:%Y-%m-%d} {words[event.activity].name_zh}")
        for event in matter_events(case.matter_id)
        if event.activity in words and (not activities or event.activity in activities)
    ]


def _received(request: HttpRequest) -> list[Upload]:
    """The uploads in parts that the form names, in their order; so that a form with a mistake does not lose them."""
    wanted = request.POST.getlist("received")[:200]
    found = {
        u.sha256: u for u in Upload.objects.filter(person_id=actor_of(request).own_id, sha256__in=wanted)
    }
    return [found[sha256] for sha256 in dict.fromkeys(wanted) if sha256 in found]


def _refused(form: Any, doing: Callable[[], Any]) -> Any:
    """The result of ``doing``, or None with the refusal written into the form."""
    try:
        return doing()
    except (InputFault, Refusal) as fault:
        put_faults(form, fault)
    return None


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor = actor_of(request)
    case = case_of(actor, matter_id)
    uploads = _received(request) if request.method == "POST" else []
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        officers=officer_choices(case),
        lists=_event_choices(case, LISTING),
        received=[each.sha256 for each in uploads],
    )
    if request.method == "POST" and form.is_valid():
        evidence = _refused(
            form,
            lambda: add_evidence(actor=actor, case=case, received=form.received, **form.cleaned_data),
        )
        if evidence is not None:
            messages.success(request, f"证据 {evidence.number}“{evidence.title}”已登记，文件指纹已保存。")
            return redirect(f"/cases/{matter_id}?tab=evidence#tabs")
    return render(request, "evidence/add.html", {"form": form, "case": case, "uploads": uploads})


@login_required
@require_POST
def verify(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor = actor_of(request)
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
@require_http_methods(["GET", "POST"])
@csp_update({"frame-src": ["'self'"], "media-src": ["'self'"]})  # type: ignore[arg-type]
def item(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    """One item: look at its files, its chain of custody, its copies, what it proves."""
    actor = actor_of(request)
    case = case_of(actor, matter_id)
    if needs_reading_reason(actor, case):
        return redirect(f"/cases/{matter_id}/reading")
    evidence = get_visible(Evidence, actor, pk=pk, case=case)
    files = list(evidence.files.all())
    shown = next((f for f in files if str(f.pk) == request.GET.get("file", "")), files[0] if files else None)
    doing = request.POST.get("do", "")
    custody = CustodyForm(request.POST if doing == "custody" else None)
    copy = CopyForm(request.POST if doing == "copy" else None)
    here = f"/cases/{matter_id}/evidence/{pk}"
    done = None
    if doing == "custody" and custody.is_valid():
        done = _refused(
            custody,
            lambda: record_custody(actor=actor, case=case, evidence=evidence, **custody.cleaned_data),
        )
    elif doing == "copy" and shown is not None and copy.is_valid():
        done = _refused(copy, lambda: make_copy(actor=actor, case=case, file=shown, **copy.cleaned_data))
    elif doing == "link":
        done = _link(request, case, evidence)
    if done is not None:
        if doing != "link":
            messages.success(request, "已登记，保管链上可以看到。")
        return redirect(f"{here}?file={shown.pk}" if shown else here)
    words = load_vocabulary().enums
    siblings = list(Evidence.objects.visible_to(actor).filter(case=case).values_list("pk", flat=True))
    at = siblings.index(evidence.pk)
    context = {
        "case": case,
        "item": evidence,
        "kind": words["evidence_kind"].get(evidence.kind, evidence.kind),
        "source": words["evidence_source"].get(evidence.source, evidence.source),
        "files": files,
        "shown": shown,
        "before": siblings[at - 1] if at else None,
        "after": siblings[at + 1] if at + 1 < len(siblings) else None,
        "place": bool(may_take_original(actor, case)),
        "custody": CustodyEntry.objects.visible_to(actor).filter(evidence=evidence),
        "copies": WorkingCopy.objects.visible_to(actor)
        .filter(original__evidence=evidence)
        .select_related("original"),
        "listed": dict(_event_choices(case, LISTING)).get(evidence.list_event, ""),
        "facts": ProvenFact.objects.visible_to(actor).filter(case=case),
        "documents": documents_of(matter_id).exclude(state="void"),
        "linked": set(
            ProvenFact.evidence.through.objects.filter(evidence_id=pk).values_list("provenfact_id", flat=True)
        ),
        "cited": set(
            Evidence.documents.through.objects.filter(evidence_id=pk).values_list("document_id", flat=True)
        ),
        "may_work": may_add_evidence(actor, case),
        "custody_form": custody,
        "copy_form": copy,
    }
    return render(request, "evidence/item.html", context)


def _link(request: HttpRequest, case: Any, evidence: Evidence) -> bool | None:
    actor = actor_of(request)
    try:
        facts = [int(each) for each in request.POST.getlist("fact")]
        new = request.POST.get("new", "").strip()
        if new:
            facts.append(state_fact(actor=actor, case=case, text=new).pk)
        documents = [int(each) for each in request.POST.getlist("document")]
        link_item(actor=actor, case=case, evidence=evidence, facts=facts, documents=documents)
    except ValueError:
        messages.error(request, "所选的事实或文书不存在。请刷新后重选。")
    except (Refusal, InputFault) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"证据 {evidence.number} 证明的事实和引用的文书已更新。")
    return True


@login_required
@require_GET
def custody_sheet(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    """The chain of custody as a table to print."""
    actor = actor_of(request)
    case = case_of(actor, matter_id)
    if needs_reading_reason(actor, case):
        return redirect(f"/cases/{matter_id}/reading")
    evidence = get_visible(Evidence, actor, pk=pk, case=case)
    entries = CustodyEntry.objects.visible_to(actor).filter(evidence=evidence)
    return render(request, "evidence/custody.html", {"case": case, "item": evidence, "custody": entries})


@login_required
@require_http_methods(["GET", "POST"])
def recording_add(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor = actor_of(request)
    case = case_of(actor, matter_id)
    uploads = _received(request) if request.method == "POST" else []
    initial = {"stage": request.GET.get("stage", ""), "event_id": request.GET.get("event", "")}
    form = RecordingForm(
        request.POST or None, request.FILES or None, events=_event_choices(case), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        upload = told.pop("file", None)
        received = uploads[0].sha256 if uploads else ""
        if _refused(
            form,
            lambda: add_recording(actor=actor, case=case, received=received, upload=upload, **told),
        ):
            messages.success(request, "音像记录已登记。")
            return redirect(f"/cases/{matter_id}?tab=recording#tabs")
    return render(request, "evidence/recording_add.html", {"form": form, "case": case, "uploads": uploads})


@login_required
@require_GET
def recording_sheet(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The index of the whole-process record, to print."""
    actor = actor_of(request)
    case = case_of(actor, matter_id)
    if needs_reading_reason(actor, case):
        return redirect(f"/cases/{matter_id}/reading")
    recordings = list(ProcessRecording.objects.visible_to(actor).filter(case=case))
    evidence = list(Evidence.objects.visible_to(actor).filter(case=case).prefetch_related("files"))
    index = record_index(case, recordings, evidence)
    return render(request, "evidence/recording_sheet.html", {"case": case, "index": index})
