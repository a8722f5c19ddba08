"""The verbs of reconsideration and litigation."""

from __future__ import annotations

from .drafting import drop_draft, save_draft
from .opening import register_challenge
from .papers import add_paper, withdraw_paper
from .signing import sign_paper
from .taking import take_step
from .voiding import correct_particulars, void_entry

__all__ = [
    "add_paper",
    "correct_particulars",
    "drop_draft",
    "register_challenge",
    "save_draft",
    "sign_paper",
    "take_step",
    "void_entry",
    "withdraw_paper",
]
