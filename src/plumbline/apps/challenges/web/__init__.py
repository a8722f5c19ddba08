"""Pages of reconsideration and litigation."""

from __future__ import annotations

from .listing import export, figures, index
from .papers import add_file, document, open_file, withdraw
from .registering import choose, register
from .showing import correct, show, step, void

__all__ = [
    "add_file",
    "choose",
    "correct",
    "document",
    "export",
    "figures",
    "index",
    "open_file",
    "register",
    "show",
    "step",
    "void",
    "withdraw",
]
