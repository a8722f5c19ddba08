"""No decision before the five working days for asking a hearing are over (行政处罚法第六十四条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, fined, step
from plumbline.rules.language import (
    Clock,
    Wait,
    activity,
    any_of,
    comes_before,
    event,
    field,
    it,
)

_DECIDED = event("decision_made", place="after", where=it("outcome").eq("penalty"))
_STATES = ["proposed_penalty", "right_to_hearing"]


def _told(on: str = "2026-06-15") -> dict[str, object]:
    return step("penalty_notice_served", on, method="direct", states=_STATES)


RULE = Rule(
    id="APL-64-request-5wd",
    subject=("hearing_right_told", "penalty_notice_served"),
    when=any_of(activity().eq("hearing_right_told"), field("states").holds("right_to_hearing")),
    require=Wait(
        Clock(5, "wd"),
        _DECIDED,
        unless=any_of(
            comes_before(
                event("statement_waived", place="after", where=it("waives").holds("hearing")),
                _DECIDED,
            ),
            comes_before(event("hearing_ended", place="after"), _DECIDED),
        ),
    ),
    breach_zh="听证申请期满前作出决定",
    duty_zh="当事人可在告知后五个工作日内要求听证，期满之前不得作出处罚决定",
    remedy_zh="请等期限届满，或者由当事人书面放弃听证。",
    examples=(
        Example(
            "期满次日决定",
            "met",
            (filed(), _told(), fined("2026-06-24")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-23",
        ),
        Example(
            "期满当日决定",
            "breached",
            (filed(), _told(), fined("2026-06-23")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-23",
        ),
        Example(
            "当事人放弃听证",
            "met",
            (
                filed(),
                _told(),
                step("statement_waived", "2026-06-16", waives=["hearing"]),
                fined("2026-06-17"),
            ),
            "2026-07-01",
            CALENDAR,
            due="2026-06-23",
        ),
        Example(
            "等待期内",
            "pending",
            (filed(), _told()),
            "2026-06-18",
            CALENDAR,
            due="2026-06-23",
        ),
        Example(
            "告知书没有听证权",
            "not_applicable",
            (
                filed(),
                step(
                    "penalty_notice_served",
                    "2026-06-15",
                    method="direct",
                    states=["facts"],
                ),
            ),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "没有填报告知内容",
            "unknown",
            (filed(), step("penalty_notice_served", "2026-06-15", method="direct")),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "先决定，后放弃听证",
            "breached",
            (
                filed(),
                _told(),
                fined("2026-06-17"),
                step("statement_waived", "2026-06-17", waives=["hearing"]),
            ),
            "2026-07-01",
            CALENDAR,
            due="2026-06-23",
        ),
        Example(
            "只放弃陈述申辩",
            "breached",
            (
                filed(),
                _told(),
                step("statement_waived", "2026-06-16", waives=["statement"]),
                fined("2026-06-17"),
            ),
            "2026-07-01",
            CALENDAR,
            due="2026-06-23",
        ),
    ),
)
