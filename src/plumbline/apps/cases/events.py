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
COUNTERSIGN_SET = declare("countersign_set", "设定会签")
COUNTERSIGN_ENDED = declare("countersign_ended", "停用会签")
COMMENT_RESOLVED = declare("comment_resolved", "处理批注")

# Steps that the event contract has no activity for: they answer to no rule of the lawbook, and are steps all the same.
for _activity, _name in (
    ("not_filing_told", "告知不予立案"),
    ("jurisdiction_noted", "处理管辖"),
    ("assistance_requested", "发出协助调查函"),
    ("assistance_replied", "收到协助调查复函"),
    ("interview_notice_served", "送达询问通知书"),
    ("test_result_told", "告知检测鉴定结果"),
    ("correction_ordered", "责令改正"),
    ("correction_rechecked", "复查改正情况"),
    ("service_address_confirmed", "确认送达地址和方式"),
    ("execution_agreed", "达成执行协议"),
    ("execution_halted", "中止执行"),
    ("execution_resumed", "恢复执行"),
    ("execution_ended", "终结执行"),
    ("substitute_cost_fixed", "确定代履行费用"),
    ("case_merged", "并案"),
    ("case_unmerged", "解除并案"),
    ("case_split", "分案"),
):
    declare(_activity, _name, owes=TASKS)
COMPULSION_OPENED = declare("compulsion_opened", "登记行政强制事项", owes=TASKS)
COMPULSION_BEGUN = declare("compulsion_begun", "另行办理行政强制", owes=TASKS)
PENALTY_FOLLOWED = declare("penalty_followed", "转为处罚案件", owes=TASKS)
MERGE_LED = declare("case_merge_led", "他案并入本案", owes=TASKS)
UNMERGE_LED = declare("case_unmerge_led", "并入的案件分开办理", owes=TASKS)
SPLIT_OFF = declare("case_split_off", "由他案分出", owes=TASKS)
