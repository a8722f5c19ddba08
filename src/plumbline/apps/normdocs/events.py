"""What the event contract has no word for in the life of a normative document. No rule reads these."""

from __future__ import annotations

from plumbline.platform.events.declared import declare

MINE = ("normdocs",)

PLANNED = declare("normative_document_planned", "列入制定计划", owes=())
PLAN_DROPPED = declare("normative_document_plan_dropped", "调出制定计划", owes=())
TEXT_KEPT = declare("normative_document_text_kept", "保存文件文本", owes=())
PAPER_KEPT = declare("normative_document_paper_kept", "收入制定材料", owes=())
PAPER_WITHDRAWN = declare("normative_document_paper_withdrawn", "撤下制定材料", owes=())
COMMENT_RECEIVED = declare("public_comment_received", "收到公众意见", owes=())
COMMENT_ANSWERED = declare("public_comment_answered", "答复公众意见", owes=())
ADOPTION_PUBLISHED = declare("adoption_published", "公布意见采纳情况", owes=MINE)
REVIEW_RETURNED = declare("legality_review_returned", "退回补充审查材料", owes=MINE)
OPINION_ADOPTED = declare("review_opinion_adopted", "说明审查意见采纳情况", owes=MINE)
INTERPRETED = declare("interpretation_published", "公布解读", owes=MINE)
FILING_SUBMITTED = declare("filing_submitted", "报送备案", owes=MINE)
FILING_RETURNED = declare("filing_returned", "备案机关退回", owes=MINE)
MAKING_STOPPED = declare("making_stopped", "终止制定", owes=MINE)
BASIS_CONFIRMED = declare("normative_document_basis_confirmed", "核对依据的变化", owes=())
AMENDED = declare("normative_document_amended", "被修改", owes=MINE)
CATALOGUED = declare("normative_document_catalogued", "收入现有文件目录", owes=())
CLEANUP_OPENED = declare("normative_cleanup_opened", "开展规范性文件清理", owes=())
CLEANUP_DECIDED = declare("normative_cleanup_decided", "登记清理意见", owes=())
CLEANUP_PUBLISHED = declare("normative_cleanup_published", "公布清理结果", owes=())

# -- major policy decisions: what 重大行政决策程序暂行条例 names and the contract has no activity for ------------------------------
CATALOGUE_PUBLISHED = declare("policy_catalogue_published", "公布决策事项目录", owes=())
OPINIONS_HEARD = declare("policy_opinions_heard", "听取意见", owes=MINE)
EXPERT_ARGUED = declare("policy_expert_argued", "专家论证", owes=MINE)
FAIR_REVIEWED = declare("policy_fair_competition_reviewed", "公平竞争审查（重大决策）", owes=MINE)
REPORTED_TO_PARTY = declare("policy_reported_to_party", "向同级党委请示报告", owes=MINE)
POLICY_ARCHIVED = declare("policy_file_archived", "决策材料归档", owes=MINE)
EXECUTION_REPORTED = declare("policy_execution_reported", "决策执行情况", owes=MINE)
POLICY_EVALUATED = declare("policy_evaluated", "决策后评估", owes=MINE)
POLICY_ENDED = declare("policy_ended", "停止执行", owes=MINE)
