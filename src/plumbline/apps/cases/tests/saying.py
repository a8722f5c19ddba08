"""What is written in the forms of the longer steps, so that a test states only what it is about."""

from __future__ import annotations

from typing import Any

SCHEDULED: dict[str, Any] = {
    "place": "三楼会议室",
    "presider": "LR001",
    "members": "听证员王敏，记录员陈静",
    "manner": "public",
}
HEARD: dict[str, Any] = {
    "attendance": "调查人员两人，当事人及代理人到场。",
    "recusal": "无",
    "inquiry": "调查人员陈述事实、证据和处罚建议。",
    "defence": "当事人对数量提出异议，双方质证。",
    "closing": "当事人请求从轻。",
}
REPORTED: dict[str, Any] = {"presider": "LR001", "facts": "听证按期公开举行。", "report": "建议维持。"}
DISCUSSED: dict[str, Any] = {
    "place": "2026-11-20 上午，二楼会议室",
    "chair": "何建国",
    "reporter": "周晓岚",
    "attendance": "何建国 主任\n李强 副主任\n王敏 副主任",
    "recused": "无",
    "topic": "是否同意拟罚款意见。",
    "opinions": "何建国：同意。\n李强：同意。\n王敏：同意。",
    "vote": "应到三人，实到三人，同意三人。",
    "conclusion": "同意拟处理意见。",
}
HANDED_OVER: dict[str, Any] = {
    "ground": "post",
    "reason": "轮岗。",
    "handover": "案卷一册、证据三份已移交，接手人核对无误。",
}
#: A measure as a lawful record states it.
ACT: dict[str, Any] = {
    "urgent": False,
    "id_shown": True,
    "party_present": True,
    "rights_told": True,
    "statement_heard": True,
    "record_signed": "party",
    "decision_delivered": True,
    "list_delivered": True,
    "document_states": ["party", "reason_basis_period", "property", "remedies", "agency_seal_date"],
    "related_to_case": True,
    "daily_necessities": False,
    "already_sealed": False,
    "av_record": "full",
}
