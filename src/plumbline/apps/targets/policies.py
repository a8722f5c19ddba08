"""Who keeps and who reads the register of targets. It is one for the district: a firm is nobody's own."""

from __future__ import annotations

from typing import Any

from plumbline.apps.agencies.contract import keeps_the_district
from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor

from .models import Kind, Target

READING = ("cases.handle", "cases.approve", "registers.maintain", "supervision.supervise")


def may_read_targets(actor: Actor) -> Decision:
    if any(actor.can(each) for each in READING):
        return ALLOWED
    return denied("您的岗位不查看执法对象名录")


def may_keep_targets(actor: Actor) -> Decision:
    """Whoever keeps registers anywhere in the district."""
    if actor.can("registers.maintain") or keeps_the_district(actor):
        return ALLOWED
    return denied("您的岗位不维护执法对象名录", next_step="请由本单位的管理员办理。")


def may_merge_targets(actor: Actor) -> Decision:
    """A merger changes what every agency sees of a firm: the district's keepers."""
    if keeps_the_district(actor):
        return ALLOWED
    return denied("您的岗位不能合并执法对象", next_step="请由区司法局办理。")


def targets_read_by(actor: Actor, rows: Any) -> Any:
    """Natural persons are shown to those who handle cases and to those who keep the register, nobody else."""
    if (
        actor.is_system
        or actor.can("cases.handle")
        or actor.can("registers.maintain")
        or keeps_the_district(actor)
    ):
        return rows
    return rows.exclude(kind=Kind.NATURAL_PERSON)


def may_read_target(actor: Actor, target: Target) -> Decision:
    allowed = may_read_targets(actor)
    if (
        allowed
        and target.kind == Kind.NATURAL_PERSON
        and not targets_read_by(actor, Target.objects.filter(pk=target.pk)).exists()
    ):
        return denied("没有找到该执法对象，或您的岗位不能查看")
    return allowed
