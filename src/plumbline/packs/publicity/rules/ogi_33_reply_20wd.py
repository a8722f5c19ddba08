"""A request for disclosure is answered in twenty working days (政府信息公开条例第三十三条).

Twenty more with approval if the applicant is told; the time in which others are consulted does not count.
"""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock, Exclusion, ExtensionStep, Stop, Within, all_of, event, it

from ..more_time import TOLD, extended


def _requested(on: str = "2026-05-06") -> dict[str, object]:
    return step("disclosure_request_received", on, kind="disclosure")


def _replied(on: str) -> dict[str, object]:
    return step("disclosure_replied", on, kind="disclosure")


def _more(on: str, days: int = 20, **data: Any) -> dict[str, object]:
    approved = {"approved_by": "section_head", "party_told": True, **data}
    stated = {name: value for name, value in approved.items() if value is not None}
    return extended(on, days, kind="disclosure", clock="disclosure", **stated)


def _consulted(*days: str) -> tuple[dict[str, object], ...]:
    names = ("consultation_started", "consultation_ended")
    return tuple(step(name, day, kind="disclosure") for name, day in zip(names, days, strict=False))


RULE = Rule(
    id="OGI-33-reply-20wd",
    subject=("disclosure_request_received",),
    require=Within(
        Clock(20, "wd"),
        (Stop(event("disclosure_replied", place="after")),),
        excludes=(Exclusion("consultation"),),
        extensions=(ExtensionStep("", 20, where=all_of(it("approved_by").is_stated(), TOLD)),),
        extension_clock="disclosure",
    ),
    breach_zh="信息公开申请逾期未答复",
    duty_zh="收到公开申请后二十个工作日内答复，经批准并告知申请人的可再延长二十个工作日",
    remedy_zh="请立即答复申请人。",
    examples=(
        Example(
            "第二十个工作日答复",
            "met",
            (_requested(), _replied("2026-06-02")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "第二十一个工作日答复",
            "breached",
            (_requested(), _replied("2026-06-03")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "征求意见的五个工作日不计",
            "met",
            (_requested(), *_consulted("2026-05-11", "2026-05-18"), _replied("2026-06-09")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-09",
        ),
        Example(
            "扣除征求意见的时间仍然逾期",
            "breached",
            (_requested(), *_consulted("2026-05-11", "2026-05-18"), _replied("2026-06-10")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-09",
        ),
        Example(
            "征求意见尚未结束",
            "pending",
            (_requested(), *_consulted("2026-05-11")),
            "2026-07-10",
            CALENDAR,
        ),
        Example(
            "届满后才征求意见的不算",
            "breached",
            (_requested(), *_consulted("2026-06-03", "2026-06-10"), _replied("2026-06-11")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "延长后第四十个工作日答复",
            "met",
            (_requested(), _more("2026-06-02"), _replied("2026-07-01")),
            "2026-07-10",
            CALENDAR,
            due="2026-07-01",
        ),
        Example(
            "延长后第四十一个工作日答复",
            "breached",
            (_requested(), _more("2026-06-02"), _replied("2026-07-02")),
            "2026-07-10",
            CALENDAR,
            due="2026-07-01",
        ),
        Example(
            "延长最多二十个工作日",
            "breached",
            (_requested(), _more("2026-06-02", 30), _replied("2026-07-02")),
            "2026-07-10",
            CALENDAR,
            due="2026-07-01",
        ),
        Example(
            "届满后才批准延长",
            "breached",
            (_requested(), _more("2026-06-03"), _replied("2026-06-04")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "延长而没有告知申请人",
            "breached",
            (_requested(), _more("2026-06-02", party_told=False), _replied("2026-06-10")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "延长没有写明批准人",
            "breached",
            (_requested(), _more("2026-06-02", approved_by=None), _replied("2026-06-10")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "延长，没有填报是否告知",
            "unknown",
            (_requested(), _more("2026-06-02", party_told=None), _replied("2026-06-10")),
            "2026-07-10",
            CALENDAR,
        ),
        Example("届满日尚未答复", "pending", (_requested(),), "2026-06-02", CALENDAR, due="2026-06-02"),
        Example("届满后仍未答复", "breached", (_requested(),), "2026-06-03", CALENDAR, due="2026-06-02"),
        Example("修订施行之前", "not_applicable", (_requested("2019-05-14"),), "2019-09-01", CALENDAR),
    ),
)
