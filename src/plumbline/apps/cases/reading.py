"""A matter read once for a page or an action: its row, its events, its procedure, and the registers' rows it uses.

``MatterFile`` is what forms, guards and composing ask of any matter that follows a declared procedure; ``CaseFile`` is a
penalty case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from plumbline.packs.penalty.procedures import PROCEDURES, procedure
from plumbline.packs.procedures import Pair, Procedure
from plumbline.platform import clock
from plumbline.platform.events.declared import declared_activities
from plumbline.platform.events.log import as_document, matter_events
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.verdicts.evaluation import Reach, remembering
from plumbline.platform.verdicts.registers import current_registers
from plumbline.vocabulary import MISSING, Event, Matter, Registers, in_force, load_vocabulary

from .models import Case, StepRequest
from .undoing import superseded

#: The activities of steps that the event contract does not know; no rule reads them, the case page does.
DECLARED = frozenset(step.activity for each in PROCEDURES for step in each.steps.values() if step.declared)


def declared_events_of(matter_ids: Sequence[str]) -> dict[str, list[Event]]:
    """The declared steps of some matters in intake order, in one query."""
    rows = StoredEvent.objects.unscoped("案件步骤按事项读取").filter(
        matter_id__in=matter_ids, in_contract=False, activity__in=DECLARED
    )
    found: dict[str, list[Event]] = {}
    for row in rows.order_by("seq"):
        found.setdefault(row.matter_id, []).append(Event.from_json(as_document(row), row.seq))
    return found


def activity_zh(activity: str) -> str:
    """What an activity is called: in the contract, or where a step of ours declared it."""
    vocabulary = load_vocabulary()
    if activity in vocabulary.activities:
        return vocabulary.activity_zh(activity)
    return declared_activities().get(activity, activity)


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

    #: Whether it is handled with another matter, which leads.
    follows_another = False

    @cached_property
    def matter(self) -> Matter | None:
        """What rules are asked about."""
        return Matter.of(self.events, clock.now()) if self.events else None

    @property
    def flow(self) -> Matter | None:
        """What steps follow from."""
        return self.matter

    @property
    def superseded(self) -> frozenset[str]:
        """The events that no longer bind the steps, although they stay in the log."""
        return frozenset()

    @cached_property
    def reach(self) -> Reach:
        return remembering()

    @cached_property
    def registers(self) -> Registers:
        return current_registers()[0]

    def all(self, *activities: str) -> tuple[Event, ...]:
        """The counted events of any of ``activities``, in order, without those of a decision that was undone."""
        if self.flow is None:
            return ()
        found = (
            self.flow.by_activity.get(activities[0], ())
            if len(activities) == 1
            else tuple(event for event in self.flow.events if event.activity in activities)
        )
        gone = self.superseded
        return tuple(event for event in found if event.id not in gone) if gone else found

    def every(self, *activities: str) -> tuple[Event, ...]:
        """The counted events of any of ``activities``, those of an undone decision too."""
        return tuple(e for e in self.flow.events if e.activity in activities) if self.flow else ()

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
        for event in self.all(*pair.start, *pair.ends):
            if event.activity in pair.ends:
                if pair.key:
                    waiting = [e for e in waiting if e.data.get(pair.key) != event.data.get(pair.key)]
                else:
                    waiting.clear()
            elif pair.waits_for(event.data):
                waiting.append(event)
        return waiting


class CaseFile(MatterFile):
    """Everything steps, forms and pages need to know about a case.

    ``events`` are those of the contract, which rules read; ``declared`` the steps that only this platform knows. Each is
    read with one query when it is not handed in.
    """

    case: Case

    def __init__(
        self, case: Case, events: list[Event] | None = None, declared: list[Event] | None = None
    ) -> None:
        super().__init__(case, events)
        self._declared = declared

    @property
    def kind(self) -> str:  # type: ignore[override]
        return self.case.kind

    @cached_property
    def requests(self) -> list[StepRequest]:
        """Steps being written, waiting, returned or approved; the latest first."""
        return list(self.case.requests.filter(attached_to="").order_by("-pk"))

    @cached_property
    def flow(self) -> Matter | None:
        """The matter with the declared steps among its events."""
        own = self._declared
        if own is None:
            own = declared_events_of([self.case.matter_id]).get(self.case.matter_id, [])
        return Matter.of([*self.events, *own], clock.now()) if own and self.events else self.matter

    @cached_property
    def superseded(self) -> frozenset[str]:
        """The events that a revoked or changed decision has taken down with it; the steps they took are open again."""
        return superseded(self.flow.events) if self.flow else frozenset()

    @property
    def decision_undone(self) -> bool:
        """Whether a decision was taken down (a transfer that came back takes down others)."""
        return any(event.id in self.superseded for event in self.every("decision_made"))

    @property
    def follows_another(self) -> bool:  # type: ignore[override]
        return self.case.merged_into_id is not None

    @property
    def page(self) -> str:
        return f"/cases/{self.case.matter_id}"

    @cached_property
    def procedure(self) -> Procedure:  # type: ignore[override]
        return procedure(self.case.procedure, self.case.procedure_version)

    def power_item(self, on: date, item: str | None = None) -> Mapping[str, Any] | None:
        """The row of the power list in force on a day, for the case's item and agency (its own, or one it took over)."""
        # The contract's events of compulsion name no item: the row does.
        code = item or self.attribute("item") or (self.case.item_code if self.kind == "compulsion" else "")
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
