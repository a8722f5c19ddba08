"""A small dedicated kernel: five templates, table-driven, over sorted columns. What a general engine is measured against.

It knows nothing but activities, days and amounts as integers, and only counts. Run as a process of its own.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit

from .constraints import ACTIVITIES, Constraint, from_data
from .measuring import answer, asked, timed

WITHIN, AFTER, NOT_AFTER, BEFORE, FIELD = range(5)
COLUMNS = ("amount", "expense", "paymentAmount", "totalPaymentAmount")
Array = np.ndarray[Any, np.dtype[Any]]


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def count(
    table: Array, act: Array, day: Array, amounts: Array, starts: Array, begin: int, end: int, counts: Array
) -> None:
    """Add up, by rule, the activations that violate and those that meet, over the cases from ``begin`` to ``end``."""
    for case in range(begin, end):
        first, stop = starts[case], starts[case + 1]
        here = 0
        for row in range(first, stop):
            here |= 1 << act[row]
        for rule in range(table.shape[0]):
            template, activation, other, limit, column = table[rule]
            if not here >> activation & 1:
                continue
            for row in range(first, stop):
                if act[row] != activation:
                    continue
                met = 0
                if template == FIELD:
                    met = int(amounts[column, row] > limit)
                elif template == BEFORE:
                    for k in range(first, row):
                        if act[k] == other:
                            met = 1
                            break
                else:
                    for k in range(row + 1, stop):
                        if act[k] == other:
                            met = int(template == AFTER or day[k] - day[row] <= limit)
                            break
                    if template == NOT_AFTER:
                        met = 1
                        for k in range(row + 1, stop):
                            if act[k] == other:
                                met = 0
                                break
                counts[rule, met] += 1


def table_of(constraints: tuple[Constraint, ...]) -> Array:
    """A row for each rule: template, activity judged, other activity, limit (days or cents), column."""
    number = {name: place for place, name in enumerate(ACTIVITIES)}

    def row(c: Constraint) -> tuple[int, int, int, int, int]:
        if c.template == "check":
            assert c.when is not None
            return FIELD, number[c.a], 0, round(c.when.value * 100), COLUMNS.index(c.when.column)
        if c.template == "precedence":
            return BEFORE, number[c.b], number[c.a], 0, 0
        template = NOT_AFTER if c.template == "not_response" else WITHIN if c.within else AFTER
        return template, number[c.a], number[c.b], c.within[1] if c.within else 0, 0

    return np.array([row(c) for c in constraints], dtype=np.int64)


def columns_of(path: Path) -> tuple[Array, Array, Array, Array]:
    """Activity, day, amounts in cents and the cases' first rows."""
    from pyarrow import parquet

    log = parquet.read_table(path, columns=["case", "act", "ts", *COLUMNS])
    number = {name: place for place, name in enumerate(ACTIVITIES)}
    act = np.array([number[name] for name in log["act"].to_pylist()], dtype=np.int8)
    day = log["ts"].to_numpy().astype("datetime64[D]").astype(np.int32)
    amounts = np.array(
        [np.round(np.nan_to_num(log[name].to_numpy(), nan=-1) * 100).astype(np.int32) for name in COLUMNS]
    )
    case = log["case"].combine_chunks().dictionary_encode().indices.to_numpy()
    starts = np.concatenate(([0], np.nonzero(np.diff(case))[0] + 1, [len(case)]))
    return act, day, amounts, starts


def main() -> None:
    task = asked()
    table = table_of(from_data(task["constraints"]))
    columns = columns_of(Path(task["log"]))
    cases = len(columns[3]) - 1

    def counted(threads: int) -> Array:
        parts = [np.zeros((len(table), 2), dtype=np.int64) for _ in range(threads)]
        bounds = np.linspace(0, cases, threads + 1).astype(np.int64)
        if threads == 1:
            count(table, *columns, 0, cases, parts[0])
        else:
            with ThreadPoolExecutor(threads) as pool:
                list(
                    pool.map(
                        lambda k: count(table, *columns, bounds[k], bounds[k + 1], parts[k]), range(threads)
                    )
                )
        return np.array(sum(parts))

    counted(1)
    counts, one = timed(lambda: counted(1), task["runs"])
    _, two = timed(lambda: counted(2), task["runs"])
    answer(
        task,
        took=one,
        took_with_two_threads=two,
        counts=counts.tolist(),
        versions={name: version(name) for name in ("numba", "numpy")},
    )


if __name__ == "__main__":
    main()
