"""Everything that writes to normative documents."""

from __future__ import annotations

from .answering import answer_notice, register_notice
from .cleaning import close_cleanup, decide_cleanup_item, open_cleanup
from .commenting import answer_comment, comment_on_draft
from .deciding import publish_catalogue, publish_policy
from .drafting import begin_document, change_basis, confirm_basis, declare_anew
from .planning import drop_plan_item, plan_document
from .publishing import publish_document
from .taking import take_step, void_step
from .texts import keep_paper, keep_text, withdraw_paper

__all__ = [
    "answer_comment",
    "answer_notice",
    "begin_document",
    "change_basis",
    "close_cleanup",
    "comment_on_draft",
    "confirm_basis",
    "decide_cleanup_item",
    "declare_anew",
    "drop_plan_item",
    "keep_paper",
    "keep_text",
    "open_cleanup",
    "plan_document",
    "publish_catalogue",
    "publish_document",
    "publish_policy",
    "register_notice",
    "take_step",
    "void_step",
    "withdraw_paper",
]
