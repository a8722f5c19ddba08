"""A body without execution power applies to the court within three months, and not before the remedies are barred
(行政强制法第五十三条; 行政处罚法第七十二条第二款 for a deferral).

Whoever pays within the three months has performed: there is nothing left to apply for.
"""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import fined, step
from plumbline.rules.language import (
    Clock,
    Stop,
    Within,
    agency,
    all_of,
    any_of,
    as_of,
    choose,
    event,
    exists,
    it,
    it_on,
    last,
    not_,
    on,
    row_value,
    total,
)

from ..execution import FINE, IS_FINED, remedies_barred, remedies_barred_at_the_earliest
from ..histories import AGENCY, WORKING_DAYS, served

_DEFERRED = event("deferral_granted", where=it("until").gt(remedies_barred(on())))
_FROM = choose(exists(_DEFERRED), last(_DEFERRED, it("until")), remedies_barred(on()))
_PAYMENTS = ("fine_paid", "fine_collected_on_spot")
_APPLIED = event("court_application_filed")

_OVER = all_of(as_of().gt(remedies_barred_at_the_earliest(on())), as_of().gt(_FROM))
_PAID_BY_THEN = total(event(*_PAYMENTS, where=it_on().le(_FROM)), it("amount")).ge(FINE)

_REGISTERS = {**AGENCY, **WORKING_DAYS}
_OWN_POWER: dict[str, Any] = {
    **WORKING_DAYS,
    "agencies": [{"code": "A-1", "kind": "department", "level": "district", "own_execution_power": True}],
}
_NOT_STATED: dict[str, Any] = {
    **WORKING_DAYS,
    "agencies": [{"code": "A-1", "kind": "department", "level": "district"}],
}
_DECIDED = fined("2025-11-27", 600_000)
_SERVED = served("2025-12-01")


def _applied_on(day: str) -> dict[str, Any]:
    return step("court_application_filed", day)


def _paid(day: str, fen: int = 600_000) -> dict[str, Any]:
    return step("fine_paid", day, amount=fen, channel="bank")


RULE = Rule(
    id="ACL-53-court-3m",
    subject=("decision_served",),
    when=all_of(
        IS_FINED,
        row_value("agencies", "code", agency(), "own_execution_power").is_false(),
        not_(exists(event("challenge_started"))),
        any_of(exists(_APPLIED), _OVER),
        not_(_PAID_BY_THEN),
    ),
    require=Within(
        Clock(3, "m"),
        (
            Stop(_APPLIED),
            Stop(event(*_PAYMENTS), sum_of="amount", reaching=FINE),
        ),
        start=_FROM,
        also=not_(exists(event("court_application_filed", where=it_on().le(_FROM)))),
    ),
    breach_zh="未在法定三个月内申请法院执行",
    duty_zh="没有强制执行权的机关，应在复议诉讼期限届满后的三个月内申请法院执行，不能提前也不能逾期",
    remedy_zh="期限未满的，请届满后再申请；已经逾期的，请报告负责人并登记原因。",
    examples=(
        *(
            Example(
                title,
                verdict,
                (_DECIDED, _SERVED, _applied_on(day)),
                "2026-10-01",
                _REGISTERS,
                due="2026-09-01",
            )
            for title, verdict, day in (
                ("诉讼期限届满次日申请", "met", "2026-06-02"),
                ("诉讼期限最后一日申请，过早", "breached", "2026-06-01"),
                ("三个月的最后一日申请", "met", "2026-09-01"),
                ("三个月届满次日申请", "breached", "2026-09-02"),
            )
        ),
        *(
            Example(title, verdict, (_DECIDED, _SERVED), day, _REGISTERS, due=due)
            for title, verdict, day, due in (
                ("诉讼期限尚未届满", "not_applicable", "2026-06-01", None),
                ("三个月之内", "pending", "2026-06-02", "2026-09-01"),
                ("三个月的最后一日", "pending", "2026-09-01", "2026-09-01"),
                ("逾期没有申请", "breached", "2026-09-02", "2026-09-01"),
            )
        ),
        Example(
            "两个末日都遇休息日而顺延",
            "met",
            (fined("2025-12-01"), served("2025-12-06"), _applied_on("2026-09-08")),
            "2026-10-01",
            _REGISTERS,
            due="2026-09-08",
        ),
        Example(
            "延期缴纳到七月底，从延期届满起算",
            "pending",
            (_DECIDED, _SERVED, step("deferral_granted", "2025-12-10", until="2026-07-31")),
            "2026-09-15",
            _REGISTERS,
            due="2026-11-02",
        ),
        Example(
            "延期届满之前申请",
            "breached",
            (
                _DECIDED,
                _SERVED,
                step("deferral_granted", "2025-12-10", until="2026-07-31"),
                _applied_on("2026-07-31"),
            ),
            "2026-09-15",
            _REGISTERS,
            due="2026-11-02",
        ),
        Example(
            "延期早于诉讼期限届满，不影响起算",
            "pending",
            (_DECIDED, _SERVED, step("deferral_granted", "2025-12-10", until="2026-03-31")),
            "2026-06-02",
            _REGISTERS,
            due="2026-09-01",
        ),
        Example(
            "期限届满前缴清",
            "not_applicable",
            (_DECIDED, _SERVED, _paid("2026-06-01")),
            "2026-10-01",
            _REGISTERS,
        ),
        Example(
            "只缴了一部分",
            "breached",
            (_DECIDED, _SERVED, _paid("2026-06-01", 599_999)),
            "2026-10-01",
            _REGISTERS,
            due="2026-09-01",
        ),
        *(
            Example(
                f"三个月{when}缴清",
                verdict,
                (_DECIDED, _SERVED, _paid("2026-03-01", 100_000), _paid(day, 500_000)),
                "2026-10-01",
                _REGISTERS,
                due="2026-09-01",
            )
            for when, verdict, day in (
                ("的最后一日", "met", "2026-09-01"),
                ("届满后", "breached", "2026-09-02"),
            )
        ),
        Example(
            "已申请复议",
            "not_applicable",
            (_DECIDED, _SERVED, step("challenge_started", "2026-01-10", route="reconsideration")),
            "2026-10-01",
            _REGISTERS,
        ),
        Example("有强制执行权的机关", "not_applicable", (_DECIDED, _SERVED), "2026-10-01", _OWN_POWER),
        Example("有无强制执行权没有填报", "unknown", (_DECIDED, _SERVED), "2026-10-01", _NOT_STATED),
        Example("只有警告", "not_applicable", (fined("2025-11-27", None), _SERVED), "2026-10-01", _REGISTERS),
        Example("没有日历，六个月未满", "not_applicable", (_DECIDED, _SERVED), "2026-06-01", AGENCY),
        Example("没有日历，六个月已满", "unknown", (_DECIDED, _SERVED), "2026-10-01", AGENCY),
    ),
)
