"""Electronic service only with the party's signed consent (行政处罚法第六十一条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import Check, field, on


def _sent(consent: str | None, **data: Any) -> dict[str, object]:
    return step(
        "decision_served",
        "2026-03-25",
        method="electronic",
        consent_signed_on=consent,
        **data,
    )


RULE = Rule(
    id="APL-61-eservice-consent",
    subject=("penalty_notice_served", "decision_served", "hearing_notice_served"),
    when=field("method").eq("electronic"),
    require=Check(field("consent_signed_on").le(on())),
    gate=True,
    breach_zh="电子送达未经同意",
    duty_zh="采用传真、电子邮件等方式送达，须事先经当事人同意并签订确认书",
    remedy_zh="请改用其他方式送达，或者先签订电子送达确认书。",
    examples=(
        Example("当日已签确认书", "met", (filed(), _sent("2026-03-25")), "2026-04-01"),
        Example("次日才签", "breached", (filed(), _sent("2026-03-26")), "2026-04-01"),
        Example("没有签订", "breached", (filed(), _sent(None)), "2026-04-01"),
        Example(
            "没有填报",
            "unknown",
            (filed(), step("decision_served", "2026-03-25", method="electronic")),
            "2026-04-01",
        ),
        Example(
            "直接送达",
            "not_applicable",
            (filed(), step("decision_served", "2026-03-25", method="direct")),
            "2026-04-01",
        ),
    ),
)
