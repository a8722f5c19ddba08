"""其他行政强制措施: what a law allows besides sealing, seizure and freezing (行政强制法 arts 9, 18)."""

from __future__ import annotations

from plumbline.packs.compulsion.measures import ANY_MEASURE
from plumbline.packs.penalty.procedures.measures import MEASURE_ASKS
from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "other_measure_taken",
    "其他行政强制措施",
    "compulsory_measure_taken",
    phase="measures",
    basis="行政强制法第九条、第十八条",
    asks=(
        Ask("@kind", "措施的名称和法律依据", kind="text", required=True),
        *MEASURE_ASKS,
    ),
    after=(("case_filed",),),
    of=Pair(
        ("measure_approved",),
        ("evidence_preregistered", *ANY_MEASURE),
        "measure",
        "已批准的措施",
        apart="x_for=preregistration,ratified",
    ),
    numbers={"measure": "M"},
    urgent="urgent",
    repeat=True,
    optional=True,
    order=35,
    until=("decision_made", "case_closed"),
    group="实施",
    documents=("D15", "D17"),
)
