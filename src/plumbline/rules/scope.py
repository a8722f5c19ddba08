"""What an expression is evaluated against: a subject event in its matter, the registers and the calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from plumbline.law.calendar import Calendar
from plumbline.vocabulary import Event, Matter, Registers


class Unknown:
    """A value that cannot be known because the facts under ``paths`` are not stated. Neither true nor false."""

    __slots__ = ("paths",)

    def __init__(self, *paths: str) -> None:
        self.paths = paths

    def __repr__(self) -> str:
        return f"Unknown({', '.join(self.paths)})"

    def __bool__(self) -> bool:
        raise TypeError("an unknown value was used as a truth value: a defect in a node")

    def joined(self, other: Unknown) -> Unknown:
        return Unknown(*dict.fromkeys((*self.paths, *other.paths)))


Others = Callable[[str], "Sequence[Event] | None"]
#: The matters that may be about a party and a violation, by their numbers; None where other matters are out of reach.
Affair = Callable[[str, str], "Sequence[str] | None"]


def _no_others(matter_id: str) -> Sequence[Event] | None:
    """No other matter is within reach."""
    return None


def _no_affair(party: str, act: str) -> Sequence[str] | None:
    """No other matter is within reach."""
    return None


class Scope:
    """The moving parts of one evaluation. ``it`` is the candidate of a selection (an event, a register row or an
    actor), ``item`` the element of a list; ``touched`` collects the events an answer rests on."""

    __slots__ = (
        "affair",
        "as_of",
        "calendar",
        "it",
        "item",
        "matter",
        "others",
        "registers",
        "subject",
        "touched",
    )

    def __init__(
        self,
        *,
        matter: Matter,
        registers: Registers,
        calendar: Calendar | None,
        as_of: datetime,
        others: Others | None = None,
        affair: Affair | None = None,
    ) -> None:
        self.matter = matter
        self.registers = registers
        self.calendar = calendar
        self.as_of = as_of
        self.others: Others = others or _no_others
        self.affair: Affair = affair or _no_affair
        self.subject: Event = None  # type: ignore[assignment]
        self.it: Any = None
        self.item: Any = None
        self.touched: list[Event] = []

    def of_matter(self, matter: Matter) -> Scope:
        """The same moment, registers and reach, for another matter."""
        return Scope(
            matter=matter,
            registers=self.registers,
            calendar=self.calendar,
            as_of=self.as_of,
            others=self.others,
            affair=self.affair,
        )

    @property
    def today(self) -> date:
        return self.as_of.date()
