from __future__ import annotations

from plumbline.platform.events.declared import declare

OUTBOX_RETRIED = declare("outbox_retried", "重试待办消息")
AUDIT_EXPORTED = declare("audit_exported", "导出审计记录")
RECHECK_ASKED = declare("recheck_asked", "要求复核全部结论")
REEVALUATION_ASKED = declare("reevaluation_asked", "要求重新判断")
FINDINGS_EXPORTED = declare("findings_exported", "导出复核发现")
