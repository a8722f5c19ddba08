"""A matter that runs beside a case, with steps that the event contract does not know: its events read once, and their details."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from plumbline.platform import clock
from plumbline.platform.events.log import as_document
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.scope.rows import whole_district
from plumbline.vocabulary import Event, Matter

from .reading import MatterFile


class BesideFile(MatterFile):
    """``events`` are the contract's, which the rules read; ``everything`` holds the declared steps as well.

    ``entries`` are the steps as they were taken, with the details beside them. The matter of a row that is not kept yet is empty.
    """

    def __init__(self, row: Any) -> None:
        self.rows: list[StoredEvent] = []
        if row.pk is not None:
            # The other end's events belong to the other end: who may see the matter sees the steps of all sides.
            with whole_district():
                found = StoredEvent.objects.unscoped("已核对事项的可见范围")
                self.rows = list(found.filter(matter_id=row.matter_id).order_by("seq"))
        self.everything = [Event.from_json(as_document(each), each.seq) for each in self.rows]
        contract = {each.event_id for each in self.rows if each.in_contract}
        super().__init__(row, [event for event in self.everything if event.id in contract])

    @cached_property
    def flow(self) -> Matter | None:
        """The matter with the declared steps among its events."""
        return Matter.of(self.everything, clock.now()) if self.everything else None

    @cached_property
    def entries(self) -> list[Any]:
        return list(self.case.entries.order_by("pk")) if self.case.pk is not None else []

    @cached_property
    def details(self) -> dict[str, dict[str, Any]]:
        """The details kept beside each event, by event id."""
        return {entry.event_id: entry.details for entry in self.entries}

    def detail(self, activity: str, name: str, default: Any = "") -> Any:
        """A detail of the latest event of ``activity``."""
        event = self.last(activity)
        return default if event is None else self.details.get(event.id, {}).get(name, default)

    def narrow(self, kept: Iterable[str]) -> None:
        """Keep only some events for the steps; the rules still read all of the matter."""
        mine = frozenset(kept)
        self.rows = [row for row in self.rows if row.event_id in mine or row.data.get("voids") in mine]
        left = {row.event_id for row in self.rows}
        self.everything = [event for event in self.everything if event.id in left]
