"""A document read once for a page or an action: its row, all its events, its procedure and what is kept beside them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from plumbline.apps.cases.contract import MatterFile
from plumbline.packs.normdoc.procedures import procedure
from plumbline.packs.procedures import Procedure
from plumbline.platform import clock
from plumbline.platform.events.log import as_document
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.scope.rows import whole_district
from plumbline.vocabulary import Event, Matter

from .models import NormDoc, NormEntry, NormText

KIND = "normative_document"


class NormFile(MatterFile):
    """``events`` are the contract's, which the rules read; the steps look at those declared by this app as well."""

    @property
    def kind(self) -> str:  # type: ignore[override]
        return self.doc.kind

    def __init__(self, doc: NormDoc) -> None:
        self.doc = doc
        rows: list[StoredEvent] = []
        if doc.pk is not None:
            # The events stand under the maker: who may see the document sees all of its life.
            with whole_district():
                found = StoredEvent.objects.unscoped("已核对规范性文件的可见范围")
                rows = list(found.filter(matter_id=doc.matter_id).order_by("seq"))
        self.rows = rows
        self.everything = [Event.from_json(as_document(row), row.seq) for row in rows]
        contract = {row.event_id for row in rows if row.in_contract}
        super().__init__(doc, [event for event in self.everything if event.id in contract])

    @property
    def page(self) -> str:
        return self.doc.page

    @cached_property
    def flow(self) -> Matter | None:
        """The matter with the declared steps among its events."""
        return Matter.of(self.everything, clock.now()) if self.everything else None

    @cached_property
    def procedure(self) -> Procedure:  # type: ignore[override]
        return procedure(self.doc.kind, self.doc.procedure_version)

    @cached_property
    def entries(self) -> dict[str, NormEntry]:
        """What is kept beside each event, by event id."""
        if self.doc.pk is None:
            return {}
        return {entry.event_id: entry for entry in self.doc.entries.select_related("text")}

    def detail(self, activity: str, name: str, default: Any = "") -> Any:
        """A detail of the latest event of ``activity``."""
        event = self.last(activity)
        entry = self.entries.get(event.id) if event is not None else None
        return default if entry is None else entry.details.get(name, default)

    @cached_property
    def texts(self) -> list[NormText]:
        """Versions, the newest first."""
        return list(self.doc.texts.all())

    @property
    def text(self) -> NormText | None:
        return self.texts[0] if self.texts else None

    def text_of(self, activity: str) -> NormText | None:
        """The version on which the latest step of ``activity`` was taken."""
        event = self.last(activity)
        entry = self.entries.get(event.id) if event is not None else None
        return entry.text if entry is not None else None

    def says(self, name: str) -> bool | None:
        """What the maker declared of it, in the event or beside it; None while nobody has said."""
        said = self.value("document_drafted", name)
        return self.detail("document_drafted", name, None) if said is None else said

    def applies(self, said: str) -> bool:
        """Whether something demanded of ``said`` applies: of everybody, of what was declared so, or (``!``) of what was not."""
        if not said:
            return True
        return not self.says(said[1:]) if said.startswith("!") else bool(self.says(said))

    @property
    def commenting(self) -> bool:
        """Whether a period for comments is open in the log (its last day may be over)."""
        last = self.last("draft_published_for_comment", "comment_closed")
        return last is not None and last.activity == "draft_published_for_comment"

    def open_instances_of(self, activity: str) -> bool:
        """Whether a step that waits for an answer from outside still waits: the filing that was sent."""
        pair = next((s.of for s in self.procedure.steps.values() if s.of and activity in s.of.start), None)
        return pair is not None and bool(self.open_instances(pair))

    @property
    def reviewing(self) -> bool:
        asked = self.last("legality_review_requested", "legality_review_given", "legality_review_returned")
        return asked is not None and asked.activity == "legality_review_requested"

    @property
    def found_lawful(self) -> bool:
        return self.value("legality_review_given", "result") == "lawful"
