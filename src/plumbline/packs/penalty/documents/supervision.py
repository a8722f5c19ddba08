"""The instruments of supervision that the platform issues: J01 to J03. Their facts come from the instrument itself."""

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
)
