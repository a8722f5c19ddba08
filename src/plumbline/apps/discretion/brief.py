"""The calculation beside a proposal: on the pages of its approval and its legal review, and the button of the case."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases import contract as cases
from plumbline.platform.identity.actor import Actor

from .actions import latest
from .gathering import ORGANIZATION, PERSON
from .similar import similar_to


@cases.register_brief(
    "discretion",
    label="裁量",
    template="discretion/brief.html",
    steps=("decision_made", "benchmark_deviation_approved", "legal_review_passed"),
)
def beside(actor: Actor, case: Any) -> dict[str, Any] | None:
    """How the amount was arrived at and where it stands among past decisions; nothing when nobody has reckoned."""
    kept = latest(case)
    if kept is None:
        return None
    natural = case.party is not None and case.party.kind == PERSON
    return {
        "kept": kept,
        "url": f"/cases/{case.matter_id}/discretion",
        "similar": similar_to(
            actor,
            item=kept.item,
            party_kind=PERSON if natural else ORGANIZATION,
            step=kept.step,
            own=kept.fine,
            but=case.matter_id,
        )
        if kept.outcome == "penalty"
        else None,
    }


@cases.register_link("discretion", label="裁量计算")
def button(actor: Actor, case: Any) -> str:
    penal = case.kind == "penalty" and case.origin == "own"
    return f"/cases/{case.matter_id}/discretion" if penal and case.item_code else ""
