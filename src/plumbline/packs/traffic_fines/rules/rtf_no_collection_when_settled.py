"""A fine that is paid in full or dismissed is not sent for collection."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, all_of, event, exists, it, last, not_

from ..source import duty

_OWED = last(event("fine_created", "penalty_added", place="before"), it("amount"), 0).plus(
    last(event("fine_sent", place="before"), it("expense"), 0)
)
_PAID = last(event("payment_made", place="before"), it("paid_in_all"), 0)
_DISMISSED = exists(
    event(
        "fine_created",
        "prefecture_appeal_sent",
        "judge_appealed",
        place="before",
        where=it("dismissal").eq("dismissed"),
    )
)
_CREATED = step("fine_created", "2006-01-01", kind="traffic_fine", amount=3500, dismissal="none")

RULE = Rule(
    id="RTF-NO-COLLECTION-WHEN-SETTLED",
    own_facts=duty("RTF-NO-COLLECTION-WHEN-SETTLED", severity="red"),
    subject=("sent_for_collection",),
    require=Check(all_of(not_(_DISMISSED), _PAID.lt(_OWED))),
    breach_zh="已结清仍移交追缴",
    duty_zh="已经缴清或者已被撤销的罚单，不得移交追缴",
    remedy_zh="请撤回追缴。",
    kinds=("traffic_fine",),
    examples=(
        Example(
            "没有缴款",
            "met",
            (_CREATED, step("sent_for_collection", "2007-01-01", kind="traffic_fine")),
            "2013-06-18",
        ),
        Example(
            "已缴清仍追缴",
            "breached",
            (
                _CREATED,
                step("payment_made", "2006-02-01", kind="traffic_fine", amount=3500, paid_in_all=3500),
                step("sent_for_collection", "2007-01-01", kind="traffic_fine"),
            ),
            "2013-06-18",
        ),
        Example(
            "已撤销仍追缴",
            "breached",
            (
                _CREATED,
                step("judge_appealed", "2006-02-01", kind="traffic_fine", dismissal="dismissed"),
                step("sent_for_collection", "2007-01-01", kind="traffic_fine"),
            ),
            "2013-06-18",
        ),
        Example(
            "开具时即已撤销仍追缴",
            "breached",
            (
                step("fine_created", "2006-01-01", kind="traffic_fine", amount=3500, dismissal="dismissed"),
                step("sent_for_collection", "2007-01-01", kind="traffic_fine"),
            ),
            "2013-06-18",
        ),
        Example(
            "缴款数额没有记录",
            "unknown",
            (
                _CREATED,
                step("payment_made", "2006-02-01", kind="traffic_fine", amount=3500),
                step("sent_for_collection", "2007-01-01", kind="traffic_fine"),
            ),
            "2013-06-18",
        ),
    ),
)
