"""Everything that writes to questions and to the answers that all may read."""

from __future__ import annotations

from .answering import answer, ask_back, hand_on
from .asking import ask, ask_on, confirm, supply, withdraw
from .sharing import share, unshare

__all__ = [
    "answer",
    "ask",
    "ask_back",
    "ask_on",
    "confirm",
    "hand_on",
    "share",
    "supply",
    "unshare",
    "withdraw",
]
