"""What the system administrator and the audit administrator may do; neither sees a case."""

from __future__ import annotations

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor

BASIS_RUNNING = "网络安全等级保护基本要求（GB/T 22239-2019）8.1.5.1 系统管理"
BASIS_AUDIT = "网络安全等级保护基本要求（GB/T 22239-2019）8.1.5.2 审计管理"


def may_run(actor: Actor) -> Decision:
    """The system administrator of the day."""
    if actor.administrator == "system":
        return ALLOWED
    return denied("只有系统管理员可以处理运行中的问题", basis=BASIS_RUNNING, next_step="请联系系统管理员。")


def may_audit(actor: Actor) -> Decision:
    """The audit administrator of the day."""
    if actor.administrator == "audit":
        return ALLOWED
    return denied("只有审计管理员可以导出审计记录", basis=BASIS_AUDIT, next_step="请由审计管理员办理。")
