"""Legal review ends in a written opinion; what it found is mended and handed in again (国办发〔2018〕118号（十三）)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import (
    Decide,
    activity,
    all_of,
    comes_before,
    event,
    exists,
    field,
    it,
    not_,
)

_DECIDED = event("decision_made", place="after", where=it("outcome").eq("penalty"))
_AGAIN = event("legal_review_submitted", place="after")

RULE = Rule(
    id="T118-13-written-opinion",
    subject=("legal_review_passed", "legal_review_returned"),
    require=Decide(
        (
            ("breached", field("written").is_false()),
            (
                "breached",
                all_of(
                    activity().eq("legal_review_returned"),
                    exists(_DECIDED),
                    not_(comes_before(_AGAIN, _DECIDED)),
                ),
            ),
            (
                "pending",
                all_of(
                    activity().eq("legal_review_returned"),
                    not_(exists(_AGAIN)),
                ),
            ),
        ),
        "met",
    ),
    breach_zh="法制审核无书面意见",
    duty_zh="法制审核应当出具书面意见；提出问题的，承办机构应改正后再次送审",
    remedy_zh="请补齐书面意见；被退回的，改正后重新送审。",
    examples=(
        Example(
            "书面通过",
            "met",
            (filed(), step("legal_review_passed", "2026-03-18", written=True)),
            "2026-04-01",
        ),
        Example(
            "口头意见",
            "breached",
            (filed(), step("legal_review_passed", "2026-03-18", written=False)),
            "2026-04-01",
        ),
        Example(
            "退回后尚未再送",
            "pending",
            (filed(), step("legal_review_returned", "2026-03-18", written=True)),
            "2026-03-19",
        ),
        Example(
            "退回后未再送即决定",
            "breached",
            (
                filed(),
                step("legal_review_returned", "2026-03-18", written=True),
                fined("2026-03-20"),
            ),
            "2026-04-01",
        ),
        Example(
            "没有说明是否书面",
            "unknown",
            (filed(), step("legal_review_passed", "2026-03-18")),
            "2026-04-01",
        ),
        Example(
            "退回后先决定，再补送",
            "breached",
            (
                filed(),
                step("legal_review_returned", "2026-03-18", written=True),
                fined("2026-03-20"),
                step("legal_review_submitted", "2026-03-20"),
            ),
            "2026-04-01",
        ),
        Example(
            "退回后再送",
            "met",
            (
                filed(),
                step("legal_review_returned", "2026-03-18", written=True),
                step("legal_review_submitted", "2026-03-19"),
            ),
            "2026-04-01",
        ),
        Example(
            "指导意见施行前一日审核",
            "not_applicable",
            (filed("2018-11-01"), step("legal_review_passed", "2018-12-04", written=False)),
            "2019-01-04",
        ),
    ),
)
