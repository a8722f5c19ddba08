"""Platform activities of the field app."""

from __future__ import annotations

from plumbline.platform.events.declared import declare

DEVICE_REGISTERED = declare("device_registered", "登记现场设备")
DEVICE_CONFIRMED = declare("device_confirmed", "确认现场设备")
DEVICE_REVOKED = declare("device_revoked", "停用现场设备")
RECORD_RECEIVED = declare("field_record_received", "收到现场记录")
CONFLICT_SETTLED = declare("field_conflict_settled", "处理现场记录的不一致")
