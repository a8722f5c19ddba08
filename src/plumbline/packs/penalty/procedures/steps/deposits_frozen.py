"""冻结存款、汇款: two officers, the certificate, the bank's receipt; the amount fits the act (行政强制法 arts 29, 30)."""

from __future__ import annotations

from plumbline.packs.compulsion.measures import ANY_MEASURE
from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "deposits_frozen",
    "冻结存款、汇款",
    "deposits_frozen",
    phase="measures",
    basis="行政强制法第二十九条、第三十条",
    asks=(
        Ask("urgent", required=True, help="情况紧急当场实施的，二十四小时内补办批准手续。"),
        Ask(
            "measure",
            "已批准的措施",
            kind="open",
            when="urgent=false",
            required=True,
            help="没有可选的，先提交审批。",
        ),
        Ask("@officers", "执法人员", kind="officers", required=True),
        Ask("@institution", "金融机构", kind="text", required=True),
        Ask(
            "@account",
            "账号和冻结数额",
            kind="text",
            required=True,
            help="数额应当与违法行为涉及的金额相当。",
        ),
        Ask("@notice", "冻结通知书文号和金融机构签收情况", kind="text", required=True),
        Ask("id_shown", group="现场", required=True),
        Ask("record_signed", required=True),
        Ask("av_record", required=True),
        Ask("related_to_case", group="范围", required=True),
        Ask("daily_necessities", required=True),
        Ask("already_sealed", "已被其他国家机关依法冻结", required=True),
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
    order=30,
    until=("decision_made", "case_closed"),
    group="冻结",
    documents=("D17",),
    action="登记冻结",
)
