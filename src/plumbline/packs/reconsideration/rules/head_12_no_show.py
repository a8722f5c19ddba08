"""A head who stays away without a valid written reason, or sends nobody, gives the court cause to write (负责人出庭应诉规定第十二条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, all_of, field, not_

from ..in_court import HEAD_CAME


def _held(*, written: bool = True, valid: bool = True, staff: bool = True, **data: Any) -> dict[str, object]:
    return step(
        "trial_held",
        "2026-06-10",
        trial="T1",
        **(data or {"reason_written": written, "reason_valid": valid, "staff_appeared": staff}),
    )


RULE = Rule(
    id="HEAD-12-no-show",
    subject=("trial_held",),
    kinds=("litigation",),
    when=not_(HEAD_CAME),
    require=Check(
        all_of(
            field("reason_written").is_true(),
            field("reason_valid").is_true(),
            field("staff_appeared").is_true(),
        )
    ),
    breach_zh="负责人无正当理由未出庭",
    duty_zh="负责人没有出庭的，应有成立的书面理由并有工作人员出庭，否则法院将向上一级机关和监察机关提出司法建议",
    remedy_zh="请核实负责人未出庭的原因，向法院补充说明，并由监督机构作为问题线索登记。",
    examples=(
        Example("理由成立，工作人员出庭", "met", (_held(),), "2026-06-20"),
        Example("没有书面说明", "breached", (_held(written=False),), "2026-06-20"),
        Example("理由不成立", "breached", (_held(valid=False),), "2026-06-20"),
        Example("工作人员也没有出庭", "breached", (_held(staff=False),), "2026-06-20"),
        Example(
            "没有填报理由是否成立",
            "unknown",
            (_held(reason_written=True, staff_appeared=True),),
            "2026-06-20",
        ),
        Example(
            "没有填报理由是否成立，但没有人出庭",
            "breached",
            (_held(reason_written=True, staff_appeared=False),),
            "2026-06-20",
        ),
        Example(
            "负责人出庭",
            "not_applicable",
            (_held(valid=False), step("head_appeared", "2026-06-10", trial="T1")),
            "2026-06-20",
        ),
        Example(
            "规定施行以前",
            "not_applicable",
            (step("trial_held", "2020-06-30", trial="T1", staff_appeared=False),),
            "2026-06-20",
        ),
    ),
)
