"""How long a penalty stands on 信用中国: minor three months, general a year, serious three (信用修复管理办法第十二条).

The term runs from the day of the decision (第七条) and is a longest one: it does not roll.
"""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import (
    ByCase,
    Clock,
    Decide,
    Stop,
    Within,
    all_of,
    any_of,
    case,
    event,
    field,
    first,
    it,
    it_id,
    it_on,
    literal,
    subject_id,
)

_SEVERITY = field("credit_severity")
_DECISION = event("decision_made", "execution_decision_made", where=it_id().eq(field("of")))
#: The day of the decision; where ``of`` names none of the matter it is not stated.
_DECIDED_ON = first(_DECISION, it_on(), literal(False).or_unknown("decision_published.of"))
_WITHDRAWN = event("publication_withdrawn", place="after", where=it("of").eq(subject_id()))
_NOT_AT_ALL = any_of(
    case("party.kind").eq("natural_person"),
    all_of(_SEVERITY.eq("minor"), field("necessity_decided").is_false()),
)


def _at_most(n: int, unit: str) -> Within:
    return Within(Clock(n, unit, roll=False), (Stop(_WITHDRAWN),), start=_DECIDED_ON)


def _published(severity: str | None = "general", of: str = "e2", **data: Any) -> dict[str, object]:
    stated = {**data} if severity is None else {"credit_severity": severity, **data}
    return step("decision_published", "2026-04-15", of=of, channel="credit_china", **stated)


def _withdrawn(on: str, of: str = "e3") -> dict[str, object]:
    return step("publication_withdrawn", on, of=of)


_DECIDED = (filed("2026-03-02"), fined("2026-04-10"))
_NATURAL = (filed("2026-03-02", party="natural_person"), fined("2026-04-10"))

RULE = Rule(
    id="NDRC-12-term",
    subject=("decision_published",),
    when=field("channel").eq("credit_china"),
    require=ByCase(
        _NOT_AT_ALL,
        Decide((), "breached"),
        ByCase(
            _SEVERITY.eq("minor"),
            _at_most(3, "m"),
            ByCase(_SEVERITY.eq("general"), _at_most(1, "y"), _at_most(3, "y")),
        ),
    ),
    breach_zh="信用公示不当或超过最长期限",
    duty_zh="信用中国上的处罚信息，轻微的最多公示三个月、一般的一年、严重的三年；自然人的和没有必要的不公示",
    remedy_zh="请立即从信用中国撤下；当事人未履行完毕的，按行业主管部门的规定办理。",
    examples=(
        Example(
            "一般失信，一年届满日撤下",
            "met",
            (*_DECIDED, _published(), _withdrawn("2027-04-10")),
            "2027-06-01",
            due="2027-04-10",
        ),
        Example(
            "一般失信，末日是星期六也不顺延",
            "breached",
            (*_DECIDED, _published(), _withdrawn("2027-04-12")),
            "2027-06-01",
            due="2027-04-10",
        ),
        Example(
            "严重失信，三年届满日撤下",
            "met",
            (*_DECIDED, _published("serious"), _withdrawn("2029-04-10")),
            "2029-06-01",
            due="2029-04-10",
        ),
        Example(
            "严重失信，届满次日撤下",
            "breached",
            (*_DECIDED, _published("serious"), _withdrawn("2029-04-11")),
            "2029-06-01",
            due="2029-04-10",
        ),
        Example(
            "轻微失信，确有必要，三个月届满日撤下",
            "met",
            (*_DECIDED, _published("minor", necessity_decided=True), _withdrawn("2026-07-10")),
            "2026-08-01",
            due="2026-07-10",
        ),
        Example(
            "轻微失信，确有必要，届满次日撤下",
            "breached",
            (*_DECIDED, _published("minor", necessity_decided=True), _withdrawn("2026-07-11")),
            "2026-08-01",
            due="2026-07-10",
        ),
        Example(
            "轻微失信，没有必要公示",
            "breached",
            (*_DECIDED, _published("minor", necessity_decided=False), _withdrawn("2026-04-16")),
            "2026-08-01",
        ),
        Example(
            "轻微失信，没有填报是否必要",
            "unknown",
            (*_DECIDED, _published("minor")),
            "2026-05-01",
        ),
        Example(
            "轻微失信，没有填报是否必要，但已超期",
            "breached",
            (*_DECIDED, _published("minor")),
            "2026-07-11",
        ),
        Example("自然人不公示", "breached", (*_NATURAL, _published()), "2026-05-01"),
        Example(
            "没有填报当事人",
            "unknown",
            (fined("2026-04-10"), _published(of="e1")),
            "2026-05-01",
        ),
        Example("公示期内", "pending", (*_DECIDED, _published()), "2027-04-10", due="2027-04-10"),
        Example("公示期满没有撤下", "breached", (*_DECIDED, _published()), "2027-04-11", due="2027-04-10"),
        Example(
            "撤下的是另一次公示",
            "breached",
            (*_DECIDED, _published(), _withdrawn("2027-04-10", of="e9")),
            "2027-06-01",
            due="2027-04-10",
        ),
        Example(
            "没有填报失信程度，一年以后撤下",
            "unknown",
            (*_DECIDED, _published(None, necessity_decided=True), _withdrawn("2027-05-10")),
            "2027-06-01",
        ),
        Example(
            "没有填报失信程度，三个月内撤下",
            "met",
            (*_DECIDED, _published(None, necessity_decided=True), _withdrawn("2026-07-10")),
            "2027-06-01",
        ),
        Example("公开的决定不在本案", "unknown", (*_DECIDED, _published(of="e9")), "2026-05-01"),
        Example(
            "不在信用中国公示",
            "not_applicable",
            (*_DECIDED, step("decision_published", "2026-04-15", of="e2", channel="government_site")),
            "2027-06-01",
        ),
        Example(
            "办法施行之前公示",
            "not_applicable",
            (
                filed("2026-02-02"),
                fined("2026-03-10"),
                step(
                    "decision_published",
                    "2026-03-31",
                    of="e2",
                    channel="credit_china",
                    credit_severity="general",
                ),
            ),
            "2027-06-01",
        ),
    ),
)
