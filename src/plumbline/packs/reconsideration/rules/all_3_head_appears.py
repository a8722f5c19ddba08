"""The agency's head comes to court, or sends its staff and says in writing why (行政诉讼法第三条第三款)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, all_of, any_of, field

from ..in_court import HEAD_CAME


def _held(trial: str = "T1", **data: Any) -> dict[str, object]:
    return step("trial_held", "2026-06-10", trial=trial, **data)


def _head(trial: str = "T1") -> dict[str, object]:
    return step("head_appeared", "2026-06-10", trial=trial)


RULE = Rule(
    id="ALL-3-head-appears",
    subject=("trial_held",),
    kinds=("litigation",),
    require=Check(
        any_of(HEAD_CAME, all_of(field("staff_appeared").is_true(), field("reason_written").is_true()))
    ),
    breach_zh="负责人未出庭且未依法委托",
    duty_zh="被诉机关负责人应当出庭应诉；不能出庭的，应书面说明情况，并委托本机关有关工作人员出庭",
    remedy_zh="请负责人出庭；确实不能出庭的，向法院提交盖章的情况说明并派工作人员出庭。",
    examples=(
        Example("负责人出庭", "met", (_head(), _held()), "2026-06-20"),
        Example(
            "书面说明，工作人员出庭", "met", (_held(staff_appeared=True, reason_written=True),), "2026-06-20"
        ),
        Example(
            "没有书面说明", "breached", (_held(staff_appeared=True, reason_written=False),), "2026-06-20"
        ),
        Example(
            "只有律师出庭", "breached", (_held(staff_appeared=False, reason_written=True),), "2026-06-20"
        ),
        Example(
            "负责人出的是另一次庭",
            "breached",
            (
                _head("T0"),
                _held(staff_appeared=False),
            ),
            "2026-06-20",
        ),
        Example("没有填报书面说明", "unknown", (_held(staff_appeared=True),), "2026-06-20"),
        Example(
            "修改后的法律施行以前",
            "not_applicable",
            (step("trial_held", "2017-06-30", trial="T1", staff_appeared=False),),
            "2026-06-20",
        ),
    ),
)
