"""A matter read once for a page or an action: its row, its events, its procedure, and the registers' rows it uses.

``MatterFile`` is what forms, guards and composing ask of any matter that follows a declared procedure; ``CaseFile`` is a
penalty case.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from plumbline.packs.penalty.procedures import procedure
from plumbline.packs.procedures import Pair, Procedure
from plumbline.platform import clock
from plumbline.platform.events.log import matter_events
from plumbline.platform.verdicts.registers import current_registers
from plumbline.vocabulary import MISSING, Event, Matter, Registers, in_force

from .models import Case


class MatterFile:
    """A matter as its events tell it. ``case`` is the row that names it (``matter_id``, ``agency_id``).

    ``kind`` is the contract's kind of the matter; ``page`` the address where it is shown.
    """

    kind = ""
    procedure: Procedure

    def __init__(self, case: Any, events: list[Event] | None = None) -> None:
        self.case = case
        self.events = matter_events(case.matter_id) if events is None else events

    @property
    def page(self) -> str:
        raise NotImplementedError

    @cached_property
    def matter(self) -> Matter | None:
        return Matter.of(self.events, clock.now()) if self.events else None

    @property
    def registers(self) -> Registers:
        return current_registers()[0]

    def all(self, *activities: str) -> tuple[Event, ...]:
        """The counted events of any of ``activities``, in order."""
        if self.matter is None:
            return ()
        if len(activities) == 1:
            return self.matter.by_activity.get(activities[0], ())
        return tuple(event for event in self.matter.events if event.activity in activities)

    def last(self, *activities: str) -> Event | None:
        found = self.all(*activities)
        return found[-1] if found else None

    def happened(self, *activities: str) -> bool:
        return bool(self.all(*activities))

    def value(self, activity: str, name: str, default: Any = None) -> Any:
        """A field of the latest event of ``activity``."""
        event = self.last(activity)
        return default if event is None else event.data.get(name, default)

    def attribute(self, name: str) -> Any:
        """A case attribute as it stands now; None when nothing states it."""
        if self.matter is None or not self.matter.events:
            return None
        found = self.matter.attribute(name, self.matter.events[-1])
        return None if found is MISSING else found

    def open_instances(self, pair: Pair) -> list[Event]:
        """The starts of ``pair`` that nothing has ended: matched by key, or last in first out without one."""
        waiting: list[Event] = []
        for event in self.matter.events if self.matter else ():
            if event.activity in pair.ends:
                if pair.key:
                    waiting = [e for e in waiting if e.data.get(pair.key) != event.data.get(pair.key)]
                else:
                    waiting.clear()
            elif event.activity in pair.start:
                waiting.append(event)
        return waiting


class CaseFile(MatterFile):
    """Everything steps, forms and pages need to know about a case, read with one query for its events."""

    kind = "penalty"
    case: Case

    @property
    def page(self) -> str:
        return f"/cases/{self.case.matter_id}"

    @cached_property
    def procedure(self) -> Procedure:  # type: ignore[override]
        return procedure(self.case.procedure, self.case.procedure_version)

    def power_item(self, on: date, item: str | None = None) -> Mapping[str, Any] | None:
        """The row of the power list in force on a day, for the case's item and agency (its own, or one it took over)."""
        code = item or self.attribute("item")
        for row in self.registers.where("power_items", "item", code) if code else ():
            if in_force(row, on) and holds_item(row, self.case.agency_id, on):
                return row
        return None

    @cached_property
    def fine_imposed(self) -> int:
        """The fine of the decision, in fen; zero without one."""
        decision = self.last("decision_made")
        return int(((decision.data.get("penalty") or {}).get("fine") or 0) if decision else 0)

    @cached_property
    def fine_paid(self) -> int:
        """Paid and collected so far, in fen."""
        return sum(int(e.data.get("amount", 0)) for e in self.all("fine_paid", "fine_collected_on_spot"))


def holds_item(row: Mapping[str, Any], agency: str, on: date) -> bool:
    """Whether ``agency`` may act on a power item that day: as its owner, or as a street that took it over (art. 24)."""
    if row["agency"] == agency:
        return True
    day = on.isoformat()
    return any(
        transfer["street"] == agency
        and (transfer.get("taken_over_on") or "9999") <= day
        and (transfer.get("ended_on") or "9999") >= day
        for transfer in row.get("transfers") or ()
    )


def items_of(agency: str, on: date) -> list[Mapping[str, Any]]:
    """The power items an agency may act on that day, in the order of the list."""
    rows = current_registers()[0].rows("power_items")
    return [row for row in rows if in_force(row, on) and holds_item(row, agency, on)]
