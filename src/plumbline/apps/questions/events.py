"""What happens to a question of a street or agency. The event contract has no words for it; no rule reads these."""

from __future__ import annotations

from plumbline.platform.events.declared import declare

ASKED = declare("question_asked", "提出业务咨询")
RETURNED = declare("question_returned", "要求补充咨询的情况")
SUPPLIED = declare("question_supplied", "补充咨询的情况")
HANDED_ON = declare("question_handed_on", "转办业务咨询")
ANSWERED = declare("question_answered", "答复业务咨询")
ASKED_ON = declare("question_asked_on", "就答复追问")
HELPED = declare("question_helped", "确认答复解决问题")
WITHDRAWN = declare("question_withdrawn", "撤回业务咨询")
SHARED = declare("answer_shared", "共享答复")
UNSHARED = declare("answer_unshared", "停止共享答复")
