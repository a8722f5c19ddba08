"""A hearing in reconsideration is announced five working days before, and the respondent's head comes (行政复议法第五十一条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Ahead, ByCase, Clock, Decide, all_of, any_of, event, field

#: The head comes, or says why not and sends the staff concerned.
_ATTENDED = any_of(
    field("head_attended").is_true(),
    all_of(field("reasons_given").is_true(), field("staff_attended").is_true()),
)


def _notice(on: str) -> dict[str, object]:
    return step("reconsideration_hearing_notice_served", on, method="direct")


def _held(**data: Any) -> dict[str, object]:
    return step("reconsideration_hearing_held", "2026-06-24", **(data or {"head_attended": True}))


#: Five full working days lie between 15 and 24 June 2026 (19 June is a holiday).
RULE = Rule(
    id="REC-51-head-attends",
    subject=("reconsideration_hearing_held",),
    kinds=("reconsideration",),
    require=ByCase(
        _ATTENDED,
        Ahead(Clock(5, "wd"), event("reconsideration_hearing_notice_served", place="before")),
        Decide((("breached", field("head_attended").is_false()),), "breached"),
    ),
    breach_zh="复议听证通知过晚或负责人未参加",
    duty_zh="复议听证应提前五个工作日书面通知当事人；被申请人负责人应参加，不能参加的应说明理由并派工作人员参加",
    remedy_zh="请提前通知当事人；负责人不能参加的，请事先说明理由并委托有关工作人员。",
    examples=(
        Example(
            "提前五个工作日通知，负责人参加",
            "met",
            (_notice("2026-06-15"), _held()),
            "2026-07-01",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "只提前四个工作日",
            "breached",
            (_notice("2026-06-16"), _held()),
            "2026-07-01",
            CALENDAR,
            due="2026-06-15",
        ),
        Example("没有通知", "breached", (_held(),), "2026-07-01", CALENDAR, due="2026-06-15"),
        Example(
            "负责人说明理由，工作人员参加",
            "met",
            (_notice("2026-06-15"), _held(head_attended=False, reasons_given=True, staff_attended=True)),
            "2026-07-01",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "负责人没有参加，也没有说明理由",
            "breached",
            (_notice("2026-06-15"), _held(head_attended=False, reasons_given=False, staff_attended=True)),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "说明了理由，没有人参加",
            "breached",
            (_notice("2026-06-15"), _held(head_attended=False, reasons_given=True, staff_attended=False)),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "没有填报负责人是否参加",
            "unknown",
            (_notice("2026-06-15"), _held(staff_attended=True)),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "没有填报负责人是否参加，但通知过晚",
            "breached",
            (_notice("2026-06-16"), _held(staff_attended=True)),
            "2026-07-01",
            CALENDAR,
        ),
        Example("没有日历", "unknown", (_notice("2026-06-15"), _held()), "2026-07-01"),
        Example(
            "新法施行以前",
            "not_applicable",
            (step("reconsideration_hearing_held", "2023-12-20", head_attended=False),),
            "2024-02-01",
            CALENDAR,
        ),
    ),
)
