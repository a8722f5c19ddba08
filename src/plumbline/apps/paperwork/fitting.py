"""Fitting a document to its case: the facts it would have now, and which of those it has are no longer so."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.contract import case_behind
from plumbline.packs.penalty.documents import FACTS, TEMPLATES, Fact

from .assembling import Change, Used, assembled, changes
from .models import Document, DocumentState
from .rendering import needed_facts
from .sources import CaseFacts

# Sources that go on while a case goes on, without anything having been wrong.
MOVING = ("people", "evidence", "documents", "clock", "number", "day", "notice", "payment")


def kind_of(document: Document) -> str:
    """The contract's kind of the matter that a document belongs to; a paper of another app says it itself."""
    case = case_behind(document.matter_id)
    return case.kind if case is not None else "penalty"


def current_facts(document: Document, case: Any, *, known: CaseFacts | None = None) -> list[Used]:
    """The facts a document would be made of today."""
    facts = known or CaseFacts(case)
    own = facts.event(document.event_id) if document.event_id else None
    return assembled(facts, needed_facts(document), own=own, entries=document.entries)


def stale_facts(document: Document, *, known: CaseFacts | None = None) -> list[Change]:
    """The facts that have changed since the document used them. A document of another app has its own facts."""
    if document.template not in TEMPLATES or not any("hash" in used for used in document.facts):
        return []
    if known is None:
        case = case_behind(document.matter_id)
        if case is None:
            return []
        known = CaseFacts(case)
    found = changes(document.facts, current_facts(document, known.case, known=known))
    if document.state == DocumentState.DRAFT:
        return found
    # What was so on its day stays right in a signed document: only a fact put right afterwards makes it doubtful.
    settled = {used["label"] for used in document.facts if not used.get("typed", True)}
    return [
        change
        for change in found
        if change.name in settled and change.now and not _moves_on(FACTS[change.name])
    ]


def _moves_on(fact: Fact) -> bool:
    return any(source.partition(":")[0] in MOVING for source in fact.sources)
