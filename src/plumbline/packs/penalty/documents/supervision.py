"""The instruments of supervision that the platform issues: J01 to J10. Their facts come from the instrument itself."""

from __future__ import annotations

from plumbline.packs.documents import DocumentTemplate, Each, Para

from .facts import Fact, of_group

FACTS = of_group(
    "监督文书",
    Fact("主送机关", "", "新洲区阳逻街道办事处"),
    Fact("正文", "", "经查，你单位办理的案件没有在法定期限内送达。", "list", ("段",)),
)

_BODY = (Para("{{主送机关*}}：", first=0), Each("正文"))

DOCUMENTS = (
    DocumentTemplate(
        "J01", "行政执法监督督办函", "督办", "行政执法监督条例第二十七条", to_party=True, stage=95, body=_BODY
    ),
    DocumentTemplate(
        "J02", "行政执法监督意见书", "监意", "行政执法监督条例第二十八条", to_party=True, stage=95, body=_BODY
    ),
    DocumentTemplate(
        "J03", "行政执法监督决定书", "监决", "行政执法监督条例第二十九条", to_party=True, stage=95, body=_BODY
    ),
    DocumentTemplate(
        "J04",
        "行政执法监督当场纠正记录",
        "监纠",
        "行政执法监督条例第二十六条",
        to_party=True,
        stage=95,
        body=_BODY,
    ),
    DocumentTemplate(
        "J05",
        "行政执法监督约谈记录",
        "监约",
        "行政执法监督条例第二十二条",
        to_party=True,
        stage=95,
        body=_BODY,
    ),
    DocumentTemplate(
        "J06", "行政执法监督通报", "监通", "行政执法监督条例第三十一条", to_party=True, stage=95, body=_BODY
    ),
    DocumentTemplate(
        "J07",
        "行政执法人员处理建议书",
        "监处",
        "行政执法监督条例第三十二条",
        to_party=True,
        stage=95,
        body=_BODY,
    ),
    DocumentTemplate(
        "J08", "问题线索移送函", "监移", "行政执法监督条例第三十三条", to_party=True, stage=95, body=_BODY
    ),
    DocumentTemplate(
        "J09",
        "行政执法监督情况报告",
        "监报",
        "行政执法监督条例第二十条、第二十二条",
        to_party=True,
        stage=95,
        body=_BODY,
    ),
    DocumentTemplate(
        "J10", "行政执法监督工作报告", "监工", "行政执法监督条例第六条", to_party=True, stage=95, body=_BODY
    ),
)
