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
