"""A penalty does not stand in for the transfer (行政执法机关移送涉嫌犯罪案件的规定第十一条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import Decide, comes_before, event, exists, field, it

_SENT = event("transfer_sent", place="after")
_PENALISED = event("decision_made", place="after", where=it("outcome").eq("penalty"))


def _suspected(meets: bool | None = True) -> dict[str, object]:
    data: dict[str, Any] = {} if meets is None else {"meets_standard": meets}
    return step("crime_suspected", "2026-06-01", **data)


_SENDING = step("transfer_sent", "2026-06-05")

RULE = Rule(
    id="TSC-11-no-substitute",
    subject=("crime_suspected",),
    when=field("meets_standard").is_true(),
    require=Decide(
        (
            ("breached", comes_before(_PENALISED, _SENT)),
            ("met", exists(_SENT)),
            ("met", exists(event("case_closed", place="after"))),
        ),
        "pending",
    ),
    breach_zh="以行政处罚代替移送",
    duty_zh="应当移送公安机关的案件，移送之前不得先作行政处罚了事",
    remedy_zh="请立即办理移送；已作出的处罚决定，请法制机构研究如何处理。",
    examples=(
        Example("移送而没有先处罚", "met", (filed(), _suspected(), _SENDING), "2026-07-01"),
        Example(
            "移送之前作出处罚",
            "breached",
            (filed(), _suspected(), fined("2026-06-04"), _SENDING),
            "2026-07-01",
        ),
        Example(
            "只处罚、不移送",
            "breached",
            (filed(), _suspected(), fined("2026-06-04", None)),
            "2026-07-01",
        ),
        Example(
            "移送之后作出处罚",
            "met",
            (filed(), _suspected(), _SENDING, fined("2026-06-08")),
            "2026-07-01",
        ),
        Example(
            "同一日先移送、后处罚",
            "met",
            (filed(), _suspected(), _SENDING, fined("2026-06-05")),
            "2026-07-01",
        ),
        Example(
            "发现之前已经作出的处罚",
            "pending",
            (filed(), fined("2026-05-20"), _suspected()),
            "2026-07-01",
        ),
        Example(
            "决定不予处罚",
            "pending",
            (
                filed(),
                _suspected(),
                step("decision_made", "2026-06-04", outcome="no_penalty", procedure="ordinary"),
            ),
            "2026-07-01",
        ),
        Example(
            "结案，既没有处罚也没有移送",
            "met",
            (filed(), _suspected(), step("case_closed", "2026-06-20")),
            "2026-07-01",
        ),
        Example("尚未处理", "pending", (filed(), _suspected()), "2026-07-01"),
        Example("没有达到标准", "not_applicable", (filed(), _suspected(False)), "2026-07-01"),
        Example(
            "没有填报是否达到标准",
            "unknown",
            (filed(), _suspected(None), fined("2026-06-04")),
            "2026-07-01",
        ),
    ),
)
