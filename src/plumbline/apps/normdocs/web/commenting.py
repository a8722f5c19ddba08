"""Comments of the public as the drafting unit handles them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.platform.ui.acting import actor_of

from ..actions import answer_comment
from ..choices import Handling
from ..forms import AnswerCommentForm
from ..models import PublicComment
from ..page import NormPage
from ..policies import may_draft, may_work_on
from .answering import document_of, small_form


@login_required
@require_GET
def comments(request: HttpRequest, matter_id: str) -> HttpResponse:
    """All comments with what became of them; who said it is shown to the drafting unit alone."""
    actor, doc = actor_of(request), document_of(request, matter_id)
    if not may_work_on(actor, doc) and not actor.can("supervision.supervise", doc.maker_id):
        raise Http404
    page = NormPage(actor, doc)
    rows = PublicComment.objects.visible_to(actor).filter(doc=doc).order_by("pk")
    every = list(rows)
    state = request.GET.get("state", "")
    wanted = {"open": Handling.OPEN}.get(state, state)
    shown = [row for row in every if state == "" or row.handling == wanted]
    counts = [
        (value, label, sum(row.handling == value for row in every)) for value, label in Handling.choices
    ]
    context = {
        "page": page,
        "doc": doc,
        "rows": shown,
        "total": len(every),
        "state": state,
        "counts": [(value or "open", label, number) for value, label, number in counts],
        "told": page.file.happened("adoption_published"),
    }
    return render(request, "normdocs/comments.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor, doc = actor_of(request), document_of(request, matter_id)
    if not may_draft(actor, doc):
        raise Http404
    comment = get_object_or_404(PublicComment.objects.visible_to(actor), doc=doc, pk=pk)
    form = AnswerCommentForm(
        request.POST or None, initial={"handling": comment.handling, "answer": comment.answer}
    )
    return small_form(
        request,
        form=form,
        act=lambda: answer_comment(actor=actor, doc=doc, comment=comment, **form.cleaned_data),
        title="答复公众意见",
        button="保存答复",
        back=f"{doc.page}/comments",
        done="答复已保存。采纳情况公布后，公众可以看到。",
        crumbs=[("规范性文件", "/norms"), (doc.title, doc.page), ("公众意见", f"{doc.page}/comments")],
        quoted=comment.text,
        quoted_of=comment.article or "全文",
    )
