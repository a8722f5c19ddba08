"""After a hearing the decision rests on its record (行政处罚法第六十五条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import Check, all_of, event, exists, field, it, last

_HELD_BEFORE = event("hearing_held", place="before")
_HELD = step("hearing_held", "2026-06-15", hearing="H1")
_ENDED = step("hearing_ended", "2026-06-16", hearing="H1")

RULE = Rule(
    id="APL-65-decide-on-record",
    subject=("decision_made",),
    when=exists(_HELD_BEFORE),
    require=Check(
        all_of(
            field("based_on_hearing_record").is_true(),
            exists(
                event(
                    "hearing_ended",
                    place="before",
                    where=it("hearing").eq(last(_HELD_BEFORE, it("hearing"))),
                )
            ),
        )
    ),
    gate=True,
    breach_zh="未依听证笔录作出决定",
    duty_zh="听证结束后，应当根据听证笔录作出决定",
    remedy_zh="请在听证结束后，依据听证笔录作出决定。",
    examples=(
        Example(
            "依据听证笔录",
            "met",
            (filed(), _HELD, _ENDED, fined("2026-06-25", based_on_hearing_record=True)),
            "2026-07-01",
        ),
        Example(
            "听证未结束就决定",
            "breached",
            (
                filed(),
                _HELD,
                fined("2026-06-15T20:00:00+08:00", based_on_hearing_record=True),
                _ENDED,
            ),
            "2026-07-01",
        ),
        Example(
            "没有说明",
            "unknown",
            (filed(), _HELD, _ENDED, fined("2026-06-25")),
            "2026-07-01",
        ),
        Example("没有听证", "not_applicable", (filed(), fined("2026-06-25")), "2026-07-01"),
        Example(
            "听证后不予处罚，也须依据笔录",
            "breached",
            (
                filed(),
                _HELD,
                _ENDED,
                step(
                    "decision_made",
                    "2026-06-25",
                    outcome="no_penalty",
                    procedure="ordinary",
                    based_on_hearing_record=False,
                ),
            ),
            "2026-07-01",
        ),
        Example(
            "只有前一次听证结束",
            "breached",
            (
                filed(),
                _HELD,
                _ENDED,
                step("hearing_held", "2026-06-20", hearing="H2"),
                fined("2026-06-25", based_on_hearing_record=True),
            ),
            "2026-07-01",
        ),
    ),
)
