"""The verbs of supervision: triage of alerts, and the life of instruments. None of them writes to a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from plumbline.apps.paperwork.contract import issue as issue_document
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import contract_form, matter_events, new_event_id, record
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify
from plumbline.platform.verdicts.evaluation import blocking_verdicts

from . import events
from .models import (
    OPEN_STATES,
    Alert,
    AlertKind,
    AlertState,
    Instrument,
    InstrumentKind,
    InstrumentState,
    Objection,
    Question,
    Reply,
    ReplyFile,
)
from .policies import (
    DECISION_BASIS,
    LETTER_BASIS,
    OPINION_BASIS,
    may_answer_question,
    may_decide,
    may_issue,
    may_reply,
    may_review,
    may_triage,
)

KIND = "supervision_instrument"
ACTIVITIES = {
    InstrumentKind.LETTER: ("supervision_letter_issued", "督办", LETTER_BASIS),
    InstrumentKind.OPINION: ("supervision_opinion_issued", "监意", OPINION_BASIS),
    InstrumentKind.DECISION: ("supervision_decision_issued", "监决", DECISION_BASIS),
}


# -- triage --------------------------------------------------------------------------------------------------------------


@action(
    "supervision.ask",
    policy=may_triage,
    on="alert",
    records=(events.QUESTION_ASKED,),
    basis="行政执法监督条例第二十六条",
)
def ask(*, actor: Actor, alert: Alert, text: str, respond_by: date) -> Question:
    """核实: ask the agency for the facts, with a date for its answer."""
    _demand(text, "text", "请写明要核实的事实。")
    _demand_future(respond_by)
    question = Question.objects.create(
        alert=alert, text=text, respond_by=respond_by, asked_by_id=actor.person_id, asked_label=actor.label
    )
    alert.owner_id = actor.person_id
    _move(actor, alert, AlertState.VERIFYING, text, activity=events.QUESTION_ASKED)
    notify(
        title=f"请核实：{alert.law}{alert.article}",
        body=text,
        url=f"/alerts/{alert.pk}",
        agency_code=alert.agency_id,
        capability="supervision.reply",
    )
    return question


@action(
    "supervision.answer_question",
    policy=may_answer_question,
    on="question",
    records=(events.QUESTION_ANSWERED,),
    basis="行政执法监督条例第二十六条",
)
def answer_question(*, actor: Actor, question: Question, answer: str) -> Question:
    """The agency's answer. The alert stays open until the supervisor decides."""
    _demand(answer, "answer", "请写明核实结果。")
    if question.answered_at is not None:
        raise Refusal("这个问题已经答复过", next_step="如需补充，请联系监督人员另行提问。")
    question.answer, question.answered_label, question.answered_at = answer, actor.label, clock.now()
    question.save()
    _log(actor, question.alert, events.QUESTION_ANSWERED, {"question": question.pk})
    notify(
        title="核实已答复",
        body=answer,
        url=f"/alerts/{question.alert_id}",
        person_id=question.asked_by_id,
    )
    return question


@action(
    "supervision.explain",
    policy=may_triage,
    on="alert",
    records=(events.ALERT_TRIAGED,),
    basis="行政执法监督条例第二十六条",
)
def accept_explanation(*, actor: Actor, alert: Alert, reason: str) -> Alert:
    """解释属实: the agency's explanation holds; the reason stays with the alert."""
    _demand(reason, "reason", "请写明采信的理由和依据。")
    return _move(actor, alert, AlertState.EXPLAINED, reason)


@action(
    "supervision.false_alarm",
    policy=may_triage,
    on="alert",
    records=(events.ALERT_TRIAGED,),
    basis="行政执法监督条例第二十六条",
)
def mark_false_alarm(*, actor: Actor, alert: Alert, reason: str) -> Alert:
    """误报: the rule was wrong about the facts; counts in the rule's false-alarm rate."""
    _demand(reason, "reason", "请写明为什么是误报。理由会用于复核这条规则。")
    return _move(actor, alert, AlertState.FALSE_ALARM, reason)


# -- instruments ---------------------------------------------------------------------------------------------------------


@action(
    "supervision.issue",
    policy=may_issue,
    on="alert",
    records=("supervision_letter_issued", "supervision_opinion_issued"),
    basis=LETTER_BASIS,
)
def issue(
    *,
    actor: Actor,
    alert: Alert,
    kind: str,
    title: str,
    facts: str,
    demands: str,
    respond_by: date,
    also: Sequence[Alert] = (),
    on: date | None = None,
) -> Instrument:
    """Issue a supervision letter (duty not done) or opinion (unlawful or clearly improper, established by asking)."""
    if alert.kind == AlertKind.NEAR_DUE:
        raise Refusal(
            f"现在不能制发：期限到 {alert.due_on} 才届满，还没有不履行职责的事实",
            basis=LETTER_BASIS,
            next_step="可以先提醒承办单位；届满仍未办理的再督办。",
        )
    if kind == InstrumentKind.OPINION and not established(alert):
        raise Refusal(
            "现在不能制发监督意见书：违法或者明显不当的事实还没有经过核实",
            basis=OPINION_BASIS,
            next_step="请先向该机关核实，收到答复后再制发。",
        )
    alerts = [
        alert,
        *(each for each in also if each.agency_id == alert.agency_id and each.state in OPEN_STATES),
    ]
    instrument = _issue(
        actor=actor,
        kind=InstrumentKind(kind),
        about=alert.matter_id,
        also_about=tuple({each.matter_id for each in alerts} - {alert.matter_id}),
        to=alert.agency_id,
        title=title,
        facts=facts,
        demands=demands,
        respond_by=respond_by,
        on=on,
    )
    for each in alerts:
        each.instrument = instrument
        each.owner_id = actor.person_id
        _move(actor, each, AlertState.INSTRUMENT, f"制发{instrument.get_kind_display()} {instrument.number}")
    return instrument


@action(
    "supervision.decide",
    policy=may_decide,
    on="instrument",
    records=("supervision_decision_issued",),
    basis=DECISION_BASIS,
)
def issue_decision(
    *,
    actor: Actor,
    instrument: Instrument,
    facts: str,
    demands: str,
    respond_by: date,
    on: date | None = None,
) -> Instrument:
    """The government's decision on a letter or opinion that was not followed."""
    if instrument.state != InstrumentState.ESCALATED:
        raise Refusal("这份文书还没有报请政府决定", basis=DECISION_BASIS, next_step="请由区司法局先行报请。")
    decision = _issue(
        actor=actor,
        kind=InstrumentKind.DECISION,
        about=instrument.about,
        to=instrument.to_id,
        title=f"关于{instrument.title.removeprefix('关于')}",
        facts=facts,
        demands=demands,
        respond_by=respond_by,
        escalated_from=instrument,
        on=on,
    )
    Alert.objects.unscoped("随监督决定转移").filter(instrument=instrument).update(instrument=decision)
    instrument.state = InstrumentState.CLOSED
    instrument.closed_on = decision.issued_on
    instrument.conclusion = f"政府已制发监督决定书 {decision.number}。"
    instrument.save()
    _log_instrument(actor, instrument, "matter_closed", {}, on=on)
    return decision


def established(alert: Alert) -> bool:
    """Whether the agency has answered a question about the alert: the facts are then established."""
    return alert.questions.exclude(answered_at=None).exists()


def _issue(
    *,
    actor: Actor,
    kind: InstrumentKind,
    about: str,
    to: str,
    title: str,
    facts: str,
    demands: str,
    respond_by: date,
    escalated_from: Instrument | None = None,
    also_about: Sequence[str] = (),
    on: date | None = None,
) -> Instrument:
    for name, value, text in (
        ("title", title, "请填写标题。"),
        ("facts", facts, "请写明事实。"),
        ("demands", demands, "请写明要求。"),
    ):
        _demand(value, name, text)
    day = on or clock.today()
    if respond_by <= day:
        raise InputFault(
            {"respond_by": f"「报送期限」应晚于制发日（{day}）。条例没有规定统一期限，由文书自己确定。"}
        )
    activity, mark, basis = ACTIVITIES[kind]
    issuer = Agency.objects.get(pk=actor.agency_code)
    matter_id = f"JD-{day.year}-{new_event_id()[3:13]}"
    data: dict[str, Any] = {"to": to}
    if kind != InstrumentKind.DECISION:
        data |= {"respond_by": respond_by.isoformat(), "replaces_enforcement": False}
    links = [{"matter": matter, "rel": "about"} for matter in (about, *also_about)]
    _ask_gates(matter_id, activity, issuer.code, data, links, day)
    paper = issue_document(
        actor=actor,
        agency=issuer,
        matter_id=matter_id,
        title=f"行政执法{kind.label}" if kind != InstrumentKind.LETTER else "行政执法监督督办函",
        mark=mark,
        template={"letter": "J01", "opinion": "J02", "decision": "J03"}[kind],
        kind=KIND,
        on=day,
        facts=[
            {"label": "收文机关", "text": Agency.objects.get(pk=to).name, "gap": ""},
            {"label": "事由", "text": title, "gap": ""},
            {"label": "事实", "text": facts, "gap": ""},
            {"label": "依据", "text": basis, "gap": ""},
            {"label": "要求", "text": demands, "gap": ""},
            {"label": "报送期限", "text": respond_by.isoformat(), "gap": ""},
            {"label": "异议", "text": "对本文书有异议的，可以依照行政执法监督条例第三十条提出。", "gap": ""},
        ],
    )
    instrument = Instrument.objects.create(
        matter_id=matter_id,
        about=about,
        kind=kind,
        number=paper.number,
        issuer=issuer,
        to_id=to,
        title=title,
        facts=facts,
        basis=basis,
        demands=demands,
        respond_by=respond_by,
        escalated_from=escalated_from,
        document_code=paper.code,
        issued_on=day,
        issued_label=actor.label,
    )
    record(
        actor=actor,
        matter=matter_id,
        kind=KIND,
        activity=activity,
        agency=issuer.code,
        data=data,
        links=links,
        occurred_at=None if on is None else on,
        actors=[{"id": actor.number, "role": "supervisor"}],
    )
    notify(
        title=f"收到{instrument.get_kind_display()} {instrument.number}",
        body=title,
        url=f"/orders/{matter_id}",
        agency_code=to,
        capability="supervision.reply",
    )
    return instrument


def _ask_gates(
    matter: str, activity: str, agency: str, data: dict[str, Any], links: list[dict[str, str]], day: date
) -> None:
    """The same rules that judge instruments afterwards are asked before: 条例第八条、第二十九条、第三十三条."""
    candidate = contract_form(
        event_id=new_event_id(),
        matter=matter,
        kind=KIND,
        activity=activity,
        occurred_at=day,
        agency=agency,
        data=data,
        links=links,
    )
    for verdict in blocking_verdicts([], candidate):
        running = verdict.rule == "ESR-33-no-duplicate" and verdict.verdict == "breached"
        reason = "该事项已进入行政复议或者行政诉讼，不重复监督" if running else verdict.definition.duty_zh
        raise Refusal(
            f"不能制发：{reason}",
            basis=f"{verdict.citation.law}{verdict.citation.article}",
            next_step=verdict.definition.remedy_zh,
        )


@action(
    "supervision.read",
    policy=may_reply,
    on="instrument",
    records=(events.INSTRUMENT_READ,),
    basis="行政执法监督条例第二十七条",
)
def mark_read(*, actor: Actor, instrument: Instrument) -> Instrument:
    """The addressee opened it: the time of reading is kept once and shown to both sides."""
    if instrument.state == InstrumentState.ISSUED:
        instrument.state = InstrumentState.READ
        instrument.read_at, instrument.read_label = clock.now(), actor.label
        instrument.save()
        _log_instrument(actor, instrument, events.INSTRUMENT_READ, {})
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
    _demand(text, "text", "请写明纠正情况。")
    checked = []
    for upload in files:
        try:
            checked.append((upload, check(upload.name or "", upload.size or 0, upload.file)))
        except FileRefused as refused:
            raise InputFault({"files": str(refused)}) from None
    answer = Reply.objects.create(instrument=instrument, text=text, by_label=actor.label)
    for upload, accepted in checked:
        kept = keep(upload.chunks())
        ReplyFile.objects.create(
            reply=answer,
            name=accepted.name,
            content_type=accepted.kind.content_type,
            sha256=kept.sha256,
            size=kept.size,
        )
    instrument.state = InstrumentState.REPLIED
    instrument.read_at = instrument.read_at or clock.now()
    instrument.read_label = instrument.read_label or actor.label
    instrument.save()
    _log_instrument(actor, instrument, "correction_reported", {}, on=on)
    _tell_issuer(instrument, f"{instrument.to.short_name}已报送纠正情况")
    return answer


@action(
    "supervision.object",
    policy=may_reply,
    on="instrument",
    records=("objection_raised",),
    basis="行政执法监督条例第三十条",
)
def object_to(*, actor: Actor, instrument: Instrument, text: str) -> Objection:
    """异议: the addressee disagrees and says why."""
    _demand(text, "text", "请写明异议和理由。")
    objection = Objection.objects.create(instrument=instrument, text=text, by_label=actor.label)
    _log_instrument(actor, instrument, "objection_raised", {})
    _tell_issuer(instrument, f"{instrument.to.short_name}提出异议")
    return objection


@action(
    "supervision.answer_objection",
    policy=may_review,
    on="instrument",
    records=("objection_answered",),
    basis="行政执法监督条例第三十条",
)
def answer_objection(
    *, actor: Actor, instrument: Instrument, objection: Objection, sustained: bool, answer: str
) -> None:
    """Answer an objection; a sustained one ends the instrument."""
    _demand(answer, "answer", "请写明复核结果和理由。")
    if objection.answered_at is not None or objection.instrument_id != instrument.pk:
        raise Refusal("这项异议已经答复")
    objection.sustained, objection.answer = sustained, answer
    objection.answered_at, objection.answered_label = clock.now(), actor.label
    objection.save()
    _log_instrument(actor, instrument, "objection_answered", {})
    if sustained:
        _close(actor, instrument, f"异议成立：{answer}", AlertState.EXPLAINED)
    _tell_addressee(instrument, "异议已答复")


@action(
    "supervision.accept",
    policy=may_review,
    on="instrument",
    records=(events.CORRECTION_ACCEPTED,),
    basis="行政执法监督条例第二十七条",
)
def accept(
    *, actor: Actor, instrument: Instrument, text: str, result_use: str = "", on: date | None = None
) -> Instrument:
    """The correction is enough: the instrument is closed, and what its result is used for is kept."""
    latest = instrument.replies.last()
    if latest is None:
        raise Refusal("收文机关还没有报送纠正情况", next_step="可以催办，逾期的可以报请政府决定。")
    latest.verdict, latest.verdict_text = "accepted", text
    latest.save()
    instrument.result_use = result_use
    _log_instrument(actor, instrument, events.CORRECTION_ACCEPTED, {"text": text}, on=on)
    _close(actor, instrument, text or "纠正情况属实，予以销号。", AlertState.CORRECTED, on=on)
    _tell_addressee(instrument, "纠正已认可，文书销号")
    return instrument


@action(
    "supervision.refuse",
    policy=may_review,
    on="instrument",
    records=(events.CORRECTION_REFUSED,),
    basis="行政执法监督条例第二十七条",
)
def refuse(*, actor: Actor, instrument: Instrument, text: str) -> Instrument:
    """The correction is not enough: the reasons go back to the addressee."""
    _demand(text, "text", "请写明哪里没有纠正到位。")
    latest = instrument.replies.last()
    if latest is None:
        raise Refusal("收文机关还没有报送纠正情况")
    latest.verdict, latest.verdict_text = "refused", text
    latest.save()
    instrument.state = InstrumentState.REFUSED
    instrument.save()
    _log_instrument(actor, instrument, events.CORRECTION_REFUSED, {"text": text})
    _tell_addressee(instrument, "纠正不到位，请继续办理")
    return instrument


@action(
    "supervision.remind",
    policy=may_review,
    on="instrument",
    records=(events.INSTRUMENT_REMINDED,),
    basis="行政执法监督条例第二十七条",
)
def remind(*, actor: Actor, instrument: Instrument) -> Instrument:
    """催办: once a day at most."""
    if instrument.reminded_at is not None and clock.now() - instrument.reminded_at < timedelta(hours=20):
        raise Refusal(f"今天已经催办过（{instrument.reminded_at:%m-%d %H:%M}）")
    instrument.reminded_at = clock.now()
    instrument.save(update_fields=["reminded_at"])
    _log_instrument(actor, instrument, events.INSTRUMENT_REMINDED, {})
    _tell_addressee(instrument, f"催办：请于 {instrument.respond_by} 前报送")
    return instrument


@action(
    "supervision.escalate",
    policy=may_review,
    on="instrument",
    records=("escalation_proposed",),
    basis=DECISION_BASIS,
)
def escalate(*, actor: Actor, instrument: Instrument, text: str, on: date | None = None) -> Instrument:
    """报请政府决定: open once the addressee is late, or its correction was refused."""
    _demand(text, "text", "请写明报请的理由。")
    late = clock.today() > instrument.respond_by and instrument.state in {
        InstrumentState.ISSUED,
        InstrumentState.READ,
    }
    if not late and instrument.state != InstrumentState.REFUSED:
        raise Refusal(
            "还不能报请政府决定：收文机关仍在期限内",
            basis=DECISION_BASIS,
            next_step=f"期限到 {instrument.respond_by} 为止。",
        )
    instrument.state = InstrumentState.ESCALATED
    instrument.save()
    _log_instrument(actor, instrument, "escalation_proposed", {}, on=on)
    notify(
        title=f"报请制发监督决定书：{instrument.to.short_name}",
        body=text,
        url=f"/orders/{instrument.matter_id}",
        capability="supervision.decide",
    )
    return instrument


# -- parts ---------------------------------------------------------------------------------------------------------------


def stop_for_challenge(instrument: Instrument, actor: Actor) -> None:
    """条例第三十三条: where reconsideration or a lawsuit has begun about the matter, supervision stops."""
    instrument.state = InstrumentState.STOPPED
    instrument.closed_on = clock.today()
    instrument.conclusion = "该事项已进入行政复议或者行政诉讼，不重复监督。"
    instrument.save()
    _log_instrument(actor, instrument, events.INSTRUMENT_STOPPED, {})
    _tell_addressee(instrument, "事项已进入复议诉讼，本次监督终止")


def challenge_is_open(matter_id: str) -> bool:
    running: dict[Any, int] = {}
    for event in matter_events(matter_id):
        if event.activity in {"challenge_started", "challenge_ended"}:
            route = event.data.get("route")
            running[route] = running.get(route, 0) + (1 if event.activity == "challenge_started" else -1)
    return any(count > 0 for count in running.values())


def _close(
    actor: Actor, instrument: Instrument, text: str, alerts: AlertState, on: date | None = None
) -> None:
    instrument.state = InstrumentState.CLOSED
    instrument.closed_on = on or clock.today()
    instrument.conclusion = text
    instrument.save()
    for alert in Alert.objects.unscoped("随文书销号").filter(
        instrument=instrument, state=AlertState.INSTRUMENT
    ):
        _move(actor, alert, alerts, text)
    _log_instrument(actor, instrument, "matter_closed", {}, on=on)


def _move(
    actor: Actor, alert: Alert, state: AlertState, reason: str, activity: str = events.ALERT_TRIAGED
) -> Alert:
    alert.state, alert.reason = state, reason
    if state != AlertState.VERIFYING:
        alert.decided_at, alert.decided_label = clock.now(), actor.label
    alert.save()
    _log(actor, alert, activity, {"state": state, "reason": reason})
    return alert


def _log(actor: Actor, alert: Alert, activity: str, data: dict[str, Any]) -> None:
    record(
        actor=actor,
        matter=alert.matter_id,
        kind="penalty",
        activity=activity,
        agency=alert.agency_id,
        data={"alert": alert.pk, "rule": alert.rule, **data},
    )


def _log_instrument(
    actor: Actor, instrument: Instrument, activity: str, data: dict[str, Any], on: date | None = None
) -> None:
    record(
        actor=actor,
        matter=instrument.matter_id,
        kind=KIND,
        activity=activity,
        agency=actor.agency_code or instrument.issuer_id,
        data=data,
        occurred_at=on,
    )


def _tell_issuer(instrument: Instrument, title: str) -> None:
    notify(
        title=title,
        body=str(instrument),
        url=f"/orders/{instrument.matter_id}",
        capability="supervision.supervise",
    )


def _tell_addressee(instrument: Instrument, title: str) -> None:
    notify(
        title=f"{title}：{instrument}",
        url=f"/orders/{instrument.matter_id}",
        agency_code=instrument.to_id,
        capability="supervision.reply",
    )


def _demand(text: str, field: str, message: str) -> None:
    if not text.strip():
        raise InputFault({field: message})


def _demand_future(day: date) -> None:
    if day <= clock.today():
        raise InputFault({"respond_by": "「答复期限」应晚于今天。"})
