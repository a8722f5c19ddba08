"""A case that reaches the standard of a crime goes to the police (行政执法机关移送涉嫌犯罪案件的规定第三条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import ByCase, Promptly, event, field, kind

_SENT = event("transfer_sent", place="after")


def _suspected(meets: bool | None = True, kind: str = "penalty") -> dict[str, object]:
    data: dict[str, Any] = {} if meets is None else {"meets_standard": meets}
    return step("crime_suspected", "2026-06-01", kind=kind, **data)


RULE = Rule(
    id="TSC-3-must-transfer",
    subject=("crime_suspected",),
    when=field("meets_standard").is_true(),
    # An inspection holds no transfer: it is sent in a case or in a matter of its own, and its end breaches nothing.
    require=ByCase(kind().eq("inspection"), Promptly(_SENT, closing=()), Promptly(_SENT)),
    breach_zh="涉嫌犯罪案件未移送",
    duty_zh="违法事实涉嫌构成犯罪、达到移送标准的案件，应当移送同级公安机关",
    remedy_zh="请指定专案人员核实并提出移送报告，报正职负责人批准后移送公安机关。",
    examples=(
        Example(
            "已经移送",
            "met",
            (filed(), _suspected(), step("transfer_sent", "2026-06-05")),
            "2026-07-01",
        ),
        Example("尚未移送", "pending", (filed(), _suspected()), "2026-07-01"),
        Example(
            "没有移送就结案",
            "breached",
            (filed(), _suspected(), step("case_closed", "2026-06-20")),
            "2026-07-01",
        ),
        Example(
            "结案以后才移送",
            "breached",
            (
                filed(),
                _suspected(),
                step("case_closed", "2026-06-20"),
                step("transfer_sent", "2026-06-22"),
            ),
            "2026-07-01",
        ),
        Example(
            "先前的移送不算",
            "pending",
            (filed(), step("transfer_sent", "2026-05-20"), _suspected()),
            "2026-07-01",
        ),
        Example("没有达到标准", "not_applicable", (filed(), _suspected(False)), "2026-07-01"),
        Example("没有填报是否达到标准", "unknown", (filed(), _suspected(None)), "2026-07-01"),
        Example(
            "检查中发现，检查结束不等于没有移送",
            "pending",
            (
                _suspected(kind="inspection"),
                step("case_closed", "2026-06-20", kind="inspection"),
            ),
            "2026-07-01",
        ),
        Example(
            "单独成件的移送",
            "met",
            (
                _suspected(kind="crime_transfer"),
                step("transfer_sent", "2026-06-02", kind="crime_transfer"),
            ),
            "2026-07-01",
        ),
    ),
)
