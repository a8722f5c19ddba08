"""The public database of documents and the drafts open for comments. No log-in, no script, no cookie for reading."""

from __future__ import annotations

from datetime import date
from typing import Any

import segno
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform import clock
from plumbline.platform.identity.actor import ANONYMOUS
from plumbline.platform.identity.models import Agency
from plumbline.platform.rates.limiting import Lane, limited, too_fast
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.ui.acting import tried
from plumbline.platform.ui.downloads import as_file

from .actions import comment_on_draft
from .articles import fingerprint, plain_text
from .downloads import KINDS, file_of, interpretation_sheet, text_sheet
from .forms import CommentForm
from .models import CleanupRound, NormDoc, NormText, PublicComment
from .queries import day_of, once_open_for_comment, open_for_comment, public_documents
from .reading import NormFile
from .validity import ENDED, VALIDITY, validity, validity_tag
from .verifying import is_unchanged

PAGE = 20
SEARCH = Lane("open.search", 60)  # requests a minute of one network, over all public searches
COMMENT = Lane("open.norm-comment", 20, 3600)  # comments an hour of one network
PAPERS = Lane("open.paper", 20)  # files a minute: each is set anew
RECEIPT = Lane("open.norm-receipt", 30, 3600)  # guesses at receipts an hour


@require_safe
@limited(SEARCH)
def index(request: HttpRequest) -> HttpResponse:
    """Search by two characters, with the validity on any day."""
    typed = request.GET.get("q", "").strip()[:100]
    today = clock.today()
    on = day_of(request.GET.get("on", "")) or today
    state = request.GET.get("validity", "")
    state = state if state in VALIDITY and state != "unpublished" else ""
    maker, year = request.GET.get("maker", ""), request.GET.get("year", "")
    rows = public_documents(typed, on=on, state=state, maker=maker, year=year)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    makers = Agency.objects.filter(code__in=public_documents(on=on).order_by().values("maker_id"))
    context = {
        "rows": [(row, validity_tag(row, on)) for row in page.object_list],
        "page": page,
        "count": page.paginator.count,
        "more": f"{query.urlencode()}&" if query else "",
        "q": typed,
        "on": on,
        "chosen_day": on != today,
        "state": state,
        "states": [(value, label) for value, label in VALIDITY.items() if value != "unpublished"],
        "makers": makers.order_by("code"),
        "years": range(today.year, today.year - 8, -1),
        "drafts": list(open_for_comment(today)[:5]),
        "filtered": bool(typed or state or maker or year),
    }
    return render(request, "normdocs/open/index.html", context)


@require_safe
@limited(SEARCH)
def document(request: HttpRequest, number: str) -> HttpResponse:
    """The permanent page of a document: text, validity on a day, what changed it, why it ended."""
    doc = public_documents(on=clock.today()).filter(register_no=number).first()
    if doc is None:
        raise Http404
    today = clock.today()
    on = asked_day(request)
    newest = doc.texts.first()
    file = NormFile(doc)
    entry = file.last("interpretation_published")
    context = {
        "doc": doc,
        "tag": validity_tag(doc, on),
        "ended": validity(doc, today) == ENDED,
        "on": on,
        "today": today,
        "text": newest,
        "proof": proof_of(doc, newest),
        "day": f"?on={on}" if on != today else "",
        "changes": doc.changes.select_related("older"),
        "changed": [link for link in doc.changed_by.select_related("newer") if link.newer.register_no],
        "interpretation": file.entries[entry.id].details if entry is not None else None,
        "was_draft": file.happened("draft_published_for_comment"),
    }
    return render(request, "normdocs/open/document.html", context)


def asked_day(request: HttpRequest) -> date:
    """The day that a reader asks about; today where none was named."""
    return day_of(request.GET.get("on", "")) or clock.today()


def proof_of(doc: NormDoc, text: NormText | None) -> dict[str, Any]:
    """What a reader checks a page by: whether its text is unchanged, its fingerprint, the code of its address."""
    address = f"{settings.PUBLIC_URL}{doc.public_page}"
    return {
        "intact": is_unchanged(doc, text) if text is not None else None,
        "sha256": fingerprint(text.articles) if text is not None else "",
        "qr": segno.make_qr(address, error="m", mask=0).svg_data_uri(scale=3, border=1),
    }


def published_file(request: HttpRequest, doc: NormDoc, part: str, kind: str) -> HttpResponse:
    """One of the files of a published document or decision; ``part`` is ``text`` or ``interpretation``."""
    on = asked_day(request)
    if kind not in KINDS:
        raise Http404
    if part == "text":
        text = doc.texts.first()
        if text is None:
            raise Http404
        return file_of(text_sheet(doc, text, on), kind, name=doc.title, on=on)
    file = NormFile(doc)
    entry = file.last("interpretation_published")
    if part != "interpretation" or entry is None:
        raise Http404
    said = file.entries[entry.id].details
    sheet = interpretation_sheet(doc, title=said["title"], text=said["text"], on=on)
    return file_of(sheet, kind, name=said["title"], on=on)


@require_safe
@limited(PAPERS)
def document_file(request: HttpRequest, number: str, part: str, kind: str) -> HttpResponse:
    """A document or its interpretation as Word file or PDF, with the validity on the day asked for."""
    doc = public_documents(on=clock.today()).filter(register_no=number).first()
    if doc is None:
        raise Http404
    return published_file(request, doc, part, kind)


@require_safe
@limited(SEARCH)
def text(request: HttpRequest, number: str) -> HttpResponse:
    """The text as a plain file."""
    doc = public_documents(on=clock.today()).filter(register_no=number).first()
    newest = doc.texts.first() if doc is not None else None
    if doc is None or newest is None:
        raise Http404
    said = plain_text(newest.articles, title=doc.title, number=doc.number)
    return as_file(said, f"{doc.register_no}.txt")


@require_safe
@limited(SEARCH)
def drafts(request: HttpRequest) -> HttpResponse:
    """Drafts open for comments today, and those that were."""
    today = clock.today()
    running = list(open_for_comment(today)[:100])
    past = once_open_for_comment().exclude(pk__in=[doc.pk for doc in running])[:50]
    context = {
        "running": [(doc, (doc.comment_until - today).days) for doc in running if doc.comment_until],
        "past": past,
    }
    return render(request, "normdocs/open/drafts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, matter_id: str) -> HttpResponse:
    """A draft with its form; after the period, what was adopted. Names and contacts are never here."""
    doc = once_open_for_comment().filter(matter_id=matter_id).first()
    if doc is None or doc.declared.get("secret"):
        raise Http404
    file = NormFile(doc)
    opened = file.text_of("draft_published_for_comment")
    event = file.last("draft_published_for_comment")
    if opened is None or event is None:
        raise Http404
    running = doc.comment_until is not None and clock.today() <= doc.comment_until
    form = CommentForm(request.POST or None, articles=opened.articles)
    made: list[PublicComment] = []
    if request.method == "POST" and form.is_valid():
        if answer := too_fast(request, COMMENT):
            return answer
        given = form.cleaned_data
        if tried(form, lambda: made.append(comment_on_draft(actor=ANONYMOUS, doc=doc, **given))):
            # The receipt stands in the session-less answer itself: nothing of it goes into an address or a log.
            return render(
                request, "normdocs/open/received.html", {"doc": doc, "comment": made[0]}, status=201
            )
    details = file.entries[event.id].details
    told = file.last("adoption_published")
    context = {
        "doc": doc,
        "text": opened,
        "until": event.data.get("comment_until"),
        "opened_on": event.on,
        "details": details,
        "running": running,
        "form": form,
        "summary": file.entries[told.id].details.get("summary", "") if told is not None else "",
        "answered": _answered(doc) if told is not None else [],
        "number": doc.register_no,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "normdocs/open/draft.html", context, status=status)


def _answered(doc: NormDoc) -> list[PublicComment]:
    """What became of each comment. Its words stay inside: they may hold what nobody may publish."""
    with whole_district():
        rows = PublicComment.objects.unscoped("公布意见采纳情况").filter(doc=doc).order_by("pk")
        return list(rows.only("article", "handling", "answer", "doc"))


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """What became of a comment, by its receipt. Asked by POST: a receipt belongs in no log of addresses."""
    typed = "".join(request.POST.get("receipt", "").split()).lower()[:20]
    found = None
    if request.method == "POST" and typed:
        if answer := too_fast(request, RECEIPT):
            return answer
        with whole_district():
            rows = PublicComment.objects.unscoped("按回执码查询").select_related("doc")
            found = rows.filter(receipt=typed).first()
    told = found is not None and NormFile(found.doc).happened("adoption_published")
    context = {
        "typed": typed,
        "comment": found,
        "told": told,
        "asked": request.method == "POST",
    }
    return render(request, "normdocs/open/receipt.html", context)


@require_safe
@limited(SEARCH)
def cleanup(request: HttpRequest, pk: int) -> HttpResponse:
    """The published result of a clean-up."""
    found = get_object_or_404(CleanupRound, pk=pk, published_on__isnull=False)
    items = found.items.select_related("doc__maker").exclude(conclusion="").order_by("conclusion", "pk")
    return render(request, "normdocs/open/cleanup.html", {"round": found, "items": items})
