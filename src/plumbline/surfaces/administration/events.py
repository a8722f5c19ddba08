from __future__ import annotations

from plumbline.platform.events.declared import declare

OUTBOX_RETRIED = declare("outbox_retried", "重试待办消息")
AUDIT_EXPORTED = declare("audit_exported", "导出审计记录")
