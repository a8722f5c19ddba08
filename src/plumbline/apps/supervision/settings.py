"""The supervising organ's own clocks and sizes: dated values, each with who set it and why. None of them is a limit of law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from plumbline.law import OutsideCalendar, statutory_calendar
from plumbline.platform import clock

from .lead_models import SupervisionSetting

FIRST = "平台初始值，区司法局可以修改"


@dataclass(frozen=True)
class Setting:
    """A number of the house with its first value; ``least`` and ``most`` bound what can be entered."""

    name: str
    label: str
    unit: str
    does: str
    first: int
    least: int
    most: int


SETTINGS: Final[dict[str, Setting]] = {
    each.name: each
    for each in (
        Setting("lead.assess", "线索研判", "个工作日", "线索登记以后，多久之内研判（监督条例第二十条只要求及时）。", 3, 1, 30),
        Setting("lead.verify", "线索核查", "个工作日", "研判以后，多久之内核查清楚。", 15, 1, 120),
        Setting("lead.feed_back", "线索反馈", "个工作日", "核查以后，多久之内向来源反馈。", 5, 1, 60),
        Setting("visit.least", "回访结果最少份数", "份", "同一组的答复少于这个数时，只显示“不足”，不显示内容。", 5, 3, 50),
        Setting("visit.term", "回访期限", "日", "抽中以后，多久之内完成回访。", 20, 5, 120),
        Setting("debt.points", "逾期计分", "分", "监督文书每逾期满十日，监督欠账计这么多分，供考核使用。", 1, 0, 20),
    )
}  # fmt: skip


@dataclass(frozen=True)
class InForce:
    """A setting with its value on a day; ``row`` None: nobody has set it yet."""

    setting: Setting
    value: int
    row: SupervisionSetting | None

    @property
    def source(self) -> str:
        return self.row.reason if self.row else FIRST


def in_force(on: date) -> dict[str, InForce]:
    """Every setting as it is on a day, in one query."""
    rows = {
        row.name: row
        for row in SupervisionSetting.objects.filter(valid_from__lte=on).order_by("valid_from", "pk")
    }
    return {
        name: InForce(each, rows[name].value if name in rows else each.first, rows.get(name))
        for name, each in SETTINGS.items()
    }


def value_of(name: str, on: date | None = None) -> int:
    return in_force(on or clock.today())[name].value


def not_after(answer_by: date | None, day: date) -> date:
    """An own day, never after the one that the source has set."""
    return day if answer_by is None else min(day, answer_by)


def working_days_after(day: date, name: str) -> date:
    """The day on which an own term of so many working days ends."""
    count = value_of(name, day)
    try:
        return statutory_calendar().nth_working_after(day, count)
    except OutsideCalendar:
        return date.fromordinal(day.toordinal() + count)
