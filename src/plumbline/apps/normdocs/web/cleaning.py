"""Clean-up rounds: list, one round with its documents, the opinion on one, and the publication of the result."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.packs.normdoc.words import CLEANUPS
from plumbline.platform import clock
from plumbline.platform.ui.acting import actor_of

from ..actions import close_cleanup, decide_cleanup_item, open_cleanup
from ..forms import CleanupForm, CleanupItemForm, SummaryForm
from ..models import CleanupItem, CleanupRound, NormDoc
from ..policies import may_clean_up, may_draft
from ..validity import COMING, IN_FORCE, validity, validity_tag
from .answering import small_form
from .listing import HOME

ROUNDS = ("文件清理", "/norms/cleanups")


@login_required
@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    lines = []
    for each in CleanupRound.objects.prefetch_related("items"):
        items = each.items.all()
        lines.append((each, len(items), sum(bool(item.conclusion) for item in items)))
    context = {
        "lines": lines,
        "may": bool(may_clean_up(actor)),
        "open": any(not r.published_on for r, *_ in lines),
    }
    return render(request, "normdocs/cleanups.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def open_round(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not may_clean_up(actor):
        raise Http404
    form = CleanupForm(request.POST or None)
    return small_form(
        request,
        form=form,
        act=lambda: open_cleanup(actor=actor, **form.cleaned_data),
        title="开展清理",
        button="开始清理",
        back="/norms/cleanups",
        done="清理已开始，各起草单位已收到通知。",
        crumbs=[HOME, ROUNDS],
        note="范围是今天有效和尚未施行的全部文件。每件由起草单位提出意见，结果统一公布。",
    )


@login_required
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_object_or_404(CleanupRound, pk=pk)
    today = clock.today()
    seen = set(NormDoc.objects.visible_to(actor).values_list("pk", flat=True))
    items = found.items.select_related("doc__agency", "doc__maker")
    lines = [
        {
            "item": item,
            "tag": validity_tag(item.doc, today),
            "may": found.published_on is None and bool(may_draft(actor, item.doc)),
            "gone": validity(item.doc, today) not in {IN_FORCE, COMING},
        }
        for item in items
        if item.doc_id in seen
    ]
    counts = [(label, sum(line["item"].conclusion == value for line in lines)) for value, label in CLEANUPS]  # type: ignore[attr-defined]
    waiting = sum(not line["item"].conclusion and not line["gone"] for line in lines)  # type: ignore[attr-defined]
    context = {
        "round": found,
        "lines": lines,
        "counts": counts,
        "waiting": waiting,
        "late": found.published_on is None and found.due_on < today,
        "may": bool(may_clean_up(actor)),
    }
    return render(request, "normdocs/cleanup.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    actor = actor_of(request)
    rows = CleanupItem.objects.select_related("doc__agency", "doc__maker", "round")
    found = get_object_or_404(rows, round_id=pk, pk=item)
    if not may_draft(actor, found.doc):
        raise Http404
    form = CleanupItemForm(
        request.POST or None, initial={"conclusion": found.conclusion, "reason": found.reason}
    )
    return small_form(
        request,
        form=form,
        act=lambda: decide_cleanup_item(actor=actor, doc=found.doc, item=found, **form.cleaned_data),
        title=f"清理意见：{found.doc.title}",
        button="保存意见",
        back=f"/norms/cleanups/{pk}",
        done="清理意见已保存，结果公布以前可以修改。",
        crumbs=[HOME, ROUNDS, (found.round.title, f"/norms/cleanups/{pk}")],
    )


@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    if not may_clean_up(actor):
        raise Http404
    found = get_object_or_404(CleanupRound, pk=pk)
    form = SummaryForm(request.POST or None)
    return small_form(
        request,
        form=form,
        act=lambda: close_cleanup(actor=actor, round=found, summary=form.cleaned_data["summary"]),
        title=f"公布清理结果：{found.title}",
        button="公布结果",
        back=f"/norms/cleanups/{pk}",
        done="清理结果已公布：废止和失效的文件今天起失效，须修改的已列为起草单位的任务。",
        crumbs=[HOME, ROUNDS, (found.title, f"/norms/cleanups/{pk}")],
        note="公布后不能更改。废止、宣布失效的文件从今天起不能再作为依据。",
    )
