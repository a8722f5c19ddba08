"""Money on the spot only against the special receipt (行政处罚法第七十条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import Check, field


def _collected(**data: Any) -> dict[str, object]:
    return step("fine_collected_on_spot", "2026-03-20", amount=10_000, **data)


RULE = Rule(
    id="APL-70-receipt",
    subject=("fine_collected_on_spot",),
    require=Check(field("receipt").eq("special")),
    breach_zh="当场收缴未出具专用票据",
    duty_zh="当场收缴罚款必须出具财政部门统一制发的专用票据",
    remedy_zh="没有专用票据的，当事人有权拒绝缴纳；请补开。",
    examples=(
        Example("专用票据", "met", (filed(), _collected(receipt="special")), "2026-04-01"),
        Example("其他票据", "breached", (filed(), _collected(receipt="other")), "2026-04-01"),
        Example("没有填报", "unknown", (filed(), _collected()), "2026-04-01"),
        Example(
            "处罚法修订施行前一日当场收缴",
            "not_applicable",
            (
                filed("2021-07-14"),
                step("fine_collected_on_spot", "2021-07-14", amount=10_000, receipt="other"),
            ),
            "2021-09-01",
        ),
    ),
)
