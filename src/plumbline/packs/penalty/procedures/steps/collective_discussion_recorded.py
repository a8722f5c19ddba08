"""Collective discussion of the agency's leaders (art. 57), with attendance, each opinion and the conclusion."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "collective_discussion_recorded",
    "集体讨论记录",
    "collective_discussion_recorded",
    phase="discussion",
    basis="行政处罚法第五十七条",
    asks=(
        Ask("@place", "时间和地点", kind="text", required=True),
        Ask("@chair", "主持人", kind="text", required=True),
        Ask("@reporter", "汇报人", kind="text", required=True),
        Ask("@attendance", "出席人员和职务", kind="long", required=True, help="每行一人：姓名、职务。"),
        Ask("@others", "列席、缺席和记录人员", kind="long"),
        Ask(
            "@recused",
            "回避人员和理由",
            kind="text",
            required=True,
            help="没有应当回避的人员，写“无”。",
        ),
        Ask("@topic", "讨论的议题", kind="long", required=True),
        Ask(
            "@opinions",
            "每人意见",
            kind="long",
            required=True,
            help="逐人记录，每行一人；与出席人员一一对应。",
        ),
        Ask("@vote", "表决情况", kind="text", required=True),
        Ask("@conclusion", "结论", kind="long", required=True),
    ),
    after=(("investigation_ended",),),
    until=("decision_made", "case_closed"),
    repeat=True,
    order=10,
    capability="cases.approve",
    actors="approver",
    documents=("D24",),
    cures=("APL-57-collective",),
    action="登记集体讨论记录",
)
