"""The clocks of a complaint as the rules see them: the terms of the regulation on petitions, once there are verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plumbline.lawbook import rule_facts
from plumbline.platform.verdicts.models import StoredVerdict

from .models import Complaint, State

TERMS = {"LV-23-petition-15d": "告知", "LV-34-petition-60d": "办结"}


@dataclass(frozen=True)
class Term:
    """One clock: what has to be done by when, whether it is open, and on which article."""

    label: str
    due_on: date | None
    verdict: str
    article: str
    unit: str

    @property
    def is_open(self) -> bool:
        return self.verdict in {"pending", "breached"}


def terms_of(complaint: Complaint) -> list[Term]:
    rows = StoredVerdict.objects.unscoped("反映人和办理人看期限").filter(
        matter_id=complaint.matter_id, rule__in=TERMS
    )
    facts = rule_facts()
    return [
        Term(
            TERMS[row.rule],
            row.due_on,
            row.verdict,
            f"{facts[row.rule].law}{facts[row.rule].article}",
            row.unit,
        )
        for row in rows.order_by("due_on")
        if row.verdict != "not_applicable"
    ]


#: What an open complaint waits for, by its state. A telling that was late stays breached after it was done.
NEXT = {State.RECEIVED: "LV-23-petition-15d", State.ACCEPTED: "LV-34-petition-60d"}


def due_by_matter(complaints: Iterable[Complaint]) -> dict[str, StoredVerdict]:
    """The clock of what each open complaint waits for, running or run out."""
    waits = {each.matter_id: NEXT[State(each.state)] for each in complaints if each.state in NEXT}
    rows = StoredVerdict.objects.unscoped("投诉举报的期限").filter(
        matter_id__in=list(waits), rule__in=TERMS, verdict__in=["pending", "breached"]
    )
    return {row.matter_id: row for row in rows if row.rule == waits[row.matter_id]}
