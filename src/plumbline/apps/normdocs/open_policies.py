"""Major policy decisions for everybody: the catalogue, what is open for comments, and each decision on a page of its own."""

from __future__ import annotations

from itertools import groupby

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plumbline.platform import clock
from plumbline.platform.rates.limiting import limited

from .choices import Kind
from .models import NormDoc
from .open_web import PAGE, PAPERS, SEARCH, proof_of, published_file
from .queries import open_for_comment, public_catalogue, public_policies
from .reading import NormFile
from .validity import validity_tag


@require_safe
@limited(SEARCH)
def index(request: HttpRequest) -> HttpResponse:
    """What was decided, what may be commented on, and what is to be decided by year."""
    typed = request.GET.get("q", "").strip()[:100]
    today = clock.today()
    page = Paginator(public_policies(typed), PAGE).get_page(request.GET.get("page"))
    years = [
        (year, list(each)) for year, each in groupby(public_catalogue()[:100], key=lambda item: item.year)
    ]
    context = {
        "rows": [(row, validity_tag(row, today)) for row in page.object_list],
        "page": page,
        "count": page.paginator.count,
        "q": typed,
        "drafts": [doc for doc in open_for_comment(today)[:50] if doc.kind == Kind.POLICY],
        "years": years,
    }
    return render(request, "normdocs/open/policies.html", context)


@require_safe
@limited(SEARCH)
def decision(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The permanent page of a decision: text, who carries it out, what became of the opinions, why it ended."""
    doc, today = _published(matter_id), clock.today()
    file = NormFile(doc)
    told, entry = file.last("document_published"), file.last("interpretation_published")
    text = doc.texts.first()
    context = {
        "doc": doc,
        "tag": validity_tag(doc, today),
        "text": text,
        "announced": file.entries[told.id].details if told is not None and told.id in file.entries else {},
        "interpretation": file.entries[entry.id].details if entry is not None else None,
        "was_draft": file.happened("draft_published_for_comment"),
        "proof": proof_of(doc, text),
    }
    return render(request, "normdocs/open/policy.html", context)


@require_safe
@limited(PAPERS)
def decision_file(request: HttpRequest, matter_id: str, part: str, kind: str) -> HttpResponse:
    """The decision or its interpretation, to keep and to print."""
    return published_file(request, _published(matter_id), part, kind)


def _published(matter_id: str) -> NormDoc:
    doc = public_policies().filter(matter_id=matter_id).first()
    if doc is None:
        raise Http404
    return doc
