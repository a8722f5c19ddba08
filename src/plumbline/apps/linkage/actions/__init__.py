"""The verbs of the linkage with police, procuratorate and supervisory commission."""

from __future__ import annotations

from .drafting import draft_of, drop_draft, save_draft
from .inquiring import ask_inquiry, decide_inquiry, end_inquiry, withdraw_inquiry
from .opening import begin_linkage
from .papers import add_paper, withdraw_paper
from .signing import sign_paper
from .taking import take_step
from .voiding import void_entry

__all__ = [
    "add_paper",
    "ask_inquiry",
    "begin_linkage",
    "decide_inquiry",
    "draft_of",
    "drop_draft",
    "end_inquiry",
    "save_draft",
    "sign_paper",
    "take_step",
    "void_entry",
    "withdraw_inquiry",
    "withdraw_paper",
]
