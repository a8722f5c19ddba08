"""The clue to the supervisory commission as the linkage carries it: what was sent, and what the commission said of it.

The commission's liaison officer works at the pages of the linkage, where each reading is kept; the letter itself stays here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plumbline.apps.paperwork.contract import documents_of
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.rows import whole_district

from . import events
from .actions.writing import tell_issuer, write_instrument
from .models import Instrument, InstrumentKind, InstrumentState, Reply


@dataclass(frozen=True)
class SentClue:
    """A signed clue. ``document`` is the id of its paper, ``asked`` what the commission is asked to do."""

    matter_id: str
    about: str
    issuer: str
    to: str
    title: str
    number: str
    facts: str
    asked: str
    issued_on: date
    issued_label: str
    document: int | None


def sent_clue(matter_id: str) -> SentClue | None:
    """The clue of this matter, for a part of the system that settles who may see it; None for another instrument."""
    with whole_district():
        row = _clue(matter_id)
        if row is None:
            return None
        paper = documents_of(matter_id).filter(state="signed").order_by("pk").first()
    return SentClue(
        row.matter_id, row.about, row.issuer_id, row.to_id, row.title, row.number, row.facts, row.demands,
        row.issued_on, row.issued_label, paper.pk if paper else None,
    )  # fmt: skip


def clue_received(actor: Actor, matter_id: str) -> None:
    """The commission signed for it; the time is kept once."""
    with whole_district():
        row = _clue(matter_id)
        if row is None or row.state != InstrumentState.ISSUED:
            return
        row.state, row.read_at, row.read_label = InstrumentState.READ, clock.now(), actor.label
        row.save()
        write_instrument(actor, row, events.INSTRUMENT_READ, {})


def clue_answered(actor: Actor, matter_id: str, text: str) -> None:
    """What the commission may tell of it: the supervisors see it as the answer to their letter."""
    with whole_district():
        row = _clue(matter_id)
        if row is None or row.state not in {
            InstrumentState.ISSUED,
            InstrumentState.READ,
            InstrumentState.REFUSED,
        }:
            return
        Reply.objects.create(instrument=row, text=text, by_label=actor.label)
        row.state = InstrumentState.REPLIED
        row.read_at, row.read_label = row.read_at or clock.now(), row.read_label or actor.label
        row.save()
        write_instrument(actor, row, "correction_reported", {})
        tell_issuer(row, f"{row.to.short_name}已反馈处理情况")


def _clue(matter_id: str) -> Instrument | None:
    rows = Instrument.objects.unscoped("问题线索由衔接送达监察机关").select_related("to", "issuer")
    return rows.filter(matter_id=matter_id, kind=InstrumentKind.CLUE).first()
