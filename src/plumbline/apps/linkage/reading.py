"""A linkage read once for a page or an action: its row, its events, and its procedure."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from plumbline.apps.cases.contract import BesideFile
from plumbline.packs.procedures import Procedure
from plumbline.packs.transfer.procedures import procedure
from plumbline.vocabulary import Event

from .models import Linkage, LinkageEntry, Route

#: The letter as the other end sent it, which its receipt repeats.
LETTERS = ("procuratorial_letter_sent", "police_case_sent", "supervisory_advice_sent")


class LinkageFile(BesideFile):
    """``events`` are all of the matter, which the rules read; steps follow from the linkage's own (``flow``).

    A penalty case may have more than one transfer in its life, and has steps that are none of the other end's business.
    """

    case: Linkage

    def __init__(self, linkage: Linkage) -> None:
        self.linkage = linkage
        super().__init__(linkage)
        self.narrow(self.own)

    @property
    def kind(self) -> str:  # type: ignore[override]
        return self.linkage.kind

    @property
    def page(self) -> str:
        return self.linkage.page

    @cached_property
    def own(self) -> frozenset[str]:
        """The events of this linkage's steps, and what was recorded with them."""
        found = {entry.event_id for entry in self.entries}
        return frozenset(found.union(*(entry.followed_by for entry in self.entries)))

    @cached_property
    def procedure(self) -> Procedure:  # type: ignore[override]
        return procedure(self.linkage.procedure, self.linkage.procedure_version)

    def entry_of(self, activity: str) -> LinkageEntry | None:
        event = self.last(activity)
        return next((e for e in self.entries if event is not None and e.event_id == event.id), None)

    def of_letter(self, name: str) -> Any:
        """What the letter says under ``name``, as the other end sent it; None where it came on paper or does not say."""
        said = (self.detail(each, name, None) for each in LETTERS)
        return next((each for each in said if each not in (None, "")), None)

    @property
    def letter_came_here(self) -> bool:
        """Whether the other end sent its letter in the matter itself."""
        return self.happened(*LETTERS)

    @property
    def approved(self) -> bool:
        """Whether the latest decision of the head was to transfer."""
        return self.value("transfer_approved", "result") == "approved"

    @property
    def letter_signed(self) -> bool:
        """Whether the letter of transfer is signed: nothing is sent without it."""
        return self._signed("transfer_approved")

    @property
    def report_signed(self) -> bool:
        """Whether the report of the inquiry, which goes with the letter, is signed."""
        return self._signed("transfer_report_submitted")

    def _signed(self, activity: str) -> bool:
        entry = self.entry_of(activity)
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
