"""Which stages of a penalty have to leave a record, and which acts the law wants in sound and picture.

Stages and activities are those of 行政处罚法第四十七条 as the rule ``APL-47-whole-process`` reads them; the demands name rows of the
register of rules, which hold law, article and dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

STAGES: Mapping[str, tuple[str, ...]] = {
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


@dataclass(frozen=True)
class Demand:
    """``rule`` wants ``activity`` recorded: ``full`` throughout, ``as_needed`` where text alone does not tell it."""

    rule: str
    activity: str
    stage: str
    extent: Literal["full", "as_needed"]
    where: Mapping[str, str] = field(default_factory=dict)


DEMANDS: tuple[Demand, ...] = (
    Demand("T118-8-full-av", "sealed", "evidence", "full"),
    Demand("T118-8-full-av", "seized", "evidence", "full"),
    Demand("T118-8-full-av", "execution_done", "execution", "full", {"object": "structure"}),
    Demand("T118-8-av-as-needed", "record_made", "evidence", "as_needed", {"record": "onsite"}),
    Demand("T118-8-av-as-needed", "evidence_collected", "evidence", "as_needed", {"source": "officers"}),
    Demand("T118-8-av-as-needed", "hearing_held", "review", "as_needed"),
    Demand("T118-8-av-as-needed", "decision_served", "service", "as_needed", {"method": "lien"}),
    Demand("T118-8-av-as-needed", "announcement_service_started", "service", "as_needed"),
)
