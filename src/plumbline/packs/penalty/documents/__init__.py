"""The documents of a penalty case (D01 to D46) and of supervision (J01 to J10), of volunteers (Y01), and the facts they name."""

from __future__ import annotations

from plumbline.packs.documents import DocumentTemplate

from . import (
    afterwards,
    decision,
    facts_of_steps,
    investigation,
    measures,
    opening,
    review,
    supervision,
    volunteers,
)
from .facts import COMMON, Fact

__all__ = ["FACTS", "INSTRUMENTS", "TEMPLATES", "DocumentTemplate", "Fact"]

TEMPLATES: dict[str, DocumentTemplate] = {
    each.code: each
    for each in (
        *opening.DOCUMENTS,
        *investigation.DOCUMENTS,
        *measures.DOCUMENTS,
        *review.DOCUMENTS,
        *decision.DOCUMENTS,
        *afterwards.DOCUMENTS,
    )
}

INSTRUMENTS: dict[str, DocumentTemplate] = {
    each.code: each for each in (*supervision.DOCUMENTS, *volunteers.DOCUMENTS)
}

FACTS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        *COMMON,
        *facts_of_steps.OPENING,
        *facts_of_steps.INVESTIGATION,
        *facts_of_steps.MEASURES,
        *facts_of_steps.REVIEW,
        *facts_of_steps.NOTICE,
        *facts_of_steps.DECISION,
        *facts_of_steps.AFTERWARDS,
        *supervision.FACTS,
    )
}
