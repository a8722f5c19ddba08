"""Complex or major cases are decided collectively (行政处罚法第五十七条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import Check, all_of, any_of, case, event, exists, field

from ..conditions import LEGAL_REVIEW_DUE, ORDINARY_PENALTY

_GRAVE_ECOLOGY = all_of(
    case("domain").eq("ecology"),
    any_of(
        field("penalty.fine").or_if_missing(0).ge(50_000_000),
        field("penalty.confiscation").or_if_missing(0).ge(50_000_000),
        field("penalty.kinds").holds_any(
            "revoke_license", "suspend_business", "order_closure", "restrict_practice"
        ),
    ),
)

RULE = Rule(
    id="APL-57-collective",
    subject=("decision_made",),
    when=all_of(
        ORDINARY_PENALTY,
        any_of(
            field("complex").is_true(),
            field("major").is_true(),
            _GRAVE_ECOLOGY,
            all_of(case("domain").eq("market"), LEGAL_REVIEW_DUE),
        ),
    ),
    require=Check(exists(event("collective_discussion_recorded", place="before"))),
    gate=True,
    breach_zh="重大处罚未集体讨论",
    duty_zh="情节复杂或者重大违法行为的处罚，应当由行政机关负责人集体讨论决定",
    remedy_zh="请组织集体讨论并形成记录。",
    examples=(
        Example(
            "复杂案件已讨论",
            "met",
            (
                filed(),
                step("collective_discussion_recorded", "2026-03-18"),
                fined("2026-03-20", complex=True, major=False),
            ),
            "2026-04-01",
        ),
        Example(
            "重大案件未讨论",
            "breached",
            (filed(), fined("2026-03-20", complex=False, major=True)),
            "2026-04-01",
        ),
        Example(
            "一般案件",
            "not_applicable",
            (filed(), fined("2026-03-20", complex=False, major=False)),
            "2026-04-01",
        ),
        Example(
            "没有说明是否复杂重大",
            "unknown",
            (filed(), fined("2026-03-20")),
            "2026-04-01",
        ),
        Example(
            "生态领域五十万元",
            "breached",
            (
                filed(domain="ecology"),
                fined("2026-03-20", 50_000_000, complex=False, major=False),
            ),
            "2026-04-01",
        ),
        Example(
            "生态领域差一分不到五十万元",
            "not_applicable",
            (
                filed(domain="ecology"),
                fined("2026-03-20", 49_999_999, complex=False, major=False),
            ),
            "2026-04-01",
        ),
    ),
)
