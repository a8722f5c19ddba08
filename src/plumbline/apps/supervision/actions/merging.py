"""An alert of one rule joins another rule's alert of the same matter: one problem, decided once, and it can be undone.

Each rule is answered by its own outcome: whoever decides the alert that stays says of every joined one what it was, and so
neither rule's precision hangs on the other's. One of which nothing is said comes back to be decided by itself.
"""

from __future__ import annotations

from plumbline.platform.actions import Refusal, action
from plumbline.platform.identity.actor import Actor

from .. import events
from ..alert_log import write_alert
from ..conducts import PREFIX
from ..joined import come_apart, held, joins_into, open_join_of
from ..models import Alert, AlertJoin, AlertKind, AlertState, Lead
from ..policies import may_part_alert, may_triage
from .writing import demand, move

BASIS = "行政执法监督条例第二十条"


@action("supervision.merge_alert", policy=may_triage, on="alert", records=(events.ALERT_MERGED,), basis=BASIS)
def merge_alert(*, actor: Actor, alert: Alert, into: Alert, reason: str) -> Alert:
    """并入另一条预警: from here on ``into`` alone is asked about, put into an instrument and decided."""
    held(actor, may_triage, alert, into)
    if barred := bar_to_merging(actor, alert, into):
        raise barred
    demand(reason, "reason", "请写明为什么是同一个问题。")
    AlertJoin.objects.create(
        alert=alert, into=into, before=alert.state, reason=reason.strip(), by_label=actor.label[:60]
    )
    alert.merged_into = into
    move(actor, alert, AlertState.MERGED, f"并入预警 {into.pk}：{reason}", activity=events.ALERT_MERGED)
    write_alert(actor, into, events.ALERT_MERGED, {"reason": reason, "other": alert.pk, "taken_in": True})
    return alert


def bar_to_merging(actor: Actor, alert: Alert, into: Alert) -> Refusal | None:
    """What in the facts forbids to decide these two as one."""
    if alert.pk == into.pk or alert.matter_id != into.matter_id or alert.agency_id != into.agency_id:
        return Refusal("只能并入同一案件、同一机关的另一条预警", basis=BASIS)
    if AlertKind.NEAR_DUE in {alert.kind, into.kind}:
        return Refusal("临期提醒还不是问题，不能并入，也不能并入别的预警", basis=BASIS)
    if any(each.rule.startswith(PREFIX) for each in (alert, into)):
        return Refusal(
            "由线索列出的预警，在线索页并入", basis=BASIS, next_step="请打开线索，选择“并入已有的预警”。"
        )
    if joins_into(alert):
        return Refusal(
            f"预警 {alert.pk} 下面已有并入的预警",
            basis=BASIS,
            next_step=f"请反过来，把预警 {into.pk} 并入这一条。",
        )
    if Lead.objects.unscoped("预警的线索").filter(alert=alert).exists():
        return Refusal(
            f"预警 {alert.pk} 还有线索等着它的结果",
            basis=BASIS,
            next_step=f"请反过来，把预警 {into.pk} 并入这一条；或者先在线索页撤销并入。",
        )
    allowed = may_triage(actor, into)
    return None if allowed else Refusal(allowed.reason, basis=allowed.basis, next_step=allowed.next_step)


@action(
    "supervision.part_alert", policy=may_part_alert, on="alert", records=(events.ALERT_PARTED,), basis=BASIS
)
def part_alert(*, actor: Actor, alert: Alert, reason: str) -> Alert:
    """撤销并入: the alert stands where it stood; not once the other one is decided, because then it has an outcome of its own."""
    under = open_join_of(alert)
    if under is not None:
        # Whoever decides the alert above locks it first, then what stands under it.
        held(actor, may_triage, under.into)
        held(actor, may_part_alert, alert)
    row = open_join_of(alert)
    if row is None:
        raise Refusal("这条预警没有并入别的预警", basis=BASIS)
    demand(reason, "reason", "请写明为什么不是同一个问题。")
    return come_apart(actor, row, reason.strip())
