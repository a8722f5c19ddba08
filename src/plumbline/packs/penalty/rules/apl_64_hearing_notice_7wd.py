"""The party hears of time and place seven working days ahead (行政处罚法第六十四条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, step
from plumbline.rules.language import Ahead, Clock, event, field


def _scheduled(at: str) -> dict[str, object]:
    return step("hearing_scheduled", "2026-06-01", hearing="H1", at=at)


def _noticed(on: str) -> dict[str, object]:
    return step("hearing_notice_served", on, method="direct", hearing="H1")


RULE = Rule(
    id="APL-64-hearing-notice-7wd",
    subject=("hearing_scheduled",),
    require=Ahead(
        Clock(7, "wd"),
        event("hearing_notice_served", same=("hearing",)),
        later=field("at"),
    ),
    breach_zh="听证通知不足七个工作日",
    duty_zh="应当在举行听证的七个工作日以前，通知当事人及有关人员时间、地点",
    remedy_zh="请改期，留足七个完整的工作日。",
    examples=(
        Example(
            "中间正好七个工作日",
            "met",
            (filed(), _scheduled("2026-06-15T09:00:00+08:00"), _noticed("2026-06-03")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-03",
        ),
        Example(
            "只有六个工作日",
            "breached",
            (filed(), _scheduled("2026-06-15T09:00:00+08:00"), _noticed("2026-06-04")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-03",
        ),
        Example(
            "还来得及通知",
            "pending",
            (filed(), _scheduled("2026-06-15")),
            "2026-06-02",
            CALENDAR,
            due="2026-06-03",
        ),
        Example(
            "没有日历",
            "unknown",
            (filed(), _scheduled("2026-06-15"), _noticed("2026-06-03")),
            "2026-06-20",
        ),
        Example(
            "处罚法修订施行前一日排定听证",
            "not_applicable",
            (filed("2021-06-01"), step("hearing_scheduled", "2021-07-14", hearing="H1", at="2021-07-16")),
            "2021-09-01",
        ),
    ),
)
