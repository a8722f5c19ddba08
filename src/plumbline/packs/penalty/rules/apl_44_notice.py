"""Before the decision the party is told what is proposed and may answer (行政处罚法第四十四条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import Check, event, it, last

from ..conditions import PENALISED

_PARTS = ("proposed_penalty", "facts", "reasons", "basis", "right_to_state")


def _notice(*states: str, on: str = "2026-03-10") -> dict[str, object]:
    return step(
        "penalty_notice_served",
        on,
        method="direct",
        receipt="signed",
        states=list(states),
    )


RULE = Rule(
    id="APL-44-notice",
    subject=("decision_made",),
    when=PENALISED,
    require=Check(last(event("penalty_notice_served", place="before"), it("states"), ()).holds_all(*_PARTS)),
    gate=True,
    breach_zh="决定前未依法告知",
    duty_zh="作出处罚决定之前，应当告知当事人拟作出的处罚内容及事实、理由、依据和陈述申辩权",
    remedy_zh="请先送达行政处罚告知书并写明全部告知事项。",
    examples=(
        Example(
            "告知齐全",
            "met",
            (filed(), _notice(*_PARTS), fined("2026-03-20")),
            "2026-04-01",
        ),
        Example("没有告知", "breached", (filed(), fined("2026-03-20")), "2026-04-01"),
        Example(
            "漏了陈述申辩权",
            "breached",
            (filed(), _notice(*_PARTS[:-1]), fined("2026-03-20")),
            "2026-04-01",
        ),
        Example(
            "告知书内容没有填报",
            "unknown",
            (
                filed(),
                step("penalty_notice_served", "2026-03-10", method="direct"),
                fined("2026-03-20"),
            ),
            "2026-04-01",
        ),
        Example(
            "决定之后才告知",
            "breached",
            (filed(), fined("2026-03-20"), _notice(*_PARTS, on="2026-03-21")),
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
