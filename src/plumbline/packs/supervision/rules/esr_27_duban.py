"""A supervision letter is answered by its own date (行政执法监督条例第二十七条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Fixed, Stop, event, field


def _issued(respond_by: str = "2026-06-15") -> dict[str, object]:
    return step(
        "supervision_letter_issued",
        "2026-06-01",
        kind="supervision_instrument",
        to="A-1",
        respond_by=respond_by,
    )


def _reported(on: str) -> dict[str, object]:
    return step("correction_reported", on, kind="supervision_instrument")


RULE = Rule(
    id="ESR-27-duban",
    subject=("supervision_letter_issued",),
    require=Fixed(field("respond_by"), (Stop(event("correction_reported", place="after")),)),
    breach_zh="督办函逾期未报告",
    duty_zh="收到督办函的机关，应当在督办函确定的期限内履行职责并报告办理情况",
    remedy_zh="请在期限内办理并报送；逾期的可以提请本级人民政府决定。",
    examples=(
        Example(
            "期限当日报送",
            "met",
            (_issued(), _reported("2026-06-15")),
            "2026-07-01",
            due="2026-06-15",
        ),
        Example(
            "期限次日报送",
            "breached",
            (_issued(), _reported("2026-06-16")),
            "2026-07-01",
            due="2026-06-15",
        ),
        Example("尚未到期", "pending", (_issued(),), "2026-06-15", due="2026-06-15"),
        Example("逾期未报", "breached", (_issued(),), "2026-06-16", due="2026-06-15"),
        Example(
            "条例施行前一日督办",
            "not_applicable",
            (
                step(
                    "supervision_letter_issued",
                    "2026-01-31",
                    kind="supervision_instrument",
                    to="A-1",
                    respond_by="2026-02-10",
                ),
            ),
            "2026-07-01",
        ),
    ),
)
