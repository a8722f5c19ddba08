"""The verbs of casework. Nothing else writes to a case."""

from .approving import (
    ask_opinion,
    ask_return,
    drop_opinion,
    give_opinion,
    open_request,
    remind_request,
    send_back,
    transfer_request,
)
from .changing import correct_party, void_event
from .commenting import Remark, drop_phrase, keep_phrase, resolve_comments
from .compelling import Compelled, open_compulsion
from .countersigns import end_countersign, set_countersign
from .deciding import decide_request, withdraw_request
from .opening import NewParty, Violation, open_case
from .spot import SpotPenalty, penalise_on_spot
from .taking import drop_draft, record_step, save_draft, submit_step, take_step

__all__ = [
    "Compelled",
    "NewParty",
    "Remark",
    "SpotPenalty",
    "Violation",
    "ask_opinion",
    "ask_return",
    "correct_party",
    "decide_request",
    "drop_draft",
    "drop_opinion",
    "drop_phrase",
    "end_countersign",
    "give_opinion",
    "keep_phrase",
    "open_case",
    "open_compulsion",
    "open_request",
    "penalise_on_spot",
    "record_step",
    "remind_request",
    "resolve_comments",
    "save_draft",
    "send_back",
    "set_countersign",
    "submit_step",
    "take_step",
    "transfer_request",
    "void_event",
    "withdraw_request",
]
