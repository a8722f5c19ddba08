"""延期: the term of an instrument is its issuer's to move, on the addressee's request made before it ends."""

from __future__ import annotations

from datetime import date

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from .. import events
from ..models import Extension, Instrument, InstrumentKind
from ..policies import TERM_BASIS, may_ask_extension, may_decide_extension
from .writing import demand, tell_addressee, write_instrument


@action(
    "supervision.ask_extension",
    policy=may_ask_extension,
    on="instrument",
    records=(events.EXTENSION_ASKED,),
    basis=TERM_BASIS,
)
def ask_extension(*, actor: Actor, instrument: Instrument, reason: str, until: date) -> Extension:
    """The addressee asks for a later date, with its reason, on the last day of the term at the latest."""
    demand(reason, "reason", "请写明为什么不能按期报送，已经办到哪一步。")
    if clock.today() > instrument.respond_by:
        raise Refusal(
            f"报送期限已于 {instrument.respond_by} 届满，不能再申请延期",
            basis=TERM_BASIS,
            next_step="请尽快报送纠正情况，并在其中说明迟延的原因。",
        )
    if instrument.extensions.filter(decided_at=None).exists():
        raise Refusal("已有一项延期申请等待答复", next_step="请等制发机关答复后再办理。")
    if until <= instrument.respond_by:
        raise InputFault({"until": f"「申请延至」应晚于现在的报送期限（{instrument.respond_by}）。"})
    extension = Extension.objects.create(
        instrument=instrument, reason=reason, before=instrument.respond_by, until=until, by_label=actor.label
    )
    write_instrument(
        actor,
        instrument,
        events.EXTENSION_ASKED,
        {"text": f"申请延至 {until}：{reason}", **_dates(extension)},
    )
    by_government = instrument.kind == InstrumentKind.DECISION
    notify(
        title=f"{instrument.to.short_name}申请延期报送：{instrument}",
        body=reason,
        url=f"/orders/{instrument.matter_id}",
        capability="supervision.decide" if by_government else "supervision.sign",
    )
    return extension


@action(
    "supervision.decide_extension",
    policy=may_decide_extension,
    on="instrument",
    records=(events.EXTENSION_GRANTED, events.EXTENSION_REFUSED),
    basis=TERM_BASIS,
)
def decide_extension(
    *, actor: Actor, instrument: Instrument, granted: bool, answer: str, until: date | None = None
) -> Extension:
    """Grant the request (to the date asked for, or to ``until``) or refuse it; either way with a reason.

    A request made in time may be answered after the term: the delay in answering is not the addressee's.
    """
    demand(answer, "answer", "请写明准予或者不准延期的理由。")
    extension = instrument.extensions.filter(decided_at=None).first()
    if extension is None:
        raise Refusal("没有等待答复的延期申请")
    day = until or extension.until
    if granted and day <= max(extension.before, clock.today()):
        raise InputFault({"until": f"「准予延至」应晚于原期限（{extension.before}），也应晚于今天。"})
    extension.granted, extension.answer = granted, answer
    extension.granted_until = day if granted else None
    extension.decided_at, extension.decided_label = clock.now(), actor.label
    extension.save()
    if granted:
        instrument.respond_by = day
        instrument.save(update_fields=["respond_by"])
    write_instrument(
        actor,
        instrument,
        events.EXTENSION_GRANTED if granted else events.EXTENSION_REFUSED,
        {"text": f"延至 {day}：{answer}" if granted else answer, **_dates(extension)},
    )
    tell_addressee(
        instrument,
        f"准予延期，请于 {day} 前报送" if granted else f"不准延期，仍请于 {extension.before} 前报送",
    )
    return extension


def overtake_extension(instrument: Instrument, why: str) -> None:
    """Close a request that nobody has to answer any more."""
    instrument.extensions.filter(decided_at=None).update(decided_at=clock.now(), answer=why)


def _dates(extension: Extension) -> dict[str, str]:
    wanted = {"before": extension.before, "until": extension.granted_until or extension.until}
    return {name: day.isoformat() for name, day in wanted.items()}
