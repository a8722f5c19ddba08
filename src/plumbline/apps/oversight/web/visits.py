"""Follow-up visits: rounds, the draw that can be repeated, entering what a party said, and the party's own form."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.apps.cases.contract import case_rows
from plumbline.apps.supervision.contract import own_setting
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.access import keep_access
from plumbline.platform.identity.actor import ANONYMOUS, Actor
from plumbline.platform.rates.limiting import Lane, too_fast
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.downloads import as_file

from .. import actions
from ..asking import CHOICES, CONTENT, QUESTIONS, code_of, summary, visit_of
from ..drawing import METHOD, draw, hash_of_pool, mark_of
from ..forms import AnswersForm, CodeForm, RoundForm, SeedForm
from ..models import Visit, VisitRound, Way, visits_of
from ..policies import may_enter_visit, may_visit
from .steps import demand_supervisor, done

GUESSING = Lane("open.visit", 30, 3600)  # codes an hour


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds, what the answers show together, and a form for another round."""
    actor = actor_of(request)
    demand_supervisor(actor)
    form = RoundForm(request.POST or None)
    made = done(request, form, actions.open_round, "范围已经确定。等公开的数值公布以后再抽取。")
    if made is not None:
        return redirect("visit-round", pk=made.pk)
    least = own_setting("visit.least")
    shown, total = summary(Visit.objects.visible_to(actor).select_related("agency"), least)
    rows = []
    answered = Count("visits", filter=Q(visits__answered_at__isnull=False))
    for each in VisitRound.objects.visible_to(actor).annotate(answered=answered).order_by("-pk")[:50]:
        rows.append((each, len(each.drawn), each.answered))
    context = {
        "form": form,
        "rows": rows,
        "shown": shown,
        "total": total,
        "least": least,
        "questions": QUESTIONS,
    }
    return render(request, "oversight/rounds.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: its fixed pool, the draw, and the visits with who is to be asked."""
    actor = actor_of(request)
    row = get_visible(VisitRound, actor, pk=pk)
    form = SeedForm(request.POST or None)
    if done(request, form, actions.draw_round, f"已抽取 {row.size} 件。", round=row) is not None:
        return redirect("visit-round", pk=pk)
    visits = list(visits_of(row))
    cases = {
        each.matter_id: each
        for each in case_rows(actor).filter(matter_id__in=row.drawn).select_related("party")
    }
    context = {
        "round": row,
        "form": form,
        "may": may_visit(actor, row),
        "visits": [(visit, cases.get(visit.matter_id)) for visit in visits],
        "answered": sum(visit.answered_at is not None for visit in visits),
        "method": METHOD,
        "intact": hash_of_pool(row.pool) == row.pool_hash,
        "again": row.drawn == draw(row.pool, row.seed, row.size) if row.seed else None,
        "today": clock.today(),
    }
    return render(request, "oversight/round.html", context)


@login_required
@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything somebody needs to repeat the draw on paper: pool, hash, seed, method, and each mark in order."""
    row = get_visible(VisitRound, actor_of(request), pk=pk)
    lines = [
        f"批次：{row.title}",
        f"范围指纹：{row.pool_hash}",
        f"种子：{row.seed or '尚未抽取'}",
        f"方法：{METHOD}",
        "",
    ]
    if row.seed:
        marks = sorted((mark_of(row.pool_hash, row.seed, matter), matter) for matter in row.pool)
        lines += [
            f"{at}\t{mark}\t{matter}\t{'抽中' if at <= row.size else ''}"
            for at, (mark, matter) in enumerate(marks, 1)
        ]
    else:
        lines += row.pool
    return as_file("\n".join(lines) + "\n", f"draw-{row.pk}.txt")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """What the party said on the telephone or at the door."""
    actor = actor_of(request)
    visit = get_visible(Visit, actor, pk=pk)
    form = AnswersForm(request.POST or None, official=True)

    def enter(*, actor: Actor, way: str, reached: str, said: str, **answers: str) -> Visit:
        return actions.enter_visit(
            actor=actor, visit=visit, way=way, reached=reached == "1", answers=answers, said=said
        )

    if done(request, form, enter, "回访已登记。") is not None:
        return redirect("visit-round", pk=visit.round_id)
    case = case_rows(actor).filter(matter_id=visit.matter_id).select_related("party", "agency").first()
    keep_access(actor=actor, kind="read", action="oversight.entry", subject=visit.matter_id)
    named = {**dict(CHOICES), **dict(CONTENT)}
    context = {
        "visit": visit, "case": case, "form": form, "may": may_enter_visit(actor, visit),
        "said": [(q.text, named.get(visit.answers.get(q.key, ""), "—")) for q in QUESTIONS] if visit.answers else [],
        "content": dict(CONTENT).get(visit.answers.get("content", ""), ""),
    }  # fmt: skip
    return render(request, "oversight/entry.html", context)


@login_required
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice to print and send: why, where to answer, the code."""
    actor = actor_of(request)
    visit = get_visible(Visit, actor, pk=pk)
    case = case_rows(actor).filter(matter_id=visit.matter_id).select_related("party", "agency").first()
    if case is None:
        raise Http404
    address = request.build_absolute_uri("/open/visit")
    keep_access(actor=actor, kind="read", action="oversight.paper", subject=visit.matter_id)
    context = {
        "visit": visit,
        "case": case,
        "code": code_of(visit),
        "address": address,
        "qr": segno.make(address, error="m").svg_data_uri(scale=4),
    }
    return render(request, "oversight/notice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def public_visit(request: HttpRequest) -> HttpResponse:
    """The party's own form. The code is typed, never in the address; a wrong one is told apart from nothing."""
    if request.method != "POST":
        return render(request, "oversight/public_visit.html", {"code_form": CodeForm()})
    if (slow_down := too_fast(request, GUESSING)) is not None:
        return slow_down
    code_form = CodeForm(request.POST)
    visit = visit_of(request.POST.get("code", "")) if code_form.is_valid() else None
    if visit is None:
        code_form.add_error(
            "code", "没有这个回访码，请对照通知再输入一次。"
        ) if code_form.is_valid() else None
        return render(request, "oversight/public_visit.html", {"code_form": code_form})
    if visit.answered_at is not None:
        return render(request, "oversight/public_visit.html", {"over": True})
    answering = request.POST.get("do") == "answer"
    form = AnswersForm(request.POST if answering else None, official=False)
    if answering and form.is_valid():
        said = form.cleaned_data.pop("said")
        try:
            # Whoever holds the paper answers as the public, also where an official's browser is logged in.
            actions.enter_visit(
                actor=ANONYMOUS, visit=visit, way=Way.WEB, reached=True, answers=form.cleaned_data, said=said
            )
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            return render(request, "oversight/public_visit.html", {"thanks": True})
    context: dict[str, Any] = {"form": form, "code": request.POST["code"]}
    return render(request, "oversight/public_visit.html", context)
