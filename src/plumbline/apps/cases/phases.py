"""Where a matter stands in its legal steps, and the clock that each step would stop: shared by what runs beside a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from plumbline.packs.procedures import Phase, Step
from plumbline.rules import Verdict


class Clock(Protocol):
    """What progress needs of a verdict, stored or fresh. ``due`` is an instant where the law counts in hours."""

    @property
    def rule(self) -> str: ...
    @property
    def verdict(self) -> str: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def due(self) -> str: ...


@dataclass(frozen=True)
class LiveClock:
    """A fresh verdict in the shape that progress reads."""

    rule: str
    verdict: str
    due_on: date | None
    unit: str
    due: str

    @classmethod
    def of(cls, verdict: Verdict) -> LiveClock:
        due = verdict.due
        on = due.date() if isinstance(due, datetime) else due
        return cls(verdict.rule, verdict.verdict, on, verdict.unit or "", verdict.due_text or "")


@dataclass(frozen=True)
class PhaseState:
    """A legal step as the page shows it. ``state``: done, now, wait, todo or na."""

    phase: Phase
    state: str
    when: str
    note: str
    clock: Clock | None = None


class _Stands(Protocol):
    @property
    def state(self) -> str: ...


P = TypeVar("P", bound=_Stands)


@dataclass(frozen=True)
class Progress(Generic[P]):
    """All phases of a matter as its app tells them, the one it is in, and the step that leads on from there."""

    phases: tuple[P, ...]
    now: P | None
    next_step: Step | None

    @property
    def done(self) -> int:
        return sum(each.state == "done" for each in self.phases)

    @property
    def applicable(self) -> int:
        return sum(each.state != "na" for each in self.phases)


def open_clocks(clocks: Iterable[Clock]) -> dict[str, Clock]:
    """The clock that runs, or has run out, of each rule: the earliest due date of those not met."""
    found: dict[str, Clock] = {}
    for row in clocks:
        if row.verdict in {"pending", "breached"} and row.due_on is not None:
            kept = found.get(row.rule)
            if kept is None or (kept.due_on and row.due_on < kept.due_on):
                found[row.rule] = row
    return found


def earliest(clocks: Iterable[Clock | None]) -> Clock | None:
    """The one that runs out first."""
    return min((c for c in clocks if c is not None), key=lambda each: each.due_on or date.max, default=None)


def settled_by(step: Step, running: dict[str, Clock]) -> Clock | None:
    """The clock that taking ``step`` would stop."""
    return earliest(running[rule] for rule in step.settles if rule in running)
