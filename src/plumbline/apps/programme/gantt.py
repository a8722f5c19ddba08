"""The months of a programme as a drawing: where a bar begins and ends, in hundredths of the period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .models import Programme
from .reading import Board, TaskLine


@dataclass(frozen=True)
class Bar:
    """A bar from ``x`` over ``width``, both in percent; ``css`` is what it means."""

    css: str
    x: str
    width: str


@dataclass(frozen=True)
class Row:
    """A task's bars, its deadlines and the sentence that says all of it."""

    bars: tuple[Bar, ...]
    due: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class Months:
    """The period of a programme, from the first of its first month to the end of its last."""

    first: date
    last: date

    @classmethod
    def of(cls, programme: Programme) -> Months:
        first = programme.from_on.replace(day=1)
        last = (programme.to_on.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        return cls(first, last)

    @property
    def labels(self) -> list[str]:
        found: list[str] = []
        at = self.first
        while at <= self.last:
            found.append(f"{at.month}月" if not found else str(at.month))
            at = (at + timedelta(days=32)).replace(day=1)
        return found

    @property
    def lines(self) -> list[str]:
        """Where the months begin, without the first."""
        found, at = [], (self.first + timedelta(days=32)).replace(day=1)
        while at <= self.last:
            found.append(self.percent(at))
            at = (at + timedelta(days=32)).replace(day=1)
        return found

    def share(self, day: date) -> float:
        whole = (self.last - self.first).days + 1
        return min(100.0, max(0.0, 100 * (day - self.first).days / whole))

    def percent(self, day: date) -> str:
        return f"{self.share(day):.1f}%"

    def bar(self, css: str, begin: date, end: date) -> Bar:
        """Both days included."""
        x, until = self.share(begin), self.share(end + timedelta(days=1))
        return Bar(css, f"{x:.1f}%", f"{max(0.6, until - x):.1f}%")


def planned(board: Board, line: TaskLine) -> tuple[date, date]:
    """From the notice's day (or the beginning of the period, where the deadline is earlier) to the last deadline."""
    last = max(line.term.due, default=board.programme.to_on)
    return (board.programme.issued_on if last >= board.programme.issued_on else board.programme.from_on), last


def row_of(board: Board, months: Months, line: TaskLine) -> Row:
    begin, last = planned(board, line)
    bars = [months.bar("plan", begin, last)]
    begun, done = line.begun_on, line.done_on
    said = [f"时限 {'、'.join(str(d) for d in line.term.due) or '没有写明'}", line.tag.word]
    if done is not None:
        bars.append(months.bar("done", min(begin, done), done))
        said.append(f"{done} 完成")
    elif begun is not None:
        bars.append(months.bar("part", begun, board.day))
        said.append(f"{begun} 开始报告进展")
    over = [s.due for s in line.standings if s.state in {"late", "owed"} and s.due]
    if over and done is None:
        bars.append(months.bar("late", min(over) + timedelta(days=1), board.day))
    return Row(
        tuple(bars), tuple(months.percent(d + timedelta(days=1)) for d in line.term.due), "，".join(said)
    )
