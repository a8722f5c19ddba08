"""Who does not correct is brought before the government, and only it decides (行政执法监督条例第二十九条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import (
    Decide,
    activity,
    agency,
    all_of,
    any_of,
    as_of,
    comes_before,
    event,
    exists,
    field,
    first,
    it_on,
    not_,
    row_value,
)

_LETTER = activity().one_of("supervision_letter_issued", "supervision_opinion_issued")
_REPORTED = event("correction_reported", place="after")
_LATE = all_of(
    as_of().gt(field("respond_by")),
    not_(first(_REPORTED, it_on(), "9999-12-31").le(field("respond_by"))),
)
_PROPOSAL = event("escalation_proposed", place="after")
_PROPOSED = exists(_PROPOSAL)
_CLOSED = event("matter_closed", place="after")


def _issued() -> dict[str, object]:
    return step(
        "supervision_letter_issued",
        "2026-06-01",
        kind="supervision_instrument",
        to="A-1",
        respond_by="2026-06-15",
    )


_DECISION = step("supervision_decision_issued", "2026-06-30", kind="supervision_instrument", to="A-1")

RULE = Rule(
    id="ESR-29-escalate",
    subject=(
        "supervision_letter_issued",
        "supervision_opinion_issued",
        "supervision_decision_issued",
    ),
    when=any_of(
        activity().eq("supervision_decision_issued"),
        all_of(_LATE, not_(exists(_REPORTED))),
        all_of(_LATE, _PROPOSED),
    ),
    require=Decide(
        (
            (
                "breached",
                all_of(
                    activity().eq("supervision_decision_issued"),
                    row_value("agencies", "code", agency(), "kind").ne("government"),
                ),
            ),
            ("met", activity().eq("supervision_decision_issued")),
            (
                "breached",
                all_of(_LETTER, exists(_CLOSED), not_(comes_before(_PROPOSAL, _CLOSED))),
            ),
            ("met", _PROPOSED),
        ),
        "pending",
    ),
    gate=True,
    breach_zh="逾期未纠正未提请政府决定",
    duty_zh="逾期未纠正的，监督机构应提请本级人民政府作出监督决定；监督决定书只能由人民政府制发",
    remedy_zh="请报请本级人民政府决定。",
    examples=(
        Example("逾期未报，尚未提请", "pending", (_issued(),), "2026-06-16"),
        Example(
            "已提请政府",
            "met",
            (
                _issued(),
                step("escalation_proposed", "2026-06-20", kind="supervision_instrument"),
            ),
            "2026-06-30",
        ),
        Example(
            "未提请就办结",
            "breached",
            (
                _issued(),
                step("matter_closed", "2026-06-20", kind="supervision_instrument"),
            ),
            "2026-06-30",
        ),
        Example("期限内", "not_applicable", (_issued(),), "2026-06-15"),
        Example(
            "政府制发决定书",
            "met",
            (_DECISION,),
            "2026-07-01",
            {"agencies": [{"code": "A-1", "kind": "government", "level": "district"}]},
        ),
        Example(
            "监督机构制发决定书",
            "breached",
            (_DECISION,),
            "2026-07-01",
            {"agencies": [{"code": "A-1", "kind": "supervision_organ", "level": "district"}]},
        ),
        Example(
            "逾期后才报告纠正",
            "not_applicable",
            (
                _issued(),
                step("correction_reported", "2026-06-16", kind="supervision_instrument"),
            ),
            "2026-06-30",
        ),
        Example(
            "制发机关没有登记",
            "unknown",
            (_DECISION,),
            "2026-07-01",
            {"agencies": []},
        ),
    ),
)
