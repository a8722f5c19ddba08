"""Only what the case is about is sealed or seized, and nothing a family lives on (行政强制法第二十三条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.language import Check, all_of, field

from ..histories import taken
from ..measures import SEIZING


def _sealed(**changes: Any) -> dict[str, Any]:
    stated = {"related_to_case": True, "daily_necessities": False, "already_sealed": False, **changes}
    return taken("2026-06-01", **{name: value for name, value in stated.items() if value is not None})


RULE = Rule(
    id="ACL-23-scope",
    subject=SEIZING,
    require=Check(
        all_of(
            field("related_to_case").is_true(),
            field("daily_necessities").is_false(),
            field("already_sealed").is_false(),
        )
    ),
    gate=True,
    breach_zh="查封扣押超出范围",
    duty_zh="不得查封扣押同案件无关的财物、公民及其家属的生活必需品，其他机关已经查封的也不再查封",
    remedy_zh="请只查封扣押涉案财物；超出范围的立即解除并退还。",
    examples=(
        Example("范围合法", "met", (_sealed(),), "2026-06-10"),
        Example("与案件无关", "breached", (_sealed(related_to_case=False),), "2026-06-10"),
        Example("含生活必需品", "breached", (_sealed(daily_necessities=True),), "2026-06-10"),
        Example("其他机关已经查封", "breached", (_sealed(already_sealed=True),), "2026-06-10"),
        Example("是否含生活必需品没有填报", "unknown", (_sealed(daily_necessities=None),), "2026-06-10"),
        Example(
            "其他没有填报，但与案件无关",
            "breached",
            (taken("2026-06-01", "seized", related_to_case=False),),
            "2026-06-10",
        ),
        Example("什么都没有填报", "unknown", (taken("2026-06-01", "seized"),), "2026-06-10"),
        Example("行政强制法施行前", "not_applicable", (taken("2011-12-31"),), "2012-02-01"),
    ),
)
