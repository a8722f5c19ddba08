"""How a conflict of the notice is read, and what good or bad work leads to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from plumbline.platform.actions import InputFault, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify

from ..events import CONFLICT_SETTLED, MERIT_RECORDED, MERIT_WITHDRAWN
from ..models import Merit, Programme, Settlement, Task
from ..policies import REPORT, may_lead, may_withdraw
from .opening import BASIS, tell

USE = "新政办[2022]14号 四(三)"
LEAST = 4


@action("programme.settle", policy=may_lead, records=(CONFLICT_SETTLED,), basis=BASIS)
def settle_conflict(
    *, actor: Actor, programme: Programme, conflict: str, decision: str, on: date | None = None
) -> Settlement:
    """Keep how 区司法局 reads a place where the notice disagrees with itself; both wordings stay on the page."""
    if conflict not in {each["code"] for each in programme.conflicts}:
        raise InputFault({"": "方案中没有这一处不一致。"})
    if len(decision.strip()) < LEAST:
        raise InputFault({"decision": "请写明按哪一种办理、依据是什么。"})
    day = on or programme.today()
    made = Settlement.objects.create(
        programme=programme, conflict=conflict, decision=decision.strip()[:300], on=day, by_label=actor.label
    )
    tell(
        actor,
        programme,
        CONFLICT_SETTLED,
        {"conflict": conflict, "decision": made.decision},
        on=day,
    )
    return made


@action("programme.merit", policy=may_lead, records=(MERIT_RECORDED,), basis=USE)
def record_merit(
    *,
    actor: Actor,
    programme: Programme,
    agency: Agency,
    kind: str,
    reason: str,
    basis: str,
    points: Decimal | None = None,
    person: str = "",
    task: Task | None = None,
    on: date | None = None,
) -> Merit:
    """Record a bonus, a recommendation or an accountability, with reason and basis, for the appraisal of the year."""
    faults = {}
    if kind not in Merit.Kind.values:
        faults["kind"] = "请选择种类。"
    if len(reason.strip()) < LEAST:
        faults["reason"] = "请写明事由和事实。"
    if not basis.strip():
        faults["basis"] = "请写明依据，例如领导小组会议纪要的文号。"
    if kind == Merit.Kind.BONUS and (points is None or points <= 0):
        faults["points"] = "加分的，请填写大于 0 的分值。"
    if kind == Merit.Kind.ACCOUNTABILITY and points is not None and points > 0:
        faults["points"] = "追责扣分的，请填写负数；不扣分的留空。"
    if faults:
        raise InputFault(faults)
    day = on or programme.today()
    made = Merit.objects.create(
        programme=programme, agency=agency, task=task, kind=kind, person=person.strip()[:40], reason=reason.strip()[:300],
        points_tenths=None if points is None else int(points * 10), basis=basis.strip()[:120], on=day, by_label=actor.label,
    )  # fmt: skip
    tell(actor, programme, MERIT_RECORDED, {"merit": made.pk, "kind": kind}, agency=agency.code, on=day)
    notify(
        title=f"{made.get_kind_display()}记录：{programme.title}", body=made.reason,
        url=f"/programmes/{programme.key}/merits", agency_code=agency.code, capability=REPORT,
    )  # fmt: skip
    return made


@action("programme.merit_withdraw", policy=may_withdraw, on="merit", records=(MERIT_WITHDRAWN,), basis=USE)
def withdraw_merit(*, actor: Actor, merit: Merit, reason: str, on: date | None = None) -> Merit:
    """Withdraw a record that was wrong; it stays to be seen, with the reason."""
    if len(reason.strip()) < LEAST:
        raise InputFault({"reason": "请写明撤回的理由。"})
    merit.withdrawn_on = on or merit.programme.today()
    merit.withdrawn_because = reason.strip()[:200]
    merit.save(update_fields=["withdrawn_on", "withdrawn_because"])
    told = {"merit": merit.pk, "reason": merit.withdrawn_because}
    tell(actor, merit.programme, MERIT_WITHDRAWN, told, agency=merit.agency_id, on=merit.withdrawn_on)
    return merit
