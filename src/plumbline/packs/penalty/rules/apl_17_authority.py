"""A penalty needs a power in force on the day: own, or taken over by the street (行政处罚法第十七条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import (
    Check,
    agency,
    all_of,
    any_of,
    case,
    field,
    it,
    item,
    kind,
    not_,
    on,
    row_exists,
    some,
)

_IN_POWER = row_exists(
    "power_items",
    "item",
    case("item"),
    where=any_of(
        it("agency").eq(agency()),
        some(
            it("transfers").or_if_missing(()),
            all_of(
                item("street").eq(agency()),
                item("taken_over_on").le(on()),
                any_of(item("ended_on").eq(None), item("ended_on").ge(on())),
            ),
        ),
    ),
)
_OWN: dict[str, Any] = {
    "power_items": [
        {
            "item": "X-1",
            "agency": "A-1",
            "domain": "other",
            "basis": [],
            "valid_from": "2020-01-01",
            "valid_to": None,
        }
    ]
}
_STREET: dict[str, Any] = {
    "power_items": [
        {
            "item": "X-1",
            "agency": "A-9",
            "domain": "other",
            "basis": [],
            "valid_from": "2020-01-01",
            "valid_to": None,
            "transfers": [
                {
                    "street": "A-1",
                    "decision_published_on": "2021-01-01",
                    "taken_over_on": "2026-03-02",
                    "ended_on": None,
                }
            ],
        }
    ]
}


def _ended(on: str) -> dict[str, object]:
    """The street's transfer ended ``on``; with "-" the register does not say whether it ended."""
    transfer = {"street": "A-1", "decision_published_on": "2021-01-01", "taken_over_on": "2021-11-01"}
    return {
        "power_items": [
            {
                **_STREET["power_items"][0],
                "transfers": [transfer if on == "-" else {**transfer, "ended_on": on}],
            }
        ]
    }


RULE = Rule(
    id="APL-17-authority",
    subject=("case_filed", "decision_made"),
    when=all_of(
        kind().eq("penalty"),
        any_of(not_(field("outcome").is_stated()), field("outcome").eq("penalty")),
    ),
    require=Check(_IN_POWER),
    gate=True,
    breach_zh="超越权限实施处罚",
    duty_zh="行政处罚应由具有该项处罚权的机关在其权限内实施",
    remedy_zh="请核对执法事项和承接日期；没有权限的，移送有管辖权的机关。",
    examples=(
        Example("本机关的有效事项", "met", (filed(),), "2026-03-10", _OWN),
        Example("街道当日已承接", "met", (filed("2026-03-02"),), "2026-03-10", _STREET),
        Example("承接前一日立案", "breached", (filed("2026-03-01"),), "2026-03-10", _STREET),
        Example(
            "登记册中没有该事项",
            "breached",
            (filed(),),
            "2026-03-10",
            {"power_items": []},
        ),
        Example("没有报送事项登记册", "unknown", (filed(),), "2026-03-10"),
        Example(
            "收回之后立案",
            "breached",
            (filed("2026-03-04"),),
            "2026-03-10",
            _ended("2026-03-03"),
        ),
        Example(
            "收回当日立案",
            "met",
            (filed("2026-03-03"),),
            "2026-03-10",
            _ended("2026-03-03"),
        ),
        Example(
            "是否收回没有登记",
            "unknown",
            (filed("2026-03-03"),),
            "2026-03-10",
            _ended("-"),
        ),
        Example(
            "不予处罚的决定",
            "not_applicable",
            (
                filed(),
                step("decision_made", "2026-03-05", outcome="no_penalty", procedure="ordinary"),
            ),
            "2026-03-10",
            _OWN,
            subject="e2",
        ),
    ),
)
