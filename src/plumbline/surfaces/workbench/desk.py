"""The work desk: one sentence, the figures, tasks in three bands by legal deadline; and the full list behind a figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from plumbline.apps.cases.contract import Left, left_until, soon_until, weekday
from plumbline.law import statutory_calendar
from plumbline.law.calendar import DayKind, OutsideCalendar
from plumbline.platform.desk import DeskTask, Slip, read_whole
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
    left: Left
    selected: bool = False

    @property
    def tag(self) -> tuple[str, str, str]:
        """Colour, mark and word of the state: what was returned says so while its clock is not pressing."""
        if self.task.kind == "returned" and self.left.tone == "grn":
            return "blu", "●", "退回"
        return self.left.tone, self.left.mark, self.left.tag

    @property
    def pressing(self) -> str:
        """How the rest of the clock is to look."""
        return {"red": "late", "amb": "soon"}.get(self.left.tone, "")


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


def band_of(task: DeskTask | Slip, today: date, soon: date) -> str:
    """Which band a task falls in."""
    if task.due_on is None:
        return "later"
    if task.due_on < today:
        return "overdue"
    return "soon" if task.due_on <= soon else "later"


def sorted_out(tasks: Sequence[DeskTask | Slip], today: date) -> dict[str, list[DeskTask | Slip]]:
    """The tasks of each band, in their order."""
    soon = soon_until(today)
    found: dict[str, list[DeskTask | Slip]] = {key: [] for key in LABELS}
    for task in tasks:
        found[band_of(task, today, soon)].append(task)
    return found


def chosen(
    tasks: Sequence[DeskTask | Slip], *, band: str = "", kind: str = "", today: date
) -> list[DeskTask | Slip]:
    """The tasks behind a figure: the same selection that counted them."""
    among = sorted_out(tasks, today)[band] if band else tasks
    return [task for task in among if not kind or task.kind == kind]


def bands(shown: Sequence[DeskTask | Slip], totals: Mapping[str, int], today: date) -> list[Band]:
    """The rows of a page in their bands, read whole, with how many each band has in all; the first row of all is selected."""
    by_band = sorted_out(read_whole(shown), today)
    first = True
    found = []
    for key, label in LABELS.items():
        rows = []
        for task in by_band[key]:
            assert isinstance(task, DeskTask)
            rows.append(Row(task, left_until(task.due_on, task.unit, today, task.standing), first))
            first = False
        if rows:
            found.append(Band(key, label, rows, totals[key]))
    return found


def desk_of(tasks: Sequence[DeskTask | Slip], today: date) -> Desk:
    """The desk's head, figures and bands."""
    by_band = sorted_out(tasks, today)
    totals = {key: len(mine) for key, mine in by_band.items()}
    late, soon = totals["overdue"], totals["soon"]
    figures = [
        Figure("待办", str(len(tasks)), "/tasks", "件"),
        Figure("▲ 超期", str(late), "/tasks?band=overdue", colour="red" if late else ""),
        Figure("◆ 三个工作日内", str(soon), "/tasks?band=soon", colour="amb" if soon else ""),
    ]
    kinds = Counter(task.kind for task in tasks)
    for kind, label in KINDS.items():
        if kinds[kind] or kind == "returned":
            figures.append(Figure(label, str(kinds[kind]), f"/tasks?kind={kind}"))
    cut = bands([task for key, mine in by_band.items() for task in mine[: SHOWN[key]]], totals, today)
    return Desk(
        headline=headline(late, soon, len(tasks)),
        line=day_line(today),
        figures=figures[:6],
        bands=cut,
        shown=sum(len(band.rows) for band in cut),
        total=len(tasks),
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
