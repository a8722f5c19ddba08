"""Whether an application for credit repair is accepted, in three working days (信用修复管理办法第十六条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock, Stop, Within, event


def _requested(on: str = "2026-06-16") -> dict[str, object]:
    return step("credit_repair_requested", on, kind="credit_repair")


def _decided(on: str, accepted: bool = True) -> dict[str, object]:
    return step("credit_repair_acceptance_decided", on, kind="credit_repair", accepted=accepted)


RULE = Rule(
    id="NDRC-16-accept-3wd",
    subject=("credit_repair_requested",),
    require=Within(Clock(3, "wd"), (Stop(event("credit_repair_acceptance_decided", place="after")),)),
    breach_zh="信用修复申请逾期未决定受理",
    duty_zh="认定单位收到推送的信用修复申请后，三个工作日内决定受不受理",
    remedy_zh="请立即决定；不受理的，通过信用中国网站说明理由。",
    examples=(
        Example(
            "第三个工作日受理，端午节不计",
            "met",
            (_requested(), _decided("2026-06-22")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-22",
        ),
        Example(
            "第四个工作日受理",
            "breached",
            (_requested(), _decided("2026-06-23")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-22",
        ),
        Example(
            "第三个工作日决定不受理",
            "met",
            (_requested(), _decided("2026-06-22", accepted=False)),
            "2026-07-01",
            CALENDAR,
            due="2026-06-22",
        ),
        Example("届满日尚未决定", "pending", (_requested(),), "2026-06-22", CALENDAR, due="2026-06-22"),
        Example("届满后仍未决定", "breached", (_requested(),), "2026-06-23", CALENDAR, due="2026-06-22"),
        Example("没有日历", "unknown", (_requested(), _decided("2026-06-22")), "2026-07-01"),
        Example("办法施行之前", "not_applicable", (_requested("2026-03-31"),), "2026-07-01", CALENDAR),
    ),
)
