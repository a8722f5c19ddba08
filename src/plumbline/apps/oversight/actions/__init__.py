"""The verbs of plans and their measures, of follow-up visits, and of reports to the government."""

from .amending import change_plan, release_member
from .contents import choose_points
from .measures import answer_measure, correct_measure, find, take_measure
from .plans import (
    add_member,
    approve_plan,
    close_plan,
    draft_plan,
    drop_plan,
    list_plan,
    raise_plan,
    receive_task,
    report_plan,
)
from .reports import draft_report, sign_report
from .visits import draw_round, enter_visit, open_round

__all__ = [
    "add_member",
    "answer_measure",
    "approve_plan",
    "change_plan",
    "choose_points",
    "close_plan",
    "correct_measure",
    "draft_plan",
    "draft_report",
    "draw_round",
    "drop_plan",
    "enter_visit",
    "find",
    "list_plan",
    "open_round",
    "raise_plan",
    "receive_task",
    "release_member",
    "report_plan",
    "sign_report",
    "take_measure",
]
