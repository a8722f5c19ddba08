"""What the programme records; no rule reads any of it."""

from plumbline.platform.events.declared import declare

PROGRAMME_OPENED = declare("programme_opened", "纳入工作方案")
PROGRAMME_REVISED = declare("programme_revised", "调整工作方案")
PLAN_UPLOADED = declare("programme_plan_uploaded", "上传工作方案")
TASK_PROGRESS_REPORTED = declare("task_progress_reported", "报告任务进展")
TASK_PROGRESS_REVIEWED = declare("task_progress_reviewed", "确认或者退回进展")
TASK_DEADLINE_CHANGED = declare("task_deadline_changed", "调整任务时限")
RESPONSIBLE_NAMED = declare("responsible_named", "报送责任人")
CONFLICT_SETTLED = declare("programme_conflict_settled", "确认不一致的处理")
SELF_CHECK_KEPT = declare("self_check_kept", "填写自查表")
SELF_CHECK_SUBMITTED = declare("self_check_submitted", "报送自查")
SELF_CHECK_REVIEWED = declare("self_check_reviewed", "审阅自查")
ACCEPTANCE_RECORDED = declare("acceptance_recorded", "登记验收结果")
DIRECTIVE_RECORDED = declare("programme_directive_recorded", "登记领导小组和统筹事项")
RECTIFICATION_PROVED = declare("rectification_proved", "报送整改证明")
RECTIFICATION_VERIFIED = declare("rectification_verified", "核实整改")
PROGRAMME_PAPER_KEPT = declare("programme_paper_kept", "编写月报或者总结报告")
PROGRAMME_PAPER_ISSUED = declare("programme_paper_issued", "印发月报或者总结报告")
MERIT_RECORDED = declare("programme_merit_recorded", "登记加分、推荐或者追责")
MERIT_WITHDRAWN = declare("programme_merit_withdrawn", "撤回加分、推荐或者追责记录")
REMINDER_SENT = declare("programme_reminder_sent", "提醒任务时限")
