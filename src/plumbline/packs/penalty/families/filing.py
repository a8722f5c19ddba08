"""A clue is looked into and the filing decided within the days of the field (立案前的核查).

The chapter on the ordinary procedure holds the duty, and 生态环境第十八条 and 应急第三十四条 say so outright: what was decided on
the spot needed no filing.
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
    not_,
)

from . import in_domain, other_domain

_ON_THE_SPOT = exists(event("decision_made", place="after", where=it("procedure").eq("summary")))
_FILED = Stop(event("case_filed"))  # a further clue to a case filed already asks for no second filing


def _clue(domain: str, on: str = "2026-03-02") -> dict[str, object]:
    said: dict[str, Any] = {"domain": domain} if domain else {}
    return step("clue_received", on, source="complaint", **said)


def _not_filed(on: str) -> dict[str, object]:
    return step("case_not_filed", on, reason="违法事实不能成立")


def _more(on: str, days: int, by: str = "agency_head") -> dict[str, object]:
    return step("extension_approved", on, clock="filing", days=days, approved_by=by)


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
    excludes: tuple[Exclusion, ...] = (),
    examples: tuple[Example, ...] = (),
) -> Rule:
    """The row of a field: ``clock``, ``more`` days when the head approves, what else than a filing decision ends it.

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
