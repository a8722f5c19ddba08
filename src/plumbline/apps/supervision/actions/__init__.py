"""The verbs of supervision: triage of alerts, and the life of instruments. None of them writes to a case."""

from .answer_days import enter_answer_day
from .answering import mark_read, object_to, reply
from .extending import ask_extension, decide_extension
from .issuing import bar_to_issuing, established, issue, issue_decision
from .joining import bar_to_leaving, join_alert, leave_alert, open_join
from .lead_import import import_leads, read_list
from .leads import (
    answer_source,
    assess_lead,
    assign_lead,
    dismiss_lead,
    feed_back_lead,
    merge_lead,
    part_lead,
    refer_lead,
    register_lead,
    verify_lead,
)
from .merging import bar_to_merging, merge_alert, part_alert
from .records import issue_record
from .results import publish_summary, use_result, withdraw_summary
from .reviewing import (
    accept,
    answer_objection,
    decline,
    escalate,
    refuse,
    remind,
)
from .setting import change_setting
from .stopping import challenge_is_open, reopen_after_challenge, stop_for_challenge
from .triage import accept_explanation, answer_question, ask, mark_false_alarm

__all__ = [
    "accept",
    "accept_explanation",
    "answer_objection",
    "answer_question",
    "answer_source",
    "ask",
    "ask_extension",
    "assess_lead",
    "assign_lead",
    "bar_to_issuing",
    "bar_to_leaving",
    "bar_to_merging",
    "challenge_is_open",
    "change_setting",
    "decide_extension",
    "decline",
    "dismiss_lead",
    "enter_answer_day",
    "escalate",
    "established",
    "feed_back_lead",
    "import_leads",
    "issue",
    "issue_decision",
    "issue_record",
    "join_alert",
    "leave_alert",
    "mark_false_alarm",
    "mark_read",
    "merge_alert",
    "merge_lead",
    "object_to",
    "open_join",
    "part_alert",
    "part_lead",
    "publish_summary",
    "read_list",
    "refer_lead",
    "refuse",
    "register_lead",
    "remind",
    "reopen_after_challenge",
    "reply",
    "stop_for_challenge",
    "use_result",
    "verify_lead",
    "withdraw_summary",
]
