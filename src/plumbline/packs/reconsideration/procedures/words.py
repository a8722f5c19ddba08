"""Choices that several steps offer, in the words of the forms."""

from __future__ import annotations

from plumbline.packs.procedures import Ask

#: The contract's results of a challenge; only some of them can follow from each procedure.
OUTCOMES: tuple[tuple[str, str], ...] = (
    ("upheld", "维持、驳回"),
    ("changed", "变更"),
    ("revoked", "撤销或者部分撤销"),
    ("confirmed_unlawful", "确认违法"),
    ("void", "确认无效"),
)
#: Those that leave nothing of the decision as it was.
UNDOING: frozenset[str] = frozenset({"changed", "revoked", "confirmed_unlawful", "void"})

#: What an agency may do to its own decision while it is challenged.
CHANGED_TO: tuple[tuple[str, str], ...] = tuple(each for each in OUTCOMES if each[0] in UNDOING)

ENDED_WITHOUT_DECISION: tuple[tuple[str, str], ...] = (
    ("withdrawn", "申请人、原告撤回"),
    ("settled", "和解后撤回"),
    ("mediated", "调解结案"),
    ("party_gone", "申请人死亡或者终止，无人继受"),
    ("other", "其他法定情形"),
)

NUMBER = Ask("@number", "文书号", kind="text", help="例如 新政复〔2026〕12号、（2026）鄂0117行初5号。")
HELD_ON = Ask("@held_on", "开庭或者听证日期", kind="date", required=True)
PLACE = Ask("@place", "地点", kind="text")
