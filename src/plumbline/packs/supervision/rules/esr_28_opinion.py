"""A supervision opinion is answered by its own date (行政执法监督条例第二十八条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Fixed, Stop, event, field


def _issued(respond_by: str = "2026-06-15") -> dict[str, object]:
    return step(
        "supervision_opinion_issued",
        "2026-06-01",
        kind="supervision_instrument",
        to="A-1",
        respond_by=respond_by,
    )


def _reported(on: str) -> dict[str, object]:
    return step("correction_reported", on, kind="supervision_instrument")


RULE = Rule(
    id="ESR-28-opinion",
    subject=("supervision_opinion_issued",),
    require=Fixed(field("respond_by"), (Stop(event("correction_reported", place="after")),)),
    breach_zh="监督意见书逾期未纠正",
    duty_zh="收到监督意见书的机关，应当在意见书确定的期限内纠正并报告纠正情况",
    remedy_zh="请在期限内纠正并报送；有异议的依法提出。",
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
            "条例施行前一日提出意见",
            "not_applicable",
            (
                step(
                    "supervision_opinion_issued",
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
