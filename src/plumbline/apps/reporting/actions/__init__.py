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
from .duty import (
    begin_duty_correction,
    open_duty,
    publish_duty,
    remind_duty,
    sign_duty,
    submit_duty,
    write_duty,
)
from .settings import change_setting
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
    "begin_duty_correction",
    "change_setting",
    "compile_reports",
    "enter_figure",
    "explain_difference",
    "open_duty",
    "open_report",
    "publish_duty",
    "publish_report",
    "remind",
    "remind_duty",
    "review_special",
    "sign_duty",
    "sign_report",
    "state_source",
    "submit_duty",
    "submit_report",
    "submit_special",
    "write_district",
    "write_duty",
    "write_special",
    "write_text",
]
