"""What has to be disclosed unasked is published in twenty working days (政府信息公开条例第二十六条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock, Stop, Within, event, field


def _formed(active: bool | None = True, on: str = "2026-05-06") -> dict[str, object]:
    data: dict[str, Any] = {} if active is None else {"active_disclosure": active}
    return step("information_formed", on, kind="disclosure", **data)


def _published(on: str) -> dict[str, object]:
    return step("information_published", on, kind="disclosure")


RULE = Rule(
    id="OGI-26-20wd",
    subject=("information_formed",),
    when=field("active_disclosure").is_true(),
    require=Within(Clock(20, "wd"), (Stop(event("information_published", place="after")),)),
    breach_zh="应主动公开的信息逾期未公开",
    duty_zh="应当主动公开的信息，产生或者变更后二十个工作日内公开",
    remedy_zh="请立即公开；法律、法规另有期限的，登记依据。",
    examples=(
        Example(
            "第二十个工作日公开",
            "met",
            (_formed(), _published("2026-06-02")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "第二十一个工作日公开",
            "breached",
            (_formed(), _published("2026-06-03")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-02",
        ),
        Example("届满日尚未公开", "pending", (_formed(),), "2026-06-02", CALENDAR, due="2026-06-02"),
        Example("届满后仍未公开", "breached", (_formed(),), "2026-06-03", CALENDAR, due="2026-06-02"),
        Example("不属于主动公开", "not_applicable", (_formed(False),), "2026-06-20", CALENDAR),
        Example("没有填报是否主动公开", "unknown", (_formed(None),), "2026-06-20", CALENDAR),
        Example("没有日历", "unknown", (_formed(), _published("2026-06-02")), "2026-06-20"),
        Example(
            "修订施行之前",
            "not_applicable",
            (_formed(on="2019-05-14"), _published("2019-08-01")),
            "2019-09-01",
            CALENDAR,
        ),
    ),
)
