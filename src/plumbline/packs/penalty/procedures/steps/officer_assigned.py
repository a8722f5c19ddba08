"""Naming the handling officers anew (a change of hands after filing)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "officer_assigned",
    "变更承办人员",
    "officer_assigned",
    phase="investigation",
    basis="行政处罚法第四十二条",
    asks=(
        Ask("@officers", "变更后的承办人员", kind="officers", required=True),
        Ask(
            "@ground",
            "变更的原因",
            kind="choice",
            required=True,
            choices=(
                ("recusal", "回避"),
                ("post", "岗位调整、离职"),
                ("certificate", "证件失效"),
                ("load", "工作量调配"),
                ("other", "其他"),
            ),
        ),
        Ask("@reason", "说明", kind="text", required=True),
        Ask(
            "@handover",
            "移交情况",
            kind="long",
            required=True,
            help="已移交的案卷、证据和在办事项，以及接手人确认的情况。",
        ),
    ),
    group="人员和回避",
    repeat=True,
    optional=True,
    order=5,
    until=("case_closed", "file_archived"),
    action="变更承办人员",
)
