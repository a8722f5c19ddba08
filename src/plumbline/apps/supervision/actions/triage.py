"""Triage of alerts: ask, take the explanation, mark a false alarm. None of it writes to the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from plumbline.platform import clock
from plumbline.platform.actions import Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from .. import events
from ..alert_log import write_alert
from ..joined import held
from ..models import (
    Alert,
    AlertState,
    Question,
)
from ..policies import (
    may_answer_question,
    may_triage,
)
from .writing import (
    NOTHING_SAID,
    demand,
    demand_future,
    move,
)


@action(
    "supervision.ask",
    policy=may_triage,
    on="alert",
    records=(events.QUESTION_ASKED,),
    basis="行政执法监督条例第二十六条",
)
def ask(*, actor: Actor, alert: Alert, text: str, respond_by: date) -> Question:
    """核实: ask the agency for the facts, with a date for its answer."""
    held(actor, may_triage, alert)
    return put_question(actor, alert, text, respond_by)


def put_question(actor: Actor, alert: Alert, text: str, respond_by: date) -> Question:
    """Put a question to the agency of an alert; the caller has asked its policy."""
    demand(text, "text", "请写明要核实的事实。")
    demand_future(respond_by)
    question = Question.objects.create(
        alert=alert, text=text, respond_by=respond_by, asked_by_id=actor.person_id, asked_label=actor.label
    )
    alert.owner_id = actor.person_id
    move(actor, alert, AlertState.VERIFYING, text, activity=events.QUESTION_ASKED)
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
    demand(answer, "answer", "请写明核实结果。")
    if question.answered_at is not None:
        raise Refusal("这个问题已经答复过", next_step="如需补充，请联系监督人员另行提问。")
    question.answer, question.answered_label, question.answered_at = answer, actor.label, clock.now()
    question.save()
    write_alert(actor, question.alert, events.QUESTION_ANSWERED, {"question": question.pk})
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
def accept_explanation(
    *, actor: Actor, alert: Alert, reason: str, outcomes: Mapping[int, str] = NOTHING_SAID
) -> Alert:
    """解释属实: the agency's explanation holds; the reason stays with the alert."""
    demand(reason, "reason", "请写明采信的理由和依据。")
    held(actor, may_triage, alert)
    return move(actor, alert, AlertState.EXPLAINED, reason, outcomes=outcomes)


@action(
    "supervision.false_alarm",
    policy=may_triage,
    on="alert",
    records=(events.ALERT_TRIAGED,),
    basis="行政执法监督条例第二十六条",
)
def mark_false_alarm(
    *, actor: Actor, alert: Alert, reason: str, outcomes: Mapping[int, str] = NOTHING_SAID
) -> Alert:
    """误报: the rule was wrong about the facts; counts in the rule's false-alarm rate."""
    demand(reason, "reason", "请写明为什么是误报。理由会用于复核这条规则。")
    held(actor, may_triage, alert)
    return move(actor, alert, AlertState.FALSE_ALARM, reason, outcomes=outcomes)
