"""While a reconsideration or a lawsuit runs the surcharge stands still (行政处罚法第七十三条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, fined, step
from plumbline.rules.language import Check, days_between, days_outside

from ..surcharge import PAYMENT_DUE, THROUGH, within

_COUNTED = days_outside(PAYMENT_DUE, THROUGH, "challenge_started", "challenge_ended", "route")
#: Served on 1 June, the fine was payable until 16 June; 26 June is the tenth day after.
_SERVED = step("decision_served", "2026-06-01", method="direct")


def _case(fen: int, *challenge: dict[str, object]) -> tuple[dict[str, object], ...]:
    claim = step("surcharge_claimed", "2026-12-01", amount=fen, through="2026-06-26")
    return (filed(), fined("2026-05-28", 100_000), _SERVED, *challenge, claim)


def _begun(on: str, route: str = "reconsideration") -> dict[str, object]:
    return step("challenge_started", on, route=route)


def _ended(on: str, route: str = "reconsideration") -> dict[str, object]:
    return step("challenge_ended", on, route=route, outcome="upheld")


#: Two routes that overlap from 18 to 21 June take off four days, once.
_BOTH = (
    _begun("2026-06-18"),
    _begun("2026-06-20", "litigation"),
    _ended("2026-06-21"),
    _ended("2026-06-22", "litigation"),
)

RULE = Rule(
    id="APL-73-surcharge-stop",
    subject=("surcharge_claimed",),
    when=_COUNTED.lt(days_between(PAYMENT_DUE, THROUGH)),
    require=Check(within(_COUNTED)),
    gate=True,
    breach_zh="复议诉讼期间计算了加处罚款",
    duty_zh="行政复议、行政诉讼进行的日子，不计算加处罚款",
    remedy_zh="请扣除复议、诉讼期间的天数后重新计算。",
    examples=(
        Example("扣除四日后为百分之十八", "met", _case(18_000, *_BOTH), "2026-12-31", CALENDAR),
        Example("多主张一分", "breached", _case(18_001, *_BOTH), "2026-12-31", CALENDAR),
        Example(
            "尚未终结，受理之日起不计",
            "met",
            _case(3_000, _begun("2026-06-18")),
            "2026-12-31",
            CALENDAR,
        ),
        Example(
            "尚未终结而照旧计算",
            "breached",
            _case(3_001, _begun("2026-06-18")),
            "2026-12-31",
            CALENDAR,
        ),
        Example(
            "缴款期限届满之前已经终结",
            "not_applicable",
            _case(30_000, _begun("2026-06-05"), _ended("2026-06-10")),
            "2026-12-31",
            CALENDAR,
        ),
        Example("没有复议诉讼", "not_applicable", _case(30_000), "2026-12-31", CALENDAR),
        Example("没有日历", "unknown", _case(18_000, *_BOTH), "2026-12-31"),
    ),
)
