"""The constraints as rules of Plumbline, through the public rule language, with the words and the mapping of the log.

A constraint on the case is asked at the creation of the fine, which every case of this log has once and first.
"""

from __future__ import annotations

from typing import Any

from plumbline.rules import Rule, duty, vocabulary
from plumbline.rules.expression import Expression
from plumbline.rules.forms.outcome import Form
from plumbline.rules.language import (
    NEVER,
    Check,
    Clock,
    Stop,
    Within,
    activity,
    all_of,
    any_of,
    choose,
    comes_before,
    count,
    days_between,
    event,
    exists,
    field,
    first,
    it,
    it_activity,
    it_on,
    it_order,
    last,
    not_,
    on,
)
from plumbline.rules.logs import read_mapping
from plumbline.rules.nodes.selection import Selection

from .constraints import (
    ACTIVITIES,
    APPEAL,
    COLLECT,
    CREATE,
    DATED,
    JUDGE,
    NOTIFY,
    OF_THE_CASE,
    PAY,
    PENALTY,
    SEND,
    Condition,
    Constraint,
)
from .predicates import PREDICATES, Term
from .temporal import Interval

#: Fields of each activity, by the column of the log they are read from; amounts in cents.
_FIELDS = {
    CREATE: {"amount": "cents"},
    SEND: {"expense": "cents"},
    PENALTY: {"amount": "cents"},
    PAY: {"paymentAmount": "cents", "totalPaymentAmount": "cents"},
}


def word(act: str) -> str:
    """The activity of the log as a word of ours."""
    return "log_" + act.lower().replace(" ", "_")


def name_of(column: str) -> str:
    return {"paymentAmount": "payment", "totalPaymentAmount": "paid"}.get(column, column)


WORDS = vocabulary(
    "fine", {word(act): {name_of(c): "int" for c in _FIELDS.get(act, {})} for act in ACTIVITIES}
)
MAPPING = read_mapping(
    {
        "kind": "fine",
        "agency": "POLICE",
        "case": "case",
        "activity": "act",
        "time": "ts",
        "date_only_at_midnight": True,
        "activities": {
            act: {
                "activity": word(act),
                "data": {name_of(c): {"column": c, "as": form} for c, form in _FIELDS.get(act, {}).items()},
            }
            for act in ACTIVITIES
        },
    },
    WORDS,
)
_EVERY = tuple(word(act) for act in ACTIVITIES)
_FOLLOWING, _PRECEDING = event(*_EVERY, place="after"), event(*_EVERY, place="before")


def rules_of(constraints: tuple[Constraint, ...]) -> list[Rule]:
    return [_rule(number, constraint) for number, constraint in enumerate(constraints)]


def rules_of_profile(intervals: tuple[Interval, ...]) -> list[Rule]:
    """For each pair one rule: no earlier event of the first lies further off, or nearer, than the profile allows."""
    return [
        Rule(
            id=f"P-{number}",
            subject=(word(each.b),),
            require=Check(not_(exists(event(word(each.a), place="before", where=_outside(each))))),
            duty_zh="两项活动的间隔在常见范围内",
            own_facts=duty(f"P-{number}", source="temporal profile"),
        )
        for number, each in enumerate(intervals)
    ]


def rules_of_predicates() -> list[Rule]:
    """Each predicate as a demand on the creation of the fine: met where it is true."""
    return [
        Rule(
            id=f"Q-{number}",
            subject=(word(CREATE),),
            require=Check(all_of(*(_term(term) for term in predicate))),
            duty_zh="个案符合条件",
            own_facts=duty(f"Q-{number}", source="predicates"),
        )
        for number, predicate in enumerate(PREDICATES)
    ]


def _term(term: Term) -> Expression:
    """A comparison of a fact, which is worked out from the events of the case."""
    if term.fact in _HAPPENED:
        found = exists(event(*(word(act) for act in _HAPPENED[term.fact])))
        return found if term.value else not_(found)
    fact, value = {
        "amount": (field("amount"), term.value * 100),
        "sent_days": (days_between(on(), first(event(word(SEND)), it_on())), term.value),
        "payments": (count(event(word(PAY))), term.value),
        "paid": (last(event(word(PAY)), it("paid"), 0), term.value * 100),
    }[term.fact]
    compared: Expression = getattr(fact, term.how)(round(value))
    return compared


_HAPPENED = {
    "notified": (NOTIFY,),
    "penalised": (PENALTY,),
    "collected": (COLLECT,),
    "appealed": (DATED, APPEAL, JUDGE),
}


def _outside(each: Interval) -> Expression:
    apart = days_between(it_on(), on())
    return any_of(apart.lt(each.least), apart.gt(each.most))


def _rule(number: int, c: Constraint) -> Rule:
    subject = c.activations or (CREATE,)
    return Rule(
        id=f"C-{number}",
        subject=tuple(word(act) for act in subject),
        counts=_said(c.when, field) if c.when and c.template not in OF_THE_CASE | {"check"} else None,
        require=_form(c),
        duty_zh=c.name(),
        own_facts=duty(f"C-{number}", source="DECLARE"),
    )


def _said(condition: Condition, read: Any) -> Expression:
    """A comparison of an amount: columns are in euros, our fields in cents."""
    part: Expression = getattr(read(name_of(condition.column)), condition.how)(round(condition.value * 100))
    return part


def _form(c: Constraint) -> Form:
    """What is demanded of an activation."""
    if c.template == "response" and c.within is not None and c.within[0] == 0:
        # Judged when every term has run out, so that what has not come is a breach and not pending.
        stop = Stop(_target(c, c.b, "after", timed=False))
        return Within(Clock(c.within[1], "cd", roll=False), (stop,))
    return Check(_condition(c))


def _condition(c: Constraint) -> Expression:
    match c.template:
        case "check":
            assert c.when is not None
            return _said(c.when, field)
        case "existence":
            return exists(_in_case(c)) if c.n == 1 else count(_in_case(c)).ge(c.n)
        case "absence":
            return not_(exists(_in_case(c))) if c.n == 1 else count(_in_case(c)).lt(c.n)
        case "exactly_one":
            return count(_in_case(c)).eq(1)
        case "init":
            return first(event(*_EVERY), it_activity()).eq(word(c.a))
        case "responded_existence":
            return exists(_target(c, c.b, "anywhere"))
        case "noncoexistence":
            return not_(exists(_target(c, c.b, "anywhere")))
        case "coexistence":
            return _either(c, exists(event(word(c.b))), exists(event(word(c.a))))
        case "response":
            return exists(_target(c, c.b, "after"))
        case "not_response":
            return not_(exists(_target(c, c.b, "after")))
        case "precedence":
            return exists(_target(c, c.a, "before"))
        case "succession":
            return _either(c, exists(_target(c, c.b, "after")), exists(_target(c, c.a, "before")))
        case "altresponse":
            return _alternate_after(c)
        case "altprecedence":
            return _alternate_before(c)
        case "altsuccession":
            return _either(c, _alternate_after(c), _alternate_before(c))
        case "chainresponse":
            return _next(c)
        case "chainprecedence":
            return _previous(c)
        case "chainsuccession":
            return _either(c, _next(c), _previous(c))
    raise ValueError(c.template)


def _either(c: Constraint, of_a: Expression, of_b: Expression) -> Expression:
    return choose(activity().eq(word(c.a)), of_a, of_b)


def _in_case(c: Constraint) -> Selection:
    parts = [_said(c.when, it)] if c.when else []
    return event(word(c.a), where=_all([*parts, *_window(c)]))


def _target(c: Constraint, act: str, place: Any, *, timed: bool = True) -> Selection:
    parts = [_said(c.target, it)] if c.target else []
    return event(word(act), place=place, where=_all([*parts, *(_window(c, place) if timed else [])]))


def _window(c: Constraint, place: str = "after") -> list[Expression]:
    if c.within is None:
        return []
    apart = days_between(it_on(), on()) if place == "before" else days_between(on(), it_on())
    least, most = c.within
    # Events stand in order, so that no distance is below nothing.
    return [*([apart.ge(least)] if least else []), apart.le(most)]


def _all(parts: list[Expression]) -> Expression | None:
    return None if not parts else parts[0] if len(parts) == 1 else all_of(*parts)


def _alternate_after(c: Constraint) -> Expression:
    return comes_before(event(word(c.b), place="after"), event(word(c.a), place="after"))


def _alternate_before(c: Constraint) -> Expression:
    latest_a = last(event(word(c.a), place="before"), it_order(), -1)
    return latest_a.gt(last(event(word(c.b), place="before"), it_order(), -1))


def _next(c: Constraint) -> Expression:
    return _beside(c, first, _FOLLOWING, c.b, "after")


def _previous(c: Constraint) -> Expression:
    return _beside(c, last, _PRECEDING, c.a, "before")


def _beside(c: Constraint, pick: Any, neighbours: Selection, act: str, place: Any) -> Expression:
    """Whether the neighbour is of an activity, and, with a condition or a window, whether it is one that satisfies them."""
    if c.target is None and c.within is None:
        return pick(neighbours, it_activity()).eq(word(act))
    order = pick(neighbours, it_order(), NEVER)
    return pick(_target(c, act, place), it_order(), -1).eq(order)
