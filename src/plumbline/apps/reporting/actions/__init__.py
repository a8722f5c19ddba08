"""The verbs of annual and special reports."""

from .annual import (
    begin_correction,
    enter_figure,
    explain_difference,
    open_report,
    publish_report,
    remind,
    sign_report,
    state_source,
    submit_report,
    write_text,
)
from .special import (
    ask_for_reports,
    compile_reports,
    review_special,
    submit_special,
    write_district,
    write_special,
)

__all__ = [
    "ask_for_reports",
    "begin_correction",
    "compile_reports",
    "enter_figure",
    "explain_difference",
    "open_report",
    "publish_report",
    "remind",
    "review_special",
    "sign_report",
    "state_source",
    "submit_report",
    "submit_special",
    "write_district",
    "write_special",
    "write_text",
]
