"""Who takes a step, and the choices and questions that several steps share.

A step's ``capability`` names a side here, not a post: the body at the other end has one power for all that it does, and the
agency's own sides are told apart by what its posts may do.
"""

from __future__ import annotations

from plumbline.packs.procedures import Ask

#: The agency: who handles cases, who answers letters, who decides for it.
HANDLER, CORRESPONDENT, LEADER = "handler", "correspondent", "leader"
#: The bodies at the other end, and the district's supervision organ (区司法局).
POLICE, PROCURATORATE, COMMISSION, OFFICE = "police", "procuratorate", "commission", "office"
#: A court takes no step here: its letters come on paper.
COURT = "court"

OUTSIDE: frozenset[str] = frozenset({POLICE, PROCURATORATE, COMMISSION})
SIDES: dict[str, str] = {
    HANDLER: "承办人员",
    CORRESPONDENT: "综合岗",
    LEADER: "机关负责人",
    POLICE: "公安机关",
    PROCURATORATE: "人民检察院",
    COMMISSION: "监察机关",
    OFFICE: "区司法局",
}

#: The contract's kinds of a procuratorial suggestion.
SUGGESTIONS: tuple[tuple[str, str], ...] = (
    ("public_interest", "公益诉讼检察建议"),
    ("correction", "纠正违法"),
    ("social_governance", "社会治理"),
    ("retrial", "再审"),
    ("other", "其他"),
)

NUMBER = Ask("@number", "文书号", kind="text", help="没有文书号的不填。")
NOTICE_RECEIVED = Ask(
    "notice_received_on",
    "移送机关接到通知书之日",
    required=True,
    fill="today",
    help="经平台送达的为当日；纸质送达的填签收日。",
)
REASON = Ask("@reason", "理由", kind="long", required=True)
TEXT = Ask("@content", "内容", kind="long", required=True)
