"""An application handed in at the agency goes on to the reconsideration organ in five working days (行政复议法第三十二条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock, Stop, Within, event

from ..handed_in import handed_in_and


def _handed_in(on: str = "2026-06-01", decision_kind: str = "on_spot", **data: Any) -> dict[str, object]:
    return step(
        "reconsideration_application_handed_in",
        on,
        decision_kind=decision_kind,
        **(data or {"intent": "uphold"}),
    )


def _forwarded(on: str) -> dict[str, object]:
    return step("application_forwarded", on)


#: The fifth working day after 1 June 2026 is 8 June.
RULE = Rule(
    id="REC-32-forward-5wd",
    subject=("reconsideration_application_handed_in",),
    kinds=("reconsideration",),
    when=handed_in_and("uphold"),
    require=Within(Clock(5, "wd"), (Stop(event("application_forwarded", place="after")),)),
    breach_zh="复议申请逾期未转送",
    duty_zh="当事人向处罚机关提交复议申请，机关认为处罚应予维持的，应在五个工作日内转送复议机关",
    remedy_zh="请立即把复议申请和有关材料转送复议机关，并告知申请人。",
    examples=(
        Example(
            "第五个工作日转送",
            "met",
            (_handed_in(), _forwarded("2026-06-08")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "第六个工作日转送",
            "breached",
            (_handed_in(), _forwarded("2026-06-09")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example("届满日尚未转送", "pending", (_handed_in(),), "2026-06-08", CALENDAR, due="2026-06-08"),
        Example("届满后仍未转送", "breached", (_handed_in(),), "2026-06-09", CALENDAR, due="2026-06-08"),
        Example(
            "监控设备记录的违法",
            "breached",
            (_handed_in(decision_kind="e_monitoring"),),
            "2026-06-09",
            CALENDAR,
            due="2026-06-08",
        ),
        Example("没有填报机关的意见", "unknown", (_handed_in(x_note="待研究"),), "2026-06-20", CALENDAR),
        Example("没有日历且晚于五日", "unknown", (_handed_in(), _forwarded("2026-06-08")), "2026-06-20"),
        Example(
            "认为应当自行纠正", "not_applicable", (_handed_in(intent="self_correct"),), "2026-06-20", CALENDAR
        ),
        Example(
            "其他处罚决定", "not_applicable", (_handed_in(decision_kind="other"),), "2026-06-20", CALENDAR
        ),
    ),
)
