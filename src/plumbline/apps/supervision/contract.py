"""What other apps may use of supervision: to declare a kind of finding, to say what was found, and to bring a lead.

An app whose register holds a fact that no rule reads declares a ``FindingKind`` and calls ``keep_findings`` whenever the register
or the matters change. An app that hears something from people (a complaint, a visit, an article, a letter) calls
``take_in_lead`` in its own action and, to learn the outcome, registers a listener with ``on_fed_back(source)``. What becomes of a
finding or a lead is supervision's alone.
"""

from __future__ import annotations

from .findings import Finding, FindingKind, FindingLine, declare_finding, keep_findings
from .lead_models import Lead, LeadState, Source
from .origins import Origin, record_origin
from .outside import SentClue, clue_answered, clue_received, sent_clue
from .queries import history as record_of
from .raising import near_limit
from .reaching import instruments_of, leads_of, open_instruments
from .settings import value_of as own_setting
from .taking_in import Answered, lead_of, on_fed_back, take_in_lead
from .voided_sources import void_source

__all__ = [
    "Answered",
    "Finding",
    "FindingKind",
    "FindingLine",
    "Lead",
    "LeadState",
    "Origin",
    "SentClue",
    "Source",
    "clue_answered",
    "clue_received",
    "declare_finding",
    "instruments_of",
    "keep_findings",
    "lead_of",
    "leads_of",
    "near_limit",
    "on_fed_back",
    "open_instruments",
    "own_setting",
    "record_of",
    "record_origin",
    "sent_clue",
    "take_in_lead",
    "void_source",
]
