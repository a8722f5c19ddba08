"""市场监督管理行政处罚程序规定第五十条: where a hearing was asked, legal review comes after it.

A request that the party gave up ended the hearing procedure too.
"""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import Check, all_of, any_of, event, exists, it

from ..families import in_domain, other_domain

_REQUESTED = step("hearing_requested", "2026-06-01")
_PASSED = step("legal_review_passed", "2026-06-22", written=True)


def _ended(on: str) -> dict[str, object]:
    return step("hearing_ended", on, hearing="H1")


RULE = Rule(
    id="SAMR-50-after-hearing",
    subject=("legal_review_passed",),
    kinds=("penalty",),
    when=all_of(in_domain("market"), exists(event("hearing_requested", place="before"))),
    require=Check(
        any_of(
            exists(event("hearing_ended", place="before")),
            exists(event("statement_waived", place="before", where=it("waives").holds("hearing"))),
        )
    ),
    breach_zh="听证结束前通过法制审核",
    duty_zh="当事人要求听证的，法制审核应当放在听证结束之后",
    remedy_zh="请在听证结束后，结合听证笔录重新审核。",
    examples=(
        Example(
            "听证结束后审核",
            "met",
            (filed(domain="market"), _REQUESTED, _ended("2026-06-18"), _PASSED),
            "2026-07-01",
        ),
        Example(
            "同日，先结束后审核",
            "met",
            (filed(domain="market"), _REQUESTED, _ended("2026-06-22"), _PASSED),
            "2026-07-01",
        ),
        Example(
            "同日，先审核后结束",
            "breached",
            (filed(domain="market"), _REQUESTED, _PASSED, _ended("2026-06-22")),
            "2026-07-01",
        ),
        Example("还没有听证就审核", "breached", (filed(domain="market"), _REQUESTED, _PASSED), "2026-07-01"),
        Example(
            "当事人已经撤回要求",
            "met",
            (
                filed(domain="market"),
                _REQUESTED,
                step("statement_waived", "2026-06-03", waives=["hearing"]),
                _PASSED,
            ),
            "2026-07-01",
        ),
        Example("没有要求听证", "not_applicable", (filed(domain="market"), _PASSED), "2026-07-01"),
        Example(
            "其他领域",
            "not_applicable",
            (filed(domain=other_domain("market")), _REQUESTED, _PASSED),
            "2026-07-01",
        ),
        Example("没有填报领域", "unknown", (_REQUESTED, _PASSED), "2026-07-01"),
    ),
)
