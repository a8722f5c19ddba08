"""When the fine is paid in full the case is closed within the days of the field (结案审批).

Only what is warning, criticism and fine is done with the money: that a licence was withheld or goods were taken to their end is
no event, so the payment says nothing about such a case.
"""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, fined, step
from plumbline.rules.expression import Expression
from plumbline.rules.language import (
    Clock,
    Stop,
    Within,
    all_of,
    event,
    field,
    it,
    last,
    total,
)

from ..surcharge import FINE
from . import in_domain, other_domain

_DECISION = event("decision_made", place="before")
_ORDINARY = last(_DECISION, it("procedure").eq("ordinary"), False)
_ONLY_MONEY = last(_DECISION, it("penalty.kinds").holds_only("warning", "circular_criticism", "fine"), False)
_PAID_BEFORE = total(event("fine_paid", "fine_collected_on_spot", place="before"), it("amount"))
_PAID_IN_FULL = all_of(_PAID_BEFORE.lt(FINE), _PAID_BEFORE.plus(field("amount")).ge(FINE))


def _paid(fen: int = 600_000, on: str = "2026-06-01") -> dict[str, object]:
    return step("fine_paid", on, amount=fen, channel="bank")


def closing(
    rule_id: str,
    *,
    domain: str,
    clock: Clock,
    last_day: str,
    day_after: str,
    limit_zh: str,
    ordinary_only: bool,
) -> Rule:
    """The row of a field; the two days are those of a fine paid on 1 June 2026.

    ``ordinary_only``: the article speaks of cases of the ordinary procedure.
    """
    conditions: list[Expression] = [in_domain(domain), _ONLY_MONEY, _PAID_IN_FULL]
    if ordinary_only:
        conditions.insert(1, _ORDINARY)
    case = filed(domain=domain)
    decided = fined("2026-05-20")

    def shown(
        title: str,
        verdict: str,
        *after: dict[str, object],
        as_of: str = "2026-08-03",
        due: str | None = last_day,
    ) -> Example:
        return Example(title, verdict, (case, decided, *after), as_of, CALENDAR, due=due)

    def closed(on: str) -> dict[str, object]:
        return step("case_closed", on)

    other = (
        Example(
            "简易程序",
            "not_applicable",
            (case, fined("2026-05-20", 10_000, procedure="summary"), _paid(10_000)),
            "2026-08-03",
            CALENDAR,
        )
        if ordinary_only
        else Example(
            "简易程序同样适用",
            "breached",
            (case, fined("2026-05-20", 10_000, procedure="summary"), _paid(10_000)),
            "2026-08-03",
            CALENDAR,
            due=last_day,
        )
    )
    return Rule(
        id=rule_id,
        subject=("fine_paid",),
        kinds=("penalty",),
        when=all_of(*conditions),
        require=Within(clock, (Stop(event("case_closed")),)),
        breach_zh="执行完毕超期未结案",
        duty_zh=f"处罚决定执行完毕后，应在{limit_zh}内报批结案",
        remedy_zh="请填写结案审批表，报负责人批准后结案。",
        examples=(
            shown("最后一日结案", "met", _paid(), closed(last_day)),
            shown("次日才结案", "breached", _paid(), closed(day_after)),
            shown("最后一日尚未结案", "pending", _paid(), as_of=last_day),
            shown("届满仍未结案", "breached", _paid(), as_of=day_after),
            shown(
                "分两次缴清，自第二次起算",
                "met",
                _paid(200_000, "2026-05-25"),
                _paid(400_000),
                closed(last_day),
            ),
            Example(
                "第一次没有缴清",
                "not_applicable",
                (case, decided, _paid(599_999)),
                "2026-08-03",
                CALENDAR,
            ),
            Example(
                "缴清之后多缴的一笔",
                "not_applicable",
                (case, decided, _paid(), _paid(100, "2026-06-02")),
                "2026-08-03",
                CALENDAR,
            ),
            Example(
                "还处以暂扣许可证件，缴清不等于执行完毕",
                "not_applicable",
                (
                    case,
                    step(
                        "decision_made",
                        "2026-05-20",
                        outcome="penalty",
                        procedure="ordinary",
                        penalty={"kinds": ["fine", "withhold_license"], "fine": 600_000},
                    ),
                    _paid(),
                ),
                "2026-08-03",
                CALENDAR,
            ),
            other,
            Example(
                "其他领域",
                "not_applicable",
                (filed(domain=other_domain(domain)), decided, _paid()),
                "2026-08-03",
                CALENDAR,
            ),
            Example("没有填报领域", "unknown", (decided, _paid()), "2026-08-03", CALENDAR),
        ),
    )
