"""Months that stand out, for every group of a statistics page: the same filter, the totals by month, the rule as it is set."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Sum

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui.components import Tag

from .anomalies import Anomaly, Rule, anomalies, whole_months
from .measures import Measure
from .models import FactTotal
from .settings import values_on

if TYPE_CHECKING:
    from .web_stats import Asked

STREET_KINDS = ("subdistrict_office", "town_government")
TAGS = {True: Tag("偏高", "amb", "▲"), False: Tag("偏低", "amb", "▼")}
FEN_OF_WAN = 1_000_000
#: Years of history behind a period; the rule takes the latest months of them.
HISTORY = 6


@dataclass(frozen=True)
class Mark:
    """A month of a group that stands out: the tag, the month and the reason in words, and where its rows are."""

    key: str
    label: str
    month: str
    tag: Tag
    said: str
    why: str
    url: str


def rule_today() -> Rule:
    return Rule(**values_on(clock.today(), "anomaly"))


def rule_in_words(rule: Rule) -> str:
    return (
        f"每个完整的月份与同一单位（或者同一事项）此前最多 {rule.months} 个月比较：偏离中位数超过 {rule.times} 倍稳健标准差"
        f"（中位绝对偏差的 1.4826 倍），并且相差不少于 {rule.at_least}（金额为万元）的，标为偏高或者偏低。此前不足 {rule.least_months} 个月的不判断，"
        "没有记录的月份按 0 计。只提示核对，不是结论，也不用于考核。"
    )


def marks_of(
    actor: Actor, measure: Measure, asked: Asked, labels: dict[str, str], rule: Rule
) -> dict[str, list[Mark]]:
    """By group (of a page by month, by month) what stands out within the period; the latest month first."""
    months = whole_months(asked.from_on, asked.to_on, today=clock.today())
    if measure.yearly or not months:
        return {}
    found: dict[str, list[Mark]] = {}
    scale = FEN_OF_WAN if measure.money else 1
    for group, series in _series(actor, measure, asked).items():
        for told in reversed(anomalies(series, months, rule=rule, scale=scale)):
            key = told.month if asked.by == "month" else group
            if key in labels:
                found.setdefault(key, []).append(_mark(measure, asked, group, labels[key], told))
    return found


def _series(actor: Actor, measure: Measure, asked: Asked) -> dict[str, dict[str, int]]:
    """Figures by month of every group; of a page by month there is one group."""
    rows = FactTotal.objects.visible_to(actor).filter(
        measure__in=measure.counted, year__gte=asked.from_on.year - HISTORY, year__lte=asked.to_on.year
    )
    if asked.unit:
        rows = rows.filter(agency_id=asked.unit)
    if asked.item:
        rows = rows.filter(item=asked.item)
    if asked.by == "street":
        rows = rows.filter(agency__kind__in=STREET_KINDS)
    sums = rows.order_by().values_list(
        *({"item": ("item",), "month": ()}.get(asked.by, ("agency_id",))), "year", "month"
    )
    found: dict[str, dict[str, int]] = {}
    for *group, year, month, value in sums.annotate(n=Sum("amount_fen" if measure.money else "number")):
        if value:
            found.setdefault(str(group[0]) if group else "", {})[f"{year}-{month:02d}"] = value
    return found


def _mark(measure: Measure, asked: Asked, group: str, label: str, told: Anomaly) -> Mark:
    def figure(value: float) -> str:
        return f"{value / 100:,.0f}" if measure.money else f"{value:,.1f}".removesuffix(".0")

    year, month = told.month[:4], int(told.month[5:])
    away = (
        f"稳健标准差 {figure(told.spread)}，偏离 {told.times:.1f} 倍"
        if told.times is not None
        else "各月都相同"
    )
    why = f"此前 {told.n} 个月的中位数 {figure(told.usual)} {measure.unit}，{away}"
    last = last_day_of(told.month)
    query = {**asked.query, "from_on": f"{told.month}-01", "to_on": last}
    if group and asked.by != "month":
        query["item" if asked.by == "item" else "unit"] = group
    return Mark(
        group, label, f"{year} 年 {month} 月", TAGS[told.is_high], figure(told.value), why,
        f"/stats/{measure.key}/rows?{urlencode(query)}",
    )  # fmt: skip


def last_day_of(month: str) -> str:
    """The last day of a month."""
    return f"{month}-{monthrange(int(month[:4]), int(month[5:]))[1]:02d}"
