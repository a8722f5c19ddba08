"""Pages of guiding cases inside: the register, writing one, and what its next hand does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults

from . import actions
from .checking import checked
from .desk import returned_to, waiting_for_reviewer
from .forms import CaseForm, ReasonForm, ReviewForm, initial_of
from .models import PARTS, GuidingCase, State
from .policies import (
    REVIEWING,
    may_draft,
    may_publish_guidance,
    may_review,
    may_revise,
    may_take_back,
    may_withdraw_guidance,
)
from .prefilling import first_draft, source_called


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = GuidingCase.objects.visible_to(actor).select_related("agency", "source")
    waiting = waiting_for_reviewer(actor) if actor.can(REVIEWING) else returned_to(actor)
    state = request.GET.get("state") or ("waiting" if waiting.exists() else "published")
    if state == "waiting":
        rows = waiting
    elif state in State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    context = {
        "page_rows": page,
        "total": page.paginator.count,
        "state": state,
        "states": [("waiting", "待我办理"), *State.choices],
        "may": may_draft(actor, actor.agency_code),
    }
    return render(request, "guidance/cases.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin one, from a published decision when its address was given."""
    actor = actor_of(request)
    may = may_draft(actor, actor.agency_code)
    source = source_called(actor, request.GET.get("source", ""))
    form = CaseForm(request.POST or None, initial=first_draft(source) if source else {})
    if request.method == "POST" and form.is_valid():
        made = _written(request, form, lambda source, content: actions.draft(
            actor=actor, agency=actor.agency_code, content=content, source=source
        ))  # fmt: skip
        if made is not None:
            return redirect("guiding-case", pk=made.pk)
    return render(request, "guidance/write.html", {"form": form, "may": may})


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    case = _case(actor, pk)
    form = CaseForm(request.POST or None, initial=initial_of(case))
    form.fields["source"].disabled = True
    form.fields["source"].help_text = "来源决定不能改；选错了的，不再推荐，另起草一件"
    if request.method == "POST" and form.is_valid():
        made = _written(
            request, form, lambda _, content: actions.revise(actor=actor, case=case, content=content)
        )
        if made is not None:
            return redirect("guiding-case", pk=pk)
    context = {"form": form, "may": may_revise(actor, case), "case": case}
    return render(request, "guidance/write.html", context)


def _written(
    request: HttpRequest, form: CaseForm, act: Callable[[Any, actions.Content], GuidingCase]
) -> GuidingCase | None:
    """Keep what was written; what is wrong stands at its field."""
    named = form.cleaned_data["source"]
    source = source_called(actor_of(request), named) if named and not form.fields["source"].disabled else None
    if named and source is None and not form.fields["source"].disabled:
        form.add_error("source", "本平台没有这份公示中的处罚决定，或者不是本机关的。请核对文号或者公开网址。")
        return None
    try:
        made = act(source, form.content())
    except InputFault as fault:
        put_faults(form, fault)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已保存。")
        return made
    return None


def _case(actor: Actor, pk: int) -> GuidingCase:
    return get_visible(GuidingCase, actor, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One case with its next action."""
    actor = actor_of(request)
    case = _case(actor, pk)
    do = request.POST.get("do", "")
    reviewing = ReviewForm(request.POST if do in {"pass", "return"} else None)
    reasoning = ReasonForm(request.POST if do in {"withdraw", "keep"} else None)
    faults: dict[str, str] = {}
    found = checked(case) if case.state not in {State.WITHDRAWN, State.DROPPED} else None
    if found is None or not found.doubtful:
        del reviewing.fields["weighed"]
    if request.method == "POST":
        try:
            done = _done(actor, case, do, reviewing, reasoning)
        except InputFault as fault:
            faults = fault.faults
            if do != "submit":
                put_faults(reviewing if do in {"pass", "return"} else reasoning, fault)
        except Refusal as refused:
            messages.error(request, str(refused))
        else:
            if done:
                messages.success(request, done)
                return redirect("guiding-case", pk=pk)
    context = {
        "case": case,
        "parts": [(key, label, getattr(case, key)) for key, label in PARTS.items() if key != "title"],
        "checked": found,
        "faults": faults if do == "submit" else {},
        "reviewing": reviewing,
        "reasoning": reasoning,
        "do": do,
        "may_revise": may_revise(actor, case),
        "may_take_back": may_take_back(actor, case),
        "may_review": may_review(actor, case),
        "may_publish": may_publish_guidance(actor, case),
        "may_withdraw": may_withdraw_guidance(actor, case),
    }
    return render(request, "guidance/case.html", context)


def _done(actor: Actor, case: GuidingCase, do: str, reviewing: Form, reasoning: Form) -> str:
    """Carry out what was asked and say so; empty when something is missing in its form."""
    if do in {"pass", "return"}:
        if not reviewing.is_valid():
            return ""
        actions.review(actor=actor, case=case, passes=do == "pass", **reviewing.cleaned_data)
        return "已审核通过，可以发布。" if do == "pass" else "已退回推荐机关。"
    if do in {"withdraw", "keep"}:
        if not reasoning.is_valid():
            return ""
        act = actions.withdraw_guidance if do == "withdraw" else actions.keep_published
        act(actor=actor, case=case, **reasoning.cleaned_data)
        return (
            "已撤回，公开页只显示撤回理由。" if do == "withdraw" else "已登记继续保留，公开页不再写来源决定。"
        )
    steps: dict[str, tuple[Callable[..., GuidingCase], str]] = {
        "submit": (actions.submit, "已送区司法局审核。"),
        "take_back": (actions.take_back, "已取回，可以继续修改。"),
        "drop": (actions.drop, "已不再推荐。"),
        "publish": (actions.publish_guidance, ""),
    }
    if do not in steps:
        return ""
    act, said = steps[do]
    made = act(actor=actor, case=case)
    return said or f"已发布为{made.name}，公众现在可以看到。"
