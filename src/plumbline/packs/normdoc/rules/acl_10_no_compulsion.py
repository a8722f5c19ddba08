"""A normative document sets no compulsory measure (行政强制法第十条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, field, not_


def _drafted(**data: Any) -> dict[str, object]:
    return step("document_drafted", "2026-03-02", **data)


RULE = Rule(
    id="ACL-10-no-compulsion",
    subject=("document_drafted",),
    kinds=("normative_document",),
    require=Check(not_(field("sets").holds("compulsory_measure"))),
    breach_zh="规范性文件设定行政强制措施",
    duty_zh="规范性文件不得设定行政强制措施，只有法律、法规可以",
    remedy_zh="请删去设定行政强制措施的条款。",
    examples=(
        Example("没有设定任何事项", "met", (_drafted(sets=[]),), "2026-03-10"),
        Example("设定的是其他事项", "met", (_drafted(sets=["fee", "license"]),), "2026-03-10"),
        Example("设定强制措施", "breached", (_drafted(sets=["fee", "compulsory_measure"]),), "2026-03-10"),
        Example("没有填报设定的事项", "unknown", (_drafted(affects_rights=True),), "2026-03-10"),
        Example(
            "强制法施行前一日起草",
            "not_applicable",
            (step("document_drafted", "2011-12-31", sets=["compulsory_measure"]),),
            "2012-02-01",
        ),
    ),
)
