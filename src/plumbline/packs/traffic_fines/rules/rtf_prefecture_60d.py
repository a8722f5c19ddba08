"""An appeal comes within sixty days of the notification."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, days_between, event, exists, first, it_on, on

from ..source import duty

_NOTIFIED = step("fine_notified", "2006-01-01", kind="traffic_fine")

RULE = Rule(
    id="RTF-PREFECTURE-60d",
    own_facts=duty("RTF-PREFECTURE-60d", bound="party"),
    subject=("prefecture_appeal_dated",),
    when=exists(event("fine_notified", place="before")),
    require=Check(days_between(first(event("fine_notified", place="before"), it_on()), on()).le(60)),
    breach_zh="逾期向省督署申诉",
    duty_zh="向省督署申诉应当在罚单送达后六十日内提出",
    remedy_zh="逾期的，核查是否有正当理由。",
    kinds=("traffic_fine",),
    examples=(
        Example(
            "第六十日",
            "met",
            (_NOTIFIED, step("prefecture_appeal_dated", "2006-03-02", kind="traffic_fine")),
            "2013-06-18",
        ),
        Example(
            "第六十一日",
            "breached",
            (_NOTIFIED, step("prefecture_appeal_dated", "2006-03-03", kind="traffic_fine")),
            "2013-06-18",
        ),
        Example(
            "没有送达登记",
            "not_applicable",
            (
                step("fine_created", "2006-01-01", kind="traffic_fine"),
                step("prefecture_appeal_dated", "2006-03-03", kind="traffic_fine"),
            ),
            "2013-06-18",
        ),
    ),
)
