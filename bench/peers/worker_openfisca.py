"""OpenFisca: the predicates as variables of an entity, over all cases at once. Run in an environment of its own."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import numpy as np
from measuring import answer, asked, timed
from openfisca_core import entities, periods, taxbenefitsystems, variables
from openfisca_core.simulations import SimulationBuilder
from predicates import FACTS, PREDICATES, Term

YEAR = "2013"
_COMPARE = {"gt": np.greater, "ge": np.greater_equal, "le": np.less_equal, "eq": np.equal}
Case = entities.build_entity(key="case", plural="cases", label="Case", is_person=True)


def variable(name: str, kind: type, formula: Any = None) -> Any:
    parts: dict[str, Any] = {
        "value_type": kind, "entity": Case, "definition_period": periods.DateUnit.YEAR, "label": name,
    }  # fmt: skip
    if formula is not None:
        parts["formula"] = formula
    return type(name, (variables.Variable,), parts)


def formula_of(predicate: tuple[Term, ...]) -> Any:
    def formula(case: Any, period: Any) -> Any:
        found = True
        for t in predicate:
            found = found & _COMPARE[t.how](case(t.fact, period), t.value)
        return found

    return formula


task = asked()
system = taxbenefitsystems.TaxBenefitSystem([Case])
for name in FACTS:
    system.add_variable(variable(name, float))
for number, predicate in enumerate(PREDICATES):
    system.add_variable(variable(f"p{number}", bool, formula_of(predicate)))
columns = np.array(task["facts"], dtype=np.float32).T


def simulate() -> list[int]:
    simulation = SimulationBuilder().build_default_simulation(system, count=columns.shape[1])
    for name, column in zip(FACTS, columns, strict=True):
        simulation.set_input(name, YEAR, column)
    return [int(simulation.calculate(f"p{n}", YEAR).sum()) for n in range(len(PREDICATES))]


counts, took = timed(simulate, task["runs"])
answer(
    task,
    took=took,
    counts=counts,
    versions={name: version(name) for name in ("OpenFisca-Core", "numpy")},
)
