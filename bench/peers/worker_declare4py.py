"""Declare4Py on MP-DECLARE constraints. Run in an environment of its own; the log is in memory before a time counts."""

from __future__ import annotations

from importlib.metadata import version

import numpy as np
import pm4py
from constraints import Condition, Constraint, from_data
from Declare4Py.D4PyEventLog import D4PyEventLog
from Declare4Py.ProcessMiningTasks.ConformanceChecking.MPDeclareAnalyzer import MPDeclareAnalyzer
from Declare4Py.ProcessModels.DeclareModel import DeclareModel
from fines_frame import frame
from measuring import answer, asked, timed

TEMPLATES = {
    "response": "Response", "precedence": "Precedence", "existence": "Existence", "absence": "Absence",
    "chainresponse": "Chain Response", "chainprecedence": "Chain Precedence", "not_response": "Not Response",
}  # fmt: skip
SIGNS = {"gt": ">", "ge": ">=", "le": "<=", "eq": "="}
OF_THE_CASE = {"existence", "absence"}


def line(constraint: Constraint) -> str:
    """A constraint in the language of the Declare tools."""
    template = TEMPLATES[constraint.template]
    window = f"{constraint.within[0]},{constraint.within[1]},d" if constraint.within else ""
    if constraint.template in OF_THE_CASE:
        return f"{template}{constraint.n}[{constraint.a}] |{said(constraint.when, 'A')} |{window}"
    return (
        f"{template}[{constraint.a}, {constraint.b}] |{said(constraint.when, 'A')} "
        f"|{said(constraint.target, 'T')} |{window}"
    )


def said(condition: Condition | None, of: str) -> str:
    return f"{of}.{condition.column} {SIGNS[condition.how]} {condition.value}" if condition else ""


task = asked()
constraints = from_data(task["constraints"])
log = pm4py.convert_to_event_log(frame(task["log"]))
log._properties |= {
    "pm4py:param:timestamp_key": "time:timestamp",
    "pm4py:param:activity_key": "concept:name",
}  # as reading an XES sets them
wrapped = D4PyEventLog(case_name="case:concept:name", log=log)
activities = "\n".join(f"activity {name}" for name in task["activities"])
model = DeclareModel().parse_from_string(activities + "\n" + "\n".join(map(line, constraints)))
assert len(model.constraints) == len(constraints), model.serialized_constraints

result, took = timed(MPDeclareAnalyzer(wrapped, model, consider_vacuity=True).run, task["runs"])
found = np.zeros((len(constraints), len(log), 2), dtype=np.int32)
for case, answers in enumerate(result.model_check_res):
    for number, each in enumerate(answers):
        if constraints[number].template in OF_THE_CASE:
            violated = each.state.value == "Violated"
            found[number, case] = (not violated, violated)
        else:
            found[number, case] = (each.num_fulfillments, each.num_violations)
np.save(task["found"], found)
answer(
    task,
    took=took,
    cases=[trace.attributes["concept:name"] for trace in log],
    versions={name: version(name) for name in ("Declare4Py", "pm4py", "pandas", "numpy")},
)
