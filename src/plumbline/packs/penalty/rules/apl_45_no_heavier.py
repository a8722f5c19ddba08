"""Nobody is punished more heavily for having spoken (行政处罚法第四十五条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.expression import Expression
from plumbline.rules.language import (
    Check,
    all_of,
    choose,
    event,
    exists,
    field,
    it,
    last,
)

from ..conditions import PENALISED

_BEFORE = event("penalty_notice_served", place="before")


def _proposed(amount: str) -> Expression:
    return last(
        _BEFORE,
        choose(
            it("proposed.kinds").is_stated(),
            it(f"proposed.{amount}").or_if_missing(0),
            it(f"proposed.{amount}"),
        ),
        0,
    )


def _imposed(amount: str) -> Expression:
    return choose(
        field("penalty.kinds").is_stated(),
        field(f"penalty.{amount}").or_if_missing(0),
        field(f"penalty.{amount}"),
    )


def _notice(fen: int) -> dict[str, object]:
    return step(
        "penalty_notice_served",
        "2026-03-10",
        method="direct",
        proposed={"kinds": ["fine"], "fine": fen},
    )


RULE = Rule(
    id="APL-45-no-heavier",
    subject=("decision_made",),
    when=all_of(PENALISED, exists(event("statement_received", "hearing_held", place="before"))),
    require=Check(
        all_of(
            _imposed("fine").le(_proposed("fine")),
            _imposed("confiscation").le(_proposed("confiscation")),
            field("penalty.kinds").holds_only_of(last(_BEFORE, it("proposed.kinds"), ())),
        )
    ),
    gate=True,
    breach_zh="因申辩加重处罚",
    duty_zh="不得因当事人陈述、申辩而给予更重的处罚",
    remedy_zh="拟加重处罚的，须有新的事实并重新告知。",
    examples=(
        Example(
            "与告知相同",
            "met",
            (
                filed(),
                _notice(600_000),
                step("statement_received", "2026-03-12"),
                fined("2026-03-20", 600_000),
            ),
            "2026-04-01",
        ),
        Example(
            "高于告知一分",
            "breached",
            (
                filed(),
                _notice(600_000),
                step("statement_received", "2026-03-12"),
                fined("2026-03-20", 600_001),
            ),
            "2026-04-01",
        ),
        Example(
            "没有申辩",
            "not_applicable",
            (filed(), _notice(600_000), fined("2026-03-20", 700_000)),
            "2026-04-01",
        ),
        Example(
            "告知的处罚没有填报",
            "unknown",
            (
                filed(),
                step("penalty_notice_served", "2026-03-10", method="direct"),
                step("statement_received", "2026-03-12"),
                fined("2026-03-20", 600_000),
            ),
            "2026-04-01",
        ),
        Example(
            "增加了处罚种类",
            "breached",
            (
                filed(),
                _notice(600_000),
                step("hearing_held", "2026-03-15", hearing="H1"),
                step(
                    "decision_made",
                    "2026-03-20",
                    outcome="penalty",
                    procedure="ordinary",
                    penalty={"kinds": ["fine", "revoke_license"], "fine": 600_000},
                ),
            ),
            "2026-04-01",
        ),
    ),
)
