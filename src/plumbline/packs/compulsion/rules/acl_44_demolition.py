"""A structure is pulled down after public notice and after the remedies are barred or exhausted (行政强制法第四十四条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.expression import Expression
from plumbline.rules.language import (
    Check,
    all_of,
    any_of,
    choose,
    event,
    exists,
    field,
    it,
    it_on,
    it_order,
    last,
    not_,
    on,
)

from ..execution import remedies_barred, remedies_barred_at_the_earliest
from ..histories import WORKING_DAYS, executed, served

_SERVED_ON = last(event("decision_served", place="before"), it_on())
_CHALLENGED = event("challenge_started", place="before")
_LAST_END_LEAVES_IT = last(
    event("challenge_ended", place="before"), it("outcome").one_of("upheld", "withdrawn"), False
)


def _none_open(route: str) -> Expression:
    """Whoever went this way has come to its end."""
    started = event("challenge_started", place="before", where=it("route").eq(route))
    ended = event("challenge_ended", place="before", where=it("route").eq(route))
    return any_of(
        not_(exists(started)),
        last(started, it_order(), -1).lt(last(ended, it_order(), -1)),
    )


_EXHAUSTED = all_of(_LAST_END_LEAVES_IT, _none_open("reconsideration"), _none_open("litigation"))
_BARRED = all_of(
    remedies_barred_at_the_earliest(_SERVED_ON).lt(on()),
    remedies_barred(_SERVED_ON).lt(on()),
)

_NOTICE = step("demolition_notice_published", "2026-05-06", term_until="2026-05-20")
_SERVED = served("2025-12-01")


def _challenged(on: str, route: str = "reconsideration") -> dict[str, Any]:
    return step("challenge_started", on, route=route)


def _ended(on: str, outcome: str = "upheld", route: str = "reconsideration") -> dict[str, Any]:
    return step("challenge_ended", on, route=route, outcome=outcome)


RULE = Rule(
    id="ACL-44-demolition",
    subject=("execution_done",),
    when=field("object").eq("structure"),
    require=Check(
        all_of(
            exists(event("demolition_notice_published", place="before", where=it("term_until").lt(on()))),
            exists(event("decision_served", place="before")),
            choose(exists(_CHALLENGED), _EXHAUSTED, _BARRED),
        ),
        due=choose(exists(_CHALLENGED), None, remedies_barred(_SERVED_ON)),
    ),
    breach_zh="未经公告或在复议诉讼期间强制拆除",
    duty_zh="强制拆除之前应当公告限期自行拆除，并等到复议、诉讼期限届满或者复议、诉讼终结",
    remedy_zh="请停止拆除；公告期满、复议诉讼期限届满或者终结之后再依法实施。",
    examples=(
        *(
            Example(
                title,
                verdict,
                (_SERVED, _NOTICE, executed(day)),
                "2026-07-01",
                WORKING_DAYS,
                due="2026-06-01",
            )
            for title, verdict, day in (
                ("诉讼期限届满次日拆除", "met", "2026-06-02"),
                ("诉讼期限最后一日拆除", "breached", "2026-06-01"),
            )
        ),
        *(
            Example(
                f"诉讼期限末日遇星期六顺延，{when}",
                verdict,
                (served("2025-12-06"), _NOTICE, executed(day)),
                "2026-07-01",
                WORKING_DAYS,
                due="2026-06-08",
            )
            for when, verdict, day in (
                ("顺延末日拆除", "breached", "2026-06-08"),
                ("次日拆除", "met", "2026-06-09"),
            )
        ),
        Example(
            "没有公告",
            "breached",
            (_SERVED, executed("2026-06-02")),
            "2026-07-01",
            WORKING_DAYS,
            due="2026-06-01",
        ),
        *(
            Example(
                f"公告期限{when}",
                verdict,
                (
                    _SERVED,
                    step("demolition_notice_published", "2026-05-06", term_until=until),
                    executed("2026-06-02"),
                ),
                "2026-07-01",
                WORKING_DAYS,
            )
            for when, verdict, until in (
                ("前一日届满", "met", "2026-06-01"),
                ("当日才届满", "breached", "2026-06-02"),
            )
        ),
        Example("没有送达决定", "breached", (_NOTICE, executed("2026-06-02")), "2026-07-01", WORKING_DAYS),
        Example(
            "复议维持之后拆除",
            "met",
            (_SERVED, _challenged("2026-01-10"), _ended("2026-03-10"), _NOTICE, executed("2026-05-21")),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example(
            "复议尚未终结",
            "breached",
            (_SERVED, _challenged("2026-01-10"), _NOTICE, executed("2026-06-02")),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example(
            "复议维持，诉讼尚未终结",
            "breached",
            (
                _SERVED,
                _challenged("2026-01-10"),
                _ended("2026-03-10"),
                _challenged("2026-03-20", "litigation"),
                _NOTICE,
                executed("2026-06-02"),
            ),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example(
            "复议撤销了决定",
            "breached",
            (
                _SERVED,
                _challenged("2026-01-10"),
                _ended("2026-03-10", "revoked"),
                _NOTICE,
                executed("2026-06-02"),
            ),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example(
            "拆除之后才起诉",
            "met",
            (_SERVED, _NOTICE, executed("2026-06-02"), _challenged("2026-06-10", "litigation")),
            "2026-07-01",
            WORKING_DAYS,
            due="2026-06-01",
        ),
        Example(
            "不是建筑物", "not_applicable", (executed("2026-06-02", "goods"),), "2026-07-01", WORKING_DAYS
        ),
        Example("没有日历，六个月未满", "breached", (_SERVED, _NOTICE, executed("2026-06-01")), "2026-07-01"),
        Example("没有日历，六个月已满", "unknown", (_SERVED, _NOTICE, executed("2026-06-02")), "2026-07-01"),
        Example("行政强制法施行前", "not_applicable", (executed("2011-12-31"),), "2012-02-01", WORKING_DAYS),
    ),
)
