"""Who may register, confirm and revoke a phone, and who sees what it sent."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import Device, DeviceState, FieldRecord, RecordState

READING = ("cases.handle", "cases.approve", "cases.review", "cases.view", "supervision.supervise")


@visible(Device)
def devices_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """One's own, and those of the agencies one administers."""
    reach = actor.reach("agency.administer")
    if reach is None:
        return rows
    return rows.filter(Q(person_id=actor.person_id) | Q(agency_id__in=reach))


@visible(FieldRecord)
def records_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = actor.reach(*READING)
    return rows if reach is None else rows.filter(agency_id__in=reach)


def may_register(actor: Actor) -> Decision:
    if actor.person_id is not None and actor.can("cases.handle") and actor.agency_code:
        return ALLOWED
    return denied("您的岗位不在现场执法，不能登记手机", next_step="请联系单位管理员调整岗位。")


def may_confirm(actor: Actor, device: Device) -> Decision:
    """The officer, having compared the fingerprint with the phone's screen, or the agency's administrator."""
    if device.state != DeviceState.PENDING:
        return denied(f"这部手机现在是“{device.get_state_display()}”，不需要确认")
    return _own_or_administered(actor, device)


def may_revoke(actor: Actor, device: Device) -> Decision:
    if device.state == DeviceState.REVOKED:
        return denied("这部手机已经停用")
    return _own_or_administered(actor, device)


def may_leave(actor: Actor, device: Device) -> Decision:
    if device.state == DeviceState.CONFIRMED and device.person_id == actor.person_id:
        return ALLOWED
    return denied("这部手机没有在使用")


def _own_or_administered(actor: Actor, device: Device) -> Decision:
    if actor.person_id is not None and device.person_id == actor.person_id:
        return ALLOWED
    if actor.can("agency.administer", device.agency_id):
        return ALLOWED
    return denied("只有使用人和本单位管理员可以办理", next_step="请联系本单位管理员。")


def may_send(actor: Actor, device: Device) -> Decision:
    """A phone sends for its officer, as long as the officer holds the post.

    What a revoked phone had signed before may still be handed in from its backup, by another phone of the officer.
    """
    if device.state == DeviceState.PENDING:
        return denied(
            f"这部手机{device.get_state_display()}", next_step="请在「我的手机」页确认，或联系单位管理员。"
        )
    if device.person_id == actor.person_id and actor.can("cases.handle", device.agency_id):
        return ALLOWED
    return denied("您今天的岗位不在该机关办理案件", next_step="内容仍在手机上，请联系单位管理员。")


def may_settle(actor: Actor, row: FieldRecord) -> Decision:
    if row.state != RecordState.CONFLICT:
        return denied("这条记录没有待处理的不一致")
    if actor.can("cases.handle", row.agency_id) or actor.can("cases.approve", row.agency_id):
        return ALLOWED
    return denied("您的岗位不办理本机关的检查", next_step="请由检查人员或者负责人处理。")
