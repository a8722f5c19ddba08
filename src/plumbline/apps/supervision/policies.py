"""Who supervises, who answers, who decides. Supervisors read cases and write only to their own instruments."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import (
    RECORDS,
    UNDECIDED,
    Alert,
    AlertJoin,
    AlertKind,
    Instrument,
    InstrumentKind,
    Lead,
    Question,
)

SUPERVISING = ("supervision.supervise", "supervision.sign", "supervision.decide")
LETTER_BASIS = "行政执法监督条例第二十七条"
OPINION_BASIS = "行政执法监督条例第二十八条"
DECISION_BASIS = "行政执法监督条例第二十九条"
TERM_BASIS = "行政执法监督条例第二十七条、第二十八条"


@visible(Alert)
def alerts_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """Supervisors see those of their scope; an agency its early warnings and what has been put to it."""
    supervised, answering = actor.reach(*SUPERVISING), actor.reach("supervision.reply")
    if supervised is None:
        return rows
    own = Q() if answering is None else Q(agency_id__in=answering)
    put = Q(kind=AlertKind.NEAR_DUE) | Q(instrument__isnull=False) | Exists(_asked(OuterRef("pk")))
    return rows.filter(Q(agency_id__in=supervised) | (own & put))


def _asked(alert: Any) -> Any:
    return Question.objects.filter(alert=alert)


def may_see_alert(actor: Actor, alert: Alert) -> Decision:
    if any(actor.can(capability, alert.agency_id) for capability in SUPERVISING):
        return ALLOWED
    put = alert.kind == AlertKind.NEAR_DUE or alert.instrument_id is not None or _asked(alert).exists()
    if put and actor.can("supervision.reply", alert.agency_id):
        return ALLOWED
    return denied("您的岗位不能查看这条预警")


@visible(Instrument)
def instruments_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    supervised = actor.reach(*SUPERVISING)
    if supervised is None:
        return rows
    answering = actor.reach("supervision.reply")
    to = Q() if answering is None else Q(to_id__in=answering)
    return rows.filter(to | Q(issuer_id__in=supervised))


def may_see_instrument(actor: Actor, instrument: Instrument) -> Decision:
    if any(actor.can(capability, instrument.to_id) for capability in SUPERVISING):
        return ALLOWED
    if any(actor.can(capability, instrument.issuer_id) for capability in SUPERVISING):
        return ALLOWED
    if actor.can("supervision.reply", instrument.to_id):
        return ALLOWED
    return denied("您的岗位不能查看这份监督文书")


def may_triage(actor: Actor, alert: Alert) -> Decision:
    if not actor.can("supervision.supervise", alert.agency_id):
        return denied(
            "您的岗位没有执法监督的权能",
            basis="行政执法监督条例第六条",
            next_step="请由区司法局监督人员处置。",
        )
    if alert.state not in UNDECIDED:
        return denied(f"这条预警已经是“{alert.get_state_display()}”，不能再处置")
    return ALLOWED


def may_part_alert(actor: Actor, alert: Alert) -> Decision:
    """While the alert that it joined waits for its decision; afterwards it has an outcome of its own."""
    if not actor.can("supervision.supervise", alert.agency_id):
        return denied("您的岗位没有执法监督的权能", next_step="请由区司法局监督人员处置。")
    if not AlertJoin.objects.filter(alert=alert, undone_at=None, outcome="").exists():
        return denied("这条预警没有并入别的预警，或者已经随之处置")
    return ALLOWED


def may_issue(actor: Actor, alert: Alert) -> Decision:
    """Letters and opinions: whoever signs instruments of supervision."""
    if not actor.can("supervision.sign", alert.agency_id):
        return denied(
            "您的岗位没有签发监督文书的权能", basis=LETTER_BASIS, next_step="请由区司法局负责人签发。"
        )
    if alert.state not in UNDECIDED:
        return denied(f"这条预警已经是“{alert.get_state_display()}”，不能再制发文书")
    return ALLOWED


def may_decide(actor: Actor, instrument: Instrument) -> Decision:
    """A supervision decision is the government's alone (条例第二十九条)."""
    if actor.can("supervision.decide", instrument.to_id):
        return ALLOWED
    return denied(
        "监督决定书只能由本级人民政府制发", basis=DECISION_BASIS, next_step="请报请区人民政府决定。"
    )


def may_answer_question(actor: Actor, question: Question) -> Decision:
    if actor.can("supervision.reply", question.alert.agency_id):
        return ALLOWED
    return denied("您的岗位不能答复核实", next_step="请由本单位负责答复监督的人员办理。")


def may_reply(actor: Actor, instrument: Instrument) -> Decision:
    if not actor.can("supervision.reply", instrument.to_id):
        return denied("只有收文机关可以答复", next_step="请由收文机关负责答复监督的人员办理。")
    if not instrument.is_running:
        return denied(f"这份文书已经是“{instrument.get_state_display()}”")
    return ALLOWED


def may_read(actor: Actor, instrument: Instrument) -> Decision:
    """The addressee's opening is its receipt, of a paper that asks for nothing too."""
    if actor.can("supervision.reply", instrument.to_id):
        return ALLOWED
    return denied("只有收文机关可以签收", next_step="请由收文机关负责答复监督的人员办理。")


def may_object(actor: Actor, instrument: Instrument) -> Decision:
    """条例第三十条: to what is being handled, and to a record or a circular, which is over when it is signed."""
    if instrument.kind not in RECORDS:
        return may_reply(actor, instrument)
    return may_read(actor, instrument)


def may_answer_objection(actor: Actor, instrument: Instrument) -> Decision:
    if instrument.kind in RECORDS and actor.can("supervision.supervise", instrument.to_id):
        return ALLOWED
    return may_review(actor, instrument)


def may_review(actor: Actor, instrument: Instrument) -> Decision:
    if not actor.can("supervision.supervise", instrument.to_id):
        return denied("您的岗位没有执法监督的权能", next_step="请由制发机关审核。")
    if not instrument.is_running:
        return denied(f"这份文书已经是“{instrument.get_state_display()}”")
    return ALLOWED


def may_ask_extension(actor: Actor, instrument: Instrument) -> Decision:
    """Whoever owes the answer, while it is owed."""
    answering = may_reply(actor, instrument)
    if not answering:
        return answering
    if not instrument.is_waiting:
        return denied(
            f"这份文书现在是“{instrument.get_state_display()}”，没有等待报送的期限", basis=TERM_BASIS
        )
    return ALLOWED


def may_decide_extension(actor: Actor, instrument: Instrument) -> Decision:
    """Who signs such instruments moves their terms: the term is part of what was signed."""
    by_government = instrument.kind == InstrumentKind.DECISION
    capability = "supervision.decide" if by_government else "supervision.sign"
    if not actor.can(capability, instrument.to_id):
        return denied(
            "期限由文书载明，只有制发机关有签发权的岗位可以准予延期",
            basis=TERM_BASIS,
            next_step=f"请由{instrument.issuer.short_name}办理。",
        )
    if not instrument.is_waiting:
        return denied(f"这份文书现在是“{instrument.get_state_display()}”，延期申请不再办理")
    return ALLOWED


@visible(Lead)
def leads_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """Supervisors alone; an agency learns of a lead by the question that is put to it."""
    reach = actor.reach(*SUPERVISING)
    return rows if reach is None else rows.filter(agency_id__in=reach)


def may_see_lead(actor: Actor, lead: Lead) -> Decision:
    if any(actor.can(capability, lead.agency_id) for capability in SUPERVISING):
        return ALLOWED
    return denied("您的岗位不能查看监督线索")


def may_register_lead(actor: Actor) -> Decision:
    if actor.can("supervision.supervise"):
        return ALLOWED
    return denied("您的岗位不登记监督线索", next_step="请由区司法局执法监督人员登记。")


def may_work_lead(actor: Actor, lead: Lead) -> Decision:
    if actor.can("supervision.supervise", lead.agency_id):
        return ALLOWED
    return denied("您的岗位不办理监督线索", next_step="请由区司法局执法监督人员办理。")


def may_set(actor: Actor) -> Decision:
    """The organ's own clocks: whoever signs for it."""
    if actor.can("supervision.sign"):
        return ALLOWED
    return denied("您的岗位不能修改监督工作参数", next_step="请由区司法局有签发权的人员办理。")


def may_issue_record(actor: Actor, kind: str) -> Decision:
    """A correction on the spot is recorded by whoever supervises there; every other paper is signed for the organ."""
    capability = "supervision.supervise" if kind == InstrumentKind.ON_SPOT else "supervision.sign"
    if actor.can(capability):
        return ALLOWED
    return denied("您的岗位没有签发这种监督文书的权能", next_step="请由区司法局负责人签发。")


def may_use_result(actor: Actor, instrument: Instrument) -> Decision:
    """What follows an instrument is its issuer's to say."""
    if actor.can("supervision.sign", instrument.issuer_id):
        return ALLOWED
    return denied("您的岗位不登记结果运用、不公开摘要", next_step="请由制发机关有签发权的人员办理。")
