"""The legal reviewer's page: checks from the rules on one side, the opinion on the other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.ui.acting import actor_of

from ..actions import take_step
from ..approval_queries import phrases_of
from ..briefs import briefs_for
from ..forms import StepForm
from ..models import StepEntry
from ..page import CasePage
from ..policies import may_take
from ..wording import lines_of
from .answering import case_of

PASSES = ("主体适格、事实清楚、证据充分、依据正确、程序合法、裁量适当，同意。",)
RETURNS = ("事实不清，请补充证据后再报。", "裁量理由不充分，请说明后再报。")


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The reviewer's page; passing with something open needs its written reason."""
    actor, case = actor_of(request), case_of(request, matter_id)
    page = CasePage(actor, case)
    steps = page.file.procedure.steps
    passing, returning = (
        steps.get("legal_review_passed"),
        steps.get("legal_review_returned"),
    )
    if passing is None or returning is None or not page.own:
        raise Http404
    chosen = returning if "return" in request.POST else passing
    form = StepForm(request.POST or None, step=chosen, file=page.file)
    if request.method == "POST" and form.is_valid():
        data, details, occurred = form.taken()
        open_items = page.gaps
        if chosen is passing and open_items and len(details.get("opinion", "")) < 10:
            form.add_error(
                "x__opinion",
                f"还有 {len(open_items)} 处不符合或缺少事实。通过的，须逐项写明理由。",
            )
        else:
            try:
                take_step(
                    actor=actor,
                    case=case,
                    step=chosen.key,
                    data=data,
                    details=details,
                    occurred_at=occurred,
                )
                messages.success(request, f"已登记“{chosen.label}”。")
                return redirect(f"/cases/{matter_id}")
            except InputFault as fault:
                form.add_faults(fault)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
    note = StepEntry.objects.filter(case=case, step="legal_review_submitted").order_by("-pk").first()
    sections = _headings(page)
    judged = [line for _, lines in sections for line in lines]
    notice = steps.get("penalty_notice_served")
    told = page.file.last("penalty_notice_served")
    context: dict[str, Any] = {
        "page": page,
        "case": case,
        "form": form,
        "note": note,
        "now": clock.now(),
        "attention": [c for c in judged if c.word not in {"符合", "未到期"}],
        "met": sum(c.word == "符合" for c in judged),
        "proposed": lines_of(notice, {"proposed": told.data.get("proposed")}, {}, page.names)
        if notice is not None and told is not None
        else [],
        "power": page.file.power_item(page.today),
        "allowed": may_take(actor, case, passing),
        "button": page.button(passing),
        "sections": sections,
        "briefs": briefs_for(actor, case, passing.key),
        "phrases": [*(PASSES if not page.gaps else ()), *phrases_of(actor), *RETURNS],
        "entries": StepEntry.objects.filter(case=case).order_by("pk"),
    }
    return render(request, "cases/review.html", context)


HEADINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("主体", ("APL-17", "APL-38", "APL-20", "APL-24")),
    ("权限", ("APL-36", "APL-29", "APL-30", "APL-37")),
    ("事实和证据", ("APL-40", "APL-41", "APL-46", "APL-42")),
    ("依据", ("APL-16", "APL-76")),
    (
        "程序",
        (
            "APL-44",
            "APL-45",
            "APL-62",
            "APL-63",
            "APL-64",
            "APL-65",
            "APL-57",
            "APL-58",
            "APL-59",
            "APL-56",
        ),
    ),
    ("裁量", ("D27",)),
)


def _headings(page: CasePage) -> list[tuple[str, list[Any]]]:
    """The checks under the seven headings of a legal review; what fits none stands under 其他."""
    # That the review is still to come is no finding of the review.
    left = [
        c
        for c in (*page.ahead_checks, *page.past_checks)
        if c.word != "不适用" and not (c.ahead and c.rule == "APL-58-legal-review")
    ]
    found: list[tuple[str, list[Any]]] = []
    for title, starts in HEADINGS:
        mine = [c for c in left if c.rule.startswith(starts)]
        left = [c for c in left if c not in mine]
        found.append((title, mine))
    found.append(("其他", left))
    return found
