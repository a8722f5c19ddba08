"""Ten yes-or-no questions about a case, for engines that judge one record of facts at a time.

The facts of a case are worked out beforehand, in plain Python, and given to the engines ready; Plumbline is given the events.
Standard library alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

#: Days until the fine was sent are -1 where it was not; yes and no are 1 and 0.
FACTS = ("amount", "sent_days", "payments", "paid", "notified", "penalised", "collected", "appealed")


@dataclass(frozen=True)
class Term:
    fact: str
    how: str  # gt, ge, le, eq
    value: float


#: Each is true where all its terms are.
PREDICATES: tuple[tuple[Term, ...], ...] = (
    (Term("amount", "gt", 50),),
    (Term("sent_days", "ge", 0), Term("sent_days", "le", 90)),
    (Term("payments", "ge", 2),),
    (Term("paid", "ge", 50),),
    (Term("collected", "eq", 1),),
    (Term("penalised", "eq", 1), Term("payments", "eq", 0)),
    (Term("appealed", "eq", 1), Term("collected", "eq", 0)),
    (Term("amount", "gt", 30), Term("paid", "eq", 0)),
    (Term("notified", "eq", 1), Term("penalised", "eq", 0)),
    (Term("sent_days", "gt", 90), Term("amount", "le", 40)),
)
_SIGNS = {"gt": ">", "ge": ">=", "le": "<=", "eq": "=="}


def as_text(predicate: Sequence[Term], both: str = "and") -> str:
    """A predicate as most expression languages write it."""
    return f" {both} ".join(f"{t.fact} {_SIGNS[t.how]} {t.value:g}" for t in predicate)


def holds(predicate: Sequence[Term], facts: dict[str, Any]) -> bool:
    compare = {
        "gt": lambda a, b: a > b,
        "ge": lambda a, b: a >= b,
        "le": lambda a, b: a <= b,
        "eq": lambda a, b: a == b,
    }
    return all(compare[t.how](facts[t.fact], t.value) for t in predicate)
