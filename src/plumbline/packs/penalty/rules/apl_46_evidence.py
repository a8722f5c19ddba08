"""Evidence has to be of a statutory kind, verified and lawfully obtained (行政处罚法第四十六条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import (
    Check,
    all_of,
    count_items,
    event,
    every,
    exists,
    field,
    it,
    item,
    last,
    not_,
)

from ..conditions import PENALISED

_SOUND = all_of(
    exists(event("evidence_collected", place="not_after", where=it("evidence").eq(item()))).or_unknown(
        "evidence_collected.evidence"
    ),
    not_(
        exists(
            event(
                "evidence_collected",
                place="not_after",
                where=all_of(it("evidence").eq(item()), it("evidence_kind").eq("unlisted")),
            )
        )
    ),
    last(
        event("evidence_verified", place="not_after", where=it("evidence").eq(item())),
        it("verified"),
        False,
    ).is_true(),
    last(
        event("evidence_verified", place="not_after", where=it("evidence").eq(item())),
        it("lawful"),
        False,
    ).is_true(),
)

_COLLECTED = step(
    "evidence_collected",
    "2026-03-05",
    evidence="Z1",
    evidence_kind="documentary",
    source="officers",
)


def _verified(verified: bool = True, lawful: bool = True) -> dict[str, object]:
    return step(
        "evidence_verified",
        "2026-03-06",
        evidence="Z1",
        verified=verified,
        lawful=lawful,
    )


RULE = Rule(
    id="APL-46-evidence",
    subject=("decision_made",),
    when=PENALISED,
    require=Check(all_of(count_items(field("evidence")).gt(0), every(field("evidence"), _SOUND))),
    gate=True,
    breach_zh="定案证据未查证",
    duty_zh="作为定案依据的证据应属法定种类，并经查证属实、取得合法",
    remedy_zh="请对每份证据完成查证，排除不合法的证据。",
    examples=(
        Example(
            "证据已查证",
            "met",
            (filed(), _COLLECTED, _verified(), fined("2026-03-20", evidence=["Z1"])),
            "2026-04-01",
        ),
        Example(
            "没有查证",
            "breached",
            (filed(), _COLLECTED, fined("2026-03-20", evidence=["Z1"])),
            "2026-04-01",
        ),
        Example(
            "取得不合法",
            "breached",
            (
                filed(),
                _COLLECTED,
                _verified(lawful=False),
                fined("2026-03-20", evidence=["Z1"]),
            ),
            "2026-04-01",
        ),
        Example(
            "没有证据",
            "breached",
            (filed(), fined("2026-03-20", evidence=[])),
            "2026-04-01",
        ),
        Example("没有填报证据清单", "unknown", (filed(), fined("2026-03-20")), "2026-04-01"),
        Example(
            "处罚法修订施行前一日决定",
            "not_applicable",
            (filed("2021-06-01"), fined("2021-07-14")),
            "2021-09-01",
        ),
    ),
)
