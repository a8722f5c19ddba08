"""First-time legal reviewers hold the legal professional qualification (行政处罚法第五十八条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.expression import Expression
from plumbline.rules.language import Check, person, row_value

_REVIEWER = ({"id": "R-1", "role": "legal_reviewer"},)


def _qualified(column: str) -> Expression:
    return row_value("reviewers", "id", person("legal_reviewer"), column)


def _register(first_on: str, qualified_on: str | None) -> dict[str, object]:
    return {
        "reviewers": [
            {
                "id": "R-1",
                "agency": "A-1",
                "first_review_on": first_on,
                "qualified_on": qualified_on,
            }
        ]
    }


_PASSED = step("legal_review_passed", "2026-03-18", actors=_REVIEWER, written=True)

RULE = Rule(
    id="APL-58-reviewer-qualified",
    subject=("legal_review_passed", "legal_review_returned"),
    when=_qualified("first_review_on").ge("2018-01-01"),
    require=Check(_qualified("qualified_on").le(_qualified("first_review_on"))),
    breach_zh="法制审核人员无资格",
    duty_zh="初次从事处罚决定法制审核的人员，应当取得国家统一法律职业资格",
    remedy_zh="请由取得法律职业资格的人员审核。",
    examples=(
        Example(
            "取得资格后开始审核",
            "met",
            (filed(), _PASSED),
            "2026-04-01",
            _register("2020-01-01", "2019-06-01"),
        ),
        Example(
            "没有资格",
            "breached",
            (filed(), _PASSED),
            "2026-04-01",
            _register("2020-01-01", None),
        ),
        Example(
            "二〇一八年以前已从事审核",
            "not_applicable",
            (filed(), _PASSED),
            "2026-04-01",
            _register("2017-12-31", None),
        ),
        Example(
            "没有登记审核人员",
            "unknown",
            (filed(), _PASSED),
            "2026-04-01",
            {"reviewers": []},
        ),
        Example(
            "没有写明审核人员",
            "unknown",
            (filed(), step("legal_review_passed", "2026-03-18")),
            "2026-04-01",
            _register("2020-01-01", None),
        ),
    ),
)
