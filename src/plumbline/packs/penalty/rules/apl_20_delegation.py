"""Entrusted enforcement needs a published written entrustment with a term (行政处罚法第二十条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed
from plumbline.rules.language import (
    Check,
    agency,
    all_of,
    any_of,
    case,
    field,
    it,
    on,
    row_exists,
    row_value,
)

_DEPARTMENT = {"agencies": [{"code": "A-1", "kind": "department", "level": "district"}]}
_ENTRUSTED = {
    "from": "A-1",
    "to": "B-1",
    "items": ["X-1"],
    "states_powers": True,
    "valid_from": "2025-01-01",
    "valid_to": "2026-12-31",
    "published_on": "2025-01-05",
}

RULE = Rule(
    id="APL-20-delegation",
    subject=("case_filed",),
    when=any_of(
        field("handled_by").is_stated(),
        row_value("agencies", "code", agency(), "kind").eq("entrusted_organization"),
    ),
    require=Check(
        all_of(
            row_value("agencies", "code", agency(), "kind").ne("entrusted_organization"),
            row_exists(
                "entrustments",
                "from",
                agency(),
                where=all_of(
                    it("to").eq(field("handled_by")),
                    it("items").holds(case("item")),
                    it("states_powers").is_true(),
                    it("valid_to").ne(None),
                    it("published_on").le(on()),
                ),
            ),
        )
    ),
    breach_zh="受委托处罚不合规",
    duty_zh="受委托组织应在书面委托载明并已公布的权限和期限内，以委托机关名义实施处罚，不得再委托",
    remedy_zh="请核对委托书的事项、期限和公布日期。",
    examples=(
        Example("没有委托", "not_applicable", (filed(),), "2026-03-10", _DEPARTMENT),
        Example(
            "委托书有期限并已公布",
            "met",
            (filed(handled_by="B-1"),),
            "2026-03-10",
            {**_DEPARTMENT, "entrustments": [_ENTRUSTED]},
        ),
        Example(
            "委托书没有期限",
            "breached",
            (filed(handled_by="B-1"),),
            "2026-03-10",
            {**_DEPARTMENT, "entrustments": [{**_ENTRUSTED, "valid_to": None}]},
        ),
        Example(
            "期限届满当日立案",
            "met",
            (filed("2026-12-31", handled_by="B-1"),),
            "2026-12-31",
            {**_DEPARTMENT, "entrustments": [_ENTRUSTED]},
        ),
        Example(
            "期限届满次日立案",
            "breached",
            (filed("2027-01-01", handled_by="B-1"),),
            "2027-01-10",
            {**_DEPARTMENT, "entrustments": [_ENTRUSTED]},
        ),
        Example(
            "立案次日才公布委托书",
            "breached",
            (filed(handled_by="B-1"),),
            "2026-03-10",
            {**_DEPARTMENT, "entrustments": [{**_ENTRUSTED, "published_on": "2026-03-03"}]},
        ),
        Example(
            "受委托组织以自己名义立案",
            "breached",
            (filed(handled_by="B-1"),),
            "2026-03-10",
            {
                "agencies": [{"code": "A-1", "kind": "entrusted_organization", "level": "district"}],
                "entrustments": [_ENTRUSTED],
            },
        ),
        Example(
            "委托机关没有登记，不知是否再委托",
            "unknown",
            (filed(handled_by="B-1"),),
            "2026-03-10",
            {"agencies": [], "entrustments": [_ENTRUSTED]},
        ),
    ),
)
