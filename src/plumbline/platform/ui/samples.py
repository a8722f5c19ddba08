"""The samples the components page shows; each goes through the same partial as real pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from plumbline.law import Limit, Unit, day_strip, reckon, statutory_calendar

from .components import SEVERITY_TAGS, VERDICT_TAGS, Figure, Sparkline, Tag


def samples() -> dict[str, Any]:
    calendar = statutory_calendar()
    count = reckon(date(2026, 6, 4), Limit(7, Unit.WORKING_DAYS), calendar=calendar)
    return {
        "verdict_tags": list(VERDICT_TAGS.values()),
        "severity_tags": list(SEVERITY_TAGS.values()),
        "status_tags": [
            Tag("超期 6 日", "red"),
            Tag("剩 1 个工作日", "amb"),
            Tag("提醒", "blu"),
            Tag("正常", "grn"),
            Tag("未开始", "gry"),
            Tag("中止", "gry", "‖"),
            Tag("曾超期 10 个工作日", "out"),
        ],
        "figures": [
            Figure("待办", "12", "#", "件"),
            Figure("▲ 超期", "1", "#", colour="red"),
            Figure("◆ 3 日内", "3", "#", colour="amb"),
            Figure("待我签", "2", "#"),
        ],
        "strip": day_strip(count, today=date(2026, 6, 16), calendar=calendar),
        "spark": Sparkline([31, 28, 30, 26, 27, 22, 24, 19, 21, 18, 20, 17], "每周新增，近 12 周：31 到 17"),
    }
