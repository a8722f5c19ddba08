"""Rule engines that judge a record at a time: rule-engine, business-rules, zen-engine. Run in environments of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from measuring import answer, asked, timed
from predicates import FACTS, PREDICATES, as_text

Record = dict[str, float]
Judge = Callable[[Record], list[bool]]


def rule_engine() -> Judge:
    import rule_engine

    rules = [rule_engine.Rule(as_text(predicate)) for predicate in PREDICATES]
    return lambda record: [rule.matches(record) for rule in rules]


def business_rules() -> Judge:
    from business_rules.engine import check_conditions_recursively
    from business_rules.variables import BaseVariables, numeric_rule_variable

    operators = {
        "gt": "greater_than", "ge": "greater_than_or_equal_to", "le": "less_than_or_equal_to", "eq": "equal_to",
    }  # fmt: skip

    class Case(BaseVariables):  # type: ignore[misc]
        def __init__(self, record: Record) -> None:
            self.record = record

    def variable(name: str) -> Any:
        def read(self: Case) -> float:
            return self.record[name]

        read.__name__ = name
        return numeric_rule_variable(read)

    for name in FACTS:
        setattr(Case, name, variable(name))
    rules = [
        {"all": [{"name": t.fact, "operator": operators[t.how], "value": t.value} for t in predicate]}
        for predicate in PREDICATES
    ]

    def judge(record: Record) -> list[bool]:
        case = Case(record)
        return [check_conditions_recursively(rule, case) for rule in rules]

    return judge


def zen_engine() -> Judge:
    import zen

    place = {"x": 0, "y": 0}
    said = [
        {"id": f"{k}", "key": f"p{k}", "value": as_text(predicate)} for k, predicate in enumerate(PREDICATES)
    ]
    model = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": place},
            {"id": "do", "type": "expressionNode", "name": "do", "position": place, "content": {"expressions": said}},
            {"id": "out", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "do"},
            {"id": "2", "type": "edge", "sourceId": "do", "targetId": "out"},
        ],
    }  # fmt: skip
    decision = zen.ZenEngine().create_decision(json.dumps(model))

    def judge(record: Record) -> list[bool]:
        result = decision.evaluate(record)["result"]
        return [result[f"p{k}"] for k in range(len(PREDICATES))]

    return judge


task = asked()
engine = {"rule-engine": rule_engine, "business-rules": business_rules, "zen-engine": zen_engine}[
    task["engine"]
]
judge = engine()
records = [dict(zip(FACTS, facts, strict=True)) for facts in task["facts"]]
result, took = timed(lambda: [judge(record) for record in records], task["runs"])
counts = [sum(answers) for answers in zip(*result, strict=True)]
answer(task, took=took, counts=counts, versions={task["engine"]: version(task["engine"])})
