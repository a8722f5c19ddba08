"""What is discovered too late is not punished any more (行政处罚法第三十六条)."""

from plumbline.rules import Example, Overlay, Rule
from plumbline.rules.examples import CALENDAR, filed, fined
from plumbline.rules.expression import Expression
from plumbline.rules.language import Check, all_of, any_of, case, choose, date_after

from ..conditions import PENALISED

_ENDED = case("violation.ended_on")


_DISCOVERED = case("violation.discovered_on")
_GRAVE = all_of(case("violation.harm").is_true(), case("violation.life_health_or_finance").is_true())


def _limit(n: int, unit: str, longer: int = 0, if_grave: Expression | None = None) -> Check:
    """Discovered within ``n`` of ``unit`` after the act ended, or within ``longer`` years where it was grave."""
    last_day = date_after(_ENDED, n, unit)
    in_time = [_ENDED.eq(None), _DISCOVERED.le(last_day)]
    if if_grave is None:
        return Check(any_of(*in_time), last_day)
    last_day_if_grave = date_after(_ENDED, longer, "y")
    return Check(
        any_of(*in_time, all_of(if_grave, _DISCOVERED.le(last_day_if_grave))),
        choose(if_grave, last_day_if_grave, last_day),
    )


def _act(ended: str | None, discovered: str, *, domain: str = "other", **more: object) -> dict[str, object]:
    return filed(domain=domain, violation={"ended_on": ended, "discovered_on": discovered, **more})


RULE = Rule(
    id="APL-36-limitation-2y",
    subject=("decision_made",),
    when=PENALISED,
    require=_limit(2, "y", 5, _GRAVE),
    overlays=(
        Overlay(
            "EEC-1054-limitation",
            _limit(2, "y", 5, case("violation.harm").is_true()),
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
            due="2026-03-01",
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
            "涉及生命健康而没有危害",
            "breached",
            (
                _act("2022-03-01", "2026-03-02", harm=False, life_health_or_finance=True),
                fined("2026-03-20"),
            ),
            "2026-04-01",
            CALENDAR,
            due="2024-03-01",
        ),
        Example(
            "五年届满次日发现",
            "breached",
            (
                _act("2021-03-01", "2026-03-02", harm=True, life_health_or_finance=True),
                fined("2026-03-20"),
            ),
            "2026-04-01",
            CALENDAR,
            due="2026-03-01",
        ),
        Example(
            "二年以后发现，有无危害没有填报",
            "unknown",
            (_act("2022-03-01", "2026-03-02"), fined("2026-03-20")),
            "2026-04-01",
            CALENDAR,
        ),
        Example(
            "二年以内发现，有无危害没有填报",
            "met",
            (_act("2025-03-01", "2026-03-02"), fined("2026-03-20")),
            "2026-04-01",
            CALENDAR,
        ),
        Example(
            "治安六个月届满当日发现",
            "met",
            (_act("2025-09-02", "2026-03-02", domain="public_security"), fined("2026-03-20")),
            "2026-04-01",
            CALENDAR,
            due="2026-03-02",
            overlay="PSL-25-limitation-6m",
        ),
        Example(
            "治安六个月届满次日发现",
            "breached",
            (_act("2025-09-01", "2026-03-02", domain="public_security"), fined("2026-03-20")),
            "2026-04-01",
            CALENDAR,
            due="2026-03-01",
            overlay="PSL-25-limitation-6m",
        ),
        Example(
            "没有报送终了日",
            "unknown",
            (filed(), fined("2026-03-20")),
            "2026-04-01",
            CALENDAR,
        ),
        *(
            Example(
                f"生态环境，终了于{ended}，四年后发现",
                verdict,
                (
                    _act(ended, discovered, domain="ecology", harm=True, life_health_or_finance=False),
                    fined("2030-09-20"),
                ),
                "2030-10-01",
                CALENDAR,
                overlay=row,
            )
            for ended, discovered, verdict, row in (
                ("2026-08-15", "2030-08-15", "met", "EEC-1054-limitation"),
                ("2026-08-14", "2030-08-14", "breached", None),
            )
        ),
        Example(
            "生态环境，有危害，五年届满次日发现",
            "breached",
            (
                _act("2026-08-15", "2031-08-16", domain="ecology", harm=True),
                fined("2031-09-20"),
            ),
            "2031-10-01",
            CALENDAR,
            due="2031-08-15",
            overlay="EEC-1054-limitation",
        ),
        Example(
            "处罚法修订施行前一日决定",
            "not_applicable",
            (filed("2021-06-01"), fined("2021-07-14")),
            "2021-09-01",
        ),
        *(
            Example(
                f"生态环境，{zh}，{when}发现",
                verdict,
                (_act("2026-08-17", discovered, domain="ecology", harm=harm), fined("2031-09-22")),
                "2031-10-01",
                CALENDAR,
                due=due,
                overlay="EEC-1054-limitation",
            )
            for zh, harm, due, when, discovered, verdict in (
                ("没有危害", False, "2028-08-17", "二年届满当日", "2028-08-17", "met"),
                ("没有危害", False, "2028-08-17", "二年届满次日", "2028-08-18", "breached"),
                ("有危害", True, "2031-08-17", "五年届满当日", "2031-08-17", "met"),
            )
        ),
    ),
)
