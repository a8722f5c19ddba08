"""An unpaid, undismissed fine on which a penalty was added ends in collection."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import (
    Decide,
    any_of,
    as_of,
    date_after,
    event,
    exists,
    field,
    it,
    last,
    not_,
    on,
)

from ..source import duty

_OWED = field("amount").plus(last(event("fine_sent", place="before"), it("expense"), 0))
_SETTLED = any_of(
    exists(event("sent_for_collection", place="after")),
    last(event("payment_made"), it("paid_in_all"), 0).ge(_OWED),
)
# The log says of the fine itself and of each appeal whether it was dismissed, and by whom.
_DISMISSED = exists(
    event("fine_created", "prefecture_appeal_sent", "judge_appealed", where=it("dismissal").eq("dismissed"))
)
_CREATED = step("fine_created", "2006-01-01", kind="traffic_fine", amount=3500, dismissal="none")
_PENALTY = step("penalty_added", "2006-05-01", kind="traffic_fine", amount=7000)

RULE = Rule(
    id="RTF-UNPAID-ENDS-IN-COLLECTION",
    own_facts=duty("RTF-UNPAID-ENDS-IN-COLLECTION", severity="blue"),
    subject=("penalty_added",),
    when=not_(_DISMISSED),
    require=Decide((("met", _SETTLED), ("breached", as_of().gt(date_after(on(), 5, "y")))), "pending"),
    breach_zh="未缴清而未追缴",
    duty_zh="没有缴清也没有被撤销的罚单，最终应当移交追缴",
    remedy_zh="请核对未移交的原因。",
    kinds=("traffic_fine",),
    examples=(
        Example(
            "已移交追缴",
            "met",
            (_CREATED, _PENALTY, step("sent_for_collection", "2008-01-01", kind="traffic_fine")),
            "2013-06-18",
        ),
        Example("五年后仍未移交", "breached", (_CREATED, _PENALTY), "2013-06-18"),
        Example("时间尚短", "pending", (_CREATED, _PENALTY), "2007-06-18"),
        Example(
            "已撤销的不在此列",
            "not_applicable",
            (
                _CREATED,
                _PENALTY,
                step("judge_appealed", "2006-06-01", kind="traffic_fine", dismissal="dismissed"),
            ),
            "2013-06-18",
        ),
        Example(
            "申诉没有撤销罚单，五年后仍未移交",
            "breached",
            (_CREATED, _PENALTY, step("judge_appealed", "2006-06-01", kind="traffic_fine", dismissal="none")),
            "2013-06-18",
        ),
        Example(
            "没有写明申诉的结果",
            "unknown",
            (_CREATED, _PENALTY, step("judge_appealed", "2006-06-01", kind="traffic_fine")),
            "2013-06-18",
        ),
    ),
)
