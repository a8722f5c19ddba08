"""The yearly plan: what is to be made, by whom, why and by when."""

from __future__ import annotations

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from ..choices import Kind
from ..events import PLAN_DROPPED, PLANNED
from ..models import NormDoc, PlanItem
from ..policies import may_plan, may_plan_item


@action(
    "normdocs.plan",
    policy=may_plan,
    on="agency_code",
    records=(PLANNED,),
    basis="新政办[2022]14号 二(二)5",
)
def plan_document(
    *,
    actor: Actor,
    agency_code: str,
    year: int,
    title: str,
    reason: str,
    due_month: int,
    kind: str = Kind.NORM,
) -> PlanItem:
    """Put a document into a year's plan."""
    faults = {}
    if not title.strip():
        faults["title"] = "请填写名称。"
    if not reason.strip():
        faults["reason"] = "请写明为什么要制定。"
    if not 1 <= due_month <= 12:
        faults["due_month"] = "完成月份在 1 到 12 之间。"
    if not 2000 <= year <= clock.today().year + 2:
        faults["year"] = "请核对年度。"
    if faults:
        raise InputFault(faults)
    item = PlanItem.objects.create(
        kind=str(kind),
        year=year,
        title=title.strip()[:200],
        agency_id=agency_code,
        reason=reason.strip(),
        due_month=due_month,
        by_label=actor.label,
    )
    record(
        actor=actor,
        matter=f"GFJH-{item.pk}",
        kind=item.kind,
        activity=PLANNED,
        agency=agency_code,
        data={"plan": item.pk, "year": year, "due_month": due_month},
    )
    return item


@action(
    "normdocs.drop_plan",
    policy=may_plan_item,
    on="item",
    records=(PLAN_DROPPED,),
    basis="新政办[2022]14号 二(二)5",
)
def drop_plan_item(*, actor: Actor, item: PlanItem, reason: str) -> None:
    """Take an entry out of the plan; it stays in sight with its reason."""
    locked = PlanItem.objects.unscoped("调出制定计划").select_for_update().get(pk=item.pk)
    if locked.dropped:
        raise Refusal("这一项已经调出计划", next_step="请刷新页面。")
    if NormDoc.objects.unscoped("核对计划项有没有开始起草").filter(plan=locked).exists():
        raise Refusal("这一项已经开始起草，不能调出计划", next_step="不再制定的，请在文件页面终止制定。")
    if not reason.strip():
        raise InputFault({"reason": "请写明调出计划的理由。"})
    locked.dropped = reason.strip()[:300]
    locked.save(update_fields=["dropped"])
    record(
        actor=actor,
        matter=f"GFJH-{item.pk}",
        kind=item.kind,
        activity=PLAN_DROPPED,
        agency=locked.agency_id,
        data={"plan": item.pk, "reason": locked.dropped},
    )
