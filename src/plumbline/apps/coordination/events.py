"""What happens between agencies that the event contract does not name. Transfers themselves use the contract's words."""

from __future__ import annotations

from plumbline.platform.events.declared import declare

REQUESTED = declare("coordination_requested", "发出协作请求")
DIVERTED = declare("transfer_diverted", "移送转区司法局协调")
CONSULTED = declare("consultation_requested", "请求会商")
SAID = declare("consultation_answered", "会商发言")
REMINDED = declare("coordination_urged", "催办")
SIGNED = declare("coordination_signed_for", "签收")
REFUSED = declare("coordination_refused", "退回或者不予协助")
ANSWERED = declare("coordination_answered", "答复、反馈")
CHECKED = declare("feedback_checked", "核查反馈")
POSTPONED = declare("delay_announced", "告知延期")
WITHDRAWN = declare("coordination_withdrawn", "撤回请求")
TAKEN_BACK = declare("transfer_taken_back", "撤回移送")
RAISED = declare("jurisdiction_dispute_raised", "提出管辖争议")
NEGOTIATED = declare("jurisdiction_negotiated", "协商管辖争议")
APPLIED = declare("coordination_applied_for", "报请区司法局协调")
OPINION_GIVEN = declare("coordination_opinion_given", "提出协调意见")
POSITION_TAKEN = declare("coordination_position_taken", "对协调意见表态")
REPORTED = declare("dispute_reported", "报请区政府决定")
DECIDED = declare("jurisdiction_decided", "确定管辖")
PARAMETER_SET = declare("coordination_parameter_set", "设定移送协作参数")
PARAMETER_ENDED = declare("coordination_parameter_ended", "停用移送协作参数")
