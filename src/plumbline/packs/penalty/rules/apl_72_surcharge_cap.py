"""A surcharge of three per cent a day, and never more than the fine (行政处罚法第七十二条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, fined, step
from plumbline.rules.language import Check, all_of, days_between

from ..surcharge import AMOUNT, FINE, PAYMENT_DUE, THROUGH, within

#: Served on 1 June, the fine was payable until 16 June; 26 June is the tenth day after.
_SERVED = step("decision_served", "2026-06-01", method="direct")


def _claimed(fen: int, through: str = "2026-06-26") -> dict[str, object]:
    return step("surcharge_claimed", "2026-12-01", amount=fen, through=through)


def _case(claim: dict[str, object], *before: dict[str, object]) -> tuple[dict[str, object], ...]:
    return (filed(), fined("2026-05-28", 100_000), _SERVED, *before, claim)


RULE = Rule(
    id="APL-72-surcharge-cap",
    subject=("surcharge_claimed",),
    require=Check(all_of(AMOUNT.le(FINE), within(days_between(PAYMENT_DUE, THROUGH)))),
    gate=True,
    breach_zh="加处罚款超出限额",
    duty_zh="加处罚款按逾期天数每日百分之三计算，总额不超过罚款本身",
    remedy_zh="请按缴款期限届满次日起的天数重新计算，超过罚款数额的部分不得主张。",
    examples=(
        Example("逾期十日，百分之三十", "met", _case(_claimed(30_000)), "2026-12-31", CALENDAR),
        Example("多主张一分", "breached", _case(_claimed(30_001)), "2026-12-31", CALENDAR),
        Example(
            "与罚款相等",
            "met",
            _case(_claimed(100_000, "2026-11-30")),
            "2026-12-31",
            CALENDAR,
        ),
        Example(
            "超过罚款一分",
            "breached",
            _case(_claimed(100_001, "2026-11-30")),
            "2026-12-31",
            CALENDAR,
        ),
        Example(
            "批准延期的，从延期届满起算",
            "breached",
            _case(_claimed(30_000), step("deferral_granted", "2026-06-10", until="2026-06-20")),
            "2026-12-31",
            CALENDAR,
        ),
        Example(
            "逾期之后才批准的延期不改变起算日",
            "met",
            _case(_claimed(30_000), step("deferral_granted", "2026-06-17", until="2026-06-20")),
            "2026-12-31",
            CALENDAR,
        ),
        Example(
            "决定没有送达，缴款期限没有开始，无从加处",
            "breached",
            (filed(), fined("2026-05-28", 100_000), _claimed(30_000)),
            "2026-12-31",
            CALENDAR,
        ),
        Example("没有日历，末日不能确定", "unknown", _case(_claimed(30_000)), "2026-12-31"),
        Example(
            "没有日历，但已超过罚款",
            "breached",
            _case(_claimed(100_001)),
            "2026-12-31",
        ),
        Example(
            "处罚法修订施行前一日主张加处罚款",
            "not_applicable",
            (
                filed("2021-03-01"),
                step("surcharge_claimed", "2021-07-14", amount=30_001, through="2021-07-14"),
            ),
            "2021-09-01",
        ),
    ),
)
