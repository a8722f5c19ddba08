"""Work with the supervisory commission: clues about public officials, joint investigation, and flash reports of cases.

监察法第三十七条, 行政执法机关移送涉嫌犯罪案件的规定第十九条, 行政执法监督条例第三十三条. What is known of such a clue is known to few: the one who
wrote it down, the head who sends it, and the commission.
"""

from __future__ import annotations

from datetime import date

from plumbline.packs.procedures import Ask, Phase, Procedure, Step

from .words import COMMISSION, HANDLER, LEADER

CLUE, FLASH = "clue", "flash"
OVER = ("linkage_concluded",)
_C, _F = (CLUE,), (FLASH,)
_LAW = "监察法第三十七条"

FED_BACK = (
    ("investigated", "已经立案调查"),
    ("talked", "谈话、函询或者批评教育"),
    ("no_grounds", "没有发现问题，予以了结"),
    ("elsewhere", "转其他机关处理"),
)
FLASHES = (
    ("major_case", "重大、敏感案件"),
    ("resistance", "暴力抗法、干预执法"),
    ("official_involved", "公职人员涉案"),
    ("public_attention", "社会关注的突发情况"),
)

_STEPS = (
    Step(
        "suspected", "登记问题线索", "misconduct_suspected",
        phase="finding", basis=_LAW,
        asks=(
            Ask("person_kind", required=True), Ask("level", required=True),
            Ask("@person", "反映的人员和单位", required=True, help="只在本事项和移送函中出现，不进入案件和统计。"),
            Ask("@content", "线索内容", kind="long", required=True), Ask("@source", "来源", required=True),
        ),
        after=(), until=("supervision_clue_sent", *OVER), capability=HANDLER, actors="self", order=10, outlives=True, procedures=_C,
    ),
    Step(
        "sent", "移送线索", "supervision_clue_sent",
        phase="sending", basis=_LAW,
        asks=(Ask("@materials", "随附的材料", kind="long", required=True, help="没有的，写“无”。"), Ask("@opinion", "负责人意见", kind="long")),
        after=(("misconduct_suspected",),), until=("supervision_clue_sent", *OVER), capability=LEADER, actors="self", order=20,
        settles=("TSC-19-supervision-clue", "SUP-37-clue", "ESR-33-clue"), documents=("JW1",), outlives=True, procedures=_C,
    ),
    Step(
        "received", "签收线索", "clue_receipt_signed",
        phase="receipt", basis=_LAW,
        asks=(Ask("@receiver", "接收人", required=True),),
        after=(("supervision_clue_sent",),), until=("clue_receipt_signed", *OVER), capability=COMMISSION, actors="self", order=30,
        declared=True, outside=True, outlives=True, procedures=_C,
    ),
    Step(
        "joint_proposed", "提出联合调查", "joint_investigation_proposed",
        phase="joint", basis="行政执法与监察执法衔接（新政办〔2022〕14号 T3-6）",
        asks=(Ask("@plan", "调查的事项和分工", kind="long", required=True), Ask("@from_on", "开始日期", kind="date", required=True)),
        after=(("clue_receipt_signed",),), until=("joint_investigation_proposed", *OVER), capability=COMMISSION, actors="self", order=40,
        declared=True, outside=True, optional=True, outlives=True, procedures=_C,
    ),
    Step(
        "joint_joined", "确认参加", "joint_investigation_joined",
        phase="joint", basis="行政执法与监察执法衔接（新政办〔2022〕14号 T3-6）",
        asks=(Ask("@people", "派出的人员和联系方式", required=True), Ask("@note", "说明", kind="long")),
        after=(("joint_investigation_proposed",),), until=("joint_investigation_joined", *OVER), capability=LEADER, actors="self", order=41,
        declared=True, outlives=True, procedures=_C,
    ),
    Step(
        "joint_ended", "结束联合调查", "joint_investigation_ended",
        phase="joint", basis="行政执法与监察执法衔接（新政办〔2022〕14号 T3-6）",
        asks=(Ask("@results", "查明的情况", kind="long", required=True),),
        after=(("joint_investigation_joined",),), until=("joint_investigation_ended", *OVER), capability=COMMISSION, actors="self", order=42,
        declared=True, outside=True, outlives=True, procedures=_C,
    ),
    Step(
        "fed_back", "反馈处理情况", "clue_outcome_told",
        phase="feedback", basis=_LAW,
        asks=(Ask("@result", "处理", kind="choice", choices=FED_BACK, required=True), Ask("@note", "可以告知的情况", kind="long")),
        after=(("clue_receipt_signed",),), until=("clue_outcome_told", *OVER), capability=COMMISSION, actors="self", order=50,
        declared=True, outside=True, states=("result",), outlives=True, procedures=_C,
    ),
    Step(
        "closed", "办结", "linkage_concluded",
        phase="closing", basis=_LAW,
        after=(("supervision_clue_sent", "flash_report_sent"),), until=OVER, capability=LEADER, actors="self", order=60,
        declared=True, outlives=True, procedures=_C,
    ),
    Step(
        "sent", "报送案情速报", "flash_report_sent",
        phase="sending", basis="行政执法与监察执法衔接（新政办〔2022〕14号 T3-6）",
        asks=(
            Ask("@category", "情形", kind="choice", choices=FLASHES, required=True),
            Ask("@content", "案情和已经采取的措施", kind="long", required=True),
            Ask("@wanted", "需要协助的事项", kind="long"),
        ),
        after=(), until=("flash_report_sent", *OVER), capability=HANDLER, actors="self", order=10,
        declared=True, documents=("JW2",), states=("category",), outlives=True, procedures=_F,
    ),
    Step(
        "received", "签收速报", "flash_receipt_signed",
        phase="receipt", basis="行政执法与监察执法衔接（新政办〔2022〕14号 T3-6）",
        asks=(Ask("@receiver", "接收人", required=True), Ask("@note", "意见", kind="long")),
        after=(("flash_report_sent",),), until=("flash_receipt_signed", *OVER), capability=COMMISSION, actors="self", order=20,
        declared=True, outside=True, outlives=True, procedures=_F,
    ),
    Step(
        "continued", "续报", "flash_report_continued",
        phase="receipt", basis="行政执法与监察执法衔接（新政办〔2022〕14号 T3-6）",
        asks=(Ask("@content", "进展", kind="long", required=True),),
        after=(("flash_report_sent",),), until=OVER, repeat=True, capability=HANDLER, actors="self", order=30,
        declared=True, optional=True, outlives=True, procedures=_F,
    ),
    Step(
        "closed", "办结", "linkage_concluded",
        phase="closing", basis="行政执法与监察执法衔接（新政办〔2022〕14号 T3-6）",
        after=(("flash_receipt_signed",),), until=OVER, capability=HANDLER, actors="self", order=60,
        declared=True, outlives=True, procedures=_F,
    ),
)  # fmt: skip

CLUE_2025 = Procedure.declare(
    CLUE,
    label="监察线索移送",
    version="1",
    in_force_from=date(2018, 3, 20),
    basis=_LAW,
    kind="supervision_lead",
    phases=(
        Phase("finding", "登记线索", _LAW, ("misconduct_suspected",), "承办人员", main=("suspected",)),
        Phase("sending", "移送", f"{_LAW}：及时", ("supervision_clue_sent",), "机关负责人", main=("sent",)),
        Phase("receipt", "签收", _LAW, ("clue_receipt_signed",), "监察机关", main=("received",)),
        Phase("joint", "联合调查", "T3-6", ("joint_investigation_ended",), "双方", optional=True, main=("joint_joined", "joint_ended")),
        Phase("feedback", "反馈", _LAW, ("clue_outcome_told",), "监察机关", main=("fed_back",)),
        Phase("closing", "办结", _LAW, OVER, "机关负责人", main=("closed",)),
    ),
    steps=_STEPS,
)  # fmt: skip
FLASH_2022 = Procedure.declare(
    FLASH,
    label="案情速报",
    version="1",
    in_force_from=date(2018, 3, 20),
    basis="行政执法与监察执法衔接（新政办〔2022〕14号 T3-6）",
    kind="supervision_lead",
    phases=(
        Phase("sending", "报送", "T3-6", ("flash_report_sent",), "承办人员", main=("sent",)),
        Phase("receipt", "签收和续报", "T3-6", ("flash_receipt_signed",), "监察机关", main=("received",)),
        Phase("closing", "办结", "T3-6", OVER, "承办人员", main=("closed",)),
    ),
    steps=_STEPS,
)  # fmt: skip
