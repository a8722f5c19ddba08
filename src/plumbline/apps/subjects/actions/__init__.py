"""The verbs of enforcement subjects."""

from .changing import NewState, change_subject, end_subject, publish_subject, reaffirm_basis
from .concluding import confirm_round, publish_round, put_to_government, record_consent
from .reviewing import decide_rows, finish_review, leave_out, remind_agency
from .stating import StatedOfficer, StatedSubject, open_round, state_officer, state_subject, submit_entry

__all__ = [
    "NewState",
    "StatedOfficer",
    "StatedSubject",
    "change_subject",
    "confirm_round",
    "decide_rows",
    "end_subject",
    "finish_review",
    "leave_out",
    "open_round",
    "publish_round",
    "publish_subject",
    "put_to_government",
    "reaffirm_basis",
    "record_consent",
    "remind_agency",
    "state_officer",
    "state_subject",
    "submit_entry",
]
