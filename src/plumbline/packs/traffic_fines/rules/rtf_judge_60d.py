"""An appeal comes within sixty days of the notification."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, days_between, event, exists, first, it_on, on

from ..source import duty

_NOTIFIED = step("fine_notified", "2006-01-01", kind="traffic_fine")

RULE = Rule(
    id="RTF-JUDGE-60d",
    own_facts=duty("RTF-JUDGE-60d", bound="party"),
    subject=("judge_appealed",),
    when=exists(event("fine_notified", place="before")),
    require=Check(days_between(first(event("fine_notified", place="before"), it_on()), on()).le(60)),
    breach_zh="逾期向法官申诉",
    duty_zh="向法官申诉应当在罚单送达后六十日内提出",
    remedy_zh="逾期的，核查是否有正当理由。",
    kinds=("traffic_fine",),
    examples=(
        Example(
            "第六十日",
            "met",
            (_NOTIFIED, step("judge_appealed", "2006-03-02", kind="traffic_fine")),
            "2013-06-18",
        ),
        Example(
            "第六十一日",
            "breached",
            (_NOTIFIED, step("judge_appealed", "2006-03-03", kind="traffic_fine")),
            "2013-06-18",
        ),
        Example(
            "没有送达登记",
            "not_applicable",
            (
                step("fine_created", "2006-01-01", kind="traffic_fine"),
                step("judge_appealed", "2006-03-03", kind="traffic_fine"),
            ),
            "2013-06-18",
        ),
    ),
)
