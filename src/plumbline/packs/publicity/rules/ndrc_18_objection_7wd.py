"""An objection to credit information is checked in seven working days (信用修复管理办法第十八条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock, ExtensionStep, Stop, Within, event

from ..more_time import TOLD, extended


def _accepted(on: str = "2026-06-01") -> dict[str, object]:
    return step("objection_accepted", on, kind="credit_repair")


def _answered(on: str) -> dict[str, object]:
    return step("objection_answered", on, kind="credit_repair")


def _more(on: str, days: int = 3, **data: Any) -> dict[str, object]:
    return extended(on, days, kind="credit_repair", clock="objection", **data)


RULE = Rule(
    id="NDRC-18-objection-7wd",
    subject=("objection_accepted",),
    require=Within(
        Clock(7, "wd"),
        (Stop(event("objection_answered", place="after")),),
        extensions=(ExtensionStep("", None, where=TOLD),),
        extension_clock="objection",
    ),
    breach_zh="信用异议逾期未核查",
    duty_zh="受理异议申诉后七个工作日内完成核查并反馈，需要延长的事先告知申请人",
    remedy_zh="请立即完成核查，把处理结果提供给信用中国网站。",
    examples=(
        Example(
            "第七个工作日反馈",
            "met",
            (_accepted(), _answered("2026-06-10")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "第八个工作日反馈",
            "breached",
            (_accepted(), _answered("2026-06-11")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "告知后延长三个工作日",
            "met",
            (_accepted(), _more("2026-06-10", party_told=True), _answered("2026-06-15")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "延长后的次日反馈",
            "breached",
            (_accepted(), _more("2026-06-10", party_told=True), _answered("2026-06-16")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "延长而没有告知",
            "breached",
            (_accepted(), _more("2026-06-10", party_told=False), _answered("2026-06-15")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "没有填报是否告知，延长期内反馈",
            "unknown",
            (_accepted(), _more("2026-06-10"), _answered("2026-06-15")),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "没有填报是否告知，延长期也已过",
            "breached",
            (_accepted(), _more("2026-06-10"), _answered("2026-06-16")),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "没有填报是否告知，原期限内反馈",
            "met",
            (_accepted(), _more("2026-06-09"), _answered("2026-06-10")),
            "2026-07-01",
            CALENDAR,
        ),
        Example("届满日尚未反馈", "pending", (_accepted(),), "2026-06-10", CALENDAR, due="2026-06-10"),
        Example("届满后仍未反馈", "breached", (_accepted(),), "2026-06-11", CALENDAR, due="2026-06-10"),
        Example("办法施行之前", "not_applicable", (_accepted("2026-03-31"),), "2026-07-01", CALENDAR),
    ),
)
