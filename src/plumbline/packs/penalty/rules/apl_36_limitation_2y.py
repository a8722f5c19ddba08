"""What is discovered too late is not punished any more (行政处罚法第三十六条)."""

from plumbline.rules import Example, Overlay, Rule
from plumbline.rules.examples import CALENDAR, filed, fined
from plumbline.rules.language import Check, all_of, any_of, case, date_after

from ..conditions import PENALISED

_ENDED = case("violation.ended_on")


def _limit(n: int, unit: str) -> Check:
    return Check(
        any_of(
            _ENDED.eq(None),
            case("violation.discovered_on").le(date_after(_ENDED, n, unit)),
        )
    )


_GRAVE = all_of(case("violation.harm").is_true(), case("violation.life_health_or_finance").is_true())
_GENERAL = Check(
    any_of(
        _ENDED.eq(None),
        case("violation.discovered_on").le(date_after(_ENDED, 2, "y")),
        all_of(_GRAVE, case("violation.discovered_on").le(date_after(_ENDED, 5, "y"))),
    )
)
_ECOLOGY = Check(
    any_of(
        _ENDED.eq(None),
        case("violation.discovered_on").le(date_after(_ENDED, 2, "y")),
        all_of(
            case("violation.harm").is_true(),
            case("violation.discovered_on").le(date_after(_ENDED, 5, "y")),
        ),
    )
)


def _act(ended: str | None, discovered: str, **more: object) -> dict[str, object]:
    return filed(violation={"ended_on": ended, "discovered_on": discovered, **more})


RULE = Rule(
    id="APL-36-limitation-2y",
    subject=("decision_made",),
    when=PENALISED,
    require=_GENERAL,
    overlays=(
        Overlay(
            "EEC-1054-limitation",
            _ECOLOGY,
            domain="ecology",
            applies=_ENDED.ge("2026-08-15"),
        ),
        Overlay("PSL-25-limitation-6m", _limit(6, "m"), domain="public_security"),
    ),
    gate=True,
    breach_zh="超过追责时效仍处罚",
    duty_zh="违法行为在二年内未被发现的不再处罚；涉及生命健康安全、金融安全且有危害后果的为五年",
    remedy_zh="超过追责期限的，应当不予处罚。",
    examples=(
        Example(
            "二年届满当日发现",
            "met",
            (_act("2024-03-01", "2026-03-01", harm=False), fined("2026-03-20")),
            "2026-04-01",
            CALENDAR,
        ),
        Example(
            "二年届满次日发现",
            "breached",
            (_act("2024-03-01", "2026-03-02", harm=False), fined("2026-03-20")),
            "2026-04-01",
            CALENDAR,
        ),
        Example(
            "行为仍在继续",
            "met",
            (_act(None, "2026-03-02"), fined("2026-03-20")),
            "2026-04-01",
            CALENDAR,
        ),
        Example(
            "涉及生命健康且有危害",
            "met",
            (
                _act("2022-03-01", "2026-03-02", harm=True, life_health_or_finance=True),
                fined("2026-03-20"),
            ),
            "2026-04-01",
            CALENDAR,
        ),
        Example(
            "没有报送终了日",
            "unknown",
            (filed(), fined("2026-03-20")),
            "2026-04-01",
            CALENDAR,
        ),
    ),
)
