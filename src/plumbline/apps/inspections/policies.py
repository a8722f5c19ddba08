"""Who may see, plan, carry out and carry on an inspection."""

from __future__ import annotations

from typing import Any

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import Inspection

READING = ("cases.handle", "cases.approve", "cases.review", "cases.view", "supervision.supervise")


def may_see_inspection(actor: Actor, inspection: Inspection) -> Decision:
    reach = actor.reach(*READING)
    if reach is None or inspection.agency_id in reach:
        return ALLOWED
    return denied("没有找到该检查，或您的岗位不能查看")


@visible(Inspection)
def inspections_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = actor.reach(*READING)
    return rows if reach is None else rows.filter(agency_id__in=reach)


def may_inspect(actor: Actor, agency_code: str) -> Decision:
    """Planning and carrying out inspections of an agency: whoever handles its cases."""
    if actor.can("cases.handle", agency_code):
        return ALLOWED
    return denied("您的岗位不在该机关办理检查", next_step="请由该机关执法人员办理。")


def may_file(actor: Actor, inspection: Inspection) -> Decision:
    return may_inspect(actor, inspection.agency_id)


def may_compel(actor: Actor, inspection: Inspection) -> Decision:
    """Going on with a compulsory measure by itself: once, when it is known what was found, before a case was opened."""
    if inspection.compulsion_matter:
        return denied("这次检查已经登记行政强制", next_step="请在行政强制事项中继续办理。")
    if inspection.case_matter:
        return denied("这次检查已经转为案件", next_step="请在案件中采取强制措施。")
    if not inspection.filed_at or inspection.result != "problems":
        return denied("这次检查没有登记不符合项", next_step="请先登记检查结果。")
    return may_inspect(actor, inspection.agency_id)


def may_convert(actor: Actor, inspection: Inspection) -> Decision:
    """Turning a finding into a case: once, after the result is there."""
    if inspection.case_matter:
        return denied("这次检查已经转为案件", next_step="请在案件中继续办理。")
    if not inspection.filed_at:
        return denied("检查结果还没有登记", next_step="请先登记检查结果。")
    if inspection.result != "problems":
        return denied("这次检查没有不符合项，不能转为案件")
    return may_inspect(actor, inspection.agency_id)
