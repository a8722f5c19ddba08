"""Without notice, or with the party's defence refused, no decision may be made (行政处罚法第六十二条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import (
    Check,
    all_of,
    any_of,
    event,
    exists,
    it,
    last,
    not_,
)

from ..conditions import PENALISED

_PARTS = ("proposed_penalty", "facts", "reasons", "basis")


def _notice(*states: str, on: str = "2026-03-10") -> dict[str, object]:
    return step(
        "penalty_notice_served",
        on,
        method="direct",
        receipt="signed",
        states=list(states),
    )


RULE = Rule(
    id="APL-62-no-notice-no-decision",
    subject=("decision_made",),
    when=PENALISED,
    require=Check(
        any_of(
            exists(
                event(
                    "statement_waived",
                    place="before",
                    where=it("waives").holds("statement"),
                )
            ),
            all_of(
                last(event("penalty_notice_served", place="before"), it("states"), ()).holds_all(*_PARTS),
                not_(exists(event("statement_refused", place="before"))),
            ),
        )
    ),
    gate=True,
    breach_zh="未告知即作出决定",
    duty_zh="未依法告知，或者拒绝听取陈述申辩的，不得作出处罚决定；当事人明确放弃的除外",
    remedy_zh="请先告知并听取当事人陈述、申辩。",
    examples=(
        Example(
            "已告知",
            "met",
            (filed(), _notice(*_PARTS), fined("2026-03-20")),
            "2026-04-01",
        ),
        Example(
            "拒绝听取申辩",
            "breached",
            (
                filed(),
                _notice(*_PARTS),
                step("statement_refused", "2026-03-12"),
                fined("2026-03-20"),
            ),
            "2026-04-01",
        ),
        Example(
            "当事人明确放弃",
            "met",
            (
                filed(),
                step("statement_waived", "2026-03-12", waives=["statement"]),
                fined("2026-03-20"),
            ),
            "2026-04-01",
        ),
        Example(
            "没有告知也没有放弃",
            "breached",
            (filed(), fined("2026-03-20")),
            "2026-04-01",
        ),
        Example(
            "告知内容没有填报",
            "unknown",
            (
                filed(),
                step("penalty_notice_served", "2026-03-10", method="direct"),
                fined("2026-03-20"),
            ),
            "2026-04-01",
        ),
        Example(
            "只放弃听证，仍须告知",
            "breached",
            (
                filed(),
                step("statement_waived", "2026-03-12", waives=["hearing"]),
                fined("2026-03-20"),
            ),
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
