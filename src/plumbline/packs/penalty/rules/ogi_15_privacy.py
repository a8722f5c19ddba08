"""No trade secrets and no privacy in what is published (政府信息公开条例第十五条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import Check, any_of, count_items, field


def _published(**data: Any) -> dict[str, object]:
    return step("decision_published", "2026-06-01", of="e2", channel="government_site", **data)


RULE = Rule(
    id="OGI-15-privacy",
    subject=("decision_published",),
    require=Check(
        any_of(
            count_items(field("contains")).eq(0),
            field("third_party_consent").is_true(),
            field("public_interest_decision").is_true(),
        )
    ),
    gate=True,
    breach_zh="公开了不得公开的信息",
    duty_zh="涉及商业秘密、个人隐私的信息不得公开；第三方同意或者不公开会严重损害公共利益的除外",
    remedy_zh="请遮盖有关内容，或者先征得第三方同意。",
    examples=(
        Example(
            "不含敏感内容",
            "met",
            (filed(), fined("2026-05-28"), _published(contains=[])),
            "2026-06-20",
        ),
        Example(
            "含隐私而无同意",
            "breached",
            (
                filed(),
                fined("2026-05-28"),
                _published(
                    contains=["privacy"],
                    third_party_consent=False,
                    public_interest_decision=False,
                ),
            ),
            "2026-06-20",
        ),
        Example(
            "没有填报",
            "unknown",
            (filed(), fined("2026-05-28"), _published()),
            "2026-06-20",
        ),
        Example(
            "条例修订施行前一日公开",
            "not_applicable",
            (
                filed("2019-03-01"),
                fined("2019-05-10"),
                step(
                    "decision_published",
                    "2019-05-14",
                    of="e2",
                    channel="government_site",
                    contains=["privacy"],
                ),
            ),
            "2019-06-01",
        ),
    ),
)
