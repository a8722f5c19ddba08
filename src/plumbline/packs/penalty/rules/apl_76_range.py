"""Kinds and amounts stay within what the basis allows (行政处罚法第七十六条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import (
    Check,
    all_of,
    any_of,
    column_of,
    field,
    not_,
    range_bound,
    required_version,
)

from ..conditions import PENALISED

_VERSION = required_version()
_MITIGATED = all_of(
    field("mitigation.statutory_ground").is_true(),
    field("mitigation.assessed").is_true(),
)


def _bound(column: str) -> object:
    return range_bound(_VERSION, column, field("fine_base"))


_NO_FINE = not_(field("penalty.kinds").holds("fine"))
_RANGES = [
    {"party": "natural_person", "min": 10_000, "max": 50_000},
    {"party": "organization", "min": 100_000, "max": 1_000_000},
]
_REGISTER = {
    "power_items": [
        {
            "item": "X-1",
            "agency": "A-1",
            "domain": "other",
            "basis": [],
            "kinds": ["warning", "fine"],
            "ranges": _RANGES,
            "valid_from": "2020-01-01",
            "valid_to": None,
        }
    ]
}

RULE = Rule(
    id="APL-76-range",
    subject=("decision_made",),
    when=PENALISED,
    require=Check(
        all_of(
            field("penalty.kinds").holds_only_of(column_of(_VERSION, "kinds", "registers.power_items.kinds")),
            any_of(
                _NO_FINE,
                all_of(
                    field("penalty.fine").le(_bound("max")),
                    any_of(field("penalty.fine").ge(_bound("min")), _MITIGATED),
                ),
            ),
        )
    ),
    gate=True,
    breach_zh="处罚超出法定种类或幅度",
    duty_zh="处罚种类、幅度应在依据规定的范围之内；低于下限须有法定减轻情形并有评估",
    remedy_zh="请按执法事项的种类和幅度裁量；减轻处罚的，写明法定情形并附评估材料。",
    examples=(
        Example(
            "单位上限",
            "met",
            (filed(), fined("2026-03-20", 1_000_000)),
            "2026-04-01",
            _REGISTER,
        ),
        Example(
            "超过上限一分",
            "breached",
            (filed(), fined("2026-03-20", 1_000_001)),
            "2026-04-01",
            _REGISTER,
        ),
        Example(
            "个人适用个人幅度",
            "breached",
            (filed(party="natural_person"), fined("2026-03-20", 60_000)),
            "2026-04-01",
            _REGISTER,
        ),
        Example(
            "低于下限且无减轻情形",
            "breached",
            (filed(), fined("2026-03-20", 50_000, mitigation=None)),
            "2026-04-01",
            _REGISTER,
        ),
        Example(
            "依法减轻",
            "met",
            (
                filed(),
                fined(
                    "2026-03-20",
                    50_000,
                    mitigation={"statutory_ground": True, "assessed": True},
                ),
            ),
            "2026-04-01",
            _REGISTER,
        ),
        Example(
            "种类不在其中",
            "breached",
            (
                filed(),
                step(
                    "decision_made",
                    "2026-03-20",
                    outcome="penalty",
                    procedure="ordinary",
                    penalty={"kinds": ["revoke_license"]},
                ),
            ),
            "2026-04-01",
            _REGISTER,
        ),
        Example(
            "没有登记幅度",
            "unknown",
            (filed(), fined("2026-03-20")),
            "2026-04-01",
            {"power_items": [{**_REGISTER["power_items"][0], "ranges": []}]},
        ),
        Example(
            "低于下限，是否依法减轻没有填报",
            "unknown",
            (filed(), fined("2026-03-20", 50_000)),
            "2026-04-01",
            _REGISTER,
        ),
        Example(
            "单位下限",
            "met",
            (filed(), fined("2026-03-20", 100_000)),
            "2026-04-01",
            _REGISTER,
        ),
        Example(
            "低于下限，有情形而没有评估",
            "breached",
            (
                filed(),
                fined("2026-03-20", 99_999, mitigation={"statutory_ground": True, "assessed": False}),
            ),
            "2026-04-01",
            _REGISTER,
        ),
        Example(
            "处罚法修订施行前一日决定",
            "not_applicable",
            (filed("2021-06-01"), fined("2021-07-14")),
            "2021-09-01",
        ),
    ),
)
