"""A penalty undone or changed is reported to the credit platform promptly (信用修复管理办法第十九条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import Promptly, all_of, event, exists, field, it, kind

_ON_CREDIT_CHINA = event("decision_published", place="before", where=it("channel").eq("credit_china"))


def _published(channel: str = "credit_china") -> dict[str, object]:
    return step("decision_published", "2026-04-15", of="e2", channel=channel)


def _ended(outcome: str = "revoked", on: str = "2026-06-01") -> dict[str, object]:
    return step("challenge_ended", on, route="reconsideration", outcome=outcome)


_DECIDED = (filed("2026-03-02"), fined("2026-04-10"))
_REPORTED = step("credit_change_reported", "2026-06-05")

RULE = Rule(
    id="NDRC-19-report-change",
    subject=("challenge_ended",),
    # 第十九条 speaks of penalties only, and only their matters hold the report.
    when=all_of(
        kind().eq("penalty"),
        field("outcome").one_of("revoked", "changed"),
        exists(_ON_CREDIT_CHINA),
    ),
    require=Promptly(event("credit_change_reported", place="after")),
    breach_zh="处罚被撤销变更未报信用平台",
    duty_zh="处罚经复议或者诉讼被撤销、变更的，原处罚机关应当及时向信用平台报送结果",
    remedy_zh="请立即把结果报送信用平台网站，并核对网站已经撤销或者修改。",
    examples=(
        Example("已经报送", "met", (*_DECIDED, _published(), _ended(), _REPORTED), "2026-07-01"),
        Example("变更，尚未报送", "pending", (*_DECIDED, _published(), _ended("changed")), "2026-07-01"),
        Example(
            "没有报送就结案",
            "breached",
            (*_DECIDED, _published(), _ended(), step("case_closed", "2026-06-20")),
            "2026-07-01",
        ),
        Example("维持", "not_applicable", (*_DECIDED, _published(), _ended("upheld")), "2026-07-01"),
        Example(
            "没有在信用中国公示过",
            "not_applicable",
            (*_DECIDED, _published("government_site"), _ended()),
            "2026-07-01",
        ),
        Example(
            "撤销以后才公示",
            "not_applicable",
            (*_DECIDED, _ended(on="2026-04-14"), _published()),
            "2026-07-01",
        ),
        Example(
            "不是处罚",
            "not_applicable",
            (
                step("execution_decision_made", "2026-04-10", kind="compulsion", object="goods"),
                step("decision_published", "2026-04-15", kind="compulsion", of="e1", channel="credit_china"),
                step(
                    "challenge_ended", "2026-06-01", kind="compulsion", route="litigation", outcome="revoked"
                ),
            ),
            "2026-07-01",
        ),
        Example(
            "办法施行之前",
            "not_applicable",
            (
                filed("2025-10-09"),
                fined("2025-12-01"),
                step("decision_published", "2025-12-05", of="e2", channel="credit_china"),
                _ended(on="2026-03-31"),
            ),
            "2026-07-01",
        ),
    ),
)
