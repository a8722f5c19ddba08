"""Service is proved by a receipt (民事诉讼法第八十七条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import Check, all_of, any_of, field

_SIGNED = ("signed", "refused_witnessed", "refused_recorded")


def _served(method: str, receipt: str | None = None) -> dict[str, object]:
    if receipt is None:
        return step("decision_served", "2026-03-25", method=method)
    return step("decision_served", "2026-03-25", method=method, receipt=receipt)


RULE = Rule(
    id="CVP-87-receipt",
    subject=(
        "penalty_notice_served",
        "decision_served",
        "hearing_notice_served",
        "demand_notice_served",
        "extension_notice_served",
        "freeze_decision_served",
        "substitute_decision_served",
    ),
    when=field("method").one_of("direct", "lien", "entrusted", "postal"),
    require=Check(
        any_of(
            all_of(
                field("method").one_of("direct", "entrusted"),
                field("receipt").one_of(*_SIGNED),
            ),
            all_of(
                field("method").eq("lien"),
                field("receipt").one_of("refused_witnessed", "refused_recorded"),
            ),
            all_of(
                field("method").eq("postal"),
                field("receipt").one_of("return_slip", "signed"),
            ),
        )
    ),
    breach_zh="送达回证不合规",
    duty_zh="送达应有送达回证：直接送达由受送达人签收，留置送达有见证或者拍照录像，邮寄有回执",
    remedy_zh="请补齐送达回证。",
    examples=(
        Example("直接送达签收", "met", (filed(), _served("direct", "signed")), "2026-04-01"),
        Example(
            "留置送达没有见证",
            "breached",
            (filed(), _served("lien", "signed")),
            "2026-04-01",
        ),
        Example(
            "邮寄有回执",
            "met",
            (filed(), _served("postal", "return_slip")),
            "2026-04-01",
        ),
        Example("没有填报回证", "unknown", (filed(), _served("direct")), "2026-04-01"),
        Example(
            "公告送达不适用",
            "not_applicable",
            (filed(), _served("announcement")),
            "2026-04-01",
        ),
    ),
)
