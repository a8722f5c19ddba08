"""After the notice the party has some days to speak; until they are over no penalty is decided (陈述申辩期)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, fined, step
from plumbline.rules.expression import Expression
from plumbline.rules.language import (
    Clock,
    Wait,
    all_of,
    any_of,
    comes_before,
    event,
    exists,
    field,
    it,
    not_,
)

from . import in_domain, other_domain

_DECIDED = event("decision_made", place="after", where=it("outcome").eq("penalty"))
_ON_THE_SPOT = exists(event("decision_made", where=it("procedure").eq("summary")))
_TOLD_OF_HEARING = any_of(field("states").holds("right_to_hearing"), exists(event("hearing_right_told")))


def _waived(right: str) -> Expression:
    return comes_before(event("statement_waived", where=it("waives").holds(right)), _DECIDED)


def _notice(domain: str, *more: str, states: bool = True) -> dict[str, object]:
    told: dict[str, Any] = {"domain": domain} if domain else {}
    if states:
        told["states"] = ["proposed_penalty", "facts", "reasons", "basis", "right_to_state", *more]
    return step("penalty_notice_served", "2026-06-01", method="direct", **told)


def _waiver(*rights: str) -> dict[str, object]:
    return step("statement_waived", "2026-06-02", waives=list(rights))


def window(
    rule_id: str,
    *,
    domain: str,
    clock: Clock,
    last_day: str,
    day_after: str,
    days_zh: str,
    hearing_too: bool,
) -> Rule:
    """The row of a field. ``hearing_too``: the same days are for asking a hearing, where the party was told of one.

    The two days are those of a notice served on 1 June 2026.
    """
    waived = _waived("statement")
    if hearing_too:
        waived = all_of(waived, any_of(not_(_TOLD_OF_HEARING), _waived("hearing")))

    def shown(
        title: str,
        verdict: str,
        *events: dict[str, object],
        as_of: str = "2026-07-01",
        due: str | None = last_day,
    ) -> Example:
        return Example(title, verdict, events, as_of, CALENDAR, due=due)

    decided_early = fined("2026-06-03")
    rights = "没有被告知听证权利" if hearing_too else "没有放弃听证"
    examples = [
        shown("期满次日决定", "met", _notice(domain), fined(day_after)),
        shown("最后一日决定", "breached", _notice(domain), fined(last_day)),
        shown("期内，尚未决定", "pending", _notice(domain), as_of=last_day),
        shown("期满，尚未决定", "met", _notice(domain), as_of=day_after),
        shown(f"当事人放弃陈述申辩，{rights}", "met", _notice(domain), _waiver("statement"), decided_early),
        shown(
            "放弃在决定之后",
            "breached",
            _notice(domain),
            fined("2026-06-02"),
            _waiver("statement"),
        ),
        shown(
            "期内决定不予处罚",
            "met",
            _notice(domain),
            step("decision_made", "2026-06-03", outcome="no_penalty", procedure="ordinary"),
        ),
        Example(
            "简易程序",
            "not_applicable",
            (_notice(domain), fined("2026-06-01", 10_000, procedure="summary")),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "其他领域",
            "not_applicable",
            (_notice(other_domain(domain)), decided_early),
            "2026-07-01",
            CALENDAR,
        ),
        Example("没有填报领域", "unknown", (_notice(""), decided_early), "2026-07-01", CALENDAR),
        Example("没有日历且过了这些天", "unknown", (_notice(domain), fined(day_after)), "2026-07-01"),
    ]
    if hearing_too:
        to_hearing = _notice(domain, "right_to_hearing")
        examples += [
            shown("告知了听证而只放弃陈述申辩", "breached", to_hearing, _waiver("statement"), decided_early),
            shown("两项都放弃", "met", to_hearing, _waiver("statement", "hearing"), decided_early),
            shown(
                "单独告知听证后只放弃陈述申辩",
                "breached",
                _notice(domain),
                step("hearing_right_told", "2026-06-01"),
                _waiver("statement"),
                decided_early,
            ),
            shown(
                "放弃了陈述申辩，告知内容没有填报",
                "unknown",
                _notice(domain, states=False),
                _waiver("statement"),
                decided_early,
            ),
        ]
    else:
        examples.append(
            shown(
                "告知了听证而只放弃陈述申辩，听证另有规定",
                "met",
                _notice(domain, "right_to_hearing"),
                _waiver("statement"),
                decided_early,
            )
        )
    return Rule(
        id=rule_id,
        subject=("penalty_notice_served",),
        kinds=("penalty",),
        when=all_of(in_domain(domain), not_(_ON_THE_SPOT)),
        require=Wait(clock, _DECIDED, unless=waived),
        breach_zh="陈述申辩期内作出决定",
        duty_zh=f"处罚告知书送达后的{days_zh}留给当事人陈述申辩，期满之前不得作出处罚决定",
        remedy_zh="请等期限届满，或者由当事人书面放弃。",
        examples=tuple(examples),
    )
