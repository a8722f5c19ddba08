"""A legality review is given at least seven working days (重大行政决策程序暂行条例第二十六条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Check, date_after_working, field, on

_EARLIEST = date_after_working(on(), 7)


def _sent(respond_by: str | None, on: str = "2026-06-11") -> tuple[dict[str, object], ...]:
    data: dict[str, Any] = {} if respond_by is None else {"respond_by": respond_by}
    return (step("legality_review_requested", on, **data),)


#: The seventh working day after 11 June 2026 is 23 June (19 June is a holiday).
RULE = Rule(
    id="MAD-26-review-7wd",
    subject=("legality_review_requested",),
    kinds=("major_policy_decision",),
    require=Check(field("respond_by").ge(_EARLIEST), due=_EARLIEST),
    breach_zh="合法性审查时间不足",
    duty_zh="送请合法性审查，留给审查的时间一般不少于七个工作日",
    remedy_zh="请延后要求完成审查的日期。",
    examples=(
        Example("要求第七个工作日完成", "met", _sent("2026-06-23"), "2026-07-01", CALENDAR, due="2026-06-23"),
        Example(
            "要求第六个工作日完成", "breached", _sent("2026-06-22"), "2026-07-01", CALENDAR, due="2026-06-23"
        ),
        Example("没有填报完成日", "unknown", _sent(None), "2026-07-01", CALENDAR, due="2026-06-23"),
        Example("没有日历", "unknown", _sent("2026-06-23"), "2026-07-01"),
        Example("条例施行以前", "not_applicable", _sent("2019-09-01", "2019-08-30"), "2026-07-01", CALENDAR),
    ),
)
