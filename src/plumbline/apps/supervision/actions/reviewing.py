"""What the issuer does with an answer: accept, refuse, answer an objection, remind, propose a decision; and the end."""

from __future__ import annotations

from datetime import date, timedelta

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from .. import events
from ..models import (
    RECORDS,
    Alert,
    AlertState,
    Instrument,
    InstrumentKind,
    InstrumentState,
    Objection,
    ReplyFile,
)
from ..policies import (
    DECISION_BASIS,
    may_answer_objection,
    may_decide,
    may_review,
)
from .extending import overtake_extension
from .writing import (
    demand,
    demand_future,
    move,
    tell_addressee,
    tell_issuer,
    write_instrument,
)

#: How a correction was checked before it was accepted.
CHECKED = {"papers": "核对纠正材料", "onsite": "现场核查", "data": "平台记录已纠正"}


@action(
    "supervision.answer_objection",
    policy=may_answer_objection,
    on="instrument",
    records=("objection_answered",),
    basis="行政执法监督条例第三十条",
)
def answer_objection(
    *, actor: Actor, instrument: Instrument, objection: Objection, sustained: bool, answer: str
) -> None:
    """Answer an objection; a sustained one ends the instrument, and what was found about its alerts does not hold any more."""
    demand(answer, "answer", "请写明复核结果和理由。")
    if objection.answered_at is not None or objection.instrument_id != instrument.pk:
        raise Refusal("这项异议已经答复")
    objection.sustained, objection.answer = sustained, answer
    objection.answered_at, objection.answered_label = clock.now(), actor.label
    objection.save()
    write_instrument(actor, instrument, "objection_answered", {})
    if sustained:
        close(actor, instrument, f"异议成立：{answer}", AlertState.EXPLAINED)
    tell_addressee(instrument, "异议已答复")


@action(
    "supervision.accept",
    policy=may_review,
    on="instrument",
    records=(events.CORRECTION_ACCEPTED,),
    basis="行政执法监督条例第二十七条",
)
def accept(
    *,
    actor: Actor,
    instrument: Instrument,
    text: str,
    checked_how: str = "papers",
    result_use: str = "",
    on: date | None = None,
) -> Instrument:
    """销号: a person has checked the proof and says how. Without proof nothing is closed."""
    latest = instrument.replies.last()
    if latest is None:
        raise Refusal("收文机关还没有报送纠正情况", next_step="可以催办，逾期的可以报请政府决定。")
    _demand_proof(instrument, checked_how, text)
    instrument.checked_how = checked_how
    latest.verdict, latest.verdict_text = "accepted", text
    latest.save()
    instrument.result_use = result_use
    write_instrument(actor, instrument, events.CORRECTION_ACCEPTED, {"text": text}, on=on)
    close(actor, instrument, text or "纠正情况属实，予以销号。", AlertState.CORRECTED, on=on)
    tell_addressee(instrument, "纠正已认可，文书销号")
    return instrument


def _demand_proof(instrument: Instrument, checked_how: str, text: str) -> None:
    """Each way of checking has its own proof: papers that were reported, what was seen there, what the records now say."""
    if checked_how not in CHECKED:
        raise InputFault({"checked_how": "请选择怎么核验的。"})
    if checked_how == "papers" and not ReplyFile.objects.filter(reply__instrument=instrument).exists():
        raise Refusal(
            "收文机关没有报送纠正证据，不能凭材料销号",
            basis="行政执法监督条例第二十七条、第二十八条",
            next_step="请退回补充证据；到现场看过的，选“现场核查”并写明看到什么。",
        )
    if checked_how == "onsite" and len(text.strip()) < 10:
        raise InputFault({"text": "现场核查的，请写明何时、何地、看到什么。"})
    if checked_how == "data":
        covered = Alert.objects.unscoped("随文书销号").filter(instrument=instrument)
        if not covered.exists() or covered.filter(still_breached=True).exists():
            raise Refusal(
                "平台记录显示问题仍未纠正，不能凭记录销号",
                next_step="请等补录以后再认定，或者核对材料、到现场核查。",
            )


@action(
    "supervision.refuse",
    policy=may_review,
    on="instrument",
    records=(events.CORRECTION_REFUSED,),
    basis="行政执法监督条例第二十七条",
)
def refuse(*, actor: Actor, instrument: Instrument, text: str, respond_by: date | None = None) -> Instrument:
    """The correction is not enough: the reasons go back to the addressee, with a new date where one is set."""
    demand(text, "text", "请写明哪里没有纠正到位。")
    if respond_by is not None:
        demand_future(respond_by, "再次报送期限")
    latest = instrument.replies.last()
    if latest is None:
        raise Refusal("收文机关还没有报送纠正情况")
    latest.verdict, latest.verdict_text = "refused", text
    latest.save()
    instrument.state = InstrumentState.REFUSED
    instrument.respond_by = respond_by or instrument.respond_by
    instrument.save()
    said = {"text": text, "respond_by": instrument.respond_by.isoformat()}
    write_instrument(actor, instrument, events.CORRECTION_REFUSED, said)
    tell_addressee(instrument, "纠正不到位，请继续办理")
    return instrument


@action(
    "supervision.remind",
    policy=may_review,
    on="instrument",
    records=(events.INSTRUMENT_REMINDED,),
    basis="行政执法监督条例第二十七条",
)
def remind(*, actor: Actor, instrument: Instrument) -> Instrument:
    """催办: once a day at most, and only while the addressee owes an answer."""
    if not instrument.is_waiting:
        raise Refusal(f"不必催办：这份文书现在是“{instrument.get_state_display()}”，不等收文机关报送")
    if instrument.reminded_at is not None and clock.now() - instrument.reminded_at < timedelta(hours=20):
        raise Refusal(f"今天已经催办过（{instrument.reminded_at:%m-%d %H:%M}）")
    instrument.reminded_at = clock.now()
    instrument.save(update_fields=["reminded_at"])
    write_instrument(actor, instrument, events.INSTRUMENT_REMINDED, {})
    tell_addressee(instrument, f"催办：请于 {instrument.respond_by} 前报送")
    return instrument


@action(
    "supervision.escalate",
    policy=may_review,
    on="instrument",
    records=("escalation_proposed",),
    basis=DECISION_BASIS,
)
def escalate(
    *, actor: Actor, instrument: Instrument, text: str, major: bool = False, on: date | None = None
) -> Instrument:
    """报请政府决定 on a letter or an opinion: it was not followed (late, or its correction refused), or it is a ``major`` matter."""
    if instrument.kind not in {InstrumentKind.LETTER, InstrumentKind.OPINION}:
        raise Refusal(
            f"{instrument.get_kind_display()}不能报请政府决定",
            basis=DECISION_BASIS,
            next_step="请先制发督办函或者监督意见书。",
        )
    demand(text, "text", "请写明报请的理由。")
    late = clock.today() > instrument.respond_by and instrument.state in {
        InstrumentState.ISSUED,
        InstrumentState.READ,
    }
    if instrument.extensions.filter(decided_at=None).exists():
        raise Refusal(
            "还不能报请政府决定：收文机关在期限内申请的延期还没有答复",
            basis=DECISION_BASIS,
            next_step="请先答复延期申请。",
        )
    if not late and not major and instrument.state != InstrumentState.REFUSED:
        raise Refusal(
            "还不能报请政府决定：收文机关仍在期限内",
            basis=DECISION_BASIS,
            next_step=f"期限到 {instrument.respond_by} 为止；涉及重大问题的，请选择这个理由。",
        )
    instrument.state = InstrumentState.ESCALATED
    instrument.save()
    write_instrument(actor, instrument, "escalation_proposed", {"x_major": major, "x_text": text}, on=on)
    notify(
        title=f"报请制发监督决定书：{instrument.to.short_name}",
        body=text,
        url=f"/orders/{instrument.matter_id}",
        capability="supervision.decide",
    )
    return instrument


@action(
    "supervision.decline",
    policy=may_decide,
    on="instrument",
    records=(events.ESCALATION_DECLINED,),
    basis=DECISION_BASIS,
)
def decline(*, actor: Actor, instrument: Instrument, text: str, respond_by: date) -> Instrument:
    """The government makes no decision of its own: the instrument goes on where it was, with the reason and a new date."""
    if instrument.state != InstrumentState.ESCALATED:
        raise Refusal("这份文书没有报请政府决定", basis=DECISION_BASIS)
    demand(text, "text", "请写明不制发决定书的理由和下一步的要求。")
    demand_future(respond_by, "再次报送期限")
    latest = instrument.replies.last()
    refused = latest is not None and latest.verdict == "refused"
    instrument.state = InstrumentState.REFUSED if refused else InstrumentState.READ
    instrument.respond_by = respond_by
    instrument.save()
    said = {"text": text, "respond_by": respond_by.isoformat()}
    write_instrument(actor, instrument, events.ESCALATION_DECLINED, said)
    tell_issuer(instrument, "区人民政府不另行制发监督决定书，请继续办理")
    tell_addressee(instrument, f"请于 {respond_by} 前报送纠正情况")
    return instrument


def close(
    actor: Actor, instrument: Instrument, text: str, alerts: AlertState, on: date | None = None
) -> None:
    instrument.state = InstrumentState.CLOSED
    instrument.closed_on = on or clock.today()
    instrument.conclusion = text
    instrument.save()
    overtake_extension(instrument, "文书已销号，申请不再办理。")
    # What was corrected on the spot is over already; an objection that holds takes that back too.
    over = (AlertState.CORRECTED,) if instrument.kind in RECORDS else ()
    for alert in Alert.objects.unscoped("随文书销号").filter(
        instrument=instrument, state__in=(AlertState.INSTRUMENT, *over)
    ):
        move(actor, alert, alerts, text)
    write_instrument(actor, instrument, "matter_closed", {}, on=on)
