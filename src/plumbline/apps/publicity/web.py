"""The publisher's worklist, and the preview of what the public will see beside what is inside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.apps.cases.contract import case_rows, public_facts
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.ui.forms import LabelledForm
from plumbline.vocabulary import load_vocabulary

from .actions import hide, publish, withdraw, withhold
from .marking import marked_public, marked_record
from .models import Publication, PublicationState
from .policies import may_hide, may_publish, publications_for
from .preparing import hidden_names


class ReasonForm(LabelledForm):
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class HideForm(LabelledForm):
    words = forms.CharField(
        label="要遮盖的文字", max_length=200, help_text="照公开文字原样填写；只能增加遮盖，不能恢复"
    )


@login_required
def worklist(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    rows = publications_for(actor)
    state = request.GET.get("state", "open")
    if state == "open":
        rows = rows.filter(state__in=[PublicationState.DUE, PublicationState.AWAITING_SECOND])
    elif state == "withdraw":
        rows = rows.filter(state=PublicationState.PUBLISHED, withdraw_due_on__isnull=False)
    elif state in PublicationState.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("due_on", "pk"), 40).get_page(request.GET.get("page"))
    return render(
        request,
        "publicity/worklist.html",
        {"page_rows": page, "state": state, "total": page.paginator.count, "today": clock.today()},
    )


@login_required
@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    row = publications_for(actor).filter(public_id=public_id).first()
    if row is None:
        raise Http404
    form = ReasonForm(request.POST if request.POST.get("do") in {"withdraw", "withhold"} else None)
    hiding = HideForm(request.POST if request.POST.get("do") == "hide" else None)
    if request.method == "POST":
        try:
            if request.POST.get("do") == "publish":
                publish(actor=actor, publication=row)
                done = (
                    "已公示。"
                    if row.state == PublicationState.PUBLISHED
                    else "已提交，须由第二人复核后公示。"
                )
            elif form.is_valid() and request.POST.get("do") == "withdraw":
                withdraw(actor=actor, publication=row, reason=form.cleaned_data["reason"])
                done = "已撤回，公开页显示撤回理由。"
            elif form.is_valid() and request.POST.get("do") == "withhold":
                withhold(actor=actor, publication=row, reason=form.cleaned_data["reason"])
                done = "已登记不予公示的理由。"
            elif hiding.is_valid() and request.POST.get("do") == "hide":
                hide(actor=actor, publication=row, words=hiding.cleaned_data["words"])
                done = "已遮盖，公开文字和指纹随之更新。"
            else:
                done = ""
        except (InputFault, Refusal) as fault:
            messages.error(request, str(fault))
        else:
            if done:
                messages.success(request, done)
                return redirect("publication", public_id=public_id)
    words = load_vocabulary().enums["penalty_kind"]
    context = {
        "row": row,
        "inside": _record_of(row) if may_publish(actor, row) else {},
        "violation": marked_public(row.violation, row.masks),
        "facts": marked_public(row.facts, row.masks),
        "case": case_rows(actor).filter(matter_id=row.matter_id).first(),
        "may": may_publish(actor, row),
        "may_hide": may_hide(actor, row) and row.state in {"due", "second", "published"},
        "form": form,
        "hiding": hiding,
        "kinds": [words.get(each, each) for each in row.kinds],
    }
    return render(request, "publicity/preview.html", context)


def _record_of(row: Publication) -> dict[str, Any]:
    """The record beside the public text, with what the public does not see marked in it."""
    inside = public_facts(row.matter_id)
    names = hidden_names(row)
    party = inside.get("party_name", "") or ""
    shown = [] if party in names else [row.party_name]
    return {
        "party_name": party,
        "party_hidden": bool(party) and party != row.party_name,
        "title": marked_record(inside.get("title", "") or "", names=names, shown=shown),
        "facts": marked_record(inside.get("facts", "") or "—", names=names, shown=shown),
    }
