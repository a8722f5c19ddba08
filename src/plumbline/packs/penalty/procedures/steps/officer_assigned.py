"""Naming the handling officers anew (a change of hands after filing)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "officer_assigned",
    "承办人员",
    "officer_assigned",
    phase="investigation",
    basis="行政处罚法第四十二条",
    asks=(Ask("@officers", "承办人员", kind="officers", required=True),),
    repeat=True,
    optional=True,
    order=5,
    until=("case_closed", "file_archived"),
    action="指定承办人员",
)
