"""Old law, unless the new one is lighter (行政处罚法第三十七条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined
from plumbline.rules.language import (
    Check,
    all_of,
    column_of,
    field,
    required_version,
    version_changed,
)

from ..conditions import PENALISED

_ROW = {
    "item": "X-1",
    "agency": "A-1",
    "domain": "other",
    "basis": [],
    "kinds": ["fine"],
}


def _versions(old_max: int, new_max: int) -> dict[str, object]:
    return {
        "power_items": [
            {
                **_ROW,
                "ranges": [{"party": "any", "min": 0, "max": old_max}],
                "valid_from": "2020-01-01",
                "valid_to": "2025-12-31",
            },
            {
                **_ROW,
                "ranges": [{"party": "any", "min": 0, "max": new_max}],
                "valid_from": "2026-01-01",
                "valid_to": None,
            },
        ]
    }


def _case(applied: str) -> tuple[dict[str, object], ...]:
    return (
        filed(violation={"ended_on": "2025-11-01", "discovered_on": "2026-02-01"}),
        fined("2026-03-20", 100, applied_version=applied),
    )


RULE = Rule(
    id="APL-37-old-or-lighter",
    subject=("decision_made",),
    when=all_of(PENALISED, version_changed()),
    require=Check(
        all_of(
            required_version().ne(None),
            field("applied_version").eq(
                column_of(required_version(), "valid_from", "registers.power_items.valid_from")
            ),
        )
    ),
    breach_zh="未适用行为时或较轻的规定",
    duty_zh="适用违法行为发生时的规定；新规定处罚较轻或者不认为违法的，适用新规定",
    remedy_zh="请核对行为发生时与决定时的规定，适用有利于当事人的版本。",
    examples=(
        Example(
            "新法较重，适用旧法",
            "met",
            _case("2020-01-01"),
            "2026-04-01",
            _versions(1000, 2000),
        ),
        Example(
            "新法较重却适用新法",
            "breached",
            _case("2026-01-01"),
            "2026-04-01",
            _versions(1000, 2000),
        ),
        Example(
            "新法较轻，适用新法",
            "met",
            _case("2026-01-01"),
            "2026-04-01",
            _versions(2000, 1000),
        ),
        Example(
            "规定没有变化",
            "not_applicable",
            _case("2020-01-01"),
            "2026-04-01",
            {"power_items": [{**_ROW, "ranges": [], "valid_from": "2020-01-01", "valid_to": None}]},
        ),
        Example(
            "决定时已不认为违法",
            "breached",
            _case("2020-01-01"),
            "2026-04-01",
            {"power_items": [{**_ROW, "ranges": [], "valid_from": "2020-01-01", "valid_to": "2025-12-31"}]},
        ),
        Example("没有报送事项登记册", "unknown", _case("2020-01-01"), "2026-04-01"),
    ),
)
