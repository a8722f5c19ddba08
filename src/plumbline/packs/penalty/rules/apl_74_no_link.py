"""What was fined or confiscated goes to the treasury whole, comes back to nobody, and is no measure of merit (行政处罚法第七十四条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, all_of, field

_SOUND: dict[str, Any] = {
    "collected": 1_000_000,
    "to_treasury": 1_000_000,
    "returned_to_agency": 0,
    "linked_to_appraisal": False,
}


def _settled(**change: Any) -> tuple[dict[str, object], ...]:
    return (step("fines_settled", "2026-12-31", kind="annual_report", **{**_SOUND, **change}),)


RULE = Rule(
    id="APL-74-no-link",
    subject=("fines_settled",),
    require=Check(
        all_of(
            field("to_treasury").eq(field("collected")),
            field("returned_to_agency").eq(0),
            field("linked_to_appraisal").is_false(),
        )
    ),
    breach_zh="罚没收入未全额上缴或与考核挂钩",
    duty_zh="罚没收入应全额上缴国库，财政不得返还给执法机关，也不得作为考核的指标",
    remedy_zh="请补缴差额、收回返还的款项，并取消有关考核指标。",
    examples=(
        Example("全额上缴，没有返还，没有挂钩", "met", _settled(), "2027-01-10"),
        Example("少缴一分", "breached", _settled(to_treasury=999_999), "2027-01-10"),
        Example("返还一分", "breached", _settled(returned_to_agency=1), "2027-01-10"),
        Example("与考核挂钩", "breached", _settled(linked_to_appraisal=True), "2027-01-10"),
        Example(
            "没有填报是否挂钩",
            "unknown",
            (
                step(
                    "fines_settled",
                    "2026-12-31",
                    kind="annual_report",
                    **{k: v for k, v in _SOUND.items() if k != "linked_to_appraisal"},
                ),
            ),
            "2027-01-10",
        ),
        Example(
            "处罚法修订施行前一日结算",
            "not_applicable",
            (
                step(
                    "fines_settled", "2021-07-14", kind="annual_report", **{**_SOUND, "returned_to_agency": 1}
                ),
            ),
            "2021-09-01",
        ),
    ),
)
