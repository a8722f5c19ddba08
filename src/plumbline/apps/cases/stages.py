"""The stage of a case for lists and filters: what its events say it is in."""

from __future__ import annotations

from .models import Stage
from .reading import CaseFile

# The first of these that has happened gives the stage; a table over events, not a transition table.
LATEST: tuple[tuple[str, Stage], ...] = (
    ("file_archived", Stage.ARCHIVED),
    ("case_closed", Stage.CLOSED),
    ("decision_served", Stage.SERVED),
    ("announcement_service_ended", Stage.SERVED),
    ("decision_made", Stage.DECIDED),
    ("investigation_terminated", Stage.TERMINATED),
    ("case_transferred", Stage.TRANSFERRED),
    ("case_not_filed", Stage.NOT_FILED),
)
ENDINGS = ("investigation_terminated", "case_transferred", "case_not_filed")


def stage_of(file: CaseFile) -> Stage:
    """The stage that the case's events say it is in."""
    for activity, stage in LATEST:
        if file.happened(activity):
            return stage
    if file.kind == "compulsion":
        return Stage.COMPELLING
    if file.case.merged_into_id is not None:
        return Stage.MERGED
    if file.decision_undone:
        return Stage.REVOKED
    if file.happened("collective_discussion_recorded"):
        return Stage.DISCUSSION
    if file.happened("legal_review_submitted"):
        return Stage.REVIEW
    if file.happened("hearing_requested") and not waived(file, "hearing"):
        return Stage.REVIEW if file.happened("hearing_ended") else Stage.HEARING
    if file.happened("penalty_notice_served"):
        return Stage.NOTICE
    if file.happened("case_filed"):
        return Stage.FILED
    return Stage.CLUE


def waived(file: CaseFile, right: str) -> bool:
    return any(right in (event.data.get("waives") or ()) for event in file.all("statement_waived"))
