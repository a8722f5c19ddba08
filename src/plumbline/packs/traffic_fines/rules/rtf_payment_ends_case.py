"""Once everything owed is paid, nothing more happens in the case."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, event, exists, field, it, last, not_

from ..source import duty

_OWED = last(event("fine_created", "penalty_added", place="before"), it("amount"), 0).plus(
    last(event("fine_sent", place="before"), it("expense"), 0)
)
_CREATED = step("fine_created", "2006-01-01", kind="traffic_fine", amount=3500)
_PAID_UP = step("payment_made", "2006-02-01", kind="traffic_fine", amount=3500, paid_in_all=3500)

RULE = Rule(
    id="RTF-PAYMENT-ENDS-CASE",
    own_facts=duty("RTF-PAYMENT-ENDS-CASE"),
    subject=("payment_made",),
    when=field("paid_in_all").ge(_OWED),
    require=Check(not_(exists(event("penalty_added", "sent_for_collection", place="after")))),
    breach_zh="缴清后仍加罚或追缴",
    duty_zh="应缴数额和邮寄费用缴清后，不再加处罚款或者移交追缴",
    remedy_zh="请退还多收的部分。",
    kinds=("traffic_fine",),
    examples=(
        Example("缴清后结束", "met", (_CREATED, _PAID_UP), "2013-06-18"),
        Example(
            "缴清后又加处",
            "breached",
            (_CREATED, _PAID_UP, step("penalty_added", "2006-05-01", kind="traffic_fine", amount=7000)),
            "2013-06-18",
        ),
        Example(
            "只缴了一部分",
            "not_applicable",
            (_CREATED, step("payment_made", "2006-02-01", kind="traffic_fine", amount=100, paid_in_all=100)),
            "2013-06-18",
        ),
    ),
)
