"""The police answer the request to reconsider in three days (行政执法机关移送涉嫌犯罪案件的规定第九条第二款)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, step
from plumbline.rules.language import Clock, Stop, Within, event


def _requested(on: str = "2026-06-01") -> dict[str, object]:
    return step("police_reconsideration_requested", on)


def _reconsidered(on: str) -> dict[str, object]:
    return step("police_reconsidered", on)


RULE = Rule(
    id="TSC-9-reconsider-answer-3d",
    subject=("police_reconsideration_requested",),
    require=Within(Clock(3, "cd"), (Stop(event("police_reconsidered", place="after")),)),
    breach_zh="公安机关逾期未作复议决定",
    duty_zh="公安机关收到复议材料后，应在三日内就是否立案作出复议决定并书面通知",
    remedy_zh="请向公安机关催办；仍有异议的，可以建议检察机关进行立案监督。",
    examples=(
        Example(
            "第三日决定",
            "met",
            (filed(), _requested(), _reconsidered("2026-06-04")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "第四日决定",
            "breached",
            (filed(), _requested(), _reconsidered("2026-06-05")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "末日是端午节，顺延到星期一",
            "met",
            (filed(), _requested("2026-06-16"), _reconsidered("2026-06-22")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-22",
        ),
        Example(
            "顺延后的次日决定",
            "breached",
            (filed(), _requested("2026-06-16"), _reconsidered("2026-06-23")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-22",
        ),
        Example(
            "届满日尚未决定",
            "pending",
            (filed(), _requested()),
            "2026-06-04",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "届满后仍未决定",
            "breached",
            (filed(), _requested()),
            "2026-06-05",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "没有日历，第四日决定",
            "unknown",
            (filed(), _requested(), _reconsidered("2026-06-05")),
            "2026-06-20",
        ),
        Example(
            "修订施行之前",
            "not_applicable",
            (_requested("2020-08-06"),),
            "2020-09-01",
            CALENDAR,
        ),
    ),
)
