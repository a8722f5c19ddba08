"""Major decisions pass legal review before they are made (行政处罚法第五十八条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import Check, all_of, event, it_activity, last

from ..conditions import LEGAL_REVIEW_DUE, ORDINARY_PENALTY

_LISTED = {
    "legal_review_list": [
        {
            "agency": "A-1",
            "item": None,
            "fine_from": 1_000_000,
            "valid_from": "2022-01-01",
            "valid_to": None,
        }
    ]
}


def _case(*review: dict[str, object], fen: int = 1_000_000, **data: object) -> tuple[dict[str, object], ...]:
    plain = {"major_public_interest": False, "complex": False}
    return (filed(), *review, fined("2026-03-20", fen, **{**plain, **data}))


RULE = Rule(
    id="APL-58-legal-review",
    subject=("decision_made",),
    when=all_of(ORDINARY_PENALTY, LEGAL_REVIEW_DUE),
    require=Check(
        last(
            event("legal_review_passed", "legal_review_returned", place="before"),
            it_activity(),
            "none",
        ).eq("legal_review_passed")
    ),
    gate=True,
    breach_zh="未经法制审核作出决定",
    duty_zh="属于法制审核范围的案件，未经法制审核或者审核未通过的，不得作出决定",
    remedy_zh="请先提交法制审核，审核通过后再作决定。",
    examples=(
        Example(
            "达到目录数额且已通过审核",
            "met",
            _case(step("legal_review_passed", "2026-03-18", written=True)),
            "2026-04-01",
            _LISTED,
        ),
        Example("达到目录数额而未审核", "breached", _case(), "2026-04-01", _LISTED),
        Example(
            "比目录数额少一分",
            "not_applicable",
            _case(fen=999_999),
            "2026-04-01",
            _LISTED,
        ),
        Example(
            "最后一次被退回",
            "breached",
            _case(
                step("legal_review_passed", "2026-03-16"),
                step("legal_review_returned", "2026-03-18"),
            ),
            "2026-04-01",
            _LISTED,
        ),
        Example(
            "案情疑难复杂",
            "breached",
            _case(fen=10_000, complex=True),
            "2026-04-01",
            _LISTED,
        ),
        Example("没有报送审核目录", "unknown", _case(), "2026-04-01"),
    ),
)
