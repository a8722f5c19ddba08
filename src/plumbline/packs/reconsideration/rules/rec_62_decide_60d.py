"""Reconsideration is decided in sixty days, by the summary procedure in thirty (行政复议法第六十二条).

The time of a stay (第三十九条), of an inspection on site and of an appraisal (实施条例第四十五条、第四十六条) does not count. Only the
ordinary procedure can be extended, once, by the head of the reconsideration office or above, if the parties are told.
"""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import (
    ByCase,
    Clock,
    Exclusion,
    ExtensionStep,
    Stop,
    Within,
    all_of,
    event,
    field,
    it,
)

_DECIDED = (Stop(event("reconsideration_decision_made", place="after")),)
_NOT_COUNTED = (Exclusion("reconsideration_suspension"), Exclusion("test", ("site_survey", "appraisal")))
_BY_WHOM = it("approved_by").one_of("section_head", "agency_head", "principal_head", "collective")
_ONCE = ExtensionStep("", 30, where=all_of(_BY_WHOM, it("party_told").is_true()))


def _accepted(on: str = "2026-06-01", procedure: str = "ordinary") -> dict[str, object]:
    return step("reconsideration_accepted", on, procedure=procedure)


def _decided(on: str) -> dict[str, object]:
    return step("reconsideration_decision_made", on, outcome="upheld")


def _more(on: str = "2026-07-20", days: int = 30, by: str = "section_head", **told: Any) -> dict[str, object]:
    return step(
        "extension_approved",
        on,
        clock="reconsideration",
        days=days,
        approved_by=by,
        **(told or {"party_told": True}),
    )


def _test(kind: str) -> tuple[dict[str, object], ...]:
    begun = step("test_started", "2026-06-10", test="T1", test_kind=kind)
    return (begun, step("test_ended", "2026-06-15", test="T1"))


_STAYED = step("reconsideration_suspended", "2026-06-10")
_RESUMED = step("reconsideration_resumed", "2026-06-20")

#: Accepted on 1 June 2026: sixty days end on 31 July, seventy on 10 August, ninety on Sunday 30 August, thirty on 1 July.
RULE = Rule(
    id="REC-62-decide-60d",
    subject=("reconsideration_accepted",),
    kinds=("reconsideration",),
    require=ByCase(
        field("procedure").eq("summary"),
        Within(Clock(30, "cd"), _DECIDED, excludes=_NOT_COUNTED, extension_clock="reconsideration"),
        Within(
            Clock(60, "cd"),
            _DECIDED,
            excludes=_NOT_COUNTED,
            extensions=(_ONCE,),
            extension_clock="reconsideration",
        ),
    ),
    breach_zh="复议逾期未决定",
    duty_zh="复议机关应在受理后六十日内作出复议决定，简易程序为三十日；普通程序经批准并告知当事人，可延长至多三十日",
    remedy_zh="请立即作出复议决定；需要延长的，应在届满以前批准并书面告知当事人。",
    examples=(
        Example(
            "第六十日决定",
            "met",
            (_accepted(), _decided("2026-07-31")),
            "2026-09-30",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "第六十一日决定",
            "breached",
            (_accepted(), _decided("2026-08-01")),
            "2026-09-30",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "末日为星期日，顺延",
            "met",
            (_accepted("2026-05-06"), _decided("2026-07-06")),
            "2026-09-30",
            CALENDAR,
            due="2026-07-06",
        ),
        Example("届满日尚未决定", "pending", (_accepted(),), "2026-07-31", CALENDAR, due="2026-07-31"),
        Example("届满后仍未决定", "breached", (_accepted(),), "2026-08-01", CALENDAR, due="2026-07-31"),
        Example(
            "简易程序第三十日",
            "met",
            (_accepted(procedure="summary"), _decided("2026-07-01")),
            "2026-09-30",
            CALENDAR,
            due="2026-07-01",
        ),
        Example(
            "简易程序第三十一日",
            "breached",
            (_accepted(procedure="summary"), _decided("2026-07-02")),
            "2026-09-30",
            CALENDAR,
            due="2026-07-01",
        ),
        Example(
            "简易程序不能延长",
            "breached",
            (_accepted(procedure="summary"), _more("2026-06-25", 10), _decided("2026-07-06")),
            "2026-09-30",
            CALENDAR,
            due="2026-07-01",
        ),
        Example(
            "延长十日，末日决定",
            "met",
            (_accepted(), _more(days=10), _decided("2026-08-10")),
            "2026-09-30",
            CALENDAR,
            due="2026-08-10",
        ),
        Example(
            "延长十日，次日决定",
            "breached",
            (_accepted(), _more(days=10), _decided("2026-08-11")),
            "2026-09-30",
            CALENDAR,
            due="2026-08-10",
        ),
        Example(
            "延长超过三十日，以三十日计，末日顺延",
            "met",
            (_accepted(), _more(days=60), _decided("2026-08-31")),
            "2026-09-30",
            CALENDAR,
            due="2026-08-31",
        ),
        Example(
            "三十日以外仍然超期",
            "breached",
            (_accepted(), _more(days=60), _decided("2026-09-01")),
            "2026-09-30",
            CALENDAR,
            due="2026-08-31",
        ),
        Example(
            "届满以后才批准延长",
            "breached",
            (_accepted(), _more("2026-08-01"), _decided("2026-08-10")),
            "2026-09-30",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "没有告知当事人的延长不算",
            "breached",
            (_accepted(), _more(party_told=False), _decided("2026-08-10")),
            "2026-09-30",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "没有填报是否告知当事人",
            "unknown",
            (_accepted(), _more(x_note="情况复杂"), _decided("2026-08-10")),
            "2026-09-30",
            CALENDAR,
        ),
        Example(
            "没有填报是否告知，但没有用到延长",
            "met",
            (_accepted(), _more(x_note="情况复杂"), _decided("2026-07-31")),
            "2026-09-30",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "上一级机关无权批准",
            "breached",
            (_accepted(), _more(by="superior"), _decided("2026-08-10")),
            "2026-09-30",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "中止的十日不计",
            "met",
            (_accepted(), _STAYED, _RESUMED, _decided("2026-08-10")),
            "2026-09-30",
            CALENDAR,
            due="2026-08-10",
        ),
        Example(
            "扣除中止后仍超一日",
            "breached",
            (_accepted(), _STAYED, _RESUMED, _decided("2026-08-11")),
            "2026-09-30",
            CALENDAR,
            due="2026-08-10",
        ),
        Example("中止尚未恢复", "pending", (_accepted(), _STAYED), "2026-09-30", CALENDAR),
        Example(
            "现场勘验的五日不计",
            "met",
            (_accepted(), *_test("site_survey"), _decided("2026-08-05")),
            "2026-09-30",
            CALENDAR,
            due="2026-08-05",
        ),
        Example(
            "检测不能扣除",
            "breached",
            (_accepted(), *_test("test"), _decided("2026-08-05")),
            "2026-09-30",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "没有日历，不知末日是否顺延",
            "unknown",
            (_accepted("2026-05-06"), _decided("2026-07-06")),
            "2026-09-30",
        ),
        Example("新法施行以前受理", "not_applicable", (_accepted("2023-12-20"),), "2024-06-01", CALENDAR),
    ),
)
