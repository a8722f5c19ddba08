"""The work desk: one sentence, the figures, tasks in three bands by legal deadline; and the full list behind a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from plumbline.apps.cases.contract import left_until, soon_until, weekday
from plumbline.law import statutory_calendar
from plumbline.law.calendar import DayKind, OutsideCalendar
from plumbline.platform.desk import DeskTask
from plumbline.platform.ui.components import Figure

SHOWN = {"overdue": 20, "soon": 20, "later": 10}
LABELS = {"overdue": "已超期", "soon": "三个工作日内到期", "later": "以后到期和没有法定期限"}
KINDS = {
    "approve": "待我审批",
    "review": "待我审核",
    "returned": "退回我的",
    "publish": "待公示",
    "alert": "待处置预警",
}


@dataclass(frozen=True)
class Row:
    """A task with what is left of its clock."""

    task: DeskTask
    left: object
    selected: bool = False


@dataclass(frozen=True)
class Band:
    key: str
    label: str
    rows: Sequence[Row]
    total: int


@dataclass(frozen=True)
class Desk:
    headline: str
    line: str
    figures: Sequence[Figure]
    bands: Sequence[Band] = field(default_factory=tuple)
    shown: int = 0
    total: int = 0
    nearest: DeskTask | None = None


def band_of(task: DeskTask, today: date, soon: date) -> str:
    """Which band a task falls in."""
    if task.due_on is None:
        return "later"
    if task.due_on < today:
        return "overdue"
    return "soon" if task.due_on <= soon else "later"


def chosen(tasks: Sequence[DeskTask], *, band: str = "", kind: str = "", today: date) -> list[DeskTask]:
    """The tasks behind a figure: the same selection that counted them."""
    soon = soon_until(today)
    return [
        task
        for task in tasks
        if (not band or band_of(task, today, soon) == band) and (not kind or task.kind == kind)
    ]


def bands(tasks: Sequence[DeskTask], today: date, *, shown: dict[str, int] | None = None) -> list[Band]:
    """Tasks in their bands, each cut to what the page shows; the first row of all is selected."""
    found = []
    first = True
    for key, label in LABELS.items():
        mine = chosen(tasks, band=key, today=today)
        cut = mine[: shown[key]] if shown else mine
        rows = []
        for task in cut:
            rows.append(Row(task, left_until(task.due_on, task.unit, today, task.standing), first))
            first = False
        if mine:
            found.append(Band(key, label, rows, len(mine)))
    return found


def desk_of(tasks: Sequence[DeskTask], today: date) -> Desk:
    """The desk's head, figures and bands."""
    late, soon = (chosen(tasks, band=each, today=today) for each in ("overdue", "soon"))
    figures = [
        Figure("待办", str(len(tasks)), "/tasks", "件"),
        Figure("▲ 超期", str(len(late)), "/tasks?band=overdue", colour="red" if late else ""),
        Figure("◆ 三个工作日内", str(len(soon)), "/tasks?band=soon", colour="amb" if soon else ""),
    ]
    for kind, label in KINDS.items():
        number = len(chosen(tasks, kind=kind, today=today))
        if number or kind == "returned":
            figures.append(Figure(label, str(number), f"/tasks?kind={kind}"))
    cut = bands(tasks, today, shown=SHOWN)
    return Desk(
        headline=headline(len(late), len(soon), len(tasks)),
        line=day_line(today),
        figures=figures[:6],
        bands=cut,
        shown=sum(len(band.rows) for band in cut),
        total=len(tasks),
        nearest=next((task for task in tasks if task.due_on and task.due_on >= today), None),
    )


def headline(late: int, soon: int, total: int) -> str:
    if late or soon:
        return f"今天有 {late + soon} 件不能再等"
    if total:
        return f"今天没有到期的事，{total} 件待办"
    return "今天没有待办"


def day_line(today: date) -> str:
    """The date in words, and the days off of the next week, which the clocks take into account."""
    week = today.isocalendar().week
    line = f"{today.year} 年 {today.month} 月 {today.day} 日 星期{weekday(today)[1:]} · 第 {week} 周"
    calendar = statutory_calendar()
    off = []
    for offset in range(8):
        day = today + timedelta(days=offset)
        try:
            if calendar.kind(day) is DayKind.HOLIDAY:
                off.append((day, calendar.name(day)))
        except OutsideCalendar:
            return f"{line} · {day.year} 年放假安排尚未公布，期限按暂定日历计算"
    if off:
        names = "、".join(dict.fromkeys(name for _, name in off))
        line += f" · {off[0][0]:%m-%d} 起{names}放假，期限顺延已计入"
    return line
