"""Under fourteen no penalty; under eighteen a lighter one (行政处罚法第三十条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import Check, all_of, any_of, case, field

_AGE = case("party.age_at_act")


def _young(age: int) -> dict[str, object]:
    return step(
        "case_filed",
        "2026-03-02",
        item="X-1",
        domain="other",
        party={"id": "P-1", "kind": "natural_person", "age_at_act": age},
    )


RULE = Rule(
    id="APL-30-minor",
    subject=("decision_made",),
    when=all_of(case("party.kind").eq("natural_person"), _AGE.lt(18)),
    require=Check(
        any_of(
            field("outcome").ne("penalty"),
            all_of(_AGE.ge(14), field("leniency").one_of("lighter", "mitigated")),
        )
    ),
    gate=True,
    breach_zh="未成年人处罚未依法从轻减免",
    duty_zh="不满十四周岁的不予处罚；已满十四周岁不满十八周岁的应当从轻或者减轻处罚",
    remedy_zh="请核对行为时的年龄，并依法从轻、减轻或者不予处罚。",
    examples=(
        Example("成年人", "not_applicable", (_young(18), fined("2026-03-20")), "2026-04-01"),
        Example(
            "十七岁从轻",
            "met",
            (_young(17), fined("2026-03-20", leniency="lighter")),
            "2026-04-01",
        ),
        Example(
            "十七岁未从轻",
            "breached",
            (_young(17), fined("2026-03-20", leniency="none")),
            "2026-04-01",
        ),
        Example(
            "十三岁处罚",
            "breached",
            (_young(13), fined("2026-03-20", leniency="lighter")),
            "2026-04-01",
        ),
        Example(
            "自然人年龄没有填报",
            "unknown",
            (filed(party="natural_person"), fined("2026-03-20")),
            "2026-04-01",
        ),
        Example("十四岁从轻", "met", (_young(14), fined("2026-03-20", leniency="lighter")), "2026-04-01"),
    ),
)
