"""Everything that writes to transfers, requests and disputes between agencies."""

from __future__ import annotations

from .answering import answer, check_feedback, postpone, refuse, sign_for, withdraw
from .asking import request
from .disputing import apply_for_coordination, open_dispute, record_talk, take_position
from .ending import accept_transfer, return_transfer, take_back_transfer
from .sending import send_transfer
from .setting import end_parameter, set_parameter
from .settling import decide, give_opinion, report_to_government
from .talking import consult, remind, say

__all__ = [
    "accept_transfer",
    "answer",
    "apply_for_coordination",
    "check_feedback",
    "consult",
    "decide",
    "end_parameter",
    "give_opinion",
    "open_dispute",
    "postpone",
    "record_talk",
    "refuse",
    "remind",
    "report_to_government",
    "request",
    "return_transfer",
    "say",
    "send_transfer",
    "set_parameter",
    "sign_for",
    "take_back_transfer",
    "take_position",
    "withdraw",
]
