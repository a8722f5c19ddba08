"""What the party states is reviewed before the decision, and adopted when sound (行政处罚法第四十五条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import (
    Decide,
    all_of,
    comes_before,
    event,
    exists,
    it,
    not_,
)

_REVIEW = event("statement_reviewed", place="after")
_DECIDED = event("decision_made", place="after", where=it("outcome").eq("penalty"))
_STATED = step("statement_received", "2026-03-12")


def _reviewed(on: str = "2026-03-15", *, sound: bool = False, adopted: bool = False) -> dict[str, object]:
    return step("statement_reviewed", on, sound=sound, adopted=adopted)


RULE = Rule(
    id="APL-45-review-statement",
    subject=("statement_received",),
    when=not_(exists(event("demand_notice_served", place="before"))),
    require=Decide(
        (
            (
                "breached",
                exists(
                    event(
                        "statement_reviewed",
                        place="after",
                        where=all_of(it("sound").is_true(), it("adopted").is_false()),
                    )
                ),
            ),
            (
                "breached",
                all_of(
                    exists(_DECIDED),
                    not_(comes_before(_REVIEW, _DECIDED)),
                ),
            ),
            ("met", exists(_REVIEW)),
        ),
        "pending",
    ),
    breach_zh="陈述申辩未复核",
    duty_zh="对当事人提出的事实、理由和证据应当复核，成立的应当采纳",
    remedy_zh="请在作出决定之前复核并记录；成立的予以采纳。",
    examples=(
        Example(
            "决定前已复核",
            "met",
            (filed(), _STATED, _reviewed(), fined("2026-03-20")),
            "2026-04-01",
        ),
        Example(
            "没有复核就决定",
            "breached",
            (filed(), _STATED, fined("2026-03-20")),
            "2026-04-01",
        ),
        Example(
            "成立而不采纳",
            "breached",
            (filed(), _STATED, _reviewed(sound=True, adopted=False)),
            "2026-04-01",
        ),
        Example(
            "决定当日，先决定后复核",
            "breached",
            (filed(), _STATED, fined("2026-03-20"), _reviewed("2026-03-20")),
            "2026-04-01",
        ),
        Example(
            "复核了，是否成立没有填报",
            "unknown",
            (filed(), _STATED, step("statement_reviewed", "2026-03-15")),
            "2026-04-01",
        ),
        Example("等待复核", "pending", (filed(), _STATED), "2026-03-13"),
        Example(
            "处罚法修订施行前一日陈述",
            "not_applicable",
            (filed("2021-06-01"), step("statement_received", "2021-07-14"), fined("2021-07-20")),
            "2021-09-01",
        ),
    ),
)
