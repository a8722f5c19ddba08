"""The verbs of supervision: triage of alerts, and the life of instruments. None of them writes to a case."""

from .answering import mark_read, object_to, reply
from .issuing import established, issue, issue_decision
from .reviewing import (
    accept,
    answer_objection,
    challenge_is_open,
    escalate,
    refuse,
    remind,
    stop_for_challenge,
)
from .triage import accept_explanation, answer_question, ask, mark_false_alarm

__all__ = [
    "accept",
    "accept_explanation",
    "answer_objection",
    "answer_question",
    "ask",
    "challenge_is_open",
    "escalate",
    "established",
    "issue",
    "issue_decision",
    "mark_false_alarm",
    "mark_read",
    "object_to",
    "refuse",
    "remind",
    "reply",
    "stop_for_challenge",
]
