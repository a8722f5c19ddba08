"""Approval after the fact, within twenty-four hours of a measure taken in an emergency (行政强制法 art. 19)."""

from __future__ import annotations

from plumbline.packs.compulsion.measures import ANY_MEASURE
from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "measure_ratified",
    "补办紧急措施批准",
    "measure_approved",
    phase="measures",
    basis="行政强制法第十九条",
    asks=(
        Ask("measure", "紧急实施的措施", kind="open", required=True),
        Ask("@emergency", "情况紧急的事实", kind="long", required=True),
    ),
    fixed={"result": "approved", "x_for": "ratified"},
    after=(("evidence_preregistered", *ANY_MEASURE),),
    of=Pair(
        ("evidence_preregistered", *ANY_MEASURE),
        ("measure_approved",),
        "measure",
        "待补批的紧急措施",
        only="urgent",
    ),
    approval="cases.approve",
    approver_field="approved_by",
    actors="approver",
    repeat=True,
    optional=True,
    order=40,
    until=("case_closed",),
    group="实施",
    settles=("ACL-19-urgent-24h",),
    documents=("D14",),
)
