"""The documents of a penalty case: name, number mark, and the articles each answers to.

A document shows the facts of the step it belongs to; which facts those are is the step's own declaration, so a new
question in a form appears in its document without a second place to change.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DocumentTemplate:
    """``mark`` is the word in the document number (新阳街综执罚告〔2026〕3号); empty for papers without a number.

    ``to_party`` documents carry the head and seal; the others are internal forms. ``closing`` is printed at the end.
    """

    code: str
    title: str
    mark: str = ""
    basis: str = ""
    to_party: bool = False
    version: str = "2026-1"
    closing: tuple[str, ...] = ()


_REMEDY = (
    "如不服本决定，可以自收到本决定书之日起六十日内依法申请行政复议，也可以在六个月内依法提起行政诉讼；"
    "当场作出的处罚决定，应当先申请行政复议。复议、诉讼期间，本决定不停止执行，法律另有规定的除外。"
)
_REMEDY_COMPULSION = (
    "如不服本决定，可以自收到本决定书之日起六十日内依法申请行政复议，也可以在六个月内依法提起行政诉讼。"
)
_PAY = "请在收到本决定书后十五日内，到指定银行或者用电子支付方式缴清罚款。逾期的，每逾一日可以加处罚款的百分之三，加处的总额不超过罚款本身。"

TEMPLATES: dict[str, DocumentTemplate] = {
    each.code: each
    for each in (
        DocumentTemplate("D01", "案件来源登记表"),
        DocumentTemplate("D02", "立案（不予立案）审批表", "立", "行政处罚法第五十四条"),
        DocumentTemplate("D04", "现场检查（勘验）笔录", basis="行政处罚法第四十二条、第五十五条"),
        DocumentTemplate("D05", "询问笔录", basis="行政处罚法第五十五条"),
        DocumentTemplate("D09", "先行登记保存证据审批表", basis="行政处罚法第五十六条"),
        DocumentTemplate("D10", "先行登记保存证据通知书", "登保", "行政处罚法第五十六条", to_party=True),
        DocumentTemplate("D11", "先行登记保存证据处理决定书", "登处", "行政处罚法第五十六条", to_party=True),
        DocumentTemplate("D12", "抽样取证记录", basis="行政处罚法第五十六条"),
        DocumentTemplate("D13", "检测检验鉴定委托书", "委"),
        DocumentTemplate("D14", "行政强制措施审批表", basis="行政强制法第十八条、第十九条"),
        DocumentTemplate(
            "D15",
            "行政强制措施决定书",
            "强措",
            "行政强制法第二十四条、第二十五条",
            to_party=True,
            closing=(_REMEDY_COMPULSION,),
        ),
        DocumentTemplate("D16", "场所、设施、财物清单", basis="行政强制法第二十四条"),
        DocumentTemplate("D17", "行政强制现场笔录", basis="行政强制法第十八条"),
        DocumentTemplate("D18", "延长强制措施期限决定书", "强延", "行政强制法第二十五条", to_party=True),
        DocumentTemplate(
            "D19", "解除强制措施决定书", "强解", "行政强制法第二十七条、第二十八条", to_party=True
        ),
        DocumentTemplate("D21", "案件调查终结报告"),
        DocumentTemplate("D23", "重大执法决定法制审核表", basis="行政处罚法第五十八条"),
        DocumentTemplate("D24", "集体讨论记录", basis="行政处罚法第五十七条"),
        DocumentTemplate(
            "D25",
            "行政处罚告知书",
            "罚告",
            "行政处罚法第四十四条、第六十三条",
            to_party=True,
            closing=(
                "你（单位）有权陈述和申辩；属于听证范围的，可以自收到本告知书之日起五个工作日内要求听证。",
            ),
        ),
        DocumentTemplate("D26", "陈述申辩复核意见", basis="行政处罚法第四十五条"),
        DocumentTemplate("D27", "听证通知书", "听通", "行政处罚法第六十四条", to_party=True),
        DocumentTemplate("D28", "听证笔录", basis="行政处罚法第六十四条"),
        DocumentTemplate("D29", "听证报告"),
        DocumentTemplate("D30", "案件处理呈批表", basis="行政处罚法第五十七条"),
        DocumentTemplate(
            "D31",
            "当场行政处罚决定书",
            "当罚",
            "行政处罚法第五十二条",
            to_party=True,
            closing=(_PAY, _REMEDY),
        ),
        DocumentTemplate(
            "D32", "行政处罚决定书", "罚决", "行政处罚法第五十九条", to_party=True, closing=(_PAY, _REMEDY)
        ),
        DocumentTemplate("D34", "终止调查审批表"),
        DocumentTemplate("D35", "送达回证", basis="民事诉讼法第八十七条"),
        DocumentTemplate("D37", "公告送达书", "公告", "民事诉讼法第九十五条", to_party=True),
        DocumentTemplate("D38", "延期（分期）缴纳通知书", "延缴", "行政处罚法第六十六条", to_party=True),
        DocumentTemplate("D39", "履行催告书", "催", "行政强制法第五十四条", to_party=True),
        DocumentTemplate("D40", "强制执行申请书", "强申", "行政强制法第五十三条"),
        DocumentTemplate("D42", "涉案物品处理记录"),
        DocumentTemplate("D43", "结案审批表"),
        DocumentTemplate("D44", "卷内目录和备考表"),
        DocumentTemplate("D45", "案件移送书", "移"),
    )
}
