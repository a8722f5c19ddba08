"""The constraints checked by plain loops over the log's rows: a second opinion that shares nothing with any engine.

For every constraint a verdict on each row of the log (``MET``, ``VIOLATED``, or ``SILENT`` where the row activates nothing).
A constraint on the case has its verdict on the case's first row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from .constraints import OF_THE_CASE, Condition, Constraint

SILENT, VIOLATED, MET = -1, 0, 1
Verdicts = np.ndarray[Any, np.dtype[np.int8]]
NUMBERS = ("amount", "expense", "paymentAmount", "totalPaymentAmount")


class Row(NamedTuple):
    act: str
    day: int
    values: dict[str, float]


Case = list[Row]
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "le": lambda a, b: a <= b,
    "eq": lambda a, b: a == b,
}


def cases(path: Path) -> Iterator[tuple[str, Case]]:
    """The cases in the order of the log. Its days are whole days and its rows stand in order; both are asserted."""
    from pyarrow import parquet

    table = parquet.read_table(path, columns=["case", "act", "ts", *NUMBERS])
    names, acts, times = (table[name].to_pylist() for name in ("case", "act", "ts"))
    values = [table[name].to_pylist() for name in NUMBERS]
    held: Case = []
    current: str | None = None
    for row in range(len(names)):
        if names[row] != current:
            if current is not None:
                yield current, held
            current, held = names[row], []
        at = times[row]
        assert not (at.hour or at.minute or at.second or at.microsecond)
        stated = {
            n: column[row] for n, column in zip(NUMBERS, values, strict=True) if column[row] is not None
        }
        held.append(Row(acts[row], at.toordinal(), stated))
        assert len(held) < 2 or held[-2].day <= held[-1].day
    if current is not None:
        yield current, held


def checked(constraints: tuple[Constraint, ...], log: list[tuple[str, Case]]) -> Verdicts:
    """Verdicts by constraint and row."""
    rows = sum(len(case) for _, case in log)
    found = np.full((len(constraints), rows), SILENT, dtype=np.int8)
    variants = _variants(log)
    for number, constraint in enumerate(constraints):
        if constraint.when is constraint.target is constraint.within is None:
            # It looks at nothing but the order of the activities, so that equal cases need one look.
            for case, begins in variants:
                for place, met in _of_case(constraint, case):
                    found[number, begins + place] = MET if met else VIOLATED
            continue
        begin = 0
        for _, case in log:
            for place, met in _of_case(constraint, case):
                found[number, begin + place] = MET if met else VIOLATED
            begin += len(case)
    return found


def _variants(log: list[tuple[str, Case]]) -> list[tuple[Case, np.ndarray[Any, Any]]]:
    """For each different sequence of activities a case that has it, and the first rows of all that have it."""
    begins: dict[tuple[str, ...], list[int]] = {}
    one: dict[tuple[str, ...], Case] = {}
    begin = 0
    for _, case in log:
        acts = tuple(row.act for row in case)
        one.setdefault(acts, case)
        begins.setdefault(acts, []).append(begin)
        begin += len(case)
    return [(one[acts], np.array(places)) for acts, places in begins.items()]


def _of_case(c: Constraint, case: Case) -> Iterator[tuple[int, bool]]:
    """The places that are judged in a case, and whether the constraint is met there."""
    if c.template in OF_THE_CASE:
        yield 0, _whole(c, case)
        return
    if c.template == "check":
        yield from ((place, _holds(c.when, row)) for place, row in enumerate(case) if row.act == c.a)
        return
    judge = _JUDGES[c.template]
    for place, row in enumerate(case):
        if row.act in c.activations and _holds(c.when, row):
            yield place, judge(c, case, place)


def _holds(condition: Condition | None, row: Row) -> bool:
    return condition is None or _COMPARE[condition.how](row.values[condition.column], condition.value)


def _whole(c: Constraint, case: Case) -> bool:
    if c.template == "init":
        return case[0].act == c.a
    count = 0
    for row in case:
        if row.act == c.a and _holds(c.when, row):
            count += c.within is None or c.within[0] <= row.day - case[0].day <= c.within[1]
    return {"existence": count >= c.n, "absence": count < c.n, "exactly_one": count == c.n}[c.template]


def _fits(c: Constraint, case: Case, here: int, there: int) -> bool:
    """Whether the row ``there`` may be the target of the activation ``here``, whatever its activity."""
    if c.within is not None and not c.within[0] <= abs(case[there].day - case[here].day) <= c.within[1]:
        return False
    return _holds(c.target, case[there])


def _after(c: Constraint, case: Case, here: int) -> bool:
    return any(case[k].act == c.b and _fits(c, case, here, k) for k in range(here + 1, len(case)))


def _before(c: Constraint, case: Case, here: int) -> bool:
    return any(case[k].act == c.a and _fits(c, case, here, k) for k in range(here))


def _anywhere(c: Constraint, case: Case, here: int) -> bool:
    return any(row.act == c.b and _fits(c, case, here, k) for k, row in enumerate(case))


def _both(c: Constraint, case: Case, here: int) -> bool:
    other = c.b if case[here].act == c.a else c.a
    return any(row.act == other for row in case)


def _alternate_after(c: Constraint, case: Case, here: int) -> bool:
    for row in case[here + 1 :]:
        if row.act == c.b:
            return True
        if row.act == c.a:
            return False
    return False


def _alternate_before(c: Constraint, case: Case, here: int) -> bool:
    for row in reversed(case[:here]):
        if row.act == c.a:
            return True
        if row.act == c.b:
            return False
    return False


def _next(c: Constraint, case: Case, here: int) -> bool:
    there = here + 1
    return there < len(case) and case[there].act == c.b and _fits(c, case, here, there)


def _previous(c: Constraint, case: Case, here: int) -> bool:
    return here > 0 and case[here - 1].act == c.a and _fits(c, case, here, here - 1)


Judge = Callable[[Constraint, Case, int], bool]


def _succession(after: Judge, before: Judge) -> Judge:
    return lambda c, case, here: (after if case[here].act == c.a else before)(c, case, here)


_JUDGES: dict[str, Judge] = {
    "responded_existence": _anywhere,
    "coexistence": _both,
    "noncoexistence": lambda c, case, here: not _anywhere(c, case, here),
    "response": _after,
    "not_response": lambda c, case, here: not _after(c, case, here),
    "precedence": _before,
    "succession": _succession(_after, _before),
    "altresponse": _alternate_after,
    "altprecedence": _alternate_before,
    "altsuccession": _succession(_alternate_after, _alternate_before),
    "chainresponse": _next,
    "chainprecedence": _previous,
    "chainsuccession": _succession(_next, _previous),
}
