"""The parts of the comparison, one function each. Counts first: a time is printed only where they are the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from . import brute_force, temporal
from .brute_force import MET, VIOLATED, Verdicts
from .constraints import (
    Constraint,
    as_data,
    for_the_prototype,
    multi_perspective,
    plain_hundred,
    plain_ten,
)
from .running import Bench, print_head, print_row, versions_of
from .venvs import NotRun

#: Of pm4py's profile: how many deviations from the mean are still usual.
ZETA = 2.0


def _judged(bench: Bench, constraints: tuple[Constraint, ...]) -> tuple[Verdicts, dict[str, Any]] | None:
    """The checker's verdicts and our answer, when they are the same on every event."""
    expected = brute_force.checked(constraints, bench.log)
    ours = bench.own("ours", constraints=as_data(constraints))
    if not bench.agree("Plumbline and the checker", ours["found"], expected, [c.name() for c in constraints]):
        return None
    met, violated = int((expected == MET).sum()), int((expected == VIOLATED).sum())
    print(
        f"  {met + violated:,} verdicts, {met:,} met and {violated:,} violated: Plumbline and the checker agree on each"
    )
    return expected, ours


def _print_ours(ours: dict[str, Any], rules: int) -> None:
    print_row(f"Plumbline, {rules} rules, 1 thread", ours)
    print_row(f"Plumbline, {rules} rules, 2 threads", ours, took="took_with_two_threads")


def declare4py(bench: Bench) -> None:
    """Ten MP-DECLARE constraints with time windows and data conditions."""
    constraints = multi_perspective()
    print_head("1. Ten MP-DECLARE constraints with time windows and data conditions")
    judged = _judged(bench, constraints)
    if judged is None:
        return
    expected, ours = judged
    _print_ours(ours, 10)
    peer = bench.peer("declare4py", "worker_declare4py.py", constraints=as_data(constraints))
    found = peer["found"][:, bench.in_order(peer["cases"])]
    met, violated = bench.by_case(expected)
    if bench.agree(
        "Declare4Py and the checker, fulfilments and violations of each case",
        found,
        np.stack([met, violated], axis=2),
        [c.name() for c in constraints],
    ):
        print_row("Declare4Py", peer, ours)
        print(
            f"  {versions_of(peer)}; the same fulfilments and violations in each of {len(bench.log):,} cases"
        )


def pm4py_declare(bench: Bench) -> None:
    """Ten and a hundred plain DECLARE constraints."""
    for constraints in (plain_ten(), plain_hundred()):
        print_head(f"2. {len(constraints)} DECLARE constraints")
        judged = _judged(bench, constraints)
        if judged is None:
            continue
        expected, ours = judged
        _print_ours(ours, len(constraints))
        peer = bench.peer("pm4py", "worker_pm4py.py", do="declare", constraints=as_data(constraints))
        found = peer["found"][:, bench.in_order(peer["cases"])]
        if bench.agree(
            "pm4py and the checker, whether a case deviates",
            found.astype(bool),
            bench.by_case(expected)[1] > 0,
            [c.name() for c in constraints],
        ):
            print_row("pm4py, conformance_declare", peer, ours)
            print(f"  {versions_of(peer)}; the same deviations in each of {len(bench.log):,} cases")


def pm4py_profile(bench: Bench) -> None:
    """The temporal profile. What pm4py reports for a pair of events, the rule says once for its second event; the
    comparison is whether a pair of activities has a deviation in a case."""
    print_head("3. Temporal profile, conformance")
    peer = bench.peer("pm4py", "worker_pm4py.py", do="profile", zeta=ZETA)
    wanted = temporal.intervals(peer["profile"], ZETA)
    expected = temporal.checked(wanted, bench.log)
    names = [f"{each.a} … {each.b}" for each in wanted]
    ours = bench.own("ours", profile=[[e.a, e.b, e.least, e.most] for e in wanted])
    deviating = bench.by_case(expected)[1] > 0
    found = peer["found"][:, bench.in_order(peer["cases"])].astype(bool)
    if bench.agree("Plumbline and the checker", ours["found"], expected, names) and bench.agree(
        "pm4py and the checker", found, deviating, names
    ):
        print(
            f"  {len(wanted)} pairs, {int(deviating.sum()):,} of them deviate in some case (zeta {ZETA:g}): all three agree"
        )
        _print_ours(ours, len(wanted))
        print_row("pm4py, conformance_temporal_profile", peer, ours)
        print_row("pm4py, discover_temporal_profile (we have no such thing)", peer, took="discovering")


def prototype(bench: Bench) -> None:
    """The dedicated kernel, in the same run."""
    for count in (20, 100):
        constraints = for_the_prototype(count)
        print_head(f"6. {count} rules of five templates: the dedicated kernel (it only counts)")
        judged = _judged(bench, constraints)
        if judged is None:
            continue
        expected, ours = judged
        alone = bench.own("prototype", constraints=as_data(constraints))
        counts = np.stack([(expected == VIOLATED).sum(1), (expected == MET).sum(1)], axis=1)
        if not bench.agree("the dedicated kernel and the checker", alone["counts"], counts):
            continue
        print_row("dedicated kernel, 1 thread", alone)
        print_row("dedicated kernel, 2 threads", alone, took="took_with_two_threads")
        both = {"took": alone["took_with_two_threads"]}
        # x: of the dedicated kernel's time, which makes no verdicts.
        print_row("Plumbline, counting, 1 thread", ours, alone, took="counting")
        print_row("Plumbline, counting, 2 threads", ours, both, took="counting_with_two_threads")
        print_row("Plumbline, every verdict, 1 thread", ours, alone)
        print_row("Plumbline, every verdict, 2 threads", ours, both, took="took_with_two_threads")


def guarded(part: Callable[[Bench], None], bench: Bench) -> None:
    try:
        part(bench)
    except NotRun as why:
        print(f"  not run: {why}")


__all__ = ["declare4py", "guarded", "pm4py_declare", "pm4py_profile", "prototype"]
