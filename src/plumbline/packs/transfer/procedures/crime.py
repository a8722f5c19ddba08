"""A suspected crime goes to the police: 国务院令第310号 as amended in 2020, from suspicion to the handing over of the items.

The steps of the agency, of the police and of the procuratorate stand in one procedure, because each begins the other's clock.
"""

from __future__ import annotations

from datetime import date

from plumbline.packs.procedures import Ask, Pair, Phase, Procedure, Step

from .words import HANDLER, LEADER, NOTICE_RECEIVED, NUMBER, POLICE, PROCURATORATE, REASON

KEY = "crime"
OVER = ("crime_transfer_concluded",)
_IN = (KEY,)
_LAW = "行政执法机关移送涉嫌犯罪案件的规定"

CONCLUSIONS: tuple[tuple[str, str], ...] = (
    ("handed_over", "公安机关已经立案，物品和材料移交完毕"),
    ("administrative", "公安机关不予立案，本机关依法作出处理"),
    ("not_transferred", "负责人决定不移送"),
)
SUPERVISED: tuple[tuple[str, str], ...] = (
    ("order_filing", "不立案理由不能成立，通知公安机关立案"),
    ("reasons_hold", "不立案理由成立"),
)

#: When the agency learnt of the outcome, where the contract has no field for it.
RECEIVED = Ask("@received_on", "移送机关收到决定之日", kind="date", required=True, fill="today")

_STEPS = (
    Step(
        "suspected", "发现涉嫌犯罪", "crime_suspected",
        phase="suspicion", basis=f"{_LAW}第三条",
        asks=(
            Ask("@crime", "涉嫌罪名", required=True, help="例如 非法经营罪、污染环境罪。"),
            Ask("@party", "涉嫌人", help="单位写全称；自然人写姓名。"),
            Ask("@standard", "追诉标准", kind="standard", required=True, help="法规库中今天有效的标准；登记后按当时的内容保存。"),
            Ask("@threshold", "标准的文件、条款和内容", kind="long", required=True, when="@standard=elsewhere",
                help="法规库中没有的，写明文件名称、条款和标准；页面和移送书中标为“未核实”。"),
            Ask("@measured", "本案的数额（元）", kind="yuan", help="以数额衡量的标准必须填写。"),
            Ask("meets_standard", "达到应当移送的标准", required=True, help="对照上面的标准判断；知识产权案件有合理嫌疑即可。"),
            Ask("@compared", "与标准的对照", kind="long", help="本案的金额、情节、后果怎样达到或者没有达到标准。"),
            Ask("@facts", "涉嫌犯罪的事实", kind="long", required=True, fill="facts"),
        ),
        after=(), until=("transfer_sent", *OVER), repeat=True, capability=HANDLER, actors="self", order=10, outlives=True, procedures=_IN,
    ),
    Step(
        "report", "提出移送书面报告", "transfer_report_submitted",
        phase="report", basis=f"{_LAW}第五条",
        asks=(
            Ask("@officers", "专案组人员", kind="officers", required=True, help="两名以上执法人员。"),
            Ask("@report", "调查情况", kind="long", required=True, fill="facts", help="签发后作为调查报告随案移送。"),
            Ask("@opinion", "移送意见和依据", kind="long", required=True, fill="threshold"),
        ),
        after=(("crime_suspected",),), until=("transfer_sent", *OVER), repeat=True, capability=HANDLER, order=20, outlives=True,
        documents=("XJ2",), procedures=_IN,
    ),
    Step(
        "approved", "决定是否移送", "transfer_approved",
        phase="approval", basis=f"{_LAW}第五条",
        asks=(
            Ask("result", "决定", required=True),
            Ask("@reason", "不批准的理由", kind="long", required=True, when="result=refused", help="不批准的，理由记录在案。"),
            Ask("@opinion", "意见", kind="long", when="result=approved"),
        ),
        after=(("transfer_report_submitted",),), until=("transfer_sent", *OVER), repeat=True, capability=LEADER, actors="approver", order=30,
        of=Pair(("transfer_report_submitted",), ("transfer_approved",), "", "等待决定的移送报告"),
        settles=("TSC-5-approve-3d",), documents=("XJ1",), outlives=True, procedures=_IN,
    ),
    Step(
        "sent", "向公安机关移送", "transfer_sent",
        phase="sending", basis=f"{_LAW}第五条、第六条",
        asks=(
            Ask("@papers", "随案移送的文书", kind="package", group="移送材料"),
            Ask("@items", "涉案物品清单", kind="long", required=True, help="每行一件：名称，数量，存放地点。没有涉案物品的，写“无”。"),
            Ask("@appraisals", "检验报告或者鉴定结论", kind="long", required=True, help="写明名称和文号。没有的，写“无”。"),
            Ask("@others", "其他材料", kind="long"),
        ),
        after=(("transfer_approved",),), until=("transfer_sent", *OVER), capability=HANDLER, actors="self", order=40,
        settles=("TSC-5-send-24h", "TSC-3-must-transfer"), outlives=True, procedures=_IN,
    ),
    Step(
        "receipt", "签收回执", "transfer_receipt_signed",
        phase="receipt", basis=f"{_LAW}第七条",
        asks=(
            Ask("own_jurisdiction", "属于本机关管辖", required=True),
            Ask("@receiver", "接收人", required=True),
            Ask("@lacking", "需要补正的材料", kind="long",
                help="材料不全的，接受后二十四小时内通知补正，不得因此不接受（公安机关办理刑事案件程序规定第一百八十条）。"),
        ),
        after=(("transfer_sent",),), until=("transfer_receipt_signed", *OVER), capability=POLICE, actors="self", order=50,
        outside=True, outlives=True, procedures=_IN,
    ),
    Step(
        "forwarded", "转送有管辖权的机关", "transfer_forwarded",
        phase="receipt", basis=f"{_LAW}第七条",
        asks=(Ask("@to", "转送的机关", required=True), Ask("agency_told", required=True)),
        after=(("transfer_receipt_signed",),), until=("transfer_forwarded", *OVER), capability=POLICE, actors="self", order=55,
        settles=("TSC-7-forward-24h",), outside=True, optional=True, outlives=True, procedures=_IN,
    ),
    Step(
        "filed", "立案", "police_filed",
        phase="decision", basis=f"{_LAW}第八条",
        asks=(NUMBER, NOTICE_RECEIVED, Ask("@content", "告知移送机关的内容", kind="long")),
        after=(("transfer_receipt_signed",),), until=("police_filed", *OVER), capability=POLICE, actors="self", order=60,
        settles=("TSC-8-decide-3d",), outside=True, outlives=True, procedures=_IN,
    ),
    Step(
        "refused", "不予立案", "police_refused",
        phase="decision", basis=f"{_LAW}第八条",
        asks=(
            NUMBER, NOTICE_RECEIVED, Ask("reasons_given", required=True, help="不予立案应当说明理由。"),
            Ask("@reason", "不予立案的理由", kind="long", required=True),
            Ask("file_returned", required=True, help="相应退回案卷材料。"),
        ),
        after=(("transfer_receipt_signed",),), until=("police_filed", "police_refused", *OVER), capability=POLICE, actors="self", order=61,
        settles=("TSC-8-decide-3d",), outside=True, outlives=True, procedures=_IN,
    ),
    Step(
        "reconsideration", "提请复议", "police_reconsideration_requested",
        phase="contest", basis=f"{_LAW}第九条",
        asks=(REASON,),
        after=(("police_refused",),), until=("police_filed", "filing_supervision_suggested", *OVER), capability=HANDLER, actors="self", order=70,
        settles=("TSC-9-reconsider-3d",), documents=("XJ3",), outlives=True, procedures=_IN,
    ),
    Step(
        "reconsidered", "复议决定", "police_reconsidered",
        phase="contest", basis=f"{_LAW}第九条",
        asks=(Ask("filed", "决定立案", required=True), NUMBER, RECEIVED, REASON),
        after=(("police_reconsideration_requested",),), until=("police_filed", "police_reconsidered", *OVER), capability=POLICE, actors="self", order=71,
        settles=("TSC-9-reconsider-answer-3d",), outside=True, outlives=True, procedures=_IN,
    ),
    Step(
        "suggested", "建议立案监督", "filing_supervision_suggested",
        phase="contest", basis=f"{_LAW}第九条",
        asks=(Ask("@reason", "理由", kind="long", required=True, help="对复议决定仍有异议的，自收到复议决定通知书之日起三日内提出。"),),
        after=(("police_refused",),), until=("police_filed", *OVER), capability=HANDLER, actors="self", order=72,
        settles=("TSC-9-reconsider-3d",), documents=("XJ4",), outlives=True, procedures=_IN,
    ),
    Step(
        "inquiry", "要求说明不立案理由", "procuratorate_inquiry_received",
        phase="contest", basis="人民检察院刑事诉讼规则第五百五十九条、第五百六十条",
        asks=(NUMBER, Ask("@content", "要求说明的问题", kind="long", required=True)),
        after=(("filing_supervision_suggested",),), until=("police_filed", "procuratorate_inquiry_received", *OVER), capability=PROCURATORATE, actors="self", order=73,
        outside=True, outlives=True, procedures=_IN,
    ),
    Step(
        "explained", "说明不立案理由", "police_explained",
        phase="contest", basis="人民检察院刑事诉讼规则第五百六十条",
        asks=(NUMBER, Ask("@content", "不立案的情况、依据和理由", kind="long", required=True)),
        after=(("procuratorate_inquiry_received",),), until=("police_explained", *OVER), capability=POLICE, actors="self", order=74,
        settles=("SPPR-560-police-7d",), outside=True, outlives=True, procedures=_IN,
    ),
    Step(
        "supervised", "立案监督结果", "filing_supervision_concluded",
        phase="contest", basis="人民检察院刑事诉讼规则第五百六十一条",
        asks=(
            Ask("@result", "结果", kind="choice", choices=SUPERVISED, required=True,
                help="不立案理由成立的，十日以内告知移送机关（人民检察院刑事诉讼规则第五百六十一条）；通知立案的，公安机关十五日以内立案。"),
            NUMBER, Ask("@reason", "告知移送机关的依据和理由", kind="long", required=True),
        ),
        after=(("filing_supervision_suggested",),), until=("filing_supervision_concluded", *OVER), capability=PROCURATORATE, actors="self", order=75,
        outside=True, declared=True, states=("result",), outlives=True, procedures=_IN,
    ),
    Step(
        "handover", "移交涉案物品和材料", "items_handed_over",
        phase="handover", basis=f"{_LAW}第十二条",
        asks=(
            Ask("@items", "移交的物品和材料", kind="long", required=True, fill="items", help="每行一件：名称，数量，状况。"),
            Ask("@receiver", "公安机关接收人", required=True),
        ),
        after=(("police_filed",),), until=("items_handed_over", *OVER), capability=HANDLER, actors="self", order=80,
        settles=("TSC-12-handover-3d",), documents=("XJ5",), outlives=True, procedures=_IN,
    ),
    Step(
        "concluded", "办结移送", "crime_transfer_concluded",
        phase="closing", basis=f"{_LAW}第十条、第十二条",
        asks=(
            Ask("@how", "结果", kind="choice", choices=CONCLUSIONS, required=True),
            Ask("@handling", "本机关的处理", kind="long", when="@how=administrative",
                help="不予立案的案件，依法应当给予行政处罚的，依法处罚。"),
        ),
        after=(("transfer_approved",),), until=OVER, capability=HANDLER, actors="self", order=90,
        declared=True, states=("how",), outlives=True, procedures=_IN,
    ),
)  # fmt: skip

CRIME_2020 = Procedure.declare(
    KEY,
    label="涉嫌犯罪案件移送",
    version="2020",
    in_force_from=date(2020, 8, 7),
    basis=_LAW,
    kind="crime_transfer",
    phases=(
        Phase("suspicion", "发现和对照标准", "第三条", ("crime_suspected",), "承办人员", main=("suspected",)),
        Phase("report", "书面报告", "第五条：两名以上执法人员", ("transfer_report_submitted",), "承办人员", main=("report",)),
        Phase("approval", "负责人决定", "第五条：三日内", ("transfer_approved",), "机关负责人", main=("approved",)),
        Phase("sending", "移送", "第五条、第六条：二十四小时内", ("transfer_sent",), "承办人员", main=("sent",)),
        Phase("receipt", "签收和管辖", "第七条：转送二十四小时内", ("transfer_receipt_signed",), "公安机关", main=("receipt", "forwarded")),
        Phase("decision", "立案审查", "第八条：三日内", ("police_filed", "police_refused"), "公安机关", main=("filed",)),
        Phase("contest", "复议和立案监督", "第九条：复议、答复、建议监督各三日内", ("police_reconsidered", "filing_supervision_concluded"), "各方", optional=True,
              main=("reconsideration", "reconsidered", "suggested", "inquiry", "explained", "supervised")),
        Phase("handover", "移交物品材料", "第十二条：三日内", ("items_handed_over",), "承办人员", main=("handover",)),
        Phase("closing", "办结", "第十条", OVER, "承办人员", main=("concluded",)),
    ),
    steps=_STEPS,
)  # fmt: skip
