"""A fine that is not paid at once is sent within ninety days of its creation."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Clock, Stop, Within, any_of, event, exists, not_

from ..source import duty

_CREATED = step("fine_created", "2006-01-01", kind="traffic_fine", amount=3500)

RULE = Rule(
    id="RTF-SEND-90d",
    own_facts=duty("RTF-SEND-90d"),
    subject=("fine_created",),
    when=any_of(
        exists(event("fine_sent", place="after")),
        not_(exists(event("payment_made", "judge_appealed", "prefecture_appeal_dated", place="after"))),
    ),
    require=Within(Clock(90, "cd", roll=False), (Stop(event("fine_sent", place="after")),)),
    breach_zh="罚单逾期寄出",
    duty_zh="罚单应当自开具之日起九十日内寄出",
    remedy_zh="逾期未寄出的，核查是否仍有效。",
    kinds=("traffic_fine",),
    examples=(
        Example(
            "第九十日寄出",
            "met",
            (_CREATED, step("fine_sent", "2006-04-01", kind="traffic_fine")),
            "2013-06-18",
            due="2006-04-01",
        ),
        Example(
            "第九十一日寄出",
            "breached",
            (_CREATED, step("fine_sent", "2006-04-02", kind="traffic_fine")),
            "2013-06-18",
            due="2006-04-01",
        ),
        Example(
            "当场缴清未寄",
            "not_applicable",
            (_CREATED, step("payment_made", "2006-01-02", kind="traffic_fine")),
            "2013-06-18",
        ),
    ),
)
