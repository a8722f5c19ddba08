"""No penalty where facts are unclear or evidence is not enough (行政处罚法第四十条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined
from plumbline.rules.language import Check, all_of, field

from ..conditions import PENALISED

RULE = Rule(
    id="APL-40-unclear-no-penalty",
    subject=("decision_made",),
    when=PENALISED,
    require=Check(all_of(field("facts_clear").is_true(), field("evidence_sufficient").is_true())),
    gate=True,
    breach_zh="事实不清、证据不足即处罚",
    duty_zh="违法事实不清、证据不足的，不得给予行政处罚",
    remedy_zh="请补充调查；仍不能查清的，不予处罚。",
    examples=(
        Example(
            "事实清楚证据充分",
            "met",
            (filed(), fined("2026-03-20", facts_clear=True, evidence_sufficient=True)),
            "2026-04-01",
        ),
        Example(
            "证据不足",
            "breached",
            (filed(), fined("2026-03-20", evidence_sufficient=False)),
            "2026-04-01",
        ),
        Example(
            "没有说明",
            "unknown",
            (filed(), fined("2026-03-20", facts_clear=True)),
            "2026-04-01",
        ),
        Example(
            "处罚法修订施行前一日决定",
            "not_applicable",
            (filed("2021-06-01"), fined("2021-07-14")),
            "2021-09-01",
        ),
    ),
)
