"""pm4py: DECLARE conformance, the temporal profile, and reading XES. Run in an environment of its own."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import numpy as np
import pm4py
from constraints import from_data
from fines_frame import frame
from measuring import answer, asked, timed


def declare(task: dict[str, Any]) -> dict[str, Any]:
    """By constraint and case: whether pm4py reports a deviation."""
    constraints = from_data(task["constraints"])
    model: dict[str, dict[Any, dict[str, int]]] = {}
    place: dict[tuple[str, Any], int] = {}
    for number, c in enumerate(constraints):
        key: Any = (c.a, c.b) if c.b else c.a
        model.setdefault(c.template, {})[key] = {"support": 1, "confidence": 1}
        place[c.template, key] = number
    log = frame(task["log"])
    result, took = timed(lambda: pm4py.conformance_declare(log, model), task["runs"])
    found = np.zeros((len(constraints), len(result)), dtype=np.int8)
    for case, each in enumerate(result):
        for template, key in each["deviations"]:
            found[place[template, key], case] = 1
    np.save(task["found"], found)
    return {"took": took, "cases": list(log["case:concept:name"].unique())}


def profile(task: dict[str, Any]) -> dict[str, Any]:
    """The profile, and by pair and case whether a pair of events lies outside it."""
    log = frame(task["log"])
    made, discovering = timed(lambda: pm4py.discover_temporal_profile(log), task["runs"])
    pairs = sorted(made)
    result, took = timed(
        lambda: pm4py.conformance_temporal_profile(log, made, zeta=task["zeta"]), task["runs"]
    )
    found = np.zeros((len(pairs), len(result)), dtype=np.int8)
    place = {pair: number for number, pair in enumerate(pairs)}
    for case, deviations in enumerate(result):
        for a, b, _, _ in deviations:
            found[place[a, b], case] = 1
    np.save(task["found"], found)
    return {
        "took": took,
        "discovering": discovering,
        "profile": [[a, b, float(made[a, b][0]), float(made[a, b][1])] for a, b in pairs],
        "cases": list(log["case:concept:name"].unique()),
    }


def read_xes(task: dict[str, Any]) -> dict[str, Any]:
    """From XES to Parquet."""

    def converted() -> int:
        log = pm4py.read_xes(task["xes"])
        log.to_parquet(task["parquet"])
        return len(log)

    rows, took = timed(converted, task["runs"])
    return {"took": took, "rows": rows}


DO = {"declare": declare, "profile": profile, "read_xes": read_xes}
task = asked()
found = DO[task["do"]](task)
answer(task, **found, versions={name: version(name) for name in ("pm4py", "pandas", "numpy")})
