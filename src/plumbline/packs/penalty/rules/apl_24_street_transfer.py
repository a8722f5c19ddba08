"""A street or town may penalise only what was transferred to it and taken over (行政处罚法第二十四条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed
from plumbline.rules.language import (
    Check,
    agency,
    all_of,
    any_of,
    case,
    it,
    item,
    on,
    row_exists,
    row_value,
    some,
)


def _power(decided: str | None, taken: str | None) -> dict[str, object]:
    transfer = {
        "street": "A-1",
        "decision_published_on": decided,
        "taken_over_on": taken,
        "ended_on": None,
    }
    row: dict[str, object] = {
        "item": "X-1",
        "agency": "A-9",
        "domain": "other",
        "basis": [],
        "valid_from": "2020-01-01",
        "valid_to": None,
    }
    return {
        "agencies": [{"code": "A-1", "kind": "subdistrict_office", "level": "street"}],
        "power_items": [{**row, "transfers": [transfer]}],
    }


RULE = Rule(
    id="APL-24-street-transfer",
    subject=("case_filed",),
    when=row_value("agencies", "code", agency(), "kind").one_of("subdistrict_office", "town_government"),
    require=Check(
        row_exists(
            "power_items",
            "item",
            case("item"),
            where=some(
                it("transfers").or_if_missing(()),
                all_of(
                    item("street").eq(agency()),
                    item("decision_published_on").le(on()),
                    item("taken_over_on").le(on()),
                    any_of(item("ended_on").eq(None), item("ended_on").ge(on())),
                ),
            ),
        )
    ),
    gate=True,
    breach_zh="街道未承接即行使下放处罚权",
    duty_zh="街道、镇应当依省政府公布的决定，在确认承接之后行使下放的处罚权",
    remedy_zh="尚未承接的事项，请移送原有权部门。",
    examples=(
        Example(
            "决定已公布并已承接",
            "met",
            (filed("2026-03-02"),),
            "2026-03-10",
            _power("2021-03-03", "2021-11-01"),
        ),
        Example(
            "承接日晚于立案日",
            "breached",
            (filed("2026-03-02"),),
            "2026-03-10",
            _power("2021-03-03", "2026-03-03"),
        ),
        Example(
            "省里的决定没有公布",
            "breached",
            (filed("2026-03-02"),),
            "2026-03-10",
            _power(None, "2021-11-01"),
        ),
        Example(
            "区直部门不适用",
            "not_applicable",
            (filed(),),
            "2026-03-10",
            {"agencies": [{"code": "A-1", "kind": "department", "level": "district"}]},
        ),
        Example("机关没有登记", "unknown", (filed(),), "2026-03-10", {"agencies": []}),
    ),
)
