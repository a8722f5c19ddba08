"""决定: D31 to D34."""

from __future__ import annotations

from plumbline.packs.documents import DocumentTemplate, Opinion, Para, Signs, line

from .wording import REMEDY, REMEDY_NO_PENALTY, REMEDY_ON_SPOT

DOCUMENTS = (
    DocumentTemplate(
        "D31",
        "当场行政处罚决定书",
        "当罚",
        "行政处罚法第五十二条",
        to_party=True,
        version="2026-3",
        stage=60,
        finished_by="officers",
        called_by=("decision_made",),
        only_when="procedure=summary",
        body=(
            Para("当事人：{{当事人基本情况*}}", first=0),
            "违法事实：{{认定的事实*}}",
            "依据：{{处罚依据*}}。执法人员已出示执法证件，告知了拟处罚的内容和事实、理由、依据，听取了陈述和申辩。",
            "本机关决定当场作出如下处罚：{{处罚种类*}}。",
            Para("罚款：{{罚款数额}}（人民币{{罚款大写}}）。", when="罚款数额"),
            "处罚时间和地点：{{处罚时间*}}，{{处罚地点*}}。",
            Para("{{缴纳方式}}", when="缴纳方式"),
            REMEDY_ON_SPOT,
            "执法人员和执法证号：{{承办人员*}}",
            Signs((("执法人员签名", "{{承办人签名}}"), ("当事人签收", "{{当事人签名}}"))),
        ),
    ),
    DocumentTemplate(
        "D32",
        "行政处罚决定书",
        "罚决",
        "行政处罚法第五十九条",
        to_party=True,
        version="2026-3",
        stage=60,
        only_when="outcome=penalty",
        body=(
            Para("当事人：{{当事人基本情况*}}", first=0),
            "{{案由*}}一案，本机关于{{立案日期}}立案调查，现已审查终结。",
            "经查明：{{认定的事实*}}",
            "上述事实，有下列证据证明：{{主要证据*}}",
            Para("陈述、申辩和听证情况：{{陈述申辩采纳情况}}", when="陈述申辩采纳情况"),
            "本机关认为，当事人的行为应当依照{{处罚依据*}}给予处罚。{{理由和裁量*}}",
            "依照行政处罚法第五十七条和上述规定，决定给予如下行政处罚：{{处罚种类*}}。",
            Para("罚款：{{罚款数额}}（人民币{{罚款大写}}）。", when="罚款数额"),
            Para("没收合计：{{没收合计}}。", when="没收合计"),
            Para("{{缴纳方式}}", when="缴纳方式"),
            REMEDY,
        ),
    ),
    DocumentTemplate(
        "D33",
        "不予行政处罚决定书",
        "不罚",
        "行政处罚法第三十三条、第五十七条",
        to_party=True,
        version="2026-3",
        stage=60,
        called_by=("decision_made",),
        only_when="outcome=no_penalty",
        body=(
            Para("当事人：{{当事人基本情况*}}", first=0),
            "{{案由*}}一案，经查明：{{认定的事实*}}",
            "上述事实，有下列证据证明：{{主要证据*}}",
            "不予处罚的情形和依据：{{不予处罚理由*}}",
            "依照行政处罚法第三十三条、第五十七条，决定不予行政处罚。",
            "{{教育内容*}}",
            Para("改正情况：{{改正情况}}。", when="改正情况"),
            REMEDY_NO_PENALTY,
        ),
    ),
    DocumentTemplate(
        "D34",
        "终止调查审批表",
        basis="行政处罚法第五十七条",
        stage=60,
        body=(
            line("案由", "{{案由*}}", "案号", "{{案号}}"),
            line("当事人", "{{当事人}}", "立案日期", "{{立案日期}}"),
            Opinion("终止（撤销立案）的原因和依据", "{{终止理由*}}", "{{承办人签名}}"),
            Opinion("负责人审批", "{{审批意见*}}（{{审批人}}）", "{{审批人签名}}", "{{审批日期*}}"),
        ),
    ),
)
