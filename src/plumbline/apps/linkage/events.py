"""What the event contract has no word for. No rule reads these; the pages and figures of this app do."""

from __future__ import annotations

from plumbline.platform.events.declared import declare

MINE = ("linkage",)

FILING_SUPERVISION_CONCLUDED = declare("filing_supervision_concluded", "立案监督结果", owes=MINE)
CRIME_TRANSFER_CONCLUDED = declare("crime_transfer_concluded", "办结移送", owes=MINE)
PROCURATORIAL_LETTER_SENT = declare("procuratorial_letter_sent", "检察院发出文书", owes=MINE)
PROCURATORIAL_ASSIGNED = declare("procuratorial_assigned", "转交承办机关", owes=MINE)
SUGGESTION_OBJECTED = declare("suggestion_objected", "对检察建议提出异议", owes=MINE)
SUGGESTION_OBJECTION_DECIDED = declare("suggestion_objection_decided", "复核对检察建议的异议", owes=MINE)
REPLY_ASSESSED = declare("reply_assessed", "评价检察建议落实情况", owes=MINE)
POLICE_CASE_SENT = declare("police_case_sent", "公安机关反向移送", owes=MINE)
POLICE_CASE_RECEIVED = declare("police_case_received", "收到反向移送的案件", owes=MINE)
POLICE_OUTCOME_TOLD = declare("police_outcome_told", "向公安机关告知处理结果", owes=MINE)
CLUE_RECEIPT_SIGNED = declare("clue_receipt_signed", "监察机关签收线索", owes=MINE)
JOINT_INVESTIGATION_PROPOSED = declare("joint_investigation_proposed", "提出联合调查", owes=MINE)
JOINT_INVESTIGATION_JOINED = declare("joint_investigation_joined", "参加联合调查", owes=MINE)
JOINT_INVESTIGATION_ENDED = declare("joint_investigation_ended", "结束联合调查", owes=MINE)
CLUE_OUTCOME_TOLD = declare("clue_outcome_told", "监察机关反馈处理情况", owes=MINE)
FLASH_REPORT_SENT = declare("flash_report_sent", "报送案情速报", owes=MINE)
FLASH_RECEIPT_SIGNED = declare("flash_receipt_signed", "监察机关签收速报", owes=MINE)
FLASH_REPORT_CONTINUED = declare("flash_report_continued", "案情续报", owes=MINE)
SUPERVISORY_ADVICE_SENT = declare("supervisory_advice_sent", "监察机关发出监察建议书", owes=MINE)
SUPERVISORY_ADVICE_RECEIVED = declare("supervisory_advice_received", "收到监察建议书", owes=MINE)
SUPERVISORY_ADVICE_REPLIED = declare("supervisory_advice_replied", "书面回复监察建议", owes=MINE)
LINKAGE_CONCLUDED = declare("linkage_concluded", "衔接事项办结", owes=MINE)

PAPER_ADDED = declare("linkage_paper_added", "收入衔接材料", owes=())
PAPER_WITHDRAWN = declare("linkage_paper_withdrawn", "撤下衔接材料", owes=())
INQUIRY_ASKED = declare("inquiry_asked", "申请查询案件", owes=())
INQUIRY_DECIDED = declare("inquiry_decided", "决定查询申请", owes=())
INQUIRY_ENDED = declare("inquiry_ended", "停止查询", owes=())
