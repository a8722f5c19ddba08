"""The written decision states six things and bears the seal (行政处罚法第五十九条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined
from plumbline.rules.language import Check, all_of, field

from ..conditions import ORDINARY_PENALTY

_PARTS = (
    "party",
    "facts_evidence",
    "kind_basis",
    "performance",
    "remedies",
    "agency_date",
)

RULE = Rule(
    id="APL-59-content",
    subject=("decision_made",),
    when=ORDINARY_PENALTY,
    require=Check(
        all_of(
            field("document_states").holds_all(*_PARTS),
            field("document_sealed").is_true(),
        )
    ),
    breach_zh="决定书载明事项不全",
    duty_zh="处罚决定书应载明当事人、事实证据、种类依据、履行方式期限、救济途径和机关日期六项，并加盖印章",
    remedy_zh="请补正处罚决定书。",
    examples=(
        Example(
            "六项齐全并盖章",
            "met",
            (
                filed(),
                fined("2026-03-20", document_states=list(_PARTS), document_sealed=True),
            ),
            "2026-04-01",
        ),
        Example(
            "没有写救济途径",
            "breached",
            (
                filed(),
                fined(
                    "2026-03-20",
                    document_states=[p for p in _PARTS if p != "remedies"],
                    document_sealed=True,
                ),
            ),
            "2026-04-01",
        ),
        Example(
            "没有盖章",
            "breached",
            (filed(), fined("2026-03-20", document_sealed=False)),
            "2026-04-01",
        ),
        Example("没有填报", "unknown", (filed(), fined("2026-03-20")), "2026-04-01"),
        Example(
            "处罚法修订施行前一日决定",
            "not_applicable",
            (filed("2021-06-01"), fined("2021-07-14")),
            "2021-09-01",
        ),
    ),
)
