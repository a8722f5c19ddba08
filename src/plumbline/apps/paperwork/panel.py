"""The 「文书」 tab of the case page: which documents the steps taken call for, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plumbline.apps.cases.contract import entries_of, procedure_of, register_panel
from plumbline.packs.penalty.documents import TEMPLATES, DocumentTemplate
from plumbline.packs.procedures import Step
from plumbline.platform.events.log import matter_events
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person
from plumbline.vocabulary import Event

from .composing import Fact, facts_of
from .models import Document, DocumentState
from .policies import may_draft


def called_for(case: Any) -> Iterator[tuple[Step, Event, DocumentTemplate, dict[str, Any]]]:
    """Step, event, template and details for every document that the case's steps call for."""
    procedure = procedure_of(case)
    entries = entries_of(case)
    by_activity = {step.activity: step for step in procedure.steps.values()}
    for event in matter_events(case.matter_id):
        details = entries.get(event.id, {})
        step = procedure.steps.get(str(details.get("step", ""))) or by_activity.get(event.activity)
        for code in step.documents if step is not None else ():
            if code in TEMPLATES:
                yield step, event, TEMPLATES[code], details  # type: ignore[misc]


def labels_for(case: Any) -> dict[str, str]:
    people = Person.objects.exclude(certificate_number="").values_list("certificate_number", "display_name")
    return {number: f"{name}（{number}）" for number, name in people}


def compose(case: Any, step: Step, event: Event, details: dict[str, Any]) -> list[Fact]:
    party = case.party
    head = [
        {"label": "案由", "text": case.title, "gap": ""},
        {"label": "案号", "text": case.number, "gap": ""},
    ]
    if party is not None:
        head.append({"label": "当事人", "text": str(party), "gap": ""})
    return [fact for fact in head if fact["text"]] + facts_of(step, event, details, labels_for(case))


@register_panel("documents", label="文书", template="paperwork/panel.html", order=5)
def load(actor: Actor, case: Any) -> dict[str, Any]:
    kept = {
        (d.event_id, d.template): d
        for d in Document.objects.visible_to(actor).filter(matter_id=case.matter_id)
    }
    drafting = bool(may_draft(actor, case)) and case.origin == "own"
    rows = []
    for step, event, template, details in called_for(case):
        document = kept.get((event.id, template.code))
        rows.append(
            {
                "title": template.title,
                "template": template.code,
                "step": step.label,
                "on": event.on,
                "event_id": event.id,
                "document": document,
                "stale": document is not None
                and document.state == DocumentState.DRAFT
                and document.facts != compose(case, step, event, details),
                "may_draft": drafting and (document is None or document.state == DocumentState.DRAFT),
            }
        )
    return {"rows": rows, "count": len(rows), "case": case}
