"""What agencies always show: the board inside, and the public's pages of agencies, procedures and remedies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.forms import LabelledForm, dress

from .disclosing import (
    WRITTEN,
    board,
    data,
    disclose,
    procedures,
    remedies,
    stages,
    written_of,
    written_topics,
)
from .disclosing_during import after_board, during, during_board, expected
from .models import Disclosure
from .policies import may_disclose

BOX, GAP, TOP = 64, 28, 8  # of the flow chart, in its own units


class GuideForm(LabelledForm):
    text = forms.CharField(max_length=8000, widget=forms.Textarea(attrs={"rows": 14}))

    def __init__(self, *args: Any, topic: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = written_topics()[topic]
        self.fields["text"].label, self.fields["text"].help_text = about["label"], about["hint"]
        dress(self.fields["text"])


def _agencies() -> list[Agency]:
    return list(Agency.objects.filter(enforces=True))


@login_required
@require_safe
def disclosures(request: HttpRequest) -> HttpResponse:
    """Agencies by topics, before, during and after enforcement: what is there, what is missing, since when."""
    when = request.GET.get("when", "before")
    if when in {"during", "after"}:
        return _counted(request, when)
    agencies = _agencies()
    found = board(agencies)
    rows = [(agency, found[agency.code]) for agency in agencies]
    missing = sum(not each.is_there for _, shown in rows for each in shown)
    context = {
        "rows": rows,
        "topics": [about["label"] for about in data()["topics"].values()],
        "missing": missing,
        "basis": data()["basis"],
        "today": clock.today(),
        "when": "before",
    }
    return render(request, "publicity/disclosures.html", context)


def _counted(request: HttpRequest, when: str) -> HttpResponse:
    """What was kept during and after enforcement, of the agencies whose cases the reader may see."""
    agencies = _within(actor_of(request))
    found = during_board(agencies) if when == "during" else after_board(agencies)
    rows = [(agency, found[agency.code]) for agency in agencies]
    context = {
        "rows": rows,
        "topics": [each.label for each in rows[0][1]] if rows else [],
        "missing": sum(
            not (each.is_there or each.none or each.by_person) for _, shown in rows for each in shown
        ),
        "basis": data()["during"]["basis"] if when == "during" else "国办发〔2018〕118号（六）",
        "today": clock.today(),
        "when": when,
    }
    return render(request, "publicity/disclosures_counted.html", context)


def _within(actor: Actor) -> list[Agency]:
    reach = actor.reach("publicity.publish", "supervision.supervise", "cases.view")
    return [agency for agency in _agencies() if reach is None or agency.code in reach]


@login_required
@require_http_methods(["GET", "POST"])
def disclosure(request: HttpRequest, code: str) -> HttpResponse:
    """One agency's board, and its guide to write."""
    actor = actor_of(request)
    agency = get_object_or_404(Agency, code=code, enforces=True)
    topic = request.POST.get("topic") or request.GET.get("topic") or WRITTEN
    if topic not in written_topics():
        raise Http404
    guide = written_of(code, topic)
    may = may_disclose(actor, code)
    form = GuideForm(request.POST or None, initial={"text": guide.text if guide else ""}, topic=topic)
    if request.method == "POST" and form.is_valid():
        try:
            disclose(actor=actor, agency=code, topic=topic, **form.cleaned_data)
        except InputFault as fault:
            form.add_error("text", fault.faults["text"])
        except Refusal as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "已公布，公开页随之更新。")
            return redirect(f"{reverse('disclosure', args=[code])}?topic={topic}")
    context = {
        "agency": agency,
        "shown": board([agency])[code],
        "kept": during_board([agency])[code] if agency in _within(actor) else [],
        "topic": topic,
        "topics": [(key, about["label"]) for key, about in written_topics().items()],
        "guide": guide,
        "earlier": Disclosure.objects.filter(agency_id=code, topic=topic).exclude(replaced_on=None)[:20],
        "form": form,
        "may": may,
    }
    return render(request, "publicity/disclosure.html", context)


@require_safe
def open_disclosures(request: HttpRequest) -> HttpResponse:
    return render(
        request, "publicity/open_agencies.html", {"agencies": _agencies(), "basis": data()["basis"]}
    )


@require_safe
def open_disclosure(request: HttpRequest, code: str) -> HttpResponse:
    """Everything an agency always shows, on one page that prints."""
    agency = Agency.objects.filter(code=code, enforces=True).first()
    if agency is None:
        raise Http404
    context = {
        "agency": agency,
        "shown": board([agency])[code],
        "guide": written_of(code),
        "during": [(label, says, limits) for label, limits, says in expected()],
        "during_basis": data()["during"]["basis"],
        "written": [
            (about["label"], text.text, text.published_on)
            for key, about in during().items()
            if about.get("written") and (text := written_of(code, key))
        ],
        "today": clock.today(),
    }
    return render(request, "publicity/open_agency.html", context)


@require_safe
def open_procedures(request: HttpRequest) -> HttpResponse:
    return render(request, "publicity/open_procedures.html", {"procedures": procedures()})


@require_safe
def open_procedure(request: HttpRequest, key: str) -> HttpResponse:
    """A procedure as a flow chart and, in the same words, as a list."""
    found = next((each for each in procedures() if each.key == key), None)
    if found is None:
        raise Http404
    made = stages(found)
    boxes: list[dict[str, Any]] = [
        {"stage": each, "y": TOP + at * (BOX + GAP), "last": at == len(made) - 1}
        for at, each in enumerate(made)
    ]
    context = {
        "procedure": found,
        "stages": made,
        "boxes": boxes,
        "height": TOP * 2 + len(made) * BOX + (len(made) - 1) * GAP,
        "box": BOX,
        "gap": GAP,
    }
    return render(request, "publicity/open_procedure.html", context)


@require_safe
def open_remedies(request: HttpRequest) -> HttpResponse:
    return render(request, "publicity/open_remedies.html", {"remedies": remedies()})
