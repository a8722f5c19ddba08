"""No compulsory execution at night or on a statutory holiday unless urgent; homes are not cut off (行政强制法第四十三条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, all_of, any_of, at_night, field, kind_of_day, not_

from ..histories import WORKING_DAYS, executed

_WIDER_NIGHT = {**WORKING_DAYS, "settings": {"night_from": "20:00", "night_to": "08:00"}}
_AFTER_MIDNIGHT = {**WORKING_DAYS, "settings": {"night_from": "00:00", "night_to": "06:00"}}
_ILLEGIBLE = {**WORKING_DAYS, "settings": {"night_from": "晚上十点"}}


def _done(at: str, **changes: Any) -> dict[str, Any]:
    stated = {"urgent": False, "utilities_cut": False, **changes}
    return executed(at, **{name: value for name, value in stated.items() if value is not None})


RULE = Rule(
    id="ACL-43-night",
    subject=("execution_done", "substitute_performance_done"),
    require=Check(
        all_of(
            field("utilities_cut").is_false(),
            any_of(
                field("urgent").is_true(),
                # An ordinary weekend and a day off by the yearly notice are no 法定节假日 here.
                all_of(not_(at_night()), kind_of_day().ne("holiday")),
            ),
        )
    ),
    breach_zh="夜间、节假日强制执行或者断水断电",
    duty_zh="除情况紧急外，夜间和法定节假日不得强制执行；不得用停水停电停热停气逼迫居民履行",
    remedy_zh="请立即停止并恢复供应，改在工作时间依法实施。",
    examples=(
        *(
            Example(title, verdict, (_done(f"2026-06-10T{hour}+08:00"),), "2026-06-20", WORKING_DAYS)
            for title, verdict, hour in (
                ("白天", "met", "10:00"),
                ("夜间开始之前", "met", "21:59:59"),
                ("夜间开始之时", "breached", "22:00"),
                ("夜间结束之前", "breached", "05:59:59"),
                ("夜间结束之时", "met", "06:00"),
            )
        ),
        Example(
            "夜间，情况紧急",
            "met",
            (_done("2026-06-10T23:00:00+08:00", urgent=True),),
            "2026-06-20",
            WORKING_DAYS,
        ),
        Example(
            "夜间，是否紧急没有填报",
            "unknown",
            (_done("2026-06-10T23:00:00+08:00", urgent=None),),
            "2026-06-20",
            WORKING_DAYS,
        ),
        *(
            Example(f"{day}白天", verdict, (_done(f"{on}T10:00:00+08:00"),), "2026-07-01", WORKING_DAYS)
            for day, verdict, on in (
                ("端午节", "breached", "2026-06-19"),
                ("调休放假日", "met", "2026-01-02"),
                ("普通周末", "met", "2026-06-13"),
                ("调休上班的周末", "met", "2026-05-09"),
            )
        ),
        Example("节日只填日期", "breached", (_done("2026-06-19"),), "2026-07-01", WORKING_DAYS),
        Example("平日只填日期，时刻不明", "unknown", (_done("2026-06-10"),), "2026-07-01", WORKING_DAYS),
        Example("只填日期，情况紧急", "met", (_done("2026-06-19", urgent=True),), "2026-07-01"),
        Example(
            "对居民断水断电，即使紧急",
            "breached",
            (_done("2026-06-10T10:00:00+08:00", urgent=True, utilities_cut=True),),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example(
            "是否断水断电没有填报",
            "unknown",
            (_done("2026-06-10T10:00:00+08:00", utilities_cut=None),),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example("没有日历", "unknown", (_done("2026-06-10T10:00:00+08:00"),), "2026-07-01"),
        Example(
            "本地夜间从二十时起",
            "breached",
            (_done("2026-06-10T20:00:00+08:00"),),
            "2026-07-01",
            _WIDER_NIGHT,
        ),
        Example("本地夜间到八时止", "met", (_done("2026-06-10T08:00:00+08:00"),), "2026-07-01", _WIDER_NIGHT),
        Example(
            "本地夜间从零时起", "met", (_done("2026-06-10T23:00:00+08:00"),), "2026-07-01", _AFTER_MIDNIGHT
        ),
        Example(
            "夜间时段填写有误", "unknown", (_done("2026-06-10T10:00:00+08:00"),), "2026-07-01", _ILLEGIBLE
        ),
        Example(
            "代履行在夜间",
            "breached",
            (
                step(
                    "substitute_performance_done",
                    "2026-06-10T22:30:00+08:00",
                    urgent=False,
                    utilities_cut=False,
                ),
            ),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example("行政强制法施行前", "not_applicable", (_done("2011-12-31"),), "2012-02-01", WORKING_DAYS),
    ),
)
