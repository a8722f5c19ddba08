"""The verbs of supervision: triage of alerts, and the life of instruments. None of them writes to a case."""

from .answering import mark_read, object_to, reply
from .extending import ask_extension, decide_extension
from .issuing import bar_to_issuing, established, issue, issue_decision
from .reviewing import (
    accept,
    answer_objection,
    escalate,
    refuse,
    remind,
)
from .stopping import challenge_is_open, reopen_after_challenge, stop_for_challenge
from .triage import accept_explanation, answer_question, ask, mark_false_alarm

__all__ = [
    "accept",
    "accept_explanation",
    "answer_objection",
    "answer_question",
    "ask",
    "ask_extension",
    "bar_to_issuing",
    "challenge_is_open",
    "decide_extension",
    "escalate",
    "established",
    "issue",
    "issue_decision",
    "mark_false_alarm",
    "mark_read",
    "object_to",
    "refuse",
    "remind",
    "reopen_after_challenge",
    "reply",
    "stop_for_challenge",
]
