"""A revision: begun, its rows changed, sent to review, returned or approved, published."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.lists import remembering
from plumbline.platform.lists.comparing import cells_of
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults

from .. import actions
from ..actions.drafting import base_of
from ..forms import ReasonForm, RowForm, SubmitForm, TextForm
from ..models import Revision, State
from ..policies import may_comment, may_draft, may_keep, may_review
from ..queries import STATE_TAGS
from ..versions import changes_of, counted, open_revision, published
from .asking import agency_of, list_of, number_of, say

CHANGES = 100


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a revision: why."""
    register, actor = list_of(key), actor_of(request)
    agency = agency_of(request, register)
    may_keep(actor, agency.code).demand()
    if (under_way := open_revision(key, agency.code)) is not None:
        return redirect("register-revision", pk=under_way.pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revision = actions.start_revision(
                actor=actor, register=key, agency=agency.code, reason=form.cleaned_data["reason"]
            )
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            return redirect("register-revision", pk=revision.pk)
    return render(request, "registers/begin.html", {"register": register, "agency": agency, "form": form})


@login_required
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    """What a revision changes, where it stands, what was said, and what may be done next."""
    current = _seen(request, pk)
    return render(request, "registers/revision.html", _context(request, current))


def _seen(request: HttpRequest, pk: int) -> Revision:
    return get_visible(Revision, actor_of(request), pk=pk)


def _context(request: HttpRequest, current: Revision, **forms: Any) -> dict[str, Any]:
    register, actor = list_of(current.register), actor_of(request)
    drafts = current.is_editable and bool(may_draft(actor, current))
    words = request.GET.get("q", "").strip()[:60]
    start = number_of(request, "after")
    with remembering():
        changes = changes_of(current)
        shown = [(each, cells_of(register, each)) for each in changes[start : start + CHANGES]]
        present: list[tuple[str, str]] = []
        if drafts:
            drafted = {each.key for each in changes}
            base = base_of(current, register)
            matching = (
                (key, register.label_of(values))
                for key, values in base.items()
                if key not in drafted
                and (not words or any(words in column.show(values) for column in register.columns))
            )
            present = list(islice(matching, 20))
            forms.setdefault("base", len(base))
    reviews, notes = may_review(actor, current), list(current.notes.all())
    versions = published(current.register, current.agency_id)
    return {
        "register": register,
        "revision": current,
        "tag": STATE_TAGS[State(current.state)],
        "changes": shown,
        "total": len(changes),
        "next": str(start + CHANGES) if len(changes) > start + CHANGES else "",
        "counts": counted(changes),
        "present": present,
        "words": words,
        "notes": notes,
        "returned": next((each for each in reversed(notes) if each.step == "returned"), None)
        if current.state == State.RETURNED
        else None,
        "drafts": drafts,
        "may_draft": bool(may_draft(actor, current)),
        "may_comment": bool(may_comment(actor, current)) and current.is_open,
        "reviews": reviews,
        "review_asked": current.state in {State.SUBMITTED, State.APPROVED} and actor.can("registers.review"),
        "latest": versions[0].number if versions else 0,
        "today": clock.today(),
        "submit_form": SubmitForm(initial={"effective_on": current.effective_on or clock.today()}),
        "text_form": TextForm(),
        **forms,
    }


@login_required
@require_http_methods(["GET", "POST"])
def edit_row(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a row to the draft, or change one."""
    current, actor = _seen(request, pk), actor_of(request)
    if not current.is_editable or not may_draft(actor, current):
        raise Http404
    register = list_of(current.register)
    key = (request.GET.get("key") or "")[:300]
    with remembering():
        values = _values(current, key)
        if key and values is None:
            raise Http404
        form = RowForm(request.POST or None, register=register, values=values, fixed=bool(key))
        if request.method == "POST":
            try:
                changed = actions.change_row(actor=actor, revision=current, key=key, texts=form.texts())
            except (InputFault, Refusal) as fault:
                form.is_valid()
                form.errors.clear()
                put_faults(form, fault)
            else:
                said = (
                    f"已放入草稿：{changed.key}（{changed.get_kind_display()}）。"
                    if changed
                    else "内容没有变化，草稿里不列这一行。"
                )
                messages.success(request, said)
                return redirect("register-revision", pk=current.pk)
        context = {"register": register, "revision": current, "form": form, "key": key}
        return render(request, "registers/edit_row.html", context)


def _values(current: Revision, key: str) -> Any:
    if not key:
        return None
    drafted = current.rows.filter(key=key).first()
    if drafted is not None:
        return drafted.after or drafted.before
    return base_of(current, list_of(current.register)).get(key)


@login_required
@require_POST
def row_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """End a row in the draft, or take its change out again."""
    current = _seen(request, pk)
    act = {"end": actions.end_row, "drop": actions.drop_change}.get(step)
    if act is None:
        raise Http404
    try:
        act(actor=actor_of(request), revision=current, key=request.POST.get("key", "")[:300])
    except (InputFault, Refusal) as fault:
        say(request, fault)
    return redirect("register-revision", pk=pk)


STEPS: dict[str, tuple[Callable[..., Any], str, str]] = {
    # step: action, argument that the text goes into, what is said afterwards
    "return": (actions.return_revision, "reason", "已退回，起草人会在待办里看到。"),
    "approve": (actions.approve_revision, "opinion", "审核通过，等待公布。"),
    "publish": (actions.publish_revision, "", "已公布。"),
    "withdraw": (actions.withdraw_revision, "reason", "已撤销这次修订，清单没有变化。"),
    "comment": (actions.comment_on, "text", "意见已登记。"),
}


@login_required
@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of the revision's life."""
    current, actor = _seen(request, pk), actor_of(request)
    if step == "submit":
        return _submit(request, current)
    if step not in STEPS:
        raise Http404
    act, argument, said = STEPS[step]
    given = {argument: request.POST.get("text", "")} if argument else {}
    try:
        act(actor=actor, revision=current, **given)
    except (InputFault, Refusal) as fault:
        say(request, fault)
    else:
        messages.success(request, said)
    return redirect("register-revision", pk=pk)


def _submit(request: HttpRequest, current: Revision) -> HttpResponse:
    form = SubmitForm(request.POST)
    if form.is_valid():
        try:
            actions.submit_revision(
                actor=actor_of(request), revision=current, effective_on=form.cleaned_data["effective_on"]
            )
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, "已送区司法局审核。")
            return redirect("register-revision", pk=current.pk)
    return render(
        request, "registers/revision.html", _context(request, current, submit_form=form), status=400
    )
