"""The fine is paid within fifteen days of receipt (行政处罚法第六十七条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, fined, step
from plumbline.rules.language import (
    Clock,
    Replacement,
    Stop,
    Within,
    all_of,
    event,
    it,
    last,
)

_DECISION = event("decision_made", place="before")
_FINE = last(_DECISION, it("penalty.fine"), None)
_IS_FINED = last(
    _DECISION,
    all_of(it("outcome").eq("penalty"), it("penalty.kinds").holds("fine")),
    False,
)
_UNDONE = event(
    "decision_revoked",
    "challenge_ended",
    place="after",
    where=it("outcome").one_of("revoked", "void"),
)
_SERVED = step("decision_served", "2026-06-01", method="direct", receipt="signed")


def _paid(on: str, fen: int) -> dict[str, object]:
    return step("fine_paid", on, amount=fen, channel="bank")


RULE = Rule(
    id="APL-67-pay-15d",
    subject=("decision_served",),
    when=_IS_FINED,
    require=Within(
        Clock(15, "cd"),
        (
            Stop(
                event("fine_paid", "fine_collected_on_spot"),
                sum_of="amount",
                reaching=_FINE,
            ),
        ),
        replaced_by=(Replacement(event("deferral_granted"), "until"),),
        ended_by=_UNDONE,
    ),
    breach_zh="罚款逾期未缴",
    duty_zh="当事人收到处罚决定书后，应在十五日内缴清罚款",
    remedy_zh="逾期的可以催告、加处罚款或者申请法院强制执行；确有困难的可以批准延期、分期。",
    examples=(
        Example(
            "第十五日缴清",
            "met",
            (filed(), fined("2026-05-28", 1000), _SERVED, _paid("2026-06-16", 1000)),
            "2026-07-01",
            CALENDAR,
            due="2026-06-16",
        ),
        Example(
            "第十六日缴清",
            "breached",
            (filed(), fined("2026-05-28", 1000), _SERVED, _paid("2026-06-17", 1000)),
            "2026-07-01",
            CALENDAR,
            due="2026-06-16",
        ),
        Example(
            "分两次缴清，后一次逾期",
            "breached",
            (
                filed(),
                fined("2026-05-28", 1000),
                _SERVED,
                _paid("2026-06-10", 400),
                _paid("2026-06-17", 600),
            ),
            "2026-07-01",
            CALENDAR,
            due="2026-06-16",
        ),
        Example(
            "批准延期到七月底",
            "pending",
            (
                filed(),
                fined("2026-05-28", 1000),
                _SERVED,
                step("deferral_granted", "2026-06-10", until="2026-07-31"),
            ),
            "2026-07-01",
            CALENDAR,
            due="2026-07-31",
        ),
        Example(
            "到期后才批准的延期不算",
            "breached",
            (
                filed(),
                fined("2026-05-28", 1000),
                _SERVED,
                step("deferral_granted", "2026-06-17", until="2026-07-31"),
            ),
            "2026-07-01",
            CALENDAR,
            due="2026-06-16",
        ),
        Example(
            "只有警告",
            "not_applicable",
            (filed(), fined("2026-05-28", None), _SERVED),
            "2026-07-01",
            CALENDAR,
        ),
        *(
            Example(
                f"{how}被撤销",
                verdict,
                (
                    filed(),
                    fined("2026-05-28", 1000),
                    _SERVED,
                    step("decision_revoked", on, outcome="revoked"),
                ),
                "2026-07-01",
                CALENDAR,
            )
            for how, on, verdict in (
                ("届满当日", "2026-06-16", "not_applicable"),
                ("届满次日", "2026-06-17", "breached"),
            )
        ),
        Example(
            "末日是星期日，顺延到星期一",
            "met",
            (
                filed(),
                fined("2026-05-28", 1000),
                step("decision_served", "2026-06-06", method="direct"),
                _paid("2026-06-22", 1000),
            ),
            "2026-07-01",
            CALENDAR,
            due="2026-06-22",
        ),
        Example(
            "没有日历且过了十五日",
            "unknown",
            (filed(), fined("2026-05-28", 1000), _SERVED),
            "2026-06-17",
        ),
    ),
)
