"""Conduct that supervision has to look for and correct (行政执法监督条例第十一条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, any_of, field


def _verified(conduct: str, *, substantiated: bool = True) -> dict[str, object]:
    return step(
        "lead_verified",
        "2026-06-01",
        kind="supervision_lead",
        substantiated=substantiated,
        conduct=conduct,
    )


RULE = Rule(
    id="ESR-11-forbidden-conduct",
    subject=("lead_verified",),
    require=Check(any_of(field("substantiated").is_false(), field("conduct").eq("none"))),
    breach_zh="存在明令禁止的执法行为",
    duty_zh="不得有案不立、相互推诿、用罚款代替管理、为利益执法或者违规异地执法，也不得随意收费、罚款、检查、查封",
    remedy_zh="请按情形制发督办函或者监督意见书，责令纠正。",
    examples=(
        Example("查实趋利性执法", "breached", (_verified("profit_driven"),), "2026-07-01"),
        Example(
            "没有查实",
            "met",
            (_verified("profit_driven", substantiated=False),),
            "2026-07-01",
        ),
        Example(
            "没有填报",
            "unknown",
            (step("lead_verified", "2026-06-01", kind="supervision_lead"),),
            "2026-07-01",
        ),
        Example("查实违规异地执法", "breached", (_verified("unlawful_remote"),), "2026-07-01"),
        Example("查实但不属于所列情形", "met", (_verified("none"),), "2026-07-01"),
        Example(
            "条例施行前一日查实",
            "not_applicable",
            (
                step(
                    "lead_verified",
                    "2026-01-31",
                    kind="supervision_lead",
                    substantiated=True,
                    conduct="profit_driven",
                ),
            ),
            "2026-07-01",
        ),
    ),
)
