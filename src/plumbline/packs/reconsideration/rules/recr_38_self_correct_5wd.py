"""An agency that finds its penalty wrong corrects it in five working days, and says so (行政复议法实施条例第三十八条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock, Stop, Within, all_of, any_of, event, exists, it, not_

from ..handed_in import handed_in_and

_CORRECTED = event("self_corrected", place="after")
_AND_TOLD = event(
    "self_corrected", place="after", where=all_of(it("applicant_told").is_true(), it("organ_told").is_true())
)


def _handed_in(on: str = "2026-07-06", decision_kind: str = "on_spot", **data: Any) -> dict[str, object]:
    return step(
        "reconsideration_application_handed_in",
        on,
        decision_kind=decision_kind,
        **(data or {"intent": "self_correct"}),
    )


def _corrected(on: str, **told: Any) -> dict[str, object]:
    return step("self_corrected", on, **(told or {"applicant_told": True, "organ_told": True}))


#: The fifth working day after 6 July 2026 is 13 July.
RULE = Rule(
    id="RECR-38-self-correct-5wd",
    subject=("reconsideration_application_handed_in",),
    kinds=("reconsideration",),
    when=handed_in_and("self_correct"),
    require=Within(
        Clock(5, "wd"), (Stop(_CORRECTED),), also=any_of(not_(exists(_CORRECTED)), exists(_AND_TOLD))
    ),
    breach_zh="自行纠正逾期或未告知",
    duty_zh="处罚机关收到复议申请后认为处罚有误的，应在五个工作日内自行纠正，并告知申请人和复议机关",
    remedy_zh="请立即撤销或者变更处罚决定，并把结果告知申请人和复议机关。",
    examples=(
        Example(
            "第五个工作日纠正并告知",
            "met",
            (_handed_in(), _corrected("2026-07-13")),
            "2026-07-20",
            CALENDAR,
            due="2026-07-13",
        ),
        Example(
            "第六个工作日纠正",
            "breached",
            (_handed_in(), _corrected("2026-07-14")),
            "2026-07-20",
            CALENDAR,
            due="2026-07-13",
        ),
        Example("届满日尚未纠正", "pending", (_handed_in(),), "2026-07-13", CALENDAR, due="2026-07-13"),
        Example("届满后仍未纠正", "breached", (_handed_in(),), "2026-07-14", CALENDAR, due="2026-07-13"),
        Example(
            "纠正了，没有告知申请人",
            "breached",
            (_handed_in(), _corrected("2026-07-10", applicant_told=False, organ_told=True)),
            "2026-07-20",
            CALENDAR,
        ),
        Example(
            "纠正了，没有告知复议机关",
            "breached",
            (_handed_in(), _corrected("2026-07-10", applicant_told=True, organ_told=False)),
            "2026-07-20",
            CALENDAR,
        ),
        Example(
            "没有填报是否告知复议机关",
            "unknown",
            (_handed_in(), _corrected("2026-07-10", applicant_told=True)),
            "2026-07-20",
            CALENDAR,
        ),
        Example("没有填报机关的意见", "unknown", (_handed_in(x_note="待研究"),), "2026-07-20", CALENDAR),
        Example("认为应当维持", "not_applicable", (_handed_in(intent="uphold"),), "2026-07-20", CALENDAR),
        Example(
            "其他处罚决定", "not_applicable", (_handed_in(decision_kind="other"),), "2026-07-20", CALENDAR
        ),
        Example("条例修订施行以前", "not_applicable", (_handed_in("2026-06-30"),), "2026-07-20", CALENDAR),
    ),
)
