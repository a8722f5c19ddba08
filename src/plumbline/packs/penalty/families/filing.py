"""A clue is looked into and the filing decided within the days of the field (立案前的核查).

The chapter on the ordinary procedure holds the duty, and 生态环境第十八条 and 应急第三十四条 say so outright: what was decided on
the spot needed no filing.

市场监管第十七条、第十九条第三项, 住建第六条、第十五条第二项 and 农业第二十一条、第三十条第三项 have a body hand on what is not its own instead of
filing it: a clue that is transferred within the days, and does not come back, ends there. 生态环境 and 应急 do not speak of it.
"""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, fined, step
from plumbline.rules.language import (
    Clock,
    Exclusion,
    ExtensionStep,
    Stop,
    Within,
    all_of,
    event,
    exists,
    it,
    it_order,
    last,
    not_,
)

from . import in_domain, other_domain

_ON_THE_SPOT = exists(event("decision_made", place="after", where=it("procedure").eq("summary")))
_FILED = Stop(event("case_filed"))  # a further clue to a case filed already asks for no second filing
# A transfer that was sent back, or taken back, is none: the days run on as if it had not been.
_HANDED_ON = event(
    "case_transferred",
    place="after",
    where=it_order().gt(last(event("transfer_returned"), it_order(), -1)),
)


def _clue(domain: str, on: str = "2026-03-02") -> dict[str, object]:
    said: dict[str, Any] = {"domain": domain} if domain else {}
    return step("clue_received", on, source="complaint", **said)


def _not_filed(on: str) -> dict[str, object]:
    return step("case_not_filed", on, reason="违法事实不能成立")


def _more(on: str, days: int, by: str = "agency_head") -> dict[str, object]:
    return step("extension_approved", on, clock="filing", days=days, approved_by=by)


def _sent(on: str) -> dict[str, object]:
    return step("case_transferred", on, to="AG-2")


def _transfers(domain: str, last_day: str, day_after: str) -> tuple[Example, ...]:
    """Handed on in time, too late, and in time but back again."""
    back = step("transfer_returned", last_day, reason="由移送机关承接")

    def shown(title: str, verdict: str, *after: dict[str, object], due: str | None = last_day) -> Example:
        return Example(title, verdict, (_clue(domain), *after), "2026-06-01", CALENDAR, due=due)

    return (
        shown("最后一日移送其他机关，期限在本机关结束", "not_applicable", _sent(last_day), due=None),
        shown("次日才移送", "breached", _sent(day_after)),
        shown("移送后被退回，期限照算", "breached", _sent("2026-03-03"), back),
        shown("退回后再次移送", "not_applicable", _sent("2026-03-03"), back, _sent(last_day), due=None),
    )


def filing(
    rule_id: str,
    *,
    domain: str,
    clock: Clock,
    more: int,
    last_day: str,
    day_after: str,
    last_day_extended: str,
    day_after_extended: str,
    limit_zh: str,
    others: tuple[str, ...] = (),
    handed_on: bool = False,
    excludes: tuple[Exclusion, ...] = (),
    examples: tuple[Example, ...] = (),
) -> Rule:
    """The row of a field: ``clock``, ``more`` days when the head approves, what else than a filing decision ends it.

    ``handed_on``: the field's text has a body transfer what is not its own.

    The four days are those of a clue received on 2 March 2026, without and with the whole extension.
    """

    def shown(
        title: str, verdict: str, *after: dict[str, object], as_of: str = "2026-06-01", due: str = last_day
    ) -> Example:
        return Example(title, verdict, (_clue(domain), *after), as_of, CALENDAR, due=due)

    return Rule(
        id=rule_id,
        subject=("clue_received",),
        kinds=("penalty",),
        when=all_of(in_domain(domain), not_(_ON_THE_SPOT)),
        require=Within(
            clock,
            (_FILED, Stop(event("case_not_filed", *others, place="after"))),
            extensions=(ExtensionStep("head", more),),
            extension_clock="filing",
            excludes=excludes,
            ended_by=_HANDED_ON if handed_on else None,
        ),
        breach_zh="线索超期未核查立案",
        duty_zh=f"发现违法线索或者收到材料后，应在{limit_zh}内完成核查、决定是否立案",
        remedy_zh="请立即核查并报请负责人决定是否立案；确需延长的，须在届满前经负责人批准。",
        examples=(
            shown("最后一日决定", "met", _not_filed(last_day)),
            shown("次日才决定", "breached", _not_filed(day_after)),
            shown("最后一日尚未决定", "pending", as_of=last_day),
            shown("届满仍未决定", "breached", as_of=day_after),
            shown(
                "负责人批准延长，延长后的最后一日",
                "met",
                _more(last_day, more),
                _not_filed(last_day_extended),
                due=last_day_extended,
            ),
            shown(
                "延长后的次日",
                "breached",
                _more(last_day, more),
                _not_filed(day_after_extended),
                due=last_day_extended,
            ),
            shown("届满后才批准的延长不算", "breached", _more(day_after, more), _not_filed(day_after)),
            shown(
                "批得更长，只算规定的日数",
                "breached",
                _more(last_day, more + 30),
                _not_filed(day_after_extended),
                due=last_day_extended,
            ),
            shown(
                "内设机构负责人批准的不算",
                "breached",
                _more(last_day, more, "section_head"),
                _not_filed(day_after),
            ),
            Example(
                "当场处罚不须立案",
                "not_applicable",
                (_clue(domain), fined("2026-03-02", 10_000, procedure="summary")),
                "2026-06-01",
                CALENDAR,
            ),
            *(_transfers(domain, last_day, day_after) if handed_on else ()),
            Example("其他领域", "not_applicable", (_clue(other_domain(domain)),), "2026-06-01", CALENDAR),
            Example("没有填报领域", "unknown", (_clue(""),), "2026-06-01", CALENDAR),
            Example(
                "已立案件的补充线索",
                "met",
                (
                    step(
                        "case_filed",
                        "2026-03-02",
                        item="X-1",
                        domain=domain,
                        party={"id": "P-1", "kind": "legal_person"},
                    ),
                    _clue(domain, "2026-03-04"),
                ),
                "2026-06-01",
                CALENDAR,
            ),
            *examples,
        ),
    )
