"""Platform activities of casework: what happens around a step and is read by no rule."""

from __future__ import annotations

from plumbline.platform.events.declared import declare

# A request that waits for approval or comes back is a task, although no rule reads it.
TASKS = ("case_tasks",)
STEP_SUBMITTED = declare("step_submitted", "提交审批", owes=TASKS)
STEP_RETURNED = declare("step_returned", "退回", owes=TASKS)
STEP_WITHDRAWN = declare("step_withdrawn", "撤回", owes=TASKS)
OFFICERS_CHANGED = declare("case_officers_changed", "变更承办人员", owes=TASKS)
PARTY_CORRECTED = declare("party_corrected", "更正当事人信息")
IDENTITY_READ = declare("party_identity_read", "查阅当事人身份信息")
STEP_OPENED = declare("step_opened", "审批人打开")
OPINION_ASKED = declare("opinion_asked", "征求意见")
OPINION_GIVEN = declare("opinion_given", "签署意见")
OPINION_DROPPED = declare("opinion_dropped", "取消征求意见")
STEP_TRANSFERRED = declare("step_transferred", "转办", owes=TASKS)
STEP_SENT_BACK = declare("step_sent_back", "退回上一步", owes=TASKS)
STEP_REMINDED = declare("step_reminded", "催办")
RETURN_ASKED = declare("step_return_asked", "请求退回")
COMMENT_RESOLVED = declare("comment_resolved", "处理批注")
