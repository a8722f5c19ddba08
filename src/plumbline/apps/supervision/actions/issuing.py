"""Issuing instruments: letter and opinion by the supervising organ, decision by the government alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from plumbline.apps.paperwork.contract import issue as issue_document
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import contract_form, new_event_id, record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify
from plumbline.platform.verdicts.evaluation import blocking_verdicts

from ..joined import held, joins_into
from ..models import (
    Alert,
    AlertKind,
    AlertState,
    Instrument,
    InstrumentKind,
    InstrumentState,
    Lead,
    Question,
)
from ..policies import (
    DECISION_BASIS,
    LETTER_BASIS,
    OPINION_BASIS,
    may_decide,
    may_issue,
)
from ..queries import case_numbers
from ..wording import facts_of, letter
from .writing import (
    KIND,
    NOTHING_SAID,
    demand,
    move,
    write_instrument,
)

ACTIVITIES = {
    InstrumentKind.LETTER: ("supervision_letter_issued", "督办", LETTER_BASIS),
    InstrumentKind.OPINION: ("supervision_opinion_issued", "监意", OPINION_BASIS),
    InstrumentKind.DECISION: ("supervision_decision_issued", "监决", DECISION_BASIS),
}


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
    outcomes: Mapping[int, str] = NOTHING_SAID,
    on: date | None = None,
) -> Instrument:
    """Issue a supervision letter (duty not done) or opinion (unlawful or clearly improper, established by asking).

    Of alerts that had joined one of these, ``outcomes`` says what each was; what held is written into the same instrument.
    """
    held(actor, may_issue, alert, *also)
    if barred := bar_to_issuing(alert, kind):
        raise barred
    alerts = [alert, *_beside(alert, also)]
    proven = [
        row.alert
        for each in alerts
        for row in joins_into(each)
        if outcomes.get(row.alert_id) == AlertState.INSTRUMENT
    ]
    if further := [*alerts[1:], *proven]:
        numbers = case_numbers(actor, further)
        facts = "\n".join((facts, facts_of(further, numbers).removeprefix("经查，")))
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
        said = f"制发{instrument.get_kind_display()} {instrument.number}"
        move(actor, each, AlertState.INSTRUMENT, said, outcomes=outcomes)
    return instrument


def bar_to_issuing(alert: Alert, kind: str) -> Refusal | None:
    """What in the facts forbids the instrument now; said before its form is filled in as well as after."""
    if alert.kind == AlertKind.NEAR_DUE:
        return Refusal(
            f"现在不能制发：期限到 {alert.due_on} 才届满，还没有不履行职责的事实",
            basis=OPINION_BASIS if kind == InstrumentKind.OPINION else LETTER_BASIS,
            next_step="可以先提醒承办单位；届满仍未办理的再督办。",
        )
    if kind == InstrumentKind.OPINION and not established(alert):
        return Refusal(
            "现在不能制发监督意见书：违法或者明显不当的事实还没有经过核实",
            basis=OPINION_BASIS,
            next_step="请先向该机关核实，收到答复后再制发。",
        )
    return None


def _beside(alert: Alert, also: Sequence[Alert]) -> list[Alert]:
    """The further alerts of one instrument: of the same agency, and breached."""
    for each in also:
        if each.agency_id != alert.agency_id or each.kind == AlertKind.NEAR_DUE:
            raise Refusal(
                f"预警 {each.pk} 不能写进这份文书",
                next_step="一份文书只写同一机关已经发生的问题，请另行制发。",
            )
    return list(also)


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
    # What reconsideration or a lawsuit has taken out stays with the letter it was taken from.
    Alert.objects.unscoped("随监督决定转移").filter(
        instrument=instrument, state=AlertState.INSTRUMENT
    ).update(instrument=decision)
    instrument.state = InstrumentState.CLOSED
    instrument.closed_on = decision.issued_on
    instrument.conclusion = f"政府已制发监督决定书 {decision.number}。"
    instrument.save()
    write_instrument(actor, instrument, "matter_closed", {}, on=on)
    return decision


def established(alert: Alert) -> bool:
    """Whether the facts are established: the agency has answered a question about them, or a person has verified the lead."""
    found = Lead.objects.unscoped("已核查属实的线索").filter(alert=alert, substantiated=True)
    asked = Question.objects.filter(Q(alert=alert) | Q(alert__merged_into=alert)).exclude(answered_at=None)
    return asked.exists() or found.exists()


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
        demand(value, name, text)
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
        facts=letter(
            to=Agency.objects.get(pk=to).name,
            facts=facts,
            basis=basis,
            demands=demands,
            respond_by=respond_by,
        ),
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
