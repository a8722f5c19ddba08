"""What the event contract has no word for. No rule reads these; the pages and figures of this app do."""

from __future__ import annotations

from plumbline.platform.events.declared import declare

MINE = ("challenges",)

ABSENCE_EXPLAINED = declare("absence_explained", "说明负责人不能参加的理由", owes=MINE)
MEDIATION_HELD = declare("mediation_held", "调解、和解", owes=MINE)
CHALLENGE_TERMINATED = declare("challenge_terminated", "终止复议或诉讼", owes=MINE)
COURT_HEARING_NOTIFIED = declare("court_hearing_notified", "收到开庭传票", owes=MINE)
JUDGMENT_RECEIVED = declare("judgment_received", "收到裁判文书", owes=MINE)
APPEAL_FILED = declare("appeal_filed", "上诉", owes=MINE)
JUDGMENT_TOOK_EFFECT = declare("judgment_took_effect", "裁判生效", owes=MINE)
JUDGMENT_PERFORMED = declare("judgment_performed", "履行生效裁判", owes=MINE)
EXECUTION_STAYED = declare("execution_stayed", "停止执行处罚决定", owes=MINE)
STAY_LIFTED = declare("stay_lifted", "恢复执行处罚决定", owes=MINE)
ANSWER_APPROVED = declare("answer_approved", "批准答复书", owes=MINE)
DEFENCE_APPROVED = declare("defence_approved", "批准答辩状", owes=MINE)
CORRECTION_APPROVED = declare("correction_approved", "批准自行纠正", owes=MINE)
SETTLEMENT_APPROVED = declare("settlement_approved", "批准调解、和解方案", owes=MINE)
ACT_CHANGED = declare("act_changed", "改变原处罚决定", owes=MINE)
CHANGE_TOLD = declare("change_told", "书面告知法院决定已经改变", owes=MINE)
PAPER_ADDED = declare("challenge_paper_added", "收入复议诉讼材料", owes=())
PAPER_WITHDRAWN = declare("challenge_paper_withdrawn", "撤下复议诉讼材料", owes=())
PARTICULARS_CORRECTED = declare("challenge_particulars_corrected", "更正复议诉讼登记", owes=MINE)
