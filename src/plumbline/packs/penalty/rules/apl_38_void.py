"""A penalty without basis, or by a body that is no enforcement subject, is void (行政处罚法第三十八条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import (
    Check,
    agency,
    all_of,
    field,
    item,
    on,
    row_value,
    some,
)

from ..conditions import PENALISED

_LAW = [{"law": "示例法", "article": "第一条", "level": "law"}]
_NORM = [{"law": "示例通知", "article": "第一条", "level": "normative_document"}]
_SUBJECT = {
    "agencies": [
        {
            "code": "A-1",
            "kind": "department",
            "level": "district",
            "subject_confirmed_on": "2021-07-20",
        }
    ]
}

RULE = Rule(
    id="APL-38-void",
    subject=("decision_made",),
    when=PENALISED,
    require=Check(
        all_of(
            some(field("basis"), item("level").ne("normative_document")),
            row_value("agencies", "code", agency(), "kind").ne("entrusted_organization"),
            row_value("agencies", "code", agency(), "subject_confirmed_on").le(on()),
        )
    ),
    gate=True,
    breach_zh="处罚无依据或主体无资格",
    duty_zh="行政处罚应有法律、法规或者规章依据，并由具有行政主体资格的机关作出",
    remedy_zh="请补正处罚依据；主体资格未确认的，由有权机关作出决定。",
    examples=(
        Example(
            "有法律依据且主体已确认",
            "met",
            (filed(), fined("2026-03-20", basis=_LAW)),
            "2026-04-01",
            _SUBJECT,
        ),
        Example(
            "依据只有规范性文件",
            "breached",
            (filed(), fined("2026-03-20", basis=_NORM)),
            "2026-04-01",
            _SUBJECT,
        ),
        Example(
            "没有填报依据",
            "unknown",
            (filed(), fined("2026-03-20")),
            "2026-04-01",
            _SUBJECT,
        ),
        Example(
            "不予处罚",
            "not_applicable",
            (
                filed(),
                step(
                    "decision_made",
                    "2026-03-20",
                    outcome="no_penalty",
                    procedure="ordinary",
                ),
            ),
            "2026-04-01",
            _SUBJECT,
        ),
    ),
)
