"""A claim is decided in two months, and the decision served in ten days more (国家赔偿法第十三条).

The clock shown is that of the decision while it is missing or late, of the service otherwise.
"""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import ByCase, Clock, Stop, Within, date_after, event, first, it_on, on

_DECIDED = event("compensation_decided", place="after")
_DECIDED_ON = first(_DECIDED, it_on(), None)
_DECISION = Clock(2, "m")
_SERVICE = Clock(10, "cd")

#: Two months after 15 May 2026 is 15 July, after 1 June Saturday 1 August. Ten days after 10 July is 20 July, after 15 July
#: Saturday 25 July.
_CLAIM = step("compensation_claim_received", "2026-05-15")
_LATER_CLAIM = step("compensation_claim_received", "2026-06-01")


def _decided(on: str) -> dict[str, object]:
    return step("compensation_decided", on)


def _served(on: str) -> dict[str, object]:
    return step("compensation_decision_served", on, method="direct")


RULE = Rule(
    id="SCL-13-compensation-2m",
    subject=("compensation_claim_received",),
    kinds=("compensation",),
    require=ByCase(
        _DECIDED_ON.le(date_after(on(), _DECISION.n, _DECISION.unit, roll=True)),
        Within(_SERVICE, (Stop(event("compensation_decision_served", place="after")),), start=_DECIDED_ON),
        Within(_DECISION, (Stop(_DECIDED),)),
    ),
    breach_zh="国家赔偿逾期未决定或未送达",
    duty_zh="收到赔偿申请后，应在两个月内决定是否赔偿，并在决定后十日内送达赔偿请求人",
    remedy_zh="请立即作出是否赔偿的决定并送达，不予赔偿的写明理由。",
    examples=(
        Example(
            "两段都在末日完成",
            "met",
            (_CLAIM, _decided("2026-07-15"), _served("2026-07-27")),
            "2026-08-30",
            CALENDAR,
            due="2026-07-27",
        ),
        Example(
            "送达晚一日",
            "breached",
            (_CLAIM, _decided("2026-07-15"), _served("2026-07-28")),
            "2026-08-30",
            CALENDAR,
            due="2026-07-27",
        ),
        Example(
            "决定晚一日",
            "breached",
            (_CLAIM, _decided("2026-07-16"), _served("2026-07-17")),
            "2026-08-30",
            CALENDAR,
            due="2026-07-15",
        ),
        Example(
            "决定的末日为星期六，顺延",
            "pending",
            (_LATER_CLAIM, _decided("2026-08-03")),
            "2026-08-13",
            CALENDAR,
            due="2026-08-13",
        ),
        Example(
            "顺延之后才决定",
            "breached",
            (_LATER_CLAIM, _decided("2026-08-04")),
            "2026-08-30",
            CALENDAR,
            due="2026-08-03",
        ),
        Example(
            "决定后第十日送达",
            "met",
            (_CLAIM, _decided("2026-07-10"), _served("2026-07-20")),
            "2026-08-30",
            CALENDAR,
            due="2026-07-20",
        ),
        Example(
            "决定后第十一日送达",
            "breached",
            (_CLAIM, _decided("2026-07-10"), _served("2026-07-21")),
            "2026-08-30",
            CALENDAR,
            due="2026-07-20",
        ),
        Example("尚未决定", "pending", (_CLAIM,), "2026-07-15", CALENDAR, due="2026-07-15"),
        Example("届满仍未决定", "breached", (_CLAIM,), "2026-07-16", CALENDAR, due="2026-07-15"),
        Example(
            "决定后至今没有送达",
            "breached",
            (_CLAIM, _decided("2026-07-10")),
            "2026-07-21",
            CALENDAR,
            due="2026-07-20",
        ),
        Example(
            "没有日历，不知末日是否顺延",
            "unknown",
            (_LATER_CLAIM, _decided("2026-08-03"), _served("2026-08-05")),
            "2026-08-30",
        ),
        Example(
            "没有日历，但两段都在最短的期限内",
            "met",
            (_CLAIM, _decided("2026-07-10"), _served("2026-07-13")),
            "2026-08-30",
        ),
        Example(
            "修改后的法律施行以前",
            "not_applicable",
            (step("compensation_claim_received", "2012-12-31"),),
            "2013-06-01",
            CALENDAR,
        ),
    ),
)
