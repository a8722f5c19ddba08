"""The public's pages of guiding cases."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from plumbline.apps.law_library.contract import article_text
from plumbline.platform.rates.limiting import Lane, limited
from plumbline.vocabulary import load_vocabulary

from .models import State
from .public import numbered, published_cases

SEARCH = Lane("open.search", 60)  # requests a minute of one network, over all public searches
LISTED = 100


@require_safe
@limited(SEARCH)
def index(request: HttpRequest) -> HttpResponse:
    """All that are published, by word and by field."""
    text, topic = request.GET.get("q", "").strip(), request.GET.get("topic", "")
    found = published_cases(text, topic)
    words = load_vocabulary().enums["domain"]
    used = {case.topic for case in (found if not text and not topic else published_cases())}
    context = {
        "rows": found[:LISTED],
        "total": len(found),
        "q": text,
        "topic": topic,
        "topics": [(code, word) for code, word in words.items() if code in used],
    }
    return render(request, "guidance/open_cases.html", context)


@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """The permanent page; a withdrawn one says why and shows nothing else."""
    case = numbered(number)
    if case is None:
        raise Http404
    if case.state == State.WITHDRAWN:
        gone = render(request, "guidance/open_withdrawn.html", {"case": case}, status=410)
        add_never_cache_headers(gone)
        gone["X-Robots-Tag"] = "noindex, noarchive"
        return gone
    context = {
        "case": case,
        "law": [{**each, "text": article_text(each["law"], each["article"])} for each in case.law],
        "intact": case.sha256 == case.fingerprint(),
        "source": case.source if case.source and not case.source_gone else None,
    }
    return render(request, "guidance/open_case.html", context)
