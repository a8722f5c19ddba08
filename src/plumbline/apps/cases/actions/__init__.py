"""The verbs of casework. Nothing else writes to a case."""

from .changing import correct_party, void_event
from .deciding import decide_request, withdraw_request
from .opening import NewParty, Violation, open_case
from .spot import SpotPenalty, penalise_on_spot
from .taking import drop_draft, record_step, save_draft, submit_step, take_step

__all__ = [
    "NewParty",
    "SpotPenalty",
    "Violation",
    "correct_party",
    "decide_request",
    "drop_draft",
    "open_case",
    "penalise_on_spot",
    "record_step",
    "save_draft",
    "submit_step",
    "take_step",
    "void_event",
    "withdraw_request",
]
