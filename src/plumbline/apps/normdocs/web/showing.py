"""The page of a document, its steps, declaration, text, basis, papers, notices and publication."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.apps.cases.contract import by_day, rules_of, step_posted
from plumbline.platform import clock
from plumbline.platform.files.store import open_kept
from plumbline.platform.ui.acting import actor_of, tried

from ..actions import publish_document, take_step, void_step
from ..actions.publishing import Publication
from ..citing import citing_cases
from ..forms import NormStepForm, PaperForm, PublishForm, ReasonForm
from ..models import NormDoc, NormText
from ..page import NormPage
from ..policies import may_publish
from .answering import document_of, small_form
from .deciding import announce

#: What most documents leave out: shown when it is asked for.
FOLDED = ("repeals", "amends", "changes_note")


def crumbs_of(doc: NormDoc) -> list[tuple[str, str]]:
    return [(doc.words.noun, doc.words.home), (doc.title, doc.page)]


@login_required
@require_GET
def show(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor, doc = actor_of(request), document_of(request, matter_id)
    page = NormPage(actor, doc)
    states = {state.phase.key: state for state in page.states}
    # Of a document whose making is over, what is left is to look after it.
    current = page.now or states.get("evaluating" if doc.is_published else "drafting", page.states[0])
    state = states.get(request.GET.get("phase", ""), current)
    changes, changed = page.links
    context = {
        "page": page,
        "doc": doc,
        "now": clock.now(),
        "phase_state": state,
        "buttons": page.buttons(state.phase),
        "unverified": page.unverified(state.phase.key),
        "days": by_day(page.timeline, page.today),
        "paper_form": PaperForm(),
        "changes": changes,
        "changed": changed,
        "cases": citing_cases(doc, actor) if doc.is_published else [],
    }
    return render(request, "normdocs/document.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, matter_id: str, key: str) -> HttpResponse:
    actor, doc = actor_of(request), document_of(request, matter_id)
    page = NormPage(actor, doc)
    declared = page.file.procedure.steps.get(key)
    if declared is None or not page.may_work:
        raise Http404
    button = page.button(declared)
    if declared.kept_by:
        return redirect(button.url)
    form = NormStepForm(request.POST or None, step=declared, file=page.file)
    take = partial(take_step, actor=actor, doc=doc, step=key)
    way_on = step_posted(request, form, declared, base=doc.page, take=take)
    if way_on is not None:
        return way_on
    context = {
        "page": page,
        "doc": doc,
        "step": declared,
        "form": form,
        "button": button,
        "phase": page.file.procedure.phase(declared.phase),
        "unverified": page.unverified(declared.phase),
        "rules": rules_of(declared, page.today),
        "shows_hints": declared.key in {"review_given", "review_requested"},
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "normdocs/step.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, matter_id: str) -> HttpResponse:
    """Publication with what the public will read; the numbers are taken when it is pressed."""
    actor, doc = actor_of(request), document_of(request, matter_id)
    if not may_publish(actor, doc):
        raise Http404
    if doc.is_policy:
        return announce(request, doc)
    page = NormPage(actor, doc)
    form = PublishForm(request.POST or None, doc=doc)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        publication = Publication(
            effective_from=given["effective_from"],
            valid_to=given["valid_to"],
            no_term_reason=given["no_term_reason"],
            transition=given.get("transition", ""),
            changes=form.changes,
            changes_note=given.get("changes_note", ""),
        )
        if tried(form, lambda: publish_document(actor=actor, doc=doc, publication=publication)):
            return redirect(doc.page)
    context = {
        "page": page,
        "doc": doc,
        "form": form,
        "button": page.button(page.file.procedure.steps["published"]),
        "text": page.file.text,
        "folded": FOLDED,
        "unfold": form.is_bound and any(form.data.get(name) for name in FOLDED),
        "unverified": page.unverified("publishing"),
        "rules": rules_of(page.file.procedure.steps["published"], page.today),
    }
    return render(
        request, "normdocs/publish.html", context, status=422 if form.is_bound and form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, matter_id: str, event_id: str) -> HttpResponse:
    actor, doc = actor_of(request), document_of(request, matter_id)
    page = NormPage(actor, doc)
    entry = next((each for each in page.timeline if each.event_id == event_id), None)
    if entry is None or event_id != page.voidable:
        raise Http404
    form = ReasonForm(request.POST or None)
    return small_form(
        request,
        form=form,
        act=lambda: void_step(actor=actor, doc=doc, event_id=event_id, reason=form.cleaned_data["reason"]),
        title=f"作废：{entry.title}",
        button="作废",
        back=doc.page,
        done=f"“{entry.title}”已作废，记录和理由仍然看得到。",
        crumbs=crumbs_of(doc),
        note=f"{entry.on:%Y-%m-%d} {entry.title}。作废以后这一步重新开放。",
    )


@login_required
@require_GET
def impact(request: HttpRequest, matter_id: str) -> HttpResponse:
    """What the document rests on, what rests on it, and what it changed or was changed by."""
    actor, doc = actor_of(request), document_of(request, matter_id)
    page = NormPage(actor, doc)
    changes, changed = page.links
    neighbours = NormDoc.objects.visible_to(actor).filter(kind=doc.kind).exclude(pk=doc.pk).exclude(basis=[])
    laws = {each["law"] for each in doc.basis}
    same = [
        (other, sorted({each["law"] for each in other.basis} & laws))
        for other in neighbours.select_related("agency").order_by("-begun_on")[:500]
        if {each["law"] for each in other.basis} & laws
    ]
    context = {
        "page": page,
        "doc": doc,
        "cases": citing_cases(doc, actor),
        "changes": changes,
        "changed": changed,
        "same": same[:50],
    }
    return render(request, "normdocs/impact.html", context)


@login_required
@require_GET
def text_file(request: HttpRequest, matter_id: str, version: int) -> HttpResponseBase:
    """The file that a version of the text came in."""
    doc = document_of(request, matter_id)
    found = get_object_or_404(NormText, doc=doc, version=version)
    if not found.sha256:
        raise Http404
    return kept_file(found.sha256, found.name, found.content_type)


def kept_file(sha256: str, name: str, content_type: str) -> FileResponse:
    response = FileResponse(open_kept(sha256), as_attachment=True, filename=name)
    response["Content-Type"] = content_type
    return response
