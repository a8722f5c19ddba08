"""The 「文书」 tab of the case page: which documents the steps taken call for, which were added, where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plumbline.apps.cases.contract import register_panel
from plumbline.packs.penalty.documents import TEMPLATES, DocumentTemplate
from plumbline.platform.identity.actor import Actor
from plumbline.vocabulary import Event

from .fitting import stale_facts
from .models import Document, DocumentState
from .policies import may_draft
from .sources import CaseFacts


def called_for(case: Any, facts: CaseFacts | None = None) -> Iterator[tuple[str, Event, DocumentTemplate]]:
    """Step's label, event and template for every document that the case's steps and activities call for."""
    known = facts or CaseFacts(case)
    for event in known.events:
        step = known.step_of(event)
        codes = (*(step.documents if step is not None else ()), *_BY_ACTIVITY.get(event.activity, ()))
        for code in dict.fromkeys(codes):
            template = TEMPLATES.get(code)
            if template is not None and template.applies_to(event.data):
                yield step.label if step else known.label_of(event), event, template


_BY_ACTIVITY: dict[str, list[str]] = {}
for _each in TEMPLATES.values():
    for _activity in _each.called_by:
        _BY_ACTIVITY.setdefault(_activity, []).append(_each.code)


@register_panel("documents", label="文书", template="paperwork/panel.html", order=5)
def load(actor: Actor, case: Any) -> dict[str, Any]:
    facts = CaseFacts(case)
    papers = list(
        Document.objects.visible_to(actor)
        .filter(matter_id=case.matter_id)
        .select_related("layout")
        .defer("html")
    )
    kept = {(each.event_id, each.template): each for each in papers}
    drafting = bool(may_draft(actor, case)) and case.origin == "own"
    rows = []
    for label, event, template in called_for(case, facts):
        document = kept.pop((event.id, template.code), None)
        rows.append(
            _row(facts, document, drafting)
            | {
                "title": template.title,
                "template": template.code,
                "step": label,
                "on": event.on,
                "event_id": event.id,
                "stage": template.stage,
                "numbered": bool(template.mark),
            }
        )
    chosen = {each.pk for each in kept.values()}
    for document in papers:
        if document.pk in chosen:
            known = TEMPLATES.get(document.template)
            rows.append(
                _row(facts, document, drafting)
                | {
                    "title": document.title,
                    "template": document.template,
                    "step": "手工添加",
                    "on": document.drafted_at,
                    "event_id": document.event_id,
                    "stage": known.stage if known else 99,
                    "numbered": bool(template and template.mark),
                }
            )
    return {"rows": rows, "count": len(rows), "case": case, "may_add": drafting}


def _row(facts: CaseFacts, document: Document | None, drafting: bool) -> dict[str, Any]:
    changed = stale_facts(document, known=facts) if document is not None else []
    draft = document is not None and document.state == DocumentState.DRAFT
    return {
        "document": document,
        "number": document.number if document is not None else "",
        "changed": "、".join(each.name for each in changed),
        "gaps": sum(1 for used in document.facts if used.get("gap")) if draft and document else 0,
        "may_draft": drafting and (document is None or draft),
    }
