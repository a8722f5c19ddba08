"""Declarative constraints as data: written once, turned into each tool's own form.

Templates are those of DECLARE and of its multi-perspective extension (MP-DECLARE): an *activation* (an event of ``a``, for the
precedences of ``b``) that satisfies ``when`` demands, or forbids, a *target* that satisfies ``target`` and lies ``within`` so many
days of it. Nothing here needs more than the standard library, for the peers' own environments read it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import permutations
from typing import Any

CREATE, SEND, NOTIFY, PENALTY, PAY, COLLECT = (
    "Create Fine",
    "Send Fine",
    "Insert Fine Notification",
    "Add penalty",
    "Payment",
    "Send for Credit Collection",
)
DATED, APPEAL, RESULT, TOLD, JUDGE = (
    "Insert Date Appeal to Prefecture",
    "Send Appeal to Prefecture",
    "Receive Result Appeal from Prefecture",
    "Notify Result Appeal to Offender",
    "Appeal to Judge",
)
ACTIVITIES = (CREATE, SEND, NOTIFY, PENALTY, PAY, COLLECT, DATED, APPEAL, RESULT, TOLD, JUDGE)

#: One verdict for a case; every other template gives one for each activation.
OF_THE_CASE = frozenset({"existence", "absence", "exactly_one", "init"})
#: Activated by both activities.
OF_BOTH = frozenset({"coexistence", "succession", "altsuccession", "chainsuccession"})
OF_B = frozenset({"precedence", "altprecedence", "chainprecedence"})


@dataclass(frozen=True)
class Condition:
    """A comparison of one column of an event with a value (``gt``, ``ge``, ``le`` or ``eq``)."""

    column: str
    how: str
    value: Any


@dataclass(frozen=True)
class Constraint:
    """``n`` is the number of existence and absence; ``within`` the least and the greatest distance in days, both allowed."""

    template: str
    a: str
    b: str = ""
    when: Condition | None = None
    target: Condition | None = None
    within: tuple[int, int] | None = None
    n: int = 1

    @property
    def activations(self) -> tuple[str, ...]:
        """The activities whose events are judged; none for a template that judges the case."""
        if self.template in OF_THE_CASE:
            return ()
        return (
            (self.a, self.b) if self.template in OF_BOTH else (self.b if self.template in OF_B else self.a,)
        )

    def name(self) -> str:
        return f"{self.template}[{self.a}{', ' + self.b if self.b else ''}]"


def as_data(constraints: tuple[Constraint, ...]) -> list[dict[str, Any]]:
    return [asdict(constraint) for constraint in constraints]


def from_data(documents: list[dict[str, Any]]) -> tuple[Constraint, ...]:
    def one(document: dict[str, Any]) -> Constraint:
        held = dict(document)
        for part in ("when", "target"):
            held[part] = Condition(**held[part]) if held[part] else None
        held["within"] = tuple(held["within"]) if held["within"] else None
        return Constraint(**held)

    return tuple(one(document) for document in documents)


def multi_perspective() -> tuple[Constraint, ...]:
    """Ten MP-DECLARE constraints with time windows and data conditions, after what the literature says of this log."""
    return (
        Constraint("response", CREATE, SEND, when=Condition("amount", "gt", 30), within=(0, 90)),
        Constraint("response", NOTIFY, PENALTY, within=(0, 60)),
        Constraint("response", PENALTY, COLLECT, when=Condition("amount", "gt", 100), within=(0, 1825)),
        Constraint("precedence", NOTIFY, PENALTY, within=(60, 100_000)),
        Constraint("precedence", SEND, PAY, when=Condition("paymentAmount", "gt", 50), within=(0, 365)),
        Constraint("existence", PAY, when=Condition("paymentAmount", "gt", 20), within=(0, 365)),
        Constraint("absence", PAY, when=Condition("paymentAmount", "gt", 0), within=(0, 100_000), n=2),
        Constraint(
            "chainresponse",
            CREATE,
            SEND,
            when=Condition("amount", "gt", 20),
            target=Condition("expense", "gt", 11),
            within=(0, 120),
        ),
        Constraint("chainprecedence", SEND, NOTIFY, within=(0, 30)),
        Constraint(
            "not_response", PAY, COLLECT, when=Condition("totalPaymentAmount", "gt", 50), within=(0, 3650)
        ),
    )


def plain_ten() -> tuple[Constraint, ...]:
    """Ten DECLARE constraints, of ten templates."""
    return (
        Constraint("existence", SEND),
        Constraint("absence", JUDGE),
        Constraint("exactly_one", CREATE),
        Constraint("init", CREATE),
        Constraint("response", PENALTY, COLLECT),
        Constraint("precedence", NOTIFY, PENALTY),
        Constraint("responded_existence", DATED, APPEAL),
        Constraint("chainresponse", SEND, NOTIFY),
        Constraint("noncoexistence", PAY, COLLECT),
        Constraint("altresponse", RESULT, TOLD),
    )


#: Every template that pm4py checks, but for its two negated successions, which it does not define as DECLARE does.
UNARY = ("existence", "absence", "exactly_one", "init")
BINARY = (
    "responded_existence", "coexistence", "noncoexistence", "response", "precedence", "succession", "altresponse",
    "altprecedence", "altsuccession", "chainresponse", "chainprecedence", "chainsuccession",
)  # fmt: skip


def plain_hundred() -> tuple[Constraint, ...]:
    """A hundred DECLARE constraints: four of each unary template, seven of each binary one."""
    found = [Constraint(template, ACTIVITIES[k]) for template in UNARY for k in range(4)]
    pairs = list(permutations(ACTIVITIES, 2))
    for place, template in enumerate(BINARY):
        found += [Constraint(template, *pairs[(place * 9 + k * 17) % len(pairs)]) for k in range(7)]
    return tuple(found)


def for_the_prototype(count: int) -> tuple[Constraint, ...]:
    """As many of each of the five templates that the dedicated kernel has, over pairs that follow each other in the log."""
    often = list(permutations((CREATE, SEND, NOTIFY, PENALTY, PAY, COLLECT), 2))
    fields = (
        (CREATE, "amount"), (PENALTY, "amount"), (SEND, "expense"), (PAY, "paymentAmount"), (PAY, "totalPaymentAmount"),
    )  # fmt: skip

    def made() -> Iterator[Constraint]:
        for k in range(count // 5):
            a, b = often[k * 7 % len(often)]
            yield Constraint("response", a, b, within=(0, 30 * (k + 1)))
            yield Constraint("response", a, b)
            yield Constraint("not_response", b, a)
            yield Constraint("precedence", a, b)
            activity, column = fields[k % len(fields)]
            yield Constraint("check", activity, when=Condition(column, "gt", 10 + 5 * k))

    return tuple(made())
