"""查封: on the spot, by two officers, with the party told and a signed record (行政强制法 arts 18 to 24)."""

from __future__ import annotations

from plumbline.packs.compulsion.measures import ANY_MEASURE
from plumbline.packs.penalty.procedures.measures import MEASURE_ASKS
from plumbline.packs.procedures import Pair, Step

STEP = Step(
    "sealed",
    "查封",
    "sealed",
    phase="measures",
    basis="行政强制法第二十二条至第二十六条",
    asks=MEASURE_ASKS,
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
    group="查封扣押",
    repeat=True,
    optional=True,
    order=20,
    until=("decision_made", "case_closed"),
    documents=("D15", "D16", "D17"),
)
