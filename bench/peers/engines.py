"""Part 5: engines that judge one record of facts, per case. They are given the facts ready; Plumbline is given the events."""

from __future__ import annotations

from typing import Any

import numpy as np

from .brute_force import MET, Case
from .constraints import APPEAL, COLLECT, DATED, JUDGE, NOTIFY, PAY, PENALTY, SEND
from .measuring import timed
from .predicates import FACTS, PREDICATES, holds
from .running import Bench, median, print_head, print_row, versions_of
from .venvs import NotRun

#: Engines of one record at a time are given every tenth case; a second of theirs is long enough to time.
EVERY = 10
ONE_BY_ONE = ("rule-engine", "business-rules", "zen-engine")


def facts_of(case: Case) -> dict[str, float]:
    acts = [row.act for row in case]
    sent = [row.day - case[0].day for row in case if row.act == SEND]
    payments = [row for row in case if row.act == PAY]
    return {
        "amount": case[0].values["amount"],
        "sent_days": sent[0] if sent else -1,
        "payments": len(payments),
        "paid": payments[-1].values["totalPaymentAmount"] if payments else 0,
        "notified": int(NOTIFY in acts),
        "penalised": int(PENALTY in acts),
        "collected": int(COLLECT in acts),
        "appealed": int(any(act in acts for act in (DATED, APPEAL, JUDGE))),
    }


def engines(bench: Bench) -> None:
    print_head(
        "5. Ten yes-or-no predicates of a case (the engines are given the facts ready, Plumbline the events)"
    )
    records = [facts_of(case) for _, case in bench.log]
    expected = [sum(holds(predicate, record) for record in records) for predicate in PREDICATES]
    some = records[::EVERY]
    of_some = [sum(holds(predicate, record) for record in some) for predicate in PREDICATES]
    ours = bench.own("ours", predicates=True)
    if not bench.agree("Plumbline and plain Python", (ours["found"] == MET).sum(1), expected):
        return
    _row(bench, "Plumbline, from the events", ours, len(records), ours)
    for name in ONE_BY_ONE:
        if bench.wants(name):
            _peer(bench, name, "worker_engines.py", some, of_some, ours, engine=name)
    if bench.wants("openfisca"):
        _peer(bench, "openfisca", "worker_openfisca.py", records, expected, ours)
    if bench.wants("numpy"):
        _numpy(bench, records, expected, ours)


def _peer(
    bench: Bench,
    name: str,
    script: str,
    records: list[dict[str, float]],
    expected: list[int],
    ours: dict[str, Any],
    **task: Any,
) -> None:
    facts = [[record[fact] for fact in FACTS] for record in records]
    try:
        answer = bench.peer(name, script, facts=facts, **task)
    except NotRun as why:
        print(f"  {name} not run: {why}")
        return
    if bench.agree(name, answer["counts"], expected):
        _row(bench, versions_of(answer), answer, len(records), ours)


def _numpy(bench: Bench, records: list[dict[str, float]], expected: list[int], ours: dict[str, Any]) -> None:
    columns = {fact: np.array([record[fact] for record in records]) for fact in FACTS}
    compare: Any = {"gt": np.greater, "ge": np.greater_equal, "le": np.less_equal, "eq": np.equal}

    def judged() -> list[int]:
        return [
            int(np.logical_and.reduce([compare[t.how](columns[t.fact], t.value) for t in predicate]).sum())
            for predicate in PREDICATES
        ]

    counts, took = timed(judged, bench.runs)
    if bench.agree("NumPy", counts, expected):
        _row(
            bench,
            f"NumPy {np.__version__}, over ready columns",
            {"took": took, "peak_mb": 0},
            len(records),
            ours,
        )


def _row(bench: Bench, name: str, answer: dict[str, Any], cases: int, ours: dict[str, Any]) -> None:
    """Seconds for all cases of the log, also where fewer were timed."""
    times = len(bench.log) / cases
    scaled = {**answer, "took": [[seconds * times for seconds in run] for run in answer["took"]]}
    micros = median(answer["took"], 1) / cases * 1e6
    print_row(f"{name}: {micros:,.3f} µs a case", scaled, None if answer is ours else ours)
