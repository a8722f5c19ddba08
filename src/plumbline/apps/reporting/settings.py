"""What 区司法局 sets by itself for reports and statistics: dated values, each with who set it and why. None is a limit of law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from .layout import layout
from .models import ReportSetting

FIRST = "平台初始值，区司法局可以修改"


@dataclass(frozen=True)
class Setting:
    """A number of the house. ``least`` and ``most`` bound what can be entered."""

    name: str
    label: str
    unit: str
    does: str
    least: int
    most: int


SETTINGS: Final[dict[str, Setting]] = {
    each.name: each
    for each in (
        Setting("difference.percent", "年报差异：变化超过", "%", "与上年相比变化超过这个比例的，签发前须说明原因。", 1, 1000),
        Setting(
            "difference.at_least", "年报差异：变化不少于", "宗、次、件或者万元", "变化少于这个数的不要求说明。", 1, 100_000
        ),
        Setting(
            "anomaly.months", "异常提示：比较前几个月", "个月", "与本单位此前的这些月份比较。", 6, 60
        ),
        Setting(
            "anomaly.least_months", "异常提示：最少几个月", "个月", "此前的月份少于这个数的不作判断。", 3, 36
        ),
        Setting(
            "anomaly.times", "异常提示：偏离超过", "倍稳健标准差", "偏离中位数超过这个倍数的列为异常。", 2, 20
        ),
        Setting(
            "anomaly.at_least", "异常提示：相差不少于", "宗、次、件或者万元", "与中位数相差少于这个数的不列为异常。", 1, 100_000
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class InForce:
    """A setting with its value on a day; ``row`` None: nobody has set it yet."""

    setting: Setting
    value: int
    row: ReportSetting | None

    @property
    def source(self) -> str:
        return self.row.reason if self.row else FIRST


def _first(name: str) -> int:
    group, _, key = name.partition(".")
    form = layout()
    return int((form.difference if group == "difference" else form.anomaly)[key])


def in_force(on: date) -> dict[str, InForce]:
    """Every setting as it is on a day, in one query."""
    rows: dict[str, ReportSetting] = {}
    for row in ReportSetting.objects.filter(valid_from__lte=on).order_by("valid_from", "pk"):
        rows[row.name] = row
    return {
        name: InForce(each, rows[name].value if name in rows else _first(name), rows.get(name))
        for name, each in SETTINGS.items()
    }


def values_on(on: date, group: str) -> Mapping[str, int]:
    """The values of a group (``difference`` or ``anomaly``) by their short names."""
    return {
        name.partition(".")[2]: each.value
        for name, each in in_force(on).items()
        if name.partition(".")[0] == group
    }
