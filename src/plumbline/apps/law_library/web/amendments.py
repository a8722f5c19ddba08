"""Loading new texts, the list of citations that wait, and the page on which a person confirms them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.ui.acting import actor_of, put_faults

from ..actions import load_texts, reaffirm_citations
from ..amending import pending, unpinned
from ..forms import LoadForm, ReaffirmForm
from ..live_citers import changed_citers
from ..loading import TextFile, UnreadableTexts
from ..models import LoadedArticle, LoadedStatute, Reaffirmation
from ..policies import may_load_texts
from .library import article_context

SHOWN = 50


@login_required
def amendments(request: HttpRequest) -> HttpResponse:
    """Articles that read otherwise than their citations were written from, and what was confirmed last."""
    whole = pending(whole=True)
    context = {
        "here": "amendments",
        "waiting": [each for each in whole if each.waiting],
        "settled": [each for each in whole if not each.waiting],
        "count": sum(len(each.waiting) for each in whole),
        "last": Reaffirmation.objects.all()[:SHOWN],
        "unpinned": unpinned(),
        "live": changed_citers(actor_of(request)),
        "loaded": LoadedStatute.objects.exists(),
        "may_load": may_load_texts(actor_of(request)),
    }
    return render(request, "law_library/amendments.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def article(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """One article: its text, where it is used, what it read before; and the form that confirms what waits on it."""
    row = get_object_or_404(LoadedArticle.objects.select_related("statute"), statute_id=pk, number=number)
    form = ReaffirmForm(request.POST or None)
    if request.method == "POST":
        chosen = request.POST.getlist("refs")
        if form.is_valid():
            try:
                made = reaffirm_citations(
                    actor=actor_of(request), article=row, refs=chosen, reason=form.cleaned_data["reason"]
                )
            except (InputFault, Refusal) as fault:
                put_faults(form, fault)
            else:
                messages.success(request, f"已确认 {len(made)} 处引用，理由和姓名已记录。")
                return redirect("article", pk=pk, number=number)
    context = article_context(request, row) | {"form": form, "chosen": request.POST.getlist("refs")}
    return render(request, "law_library/article.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Hand in Markdown files; the answer says what changed and what waits."""
    may_load_texts(actor_of(request)).demand()
    posted = request.method == "POST"
    form = LoadForm(request.POST if posted else None, request.FILES if posted else None)
    if request.method == "POST" and form.is_valid():
        files = [
            TextFile(upload.name or "未命名", upload.read(), form.cleaned_data["superseded"])
            for upload in form.cleaned_data["files"]
        ]
        try:
            done = load_texts(actor=actor_of(request), files=files)
        except UnreadableTexts as unreadable:
            for fault in unreadable.faults[:20]:
                form.add_error("files", fault)
        else:
            said = f"已装载 {done.statutes} 部法规、{done.articles} 条，文字有变化 {len(done.changed)} 条。"
            if done.passed_over:
                said += f"不是法规文本、没有装载：{'、'.join(done.passed_over)}。"
            messages.success(request, said)
            return redirect("amendments" if done.changed else "law")
    return render(request, "law_library/load.html", {"form": form, "here": "amendments"})
