"""What a step's form already knows: no fact is typed twice. Each fill is a named fact of the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plumbline.platform import clock
from plumbline.vocabulary import load_vocabulary

from .composing import get
from .models import StepEntry
from .reading import CaseFile
from .surcharge import proposed
from .told import told_by_paper

Fill = Callable[[CaseFile], Any]


def filled(file: CaseFile, name: str) -> Any:
    """The value of a fill, or None when the case does not know it. ``a|b`` is b where a is not known."""
    for each in name.split("|"):
        found = FILLS.get(each)
        value = found(file) if found else None
        if value is not None:
            return value
    return None


def register_fill(name: str) -> Callable[[Fill], Fill]:
    """Register a fact that another app knows of a case (the discretion's amount), to prefill forms with."""

    def keep(fill: Fill) -> Fill:
        FILLS[name] = fill
        return fill

    return keep


def detail(file: CaseFile, step: str, name: str) -> str:
    """A detail kept beside the latest entry of a step."""
    entry = StepEntry.objects.filter(case=file.case, step=step).order_by("-pk").first()
    return str(entry.details.get(name, "")) if entry else ""


def _notice_states(file: CaseFile) -> list[str]:
    """The parts that every notice states; the hearing right is ticked by hand where it is due."""
    return [part for part in load_vocabulary().enums["notice_part"] if part != "right_to_hearing"]


def _found_facts(file: CaseFile) -> str:
    return detail(file, "investigation_ended", "facts") or file.case.summary


def _basis_text(file: CaseFile) -> str:
    row = file.power_item(clock.today())
    return "；".join(f"《{b['law']}》{b['article']}" for b in row["basis"]) if row else ""


def _proposed(file: CaseFile, part: str) -> Any:
    return get(file.value("penalty_notice_served", "proposed", {}) or {}, part)


def _verified_evidence(file: CaseFile) -> list[str]:
    """Evidence found true and lawfully obtained; the last check of each item counts."""
    checked = {
        event.data["evidence"]: bool(event.data.get("verified")) and bool(event.data.get("lawful"))
        for event in file.all("evidence_verified")
    }
    return [evidence for evidence, good in checked.items() if good]


STAGES: dict[str, tuple[str, ...]] = {
    "start": ("case_filed",),
    "evidence": ("record_made", "evidence_collected", "evidence_preregistered"),
    "review": (
        "legal_review_passed",
        "legal_review_returned",
        "collective_discussion_recorded",
    ),
    "decision": ("decision_made",),
    "service": ("decision_served",),
    "execution": (
        "fine_paid",
        "fine_collected_on_spot",
        "execution_done",
        "substitute_performance_done",
        "court_application_filed",
    ),
}


def _stages(file: CaseFile) -> list[str]:
    """The stages that took place (行政处罚法第四十七条)."""
    return [stage for stage, activities in STAGES.items() if file.happened(*activities)]


def _opinion_note(file: CaseFile) -> str:
    return detail(file, "investigation_ended", "opinion")


def _test_result(file: CaseFile) -> str:
    return detail(file, "test_ended", "result")


def _surcharge_through(file: CaseFile) -> Any:
    found = proposed(file)
    return found.through if found else None


def _surcharge_amount(file: CaseFile) -> Any:
    found = proposed(file)
    return found.amount if found else None


FILLS: dict[str, Fill] = {
    "item": lambda file: file.attribute("item") or file.case.item_code,
    "domain": lambda file: file.attribute("domain") or file.case.domain,
    "violation.ended_on": lambda file: get(file.attribute("violation") or {}, "ended_on"),
    "violation.discovered_on": lambda file: get(file.attribute("violation") or {}, "discovered_on"),
    "violation.harm": lambda file: get(file.attribute("violation") or {}, "harm"),
    "violation.life_health_or_finance": lambda file: get(
        file.attribute("violation") or {}, "life_health_or_finance"
    ),
    "place": lambda file: file.case.place,
    "notice_states": _notice_states,
    "found_facts": _found_facts,
    "basis_text": _basis_text,
    "review_note": _opinion_note,
    "outcome": lambda file: "penalty" if file.happened("penalty_notice_served") else None,
    "proposed.kinds": lambda file: _proposed(file, "kinds"),
    "proposed.fine": lambda file: _proposed(file, "fine"),
    "proposed.confiscation": lambda file: _proposed(file, "confiscation"),
    "evidence": _verified_evidence,
    "document_states": lambda file: list(load_vocabulary().enums["document_part"]),
    "reconsideration_told": lambda file: told_by_paper(file.case.procedure, file.case.agency_id),
    "fine_open": lambda file: max(0, file.fine_imposed - file.fine_paid) or None,
    "stages": _stages,
    "test_result": _test_result,
    "agency_address": lambda file: file.case.agency.name,
    "surcharge_through": _surcharge_through,
    "surcharge_amount": _surcharge_amount,
}
