"""An act ordered to be done anew is done, and done differently, within sixty days (行政复议法实施条例第五十八条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock, Stop, Within, all_of, event, exists, field, it, not_

_THE_SAME = event("new_act_made", place="after", where=it("same_act_same_facts").is_true())


def _received(on: str = "2026-07-06", **data: Any) -> dict[str, object]:
    return step(
        "reconsideration_decision_received", on, **(data or {"orders_redo": True, "redo_days_by_law": None})
    )


def _anew(on: str, **data: Any) -> dict[str, object]:
    return step("new_act_made", on, **(data or {"same_act_same_facts": False}))


#: The sixtieth day after 6 July 2026 is 4 September, after 28 July Saturday 26 September (a holiday; 28 September works).
RULE = Rule(
    id="RECR-58-redo-60d",
    subject=("reconsideration_decision_received",),
    kinds=("reconsideration",),
    when=all_of(field("orders_redo").is_true(), field("redo_days_by_law").eq(None)),
    require=Within(
        Clock(60, "cd"), (Stop(event("new_act_made", place="after")),), also=not_(exists(_THE_SAME))
    ),
    breach_zh="未按复议决定重新作出行为",
    duty_zh="复议决定责令重新作出行政行为、法律又没有规定期限的，应在六十日内重作，且不得以同样的事实和理由作出同样的行为",
    remedy_zh="请按复议决定重新调查、认定，尽快作出新的行政行为。",
    examples=(
        Example(
            "第六十日重作",
            "met",
            (_received(), _anew("2026-09-04")),
            "2026-10-15",
            CALENDAR,
            due="2026-09-04",
        ),
        Example(
            "第六十一日重作",
            "breached",
            (_received(), _anew("2026-09-05")),
            "2026-10-15",
            CALENDAR,
            due="2026-09-04",
        ),
        Example(
            "末日为假日，顺延",
            "met",
            (_received("2026-07-28"), _anew("2026-09-28")),
            "2026-10-15",
            CALENDAR,
            due="2026-09-28",
        ),
        Example(
            "顺延之后才重作",
            "breached",
            (_received("2026-07-28"), _anew("2026-09-29")),
            "2026-10-15",
            CALENDAR,
            due="2026-09-28",
        ),
        Example("届满日尚未重作", "pending", (_received(),), "2026-09-04", CALENDAR, due="2026-09-04"),
        Example("届满后仍未重作", "breached", (_received(),), "2026-09-05", CALENDAR, due="2026-09-04"),
        Example(
            "以同样的事实和理由作出同样的行为",
            "breached",
            (_received(), _anew("2026-08-03", same_act_same_facts=True)),
            "2026-10-15",
            CALENDAR,
        ),
        Example(
            "没有填报是否同样",
            "unknown",
            (_received(), _anew("2026-08-03", x_note="已重作")),
            "2026-10-15",
            CALENDAR,
        ),
        Example("没有填报法定重作期限", "unknown", (_received(orders_redo=True),), "2026-10-15", CALENDAR),
        Example(
            "法律另有重作期限",
            "not_applicable",
            (_received(orders_redo=True, redo_days_by_law=30),),
            "2026-10-15",
            CALENDAR,
        ),
        Example("没有责令重作", "not_applicable", (_received(orders_redo=False),), "2026-10-15", CALENDAR),
        Example(
            "条例修订施行以前",
            "not_applicable",
            (_received("2026-06-30", orders_redo=True, redo_days_by_law=None),),
            "2026-10-15",
            CALENDAR,
        ),
    ),
)
