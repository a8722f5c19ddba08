"""What the rules would say of the decision that the case is heading for: the check before sending (送前核对).

The decision is composed from what the case states today and evaluated with the very rules that will guard it. Facts
that nobody has stated stay unstated, so a rule that needs them answers ``unknown`` and the page says what is missing.
"""

from __future__ import annotations

from typing import Any

from plumbline.law import statutory_calendar
from plumbline.platform import clock
from plumbline.platform.events.log import contract_form
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.rules import Verdict, evaluate
from plumbline.vocabulary import Event, Matter

from .composing import put, step_data
from .fills import filled
from .models import RequestState
from .reading import CaseFile

PROSPECT = "prospect"


def proposed_decision(file: CaseFile) -> dict[str, Any] | None:
    """The decision as far as the case and its latest draft state it.

    None before filing, after a decision, and in another procedure.
    """
    step = file.procedure.steps.get("decision_made")
    if step is None or not file.happened("case_filed") or file.happened("decision_made"):
        return None
    data = step_data(step, file, {"outcome": "penalty"}, clock.today())
    for ask in step.asks:
        value = filled(file, ask.fill) if ask.fill and not ask.is_detail else None
        if value not in (None, "") and ask.path != "outcome":
            put(data, ask.path, _benchmark(value) if ask.kind == "benchmark" else value)
    latest = (r for r in file.requests if r.step == "decision_made" and r.state != RequestState.APPROVED)
    written = next(latest, None)
    if written is not None:
        data |= written.data
    if "penalty" not in data:
        data["penalty"] = {"kinds": []}
    return data


def _benchmark(chosen: str) -> dict[str, str] | None:
    """The benchmark as the form names it, in the contract's form; none is stated as none."""
    benchmark, _, step = chosen.partition("|")
    return {"benchmark": benchmark, "step": step} if step else None


def prospects(file: CaseFile) -> list[Verdict]:
    """Verdicts of the gate rules on the decision to come, as of now."""
    data = proposed_decision(file)
    if data is None or file.matter is None:
        return []
    registers, calendar = file.registers, statutory_calendar()
    moment = clock.now()
    document = contract_form(
        event_id=PROSPECT,
        matter=file.case.matter_id,
        kind="penalty",
        activity="decision_made",
        occurred_at=moment,
        agency=file.case.agency_id,
        data=data,
        recorded_at=moment,
    )
    event = Event.from_json(document, max(e.order for e in file.events) + 1)
    rules = list(rule_book().gates("decision_made"))
    matter = Matter.of([*file.events, event], moment)
    found = evaluate(rules, matter, registers=registers, calendar=calendar, as_of=moment, **file.reach)
    return [verdict for verdict in found if verdict.subject == PROSPECT]
