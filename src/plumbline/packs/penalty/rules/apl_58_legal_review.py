"""Major decisions pass legal review before they are made (行政处罚法第五十八条)."""

from typing import Any

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
_ITEM_ONLY: dict[str, Any] = {
    "agency": "A-1",
    "item": "X-1",
    "fine_from": None,
    "valid_from": "2022-01-01",
    "valid_to": None,
}
_NO_KINDS: tuple[tuple[str, dict[str, Any]], ...] = (("没有列出", {}), ("为空", {"kinds": []}))


def _case(*review: dict[str, object], fen: int = 1_000_000, **data: Any) -> tuple[dict[str, object], ...]:
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
    duty_zh="列入法制审核范围的案件，须先通过审核，才可以作出处罚决定",
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
        *(
            Example(
                f"目录只写事项（处罚种类{how}），任何处罚都须审核",
                "breached",
                _case(fen=100),
                "2026-04-01",
                {"legal_review_list": [{**_ITEM_ONLY, **kinds}]},
            )
            for how, kinds in _NO_KINDS
        ),
        Example(
            "目录所写的是别的事项",
            "not_applicable",
            _case(fen=100),
            "2026-04-01",
            {"legal_review_list": [{**_ITEM_ONLY, "item": "X-2"}]},
        ),
        Example(
            "目录没有写明事项",
            "unknown",
            _case(),
            "2026-04-01",
            {"legal_review_list": [{k: v for k, v in _ITEM_ONLY.items() if k != "item"}]},
        ),
        Example(
            "没有报送审核目录，已通过审核也不能认定符合",
            "unknown",
            _case(step("legal_review_passed", "2026-03-18", written=True)),
            "2026-04-01",
        ),
        Example(
            "没有说明是否涉及重大公共利益",
            "unknown",
            (filed(), fined("2026-03-20", 100, complex=False)),
            "2026-04-01",
            {"legal_review_list": []},
        ),
        Example(
            "经过听证而未审核",
            "breached",
            _case(step("hearing_held", "2026-03-18", hearing="H1"), fen=100),
            "2026-04-01",
            {"legal_review_list": []},
        ),
        Example("没有报送审核目录", "unknown", _case(), "2026-04-01"),
    ),
)
