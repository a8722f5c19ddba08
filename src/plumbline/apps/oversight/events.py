"""Activities of plans, visits and reports; the contract knows none of them."""

from plumbline.platform.events.declared import declare

PLAN_DRAFTED = declare("supervision_plan_drafted", "拟定监督计划")
PLAN_RECEIVED = declare("supervision_task_received", "接收上级专项监督任务")
PLAN_APPROVED = declare("supervision_plan_approved", "批准监督计划")
PLAN_LISTED = declare("supervision_plan_listed", "挂牌督办")
PLAN_RAISED = declare("supervision_plan_raised", "提级监督")
PLAN_MEMBER_ADDED = declare("supervision_plan_member_added", "确定监督人员")
PLAN_POINTS_CHOSEN = declare("supervision_plan_points_chosen", "确定监督内容")
PLAN_REPORTED = declare("supervision_plan_reported", "作出监督报告")
PLAN_CLOSED = declare("supervision_plan_closed", "监督计划办结")
PLAN_DROPPED = declare("supervision_plan_dropped", "监督计划不再实施")
MEASURE_TAKEN = declare("supervision_measure_taken", "采取监督措施")
MEASURE_ANSWERED = declare("supervision_measure_answered", "答复监督措施")
MEASURE_FOUND = declare("supervision_measure_found", "登记查明的情况")
ROUND_OPENED = declare("visit_round_opened", "确定回访范围")
ROUND_DRAWN = declare("visit_round_drawn", "抽取回访案件")
VISIT_ANSWERED = declare("visit_answered", "登记回访答复")
REPORT_DRAFTED = declare("supervision_report_drafted", "起草监督工作报告")
REPORT_SIGNED = declare("supervision_report_signed", "签发监督工作报告")
