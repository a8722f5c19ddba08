"""Everything that is written of a programme, by who does it."""

from .directing import record_directive
from .opening import change_deadline, open_programme, revise_programme
from .papers import issue_paper, keep_paper
from .reporting import name_responsible, report_progress, review_progress
from .settling import record_merit, settle_conflict, withdraw_merit
from .staging import (
    keep_self_check,
    prove_rectification,
    record_acceptance,
    review_self_check,
    submit_self_check,
    verify_rectification,
)
from .taking import apply_plan, upload_plan

__all__ = [
    "apply_plan", "change_deadline", "issue_paper", "keep_paper", "keep_self_check", "name_responsible", "open_programme",
    "prove_rectification", "record_acceptance", "record_directive", "record_merit", "report_progress", "review_progress", "review_self_check",
    "revise_programme", "settle_conflict", "submit_self_check", "upload_plan", "verify_rectification", "withdraw_merit",
]  # fmt: skip
