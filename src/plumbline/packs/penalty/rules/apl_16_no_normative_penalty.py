"""A normative document may not found a penalty (行政处罚法第十六条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined
from plumbline.rules.language import Check, every, field, item

from ..conditions import PENALISED

RULE = Rule(
    id="APL-16-no-normative-penalty",
    subject=("decision_made",),
    when=PENALISED,
    require=Check(every(field("basis"), item("level").ne("normative_document"))),
    gate=True,
    breach_zh="以规范性文件为处罚依据",
    duty_zh="法律、法规、规章以外的规范性文件不得设定行政处罚，也不得作为处罚依据",
    remedy_zh="请以法律、法规或者规章作为处罚依据。",
    examples=(
        Example(
            "依据部门规章",
            "met",
            (
                filed(),
                fined(
                    "2026-03-20",
                    basis=[
                        {
                            "law": "示例规定",
                            "article": "第一条",
                            "level": "department_rule",
                        }
                    ],
                ),
            ),
            "2026-04-01",
        ),
        Example(
            "依据规范性文件",
            "breached",
            (
                filed(),
                fined(
                    "2026-03-20",
                    basis=[
                        {
                            "law": "示例通知",
                            "article": "第一条",
                            "level": "normative_document",
                        }
                    ],
                ),
            ),
            "2026-04-01",
        ),
        Example("没有填报", "unknown", (filed(), fined("2026-03-20")), "2026-04-01"),
        Example(
            "处罚法修订施行前一日决定",
            "not_applicable",
            (filed("2021-06-01"), fined("2021-07-14")),
            "2021-09-01",
        ),
    ),
)
