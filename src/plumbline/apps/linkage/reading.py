"""A linkage read once for a page or an action: its row, its events, and its procedure."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from plumbline.apps.cases.contract import MatterFile
from plumbline.packs.procedures import Procedure
from plumbline.packs.transfer.procedures import procedure
from plumbline.platform import clock
from plumbline.platform.events.log import as_document
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.scope.rows import whole_district
from plumbline.vocabulary import Event, Matter

from .models import Linkage, LinkageEntry, Route


class LinkageFile(MatterFile):
    """``events`` are all of the matter, which the rules read; steps follow from the linkage's own (``flow``).

    A penalty case may have more than one transfer in its life, and has steps that are none of the other end's business.
    """

    case: Linkage

    def __init__(self, linkage: Linkage) -> None:
        self.linkage = linkage
        rows: list[StoredEvent] = []
        if linkage.pk is not None:
            # Both ends' events stand in one matter: who may see the linkage sees the steps of all sides.
            with whole_district():
                found = StoredEvent.objects.unscoped("已核对衔接事项的可见范围")
                rows = list(found.filter(matter_id=linkage.matter_id).order_by("seq"))
        everything = [Event.from_json(as_document(row), row.seq) for row in rows]
        contract = {row.event_id for row in rows if row.in_contract}
        super().__init__(linkage, [event for event in everything if event.id in contract])
        mine = self.own
        self.rows = [row for row in rows if row.event_id in mine or row.data.get("voids") in mine]
        kept = {row.event_id for row in self.rows}
        self.everything = [event for event in everything if event.id in kept]

    @property
    def kind(self) -> str:  # type: ignore[override]
        return self.linkage.kind

    @property
    def page(self) -> str:
        return self.linkage.page

    @cached_property
    def entries(self) -> list[LinkageEntry]:
        return list(self.linkage.entries.order_by("pk")) if self.linkage.pk is not None else []

    @cached_property
    def own(self) -> frozenset[str]:
        """The events of this linkage's steps, and what was recorded with them."""
        found = {entry.event_id for entry in self.entries}
        return frozenset(found.union(*(entry.followed_by for entry in self.entries)))

    @cached_property
    def flow(self) -> Matter | None:  # type: ignore[override]
        return Matter.of(self.everything, clock.now()) if self.everything else None

    @cached_property
    def procedure(self) -> Procedure:  # type: ignore[override]
        return procedure(self.linkage.procedure, self.linkage.procedure_version)

    @cached_property
    def details(self) -> dict[str, dict[str, Any]]:
        """The details kept beside each event, by event id."""
        return {entry.event_id: entry.details for entry in self.entries}

    def detail(self, activity: str, name: str, default: Any = "") -> Any:
        """A detail of the latest event of ``activity``."""
        event = self.last(activity)
        return default if event is None else self.details.get(event.id, {}).get(name, default)

    def entry_of(self, activity: str) -> LinkageEntry | None:
        event = self.last(activity)
        return next((e for e in self.entries if event is not None and e.event_id == event.id), None)

    @property
    def approved(self) -> bool:
        """Whether the latest decision of the head was to transfer."""
        return self.value("transfer_approved", "result") == "approved"

    @property
    def letter_signed(self) -> bool:
        """Whether the letter of transfer is signed: nothing is sent without it."""
        entry = self.entry_of("transfer_approved")
        return entry is not None and entry.document is not None

    @property
    def elsewhere(self) -> bool:
        """Received by the police, but another body of theirs has jurisdiction."""
        return self.value("transfer_receipt_signed", "own_jurisdiction") is False

    @property
    def withdrawn(self) -> bool:
        """Whether the procuratorate took its suggestion back."""
        return self.detail("suggestion_objection_decided", "result") == "withdrawn"

    @property
    def ordered(self) -> bool:
        """Whether the procuratorate told the police to file."""
        return self.detail("filing_supervision_concluded", "result") == "order_filing"

    @property
    def ended(self) -> Event | None:
        return self.last("crime_transfer_concluded", "matter_closed", "linkage_concluded")

    @property
    def opened_to(self) -> list[str]:
        """Every body that may see the linkage now: the organ from the moment that something was sent to it or came from it."""
        row = self.linkage
        found = {row.agency_id}
        if row.addressed_to_id:
            found.add(row.addressed_to_id)
        if row.route == Route.CRIME:
            reached = self.happened("transfer_sent")
        elif row.route == Route.CLUE:
            reached = self.happened("supervision_clue_sent")
        elif row.route == Route.FLASH:
            reached = self.happened("flash_report_sent")
        else:
            reached = bool(self.everything)
        if reached:
            found.add(row.organ_id)
            if row.procuratorate_id:
                found.add(row.procuratorate_id)
        return sorted(found)
