"""The result of an appeal to the prefecture is told to the offender."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Decide, event, exists

from ..source import duty

_RESULT = step("prefecture_result_received", "2006-01-01", kind="traffic_fine")

RULE = Rule(
    id="RTF-NOTIFY-RESULT",
    own_facts=duty("RTF-NOTIFY-RESULT"),
    subject=("prefecture_result_received",),
    require=Decide(
        (
            ("met", exists(event("prefecture_result_notified", place="after"))),
            ("breached", exists(event("sent_for_collection", place="after"))),
        ),
        "pending",
    ),
    breach_zh="申诉结果未告知",
    duty_zh="省督署的申诉结果应当告知当事人",
    remedy_zh="请补办告知。",
    kinds=("traffic_fine",),
    examples=(
        Example(
            "已告知",
            "met",
            (_RESULT, step("prefecture_result_notified", "2006-02-01", kind="traffic_fine")),
            "2013-06-18",
        ),
        Example(
            "未告知就移交追缴",
            "breached",
            (_RESULT, step("sent_for_collection", "2006-02-01", kind="traffic_fine")),
            "2013-06-18",
        ),
        Example("尚未告知", "pending", (_RESULT,), "2013-06-18"),
    ),
)
