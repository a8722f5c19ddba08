"""What can be done: recruiting, appointing, inviting, recording, learning, taking in what media report, rating."""

from .appointing import appoint, commend, declare_conflicts, dismiss, link_account, renew
from .inviting import answer_invitation, cancel_activity, draw_volunteers, plan_activity
from .media import register_media_lead
from .rating import print_slip, rate
from .recruiting import (
    apply,
    clear_declined,
    decide_application,
    end_recruitment,
    publish_recruitment,
    withdraw,
)
from .training import mark_attended, mark_read, publish_training
from .visiting import give_feedback, record_visit

__all__ = [
    "answer_invitation",
    "apply",
    "appoint",
    "cancel_activity",
    "clear_declined",
    "commend",
    "decide_application",
    "declare_conflicts",
    "dismiss",
    "draw_volunteers",
    "end_recruitment",
    "give_feedback",
    "link_account",
    "mark_attended",
    "mark_read",
    "plan_activity",
    "print_slip",
    "publish_recruitment",
    "publish_training",
    "rate",
    "record_visit",
    "register_media_lead",
    "renew",
    "withdraw",
]
