"""市场监督管理行政处罚信息公示规定第八条: with the decision the party is told in writing that it will be published.

Only what has to be published (第二条): the ordinary procedure, and more than a warning.
"""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import Check, all_of, event, field, it, last, not_

from ..families import in_domain, other_domain

_TO_BE_PUBLISHED = last(
    event("decision_made", place="before"),
    all_of(
        it("outcome").eq("penalty"),
        it("procedure").eq("ordinary"),
        not_(it("penalty.kinds").holds_only("warning")),
    ),
    False,
)


def _case(
    told: bool | None, *, domain: str = "market", fen: int | None = 600_000, procedure: str = "ordinary"
) -> tuple[dict[str, Any], ...]:
    said: dict[str, Any] = {} if told is None else {"publicity_told": told}
    return (
        filed(domain=domain),
        fined("2026-06-01", fen, procedure=procedure),
        step("decision_served", "2026-06-02", method="direct", receipt="signed", **said),
    )


RULE = Rule(
    id="SAMP-8-tell-party",
    subject=("decision_served",),
    kinds=("penalty",),
    when=all_of(in_domain("market"), _TO_BE_PUBLISHED),
    require=Check(field("publicity_told").is_true()),
    breach_zh="送达时未告知将公示",
    duty_zh="送达应当公示的处罚决定时，须以书面让当事人知道该信息会向社会公示",
    remedy_zh="请补发书面告知，并留存送达凭证。",
    examples=(
        Example("已书面告知", "met", _case(True), "2026-07-01"),
        Example("没有告知", "breached", _case(False), "2026-07-01"),
        Example("没有填报", "unknown", _case(None), "2026-07-01"),
        Example("仅受警告，不公示", "not_applicable", _case(False, fen=None), "2026-07-01"),
        Example(
            "当场处罚，不公示", "not_applicable", _case(False, fen=10_000, procedure="summary"), "2026-07-01"
        ),
        Example("其他领域", "not_applicable", _case(False, domain=other_domain("market")), "2026-07-01"),
        Example("没有填报领域", "unknown", _case(True)[1:], "2026-07-01"),
    ),
)
