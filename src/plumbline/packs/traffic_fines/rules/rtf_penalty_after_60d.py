"""The penalty is added only when sixty days after the notification have passed."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, all_of, days_between, event, exists, first, it_on, on

from ..source import duty

_NOTIFIED = step("fine_notified", "2006-01-01", kind="traffic_fine")

RULE = Rule(
    id="RTF-PENALTY-AFTER-60d",
    own_facts=duty("RTF-PENALTY-AFTER-60d"),
    subject=("penalty_added",),
    require=Check(
        all_of(
            exists(event("fine_notified", place="before")),
            days_between(first(event("fine_notified", place="before"), it_on()), on()).ge(60),
        )
    ),
    breach_zh="未满六十日即加罚",
    duty_zh="加处罚款须在罚单送达满六十日之后",
    remedy_zh="提前加处的，撤销加处部分。",
    kinds=("traffic_fine",),
    examples=(
        Example(
            "满六十日",
            "met",
            (_NOTIFIED, step("penalty_added", "2006-03-02", kind="traffic_fine")),
            "2013-06-18",
        ),
        Example(
            "只有五十九日",
            "breached",
            (_NOTIFIED, step("penalty_added", "2006-03-01", kind="traffic_fine")),
            "2013-06-18",
        ),
    ),
)
