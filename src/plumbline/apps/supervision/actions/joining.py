"""A lead joins an alert that is there already: one problem with all its sources, one clock, one answer. It can be undone.

The alert of a rule follows its verdict, so it is always the alert that stays; one that was made from a lead may be given up
for it. Nothing written before is changed: both histories say when they came together and when they parted.
"""

from __future__ import annotations

from plumbline.platform import clock
from plumbline.platform.actions import Refusal, action
from plumbline.platform.identity.actor import Actor

from .. import events
from ..alert_log import write_alert
from ..conducts import NONE, PREFIX, conduct_of
from ..lead_models import UNVERIFIED, Lead, LeadJoin, LeadState
from ..models import UNDECIDED, Alert, AlertKind, AlertState
from ..policies import may_triage, may_work_lead
from ..writing_leads import write_lead
from .clocks import set_one_clock
from .writing import demand, move

BASIS = "行政执法监督条例第二十条"


@action(
    "supervision.join_alert",
    policy=may_work_lead,
    on="lead",
    records=(events.LEAD_JOINED, events.ALERT_MERGED, "lead_assessed"),
    basis=BASIS,
)
def join_alert(*, actor: Actor, lead: Lead, alert: Alert, reason: str) -> Lead:
    """并入预警: the lead, and whatever else stands behind its own alert, goes along with ``alert`` from here on."""
    own = lead.alert
    if barred := bar_to_joining(actor, lead, alert):
        raise barred
    demand(reason, "reason", "请写明为什么是同一件事。")
    movers = list(Lead.objects.unscoped("同一预警的线索").filter(alert=own)) if own else [lead]
    own_state = own.state if own else ""
    for each in movers:
        _join(actor, each, alert, own, own_state, reason)
    if own is not None:
        own.merged_into = alert
        move(actor, own, AlertState.MERGED, f"并入预警 {alert.pk}：{reason}", activity=events.ALERT_MERGED)
    lead.refresh_from_db(from_queryset=Lead.objects.unscoped("刚并入的线索").select_related("alert"))
    set_one_clock(lead)
    return lead


def bar_to_joining(actor: Actor, lead: Lead, alert: Alert) -> Refusal | None:
    """What in the facts forbids to put this lead to this alert."""
    own = lead.alert
    if lead.state not in UNVERIFIED:
        return Refusal(f"这条线索现在是“{lead.get_state_display()}”，不能再并入预警", basis=BASIS)
    if own is not None and own.pk == alert.pk:
        return Refusal(f"这条线索已经列在预警 {alert.pk}", basis=BASIS)
    if own is not None and not own.rule.startswith(PREFIX):
        return Refusal(f"这条线索已经并入预警 {own.pk}", basis=BASIS, next_step="请先撤销并入。")
    if own is not None and (own.state not in UNDECIDED or own.instrument_id is not None):
        return Refusal(f"它自己的预警 {own.pk} 已经是“{own.get_state_display()}”，不能再并入", basis=BASIS)
    if alert.kind != AlertKind.BREACH:
        return Refusal(f"预警 {alert.pk} 只是临期提醒，还没有问题可以并入", basis=BASIS)
    if lead.concerned_id is not None and lead.concerned_id != alert.agency_id:
        return Refusal(
            f"涉及的机关不同：预警 {alert.pk} 是{alert.agency.short_name}的",
            basis=BASIS,
            next_step="请选择同一机关的预警。",
        )
    allowed = may_triage(actor, alert)
    if not allowed:
        return Refusal(allowed.reason, basis=allowed.basis, next_step=allowed.next_step)
    return None


def _join(actor: Actor, lead: Lead, alert: Alert, own: Alert | None, own_state: str, reason: str) -> None:
    before = {
        "state": lead.state, "owner": lead.owner_id, "conduct": lead.conduct, "assessment": lead.assessment,
        "concerned": lead.concerned_id, "own_state": own_state,
    }  # fmt: skip
    LeadJoin.objects.create(
        lead=lead, alert=alert, own_alert=own, before=before, reason=reason, by_label=actor.label
    )
    fresh = lead.state == LeadState.REGISTERED
    lead.alert, lead.concerned_id = alert, alert.agency_id
    lead.owner_id = lead.owner_id or alert.owner_id or actor.person_id
    lead.conduct = lead.conduct or conduct_of(alert.rule) or NONE
    if fresh:
        lead.state, lead.assessment = LeadState.ASSESSED, reason
    lead.save()
    if fresh:
        write_lead(actor, lead, "lead_assessed", {"x_text": reason, "x_owner": lead.owner_id})
    said = {"alert": alert.lead_id, "lead": lead.matter_id, "reason": reason}
    write_lead(actor, lead, events.LEAD_JOINED, said)
    write_alert(actor, alert, events.LEAD_JOINED, said)


@action(
    "supervision.leave_alert",
    policy=may_work_lead,
    on="lead",
    records=(events.LEAD_LEFT, events.ALERT_PARTED),
    basis=BASIS,
)
def leave_alert(*, actor: Actor, lead: Lead, reason: str) -> Lead:
    """撤销并入预警: the lead stands where it stood, with its own alert where it had one; not once anything was issued."""
    row = open_join(lead)
    if row is None:
        raise Refusal("这条线索没有并入别的预警", basis=BASIS)
    if barred := bar_to_leaving(lead, row):
        raise barred
    demand(reason, "reason", "请写明为什么不是同一件事。")
    together = [row]
    if row.own_alert_id is not None:
        together = list(
            LeadJoin.objects.filter(alert=row.alert, own_alert=row.own_alert, undone_at=None).select_related("lead")
        )  # fmt: skip
    for each in together:
        _leave(actor, each, reason)
    own = row.own_alert
    if own is not None:
        own.merged_into, own.decided_at, own.decided_label = None, None, ""
        own.state, own.reason = row.before["own_state"], ""
        own.save()
        write_alert(actor, own, events.ALERT_PARTED, {"state": own.state, "reason": reason})
    lead.refresh_from_db(from_queryset=Lead.objects.unscoped("刚撤销并入的线索").select_related("alert"))
    set_one_clock(lead)
    left = Lead.objects.unscoped("仍在的线索").filter(alert=row.alert, state__in=UNVERIFIED).first()
    if left is not None:
        set_one_clock(left)
    return lead


def open_join(lead: Lead) -> LeadJoin | None:
    """The join that a lead stands by now, the latest where it went on from one alert to the next."""
    rows = lead.joins.filter(alert=lead.alert_id, undone_at=None).select_related("alert", "own_alert", "lead")
    return rows.last() if lead.alert_id else None


def bar_to_leaving(lead: Lead, row: LeadJoin) -> Refusal | None:
    """What has happened since that cannot be taken apart any more."""
    alert = row.alert
    if alert.instrument_id is not None:
        return Refusal(
            f"已经制发文书，不能再撤销并入：{alert.instrument}",
            basis=BASIS,
            next_step="有新的情况，请另行登记线索。",
        )
    if lead.state not in UNVERIFIED:
        return Refusal(
            "已经一并登记核查结论，不能再撤销并入", basis=BASIS, next_step="有新的情况，请另行登记线索。"
        )
    return None


def _leave(actor: Actor, row: LeadJoin, reason: str) -> None:
    lead, before = row.lead, row.before
    row.undone_why, row.undone_label, row.undone_at = reason, actor.label, clock.now()
    row.save()
    lead.alert, lead.state = row.own_alert, before["state"]
    lead.owner_id, lead.concerned_id = before["owner"], before["concerned"]
    lead.conduct, lead.assessment = before["conduct"], before["assessment"]
    lead.due_on, lead.own_due_on = lead.own_due_on or lead.due_on, None
    lead.save()
    said = {"alert": row.alert.lead_id, "lead": lead.matter_id, "reason": reason}
    write_lead(actor, lead, events.LEAD_LEFT, said)
    write_alert(actor, row.alert, events.LEAD_LEFT, said)
