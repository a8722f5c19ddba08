"""Who asks, who answers, who shares; all parties of a question read it, and everybody inside reads what is shared."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import Question, SharedAnswer, State

HANDLE, CASES, SUPERVISE = "transfers.handle", "cases.handle", "supervision.supervise"
#: Whoever meets the question asks it: the officer of a case as well as the office of the body.
ASKING = (HANDLE, CASES)
READING = (HANDLE, CASES, "cases.approve", "cases.review", SUPERVISE, "supervision.sign")
BASIS = "行政处罚法第二十四条、行政执法监督条例第二十四条"
_OFFICE = "请由本机关持有“办理移送协作”权能的岗位办理。"


@visible(Question)
def questions_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = actor.reach(*READING)
    return rows if reach is None else rows.filter(parties__overlap=sorted(reach))


def may_read(actor: Actor, row: Question) -> Decision:
    reach = actor.reach(*READING)
    if reach is None or reach & set(row.parties):
        return ALLOWED
    return denied("您的岗位不能查看这件业务咨询")


def answering_bodies() -> QuerySet[Agency]:
    """Whom one may ask: the departments, which give items to streets, and the supervision organ of the district."""
    department, organ = Q(enforces=True), Q(kind="supervision_organ")
    return Agency.objects.filter(department | organ, level="district").order_by("code")


def answers_for(actor: Actor, body: Agency) -> bool:
    """Whether the actor answers in the name of a body: 区司法局 by its supervisors, a department by its office."""
    return actor.can(SUPERVISE if body.kind == "supervision_organ" else HANDLE, body.code)


def may_ask(actor: Actor, agency_code: str) -> Decision:
    if any(actor.can(each, agency_code) for each in ASKING):
        return ALLOWED
    return denied("您的岗位不能以本机关名义提出业务咨询", basis=BASIS, next_step=_OFFICE)


def _states(row: Question, *states: str) -> Decision:
    if row.state in states:
        return ALLOWED
    return denied(f"这件咨询现在是“{row.get_state_display()}”，不能这样办理")


def asks(actor: Actor, row: Question) -> bool:
    """Whether the actor speaks for the body that asks: its office, or whoever asked and still works there."""
    own = row.asked_by_id is not None and actor.person_id == row.asked_by_id
    return actor.can(HANDLE, row.agency_id) or (own and bool(may_ask(actor, row.agency_id)))


def _from(actor: Actor, row: Question, *states: str) -> Decision:
    if not asks(actor, row):
        return denied("只有提问的人和提问机关的综合岗可以办理", next_step=_OFFICE)
    return _states(row, *states)


def _to(actor: Actor, row: Question, *states: str) -> Decision:
    if not answers_for(actor, row.to):
        return denied("只有被咨询的机关可以办理", basis=BASIS, next_step=_OFFICE)
    return _states(row, *states)


def may_answer(actor: Actor, row: Question) -> Decision:
    return _to(actor, row, State.ASKED)


def may_ask_back(actor: Actor, row: Question) -> Decision:
    return _to(actor, row, State.ASKED)


def may_hand_on(actor: Actor, row: Question) -> Decision:
    return _to(actor, row, State.ASKED)


def may_supply(actor: Actor, row: Question) -> Decision:
    return _from(actor, row, State.RETURNED)


def may_confirm(actor: Actor, row: Question) -> Decision:
    return _from(actor, row, State.ANSWERED)


def may_ask_on(actor: Actor, row: Question) -> Decision:
    """Also after it was said to have helped: what turns out later is asked under the same question."""
    return _from(actor, row, State.ANSWERED, State.HELPED)


def may_withdraw(actor: Actor, row: Question) -> Decision:
    return _from(actor, row, State.ASKED, State.RETURNED)


def may_share(actor: Actor, row: Question) -> Decision:
    """The body that answered, and the supervision organ, which guides all of them."""
    if not answers_for(actor, row.to) and not actor.can(SUPERVISE):
        return denied("由答复的机关或者区司法局共享", basis=BASIS, next_step=_OFFICE)
    if row.shared.filter(withdrawn_at=None).exists():
        return denied("这件答复已经共享")
    return _states(row, State.ANSWERED, State.HELPED)


def may_unshare(actor: Actor, answer: SharedAnswer) -> Decision:
    if answer.withdrawn_at is not None:
        return denied("已经停止共享")
    if answers_for(actor, answer.agency) or actor.can(SUPERVISE):
        return ALLOWED
    return denied("由答复的机关或者区司法局停止共享", basis=BASIS, next_step=_OFFICE)


def may_read_answers(actor: Actor) -> Decision:
    """Whoever works at cases or hands work over, in whichever body."""
    if actor.reach(*READING) == frozenset():
        return denied("您的岗位不办理执法业务")
    return ALLOWED
