"""How one share stands on a day, and how a task stands that many units share: words and shapes, never a bare colour.

A deadline before the notice's own date is to be made up for (待补报), never counted as late. What a unit reported as done
waits for 区司法局; if it came in time, the wait is no lateness of the unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plumbline.platform.ui.components import Tag

from .models import Progress

#: From the most pressing to the least; the first that any unit is in is the task's.
STATES: dict[str, tuple[str, str, str]] = {
    "late": ("逾期", "red", "▲"),
    "returned": ("退回补正", "amb", "↩"),
    "owed": ("待补报", "out", "▲"),
    "stuck": ("受阻", "amb", "‖"),
    "near": ("临期", "amb", "◆"),
    "none": ("未开始", "gry", "○"),
    "doing": ("进行", "blu", "●"),
    "waiting": ("待确认", "blu", "◐"),
    "done": ("完成", "grn", "✓"),
    "elsewhere": ("他单位承担", "gry", "–"),  # of a task whose units the reader does not see
}
ORDER = list(STATES)


def tag_of(state: str, word: str = "") -> Tag:
    own, colour, shape = STATES[state]
    return Tag(word or own, colour, shape)


@dataclass(frozen=True)
class Standing:
    """Where one share is with one deadline. ``late_days``: how far it is over; ``due_this_week``: one of its days is in it."""

    state: str
    due: date | None
    last: Progress | None
    late_days: int = 0
    due_this_week: bool = False
    done_on: date | None = None
    expected_on: date | None = None

    @property
    def tag(self) -> Tag:
        if self.state == "late":
            return tag_of("late", f"逾期 {self.late_days} 日")
        return tag_of(self.state)

    @property
    def words(self) -> str:
        return self.tag.word


@dataclass(frozen=True)
class Clock:
    """The day that is looked at, and what of the programme counts for it."""

    day: date
    issued_on: date
    near_days: int

    @property
    def week(self) -> tuple[date, date]:
        monday = self.day - timedelta(days=self.day.weekday())
        return monday, monday + timedelta(days=6)

    def this_week(self, day: date | None) -> bool:
        return day is not None and self.week[0] <= day <= self.week[1]


def standing(
    clock: Clock, *, due: date | None, rows: Sequence[Progress], stage_on: date | None = None
) -> Standing:
    """``rows``: what was reported on this share for this deadline up to the day, in order.

    ``stage_on``: when another record of the programme fulfilled it.
    """
    if stage_on is not None:
        return Standing("done", due, None, done_on=stage_on)
    last = rows[-1] if rows else None
    confirmed = next((r for r in rows if r.accepted and _reviewed(r, clock)), None)
    if confirmed is not None:
        return Standing("done", due, last, done_on=confirmed.on)
    returned = last is not None and last.accepted is False and _reviewed(last, clock)
    waiting = last is not None and last.state == Progress.State.DONE and not returned
    redo = last.redo_by if last is not None and returned else None
    expected = next((r.expected_on for r in reversed(rows) if r.expected_on), None)
    week = any(clock.this_week(day) for day in (due, redo, expected))
    if waiting:
        return Standing("waiting", due, last, due_this_week=clock.this_week(due), expected_on=expected)
    over = (clock.day - due).days if due else 0
    if due and over > 0:
        if due < clock.issued_on:
            return Standing("owed", due, last, due_this_week=week, expected_on=expected)
        if not returned or redo is None or clock.day > redo:
            return Standing("late", due, last, late_days=over, due_this_week=week, expected_on=expected)
    state = _open_state(clock, due, last, returned)
    return Standing(state, due, last, due_this_week=week, expected_on=redo or expected)


def _reviewed(row: Progress, clock: Clock) -> bool:
    return row.reviewed_on is not None and row.reviewed_on <= clock.day


def _open_state(clock: Clock, due: date | None, last: Progress | None, returned: bool) -> str:
    if returned:
        return "returned"
    if last is not None and last.state == Progress.State.STUCK:
        return "stuck"
    if due is not None and (due - clock.day).days <= clock.near_days:
        return "near"
    return "none" if last is None else "doing"


def together(standings: Sequence[Standing]) -> str:
    """The state of a task whose units stand so."""
    if not standings:
        return "none"
    states = {each.state for each in standings}
    if states == {"done"}:
        return "done"
    pressing = next((state for state in ORDER if state in states), "none")
    # A task that some units have begun is under way.
    return "doing" if pressing == "none" and states != {"none"} else pressing
