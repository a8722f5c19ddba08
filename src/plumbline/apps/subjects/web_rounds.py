"""Pages of a clean-up round: opening, progress, an agency's own part, the review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plumbline.platform import clock
from plumbline.platform.actions import Decision, InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.components import Figure, Tag

from . import actions
from .actions.reviewing import Ruling, rows_of
from .actions.stating import lacking
from .forms import LeaveOutForm, RoundForm, RowForm, StepForm, bases_text, posts_text
from .models import ENTRY_ZH, STAGE_ZH, CleanupEntry, CleanupRound, Kind, Standing, SubjectRow
from .policies import (
    may_confirm,
    may_keep_subjects,
    may_press,
    may_publish,
    may_record_consent,
    may_review,
    may_state,
    may_submit,
)

ENTRY_TAGS = {
    "open": Tag(ENTRY_ZH["open"], "gry"),
    "late": Tag(ENTRY_ZH["late"], "red"),
    "submitted": Tag(ENTRY_ZH["submitted"], "blu"),
    "returned": Tag(ENTRY_ZH["returned"], "amb"),
    "reviewed": Tag(ENTRY_ZH["reviewed"], "grn"),
    "left_out": Tag(ENTRY_ZH["left_out"], "gry", "–"),
}
DECIDED = {
    "": Tag("待审核", "gry"),
    "passed": Tag("合格", "grn"),
    "returned": Tag("退回补正", "amb"),
    "unqualified": Tag("不合格", "red"),
}
Policy = Callable[[Actor, CleanupRound], Decision]
#: What a round waits for at each stage: the step, its button, who may, and whether it takes a day and a paper.
STEPS: dict[str, tuple[str, str, Policy, bool]] = {
    "collecting": ("confirm", "确认主体和人员资格", may_confirm, False),
    "confirmed": ("submit", "登记提请区政府", may_submit, True),
    "submitted": ("consent", "登记区政府同意", may_record_consent, True),
    "consented": ("publish", "公布名录", may_publish, False),
}


@login_required
@require_http_methods(["GET", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    may_keep_subjects(actor).demand()
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_round(actor=actor, **form.cleaned_data)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, f"已启动，{len(form.cleaned_data['agencies'])} 个机关收到报送任务。")
            return redirect("round", pk=made.pk)
    return render(request, "subjects/round_new.html", {"form": form}, status=422 if form.errors else 200)


def _visible_round(actor: Actor, pk: int) -> CleanupRound:
    """A round is seen by the district's keepers, the government, and the agencies that take part."""
    row = get_object_or_404(CleanupRound, pk=pk)
    if not CleanupEntry.objects.visible_to(actor).filter(round=row).exists():
        raise Http404
    return row


@login_required
@require_http_methods(["GET", "POST"])
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Progress: who is behind, and the step the round waits for."""
    actor, today = actor_of(request), clock.today()
    row = _visible_round(actor, pk)
    step = STEPS.get(row.stage)
    form = StepForm(request.POST if request.method == "POST" and step and step[3] else None)
    if request.method == "POST" and step is not None and (not step[3] or form.is_valid()):
        try:
            _take(actor, row, step[0], form.cleaned_data if step[3] else {})
        except InputFault as fault:
            put_faults(form, fault)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("round", pk=pk)
        else:
            row.refresh_from_db()
            messages.success(request, f"已登记。本次清理现在是“{STAGE_ZH[row.stage]}”。")
            return redirect("round", pk=pk)
    entries = list(CleanupEntry.objects.visible_to(actor).filter(round=row).select_related("agency", "round"))
    states = [(entry, entry.state_on(today)) for entry in entries]
    count = Counter(state for _, state in states)
    wanted = request.GET.get("state", "")
    context = {
        "here": "rounds",
        "row": row,
        "stage": STAGE_ZH[row.stage],
        "figures": [
            Figure(ENTRY_ZH[state], str(count[state]), f"?state={state}", "个", "red" if state == "late" and count[state] else "")
            for state in ("late", "open", "returned", "submitted", "reviewed", "left_out")
            if count[state] or state in {"late", "submitted", "reviewed"}
        ],
        "rows": [
            (entry, ENTRY_TAGS[state], bool(may_press(actor, entry)), bool(may_review(actor, entry)))
            for entry, state in states
            if not wanted or state == wanted
        ],
        "step": step,
        **_behind(row, count),
        "may": step[2](actor, row) if step else None,
        "form": form,
        "subjects": row.subjects.order_by("name") if row.stage != "collecting" else [],
        "trail": _trail(row),
        "filtered": bool(wanted),
    }  # fmt: skip
    return render(request, "subjects/round.html", context, status=422 if form.errors else 200)


def _behind(row: CleanupRound, count: Counter[str]) -> dict[str, int]:
    """What keeps a round from its confirmation: agencies to review, agencies that have not handed in."""
    if row.stage != "collecting":
        return {}
    to_hand_in = count["open"] + count["late"] + count["returned"]
    return {
        "to_review": count["submitted"],
        "to_hand_in": to_hand_in,
        "behind": count["submitted"] + to_hand_in,
    }


def _trail(row: CleanupRound) -> list[tuple[str, Any, str]]:
    return [
        ("启动", row.opened_on, row.opened_label),
        ("报送期限", row.due_on, ""),
        ("确认", row.confirmed_on, ""),
        ("提请区政府", row.submitted_on, row.submitted_number),
        ("区政府同意", row.consented_on, row.consent_number),
        ("公布", row.published_on, ""),
    ]


def _take(actor: Actor, row: CleanupRound, step: str, typed: dict[str, Any]) -> None:
    if step == "confirm":
        actions.confirm_round(actor=actor, cleanup=row)
    elif step == "submit":
        actions.put_to_government(actor=actor, cleanup=row, **typed)
    elif step == "consent":
        actions.record_consent(actor=actor, cleanup=row, **typed)
    else:
        actions.publish_round(actor=actor, cleanup=row)


@login_required
@require_safe
def entry_page(request: HttpRequest, pk: int) -> HttpResponse:
    """An agency's part: its own keeper fills in and hands in, the bureau reviews, everybody concerned reads."""
    return _entry(request, get_visible(CleanupEntry, actor_of(request), pk=pk))


def _entry(request: HttpRequest, row: CleanupEntry, faults: dict[str, str] | None = None) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    subjects = list(row.subject_rows.all())
    officers = list(
        row.officer_rows.select_related("certificate").prefetch_related("certificate__suspensions")
    )
    typed = request.POST
    context = {
        "here": "rounds",
        "row": row,
        "tag": ENTRY_TAGS[row.state_on(today)],
        "subjects": [
            (each, DECIDED[each.decision], typed.get(f"d-s{each.pk}", each.decision)) for each in subjects
        ],
        "officers": [
            (
                each,
                DECIDED[each.decision],
                each.certificate.state_on(today),
                typed.get(f"d-o{each.pk}", each.decision),
            )
            for each in officers
        ],
        "standings": Standing.choices,
        "titles": sorted({post["title"] for each in subjects for post in each.posts}),
        "may_state": may_state(actor, row),
        "may_review": may_review(actor, row),
        "lacks": lacking(row) if may_state(actor, row) else [],
        "undecided": sum(not each.decision for each in [*subjects, *officers]),
        "faults": (faults or {}).values(),
    }
    return render(request, "subjects/entry.html", context, status=422 if faults else 200)


@login_required
@require_http_methods(["GET", "POST"])
def row_edit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Filling in one subject; ``number`` 0 adds an entrusted organisation."""
    actor = actor_of(request)
    entry = get_visible(CleanupEntry, actor, pk=pk)
    allowed = may_state(actor, entry)
    if not allowed:
        raise Refusal(allowed.reason, next_step=allowed.next_step)
    row = get_object_or_404(SubjectRow, entry=entry, pk=number) if number else None
    entrusted = row is None or row.code != entry.agency_id
    first = (
        {name: getattr(row, name) for name in ("kind", "name", "scope", "area", "responsible", "phone",
            "entrusted_powers", "entrusted_from", "entrusted_to")}
        | {"bases": bases_text(row.bases), "posts": posts_text(row.posts)}
        if row
        else {}
    )  # fmt: skip
    form = RowForm(request.POST or None, initial=first, known=row is not None, entrusted=entrusted)
    if request.method == "POST" and form.is_valid():
        typed = {"code": row.code if row else "", "kind": Kind.ENTRUSTED, **form.cleaned_data}
        try:
            actions.state_subject(actor=actor, entry=entry, stated=actions.StatedSubject(**typed))
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, f"{typed['name']}的数据已保存。")
            return redirect("cleanup-entry", pk=pk)
    context = {"form": form, "entry": entry, "row": row}
    return render(request, "subjects/row.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def entry_state(request: HttpRequest, pk: int) -> HttpResponse:
    """The agency's officers in one go, and handing in."""
    actor = actor_of(request)
    entry = get_visible(CleanupEntry, actor, pk=pk)
    stated = {
        row.pk: actions.StatedOfficer(
            request.POST.get(f"standing-{row.pk}", row.standing),
            request.POST.get(f"post-{row.pk}", row.post),
            request.POST.get(f"note-{row.pk}", row.note),
        )
        for row in entry.officer_rows.all()
    }
    try:
        if request.POST.get("do") == "submit":
            actions.submit_entry(actor=actor, entry=entry)
            messages.success(request, "已报送，等待区司法局审核。")
        else:
            changed = actions.state_officer(actor=actor, entry=entry, stated=stated)
            messages.success(request, f"已保存，{changed} 人有改动。")
    except InputFault as fault:
        return _entry(request, entry, fault.faults)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("cleanup-entry", pk=pk)


@login_required
@require_POST
def entry_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Decisions row by row, the rest at once, and the end of the review."""
    actor = actor_of(request)
    entry = get_visible(CleanupEntry, actor, pk=pk)
    rulings = {
        key: Ruling(request.POST.get(f"d-{key}", ""), request.POST.get(f"r-{key}", ""))
        for key in rows_of(entry)
        if f"d-{key}" in request.POST
    }
    try:
        if request.POST.get("do") == "finish":
            done = actions.finish_review(actor=actor, entry=entry)
            messages.success(request, "审核完成。" if done else "有退回的行，已退回该机关补正。")
            return redirect("round", pk=entry.round_id)
        rest = "passed" if request.POST.get("do") == "rest" else ""
        changed = actions.decide_rows(actor=actor, entry=entry, rulings=rulings, rest=rest)
        messages.success(request, f"已保存 {changed} 行结论。")
    except InputFault as fault:
        return _entry(request, entry, fault.faults)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("cleanup-entry", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def entry_press(request: HttpRequest, pk: int) -> HttpResponse:
    """Reminding an agency that is behind, or going on without it."""
    actor = actor_of(request)
    entry = get_visible(CleanupEntry, actor, pk=pk)
    may_press(actor, entry).demand()
    leaving = request.POST.get("do") == "leave_out"
    form = LeaveOutForm(request.POST if leaving else None)
    if request.method == "POST":
        try:
            if not leaving:
                actions.remind_agency(actor=actor, entry=entry)
                messages.success(request, f"已催报{entry.agency.short_name}。")
                return redirect("round", pk=entry.round_id)
            if form.is_valid():
                actions.leave_out(actor=actor, entry=entry, **form.cleaned_data)
                messages.success(request, f"{entry.agency.short_name}不列入本次，理由已记录。")
                return redirect("round", pk=entry.round_id)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
    return render(
        request, "subjects/press.html", {"form": form, "entry": entry}, status=422 if form.errors else 200
    )
