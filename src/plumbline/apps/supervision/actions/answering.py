"""What the addressee does: read, report its correction with proof, object."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from plumbline.platform import clock
from plumbline.platform.actions import Refusal, action
from plumbline.platform.files.uploads import all_accepted, kept
from plumbline.platform.identity.actor import Actor

from .. import events
from ..models import (
    RECORDS,
    Instrument,
    InstrumentState,
    Objection,
    Reply,
    ReplyFile,
)
from ..policies import (
    may_object,
    may_read,
    may_reply,
)
from .extending import overtake_extension
from .writing import (
    demand,
    tell_issuer,
    write_instrument,
)


@action(
    "supervision.read",
    policy=may_read,
    on="instrument",
    records=(events.INSTRUMENT_READ,),
    basis="行政执法监督条例第二十七条",
)
def mark_read(*, actor: Actor, instrument: Instrument) -> Instrument:
    """The addressee opened it: the time of reading is kept once and shown to both sides."""
    complete = instrument.kind in RECORDS and instrument.read_at is None
    if instrument.state == InstrumentState.ISSUED or complete:
        instrument.state = instrument.state if complete else InstrumentState.READ
        instrument.read_at, instrument.read_label = clock.now(), actor.label
        instrument.save()
        write_instrument(actor, instrument, events.INSTRUMENT_READ, {})
    return instrument


@action(
    "supervision.reply",
    policy=may_reply,
    on="instrument",
    records=("correction_reported",),
    basis="行政执法监督条例第二十七条",
)
def reply(
    *, actor: Actor, instrument: Instrument, text: str, files: Sequence[Any] = (), on: date | None = None
) -> Reply:
    """The addressee reports what it did, with proof."""
    demand(text, "text", "请写明纠正情况。")
    proofs = all_accepted(files)
    answer = Reply.objects.create(instrument=instrument, text=text, by_label=actor.label)
    for file in proofs:
        ReplyFile.objects.create(reply=answer, **kept(file))
    instrument.state = InstrumentState.REPLIED
    instrument.read_at = instrument.read_at or clock.now()
    instrument.read_label = instrument.read_label or actor.label
    instrument.save()
    overtake_extension(instrument, "已经报送纠正情况，申请不再办理。")
    write_instrument(actor, instrument, "correction_reported", {}, on=on)
    tell_issuer(instrument, f"{instrument.to.short_name}已报送纠正情况")
    return answer


@action(
    "supervision.object",
    policy=may_object,
    on="instrument",
    records=("objection_raised",),
    basis="行政执法监督条例第三十条",
)
def object_to(*, actor: Actor, instrument: Instrument, text: str) -> Objection:
    """异议: the addressee disagrees and says why."""
    demand(text, "text", "请写明异议和理由。")
    if instrument.kind in RECORDS and instrument.objections.filter(answered_at=None).exists():
        raise Refusal("上一项异议还没有答复", basis="行政执法监督条例第三十条")
    if instrument.kind in RECORDS and instrument.objections.filter(sustained=True).exists():
        raise Refusal("异议已经成立，文书已撤销", basis="行政执法监督条例第三十条")
    objection = Objection.objects.create(instrument=instrument, text=text, by_label=actor.label)
    write_instrument(actor, instrument, "objection_raised", {})
    tell_issuer(instrument, f"{instrument.to.short_name}提出异议")
    return objection
