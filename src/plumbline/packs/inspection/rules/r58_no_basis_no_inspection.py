"""No inspection without a basis in law, regulation or rule; a routine one is on the published list (国办发〔2015〕58号第二部分第一点)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import (
    Check,
    agency,
    all_of,
    any_of,
    field,
    it,
    item,
    on,
    row_exists,
    some,
)

_BASED_IN_LAW = some(it("basis"), item("level").ne("normative_document"))
_PUBLISHED = any_of(field("cause").ne("routine"), it("published_on").le(on()))


def _planned(on: str = "2026-06-10", **data: Any) -> dict[str, Any]:
    return step("inspection_planned", on, kind="inspection", **data)


def _listed(**changes: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "item": "J-1",
        "agency": "A-1",
        "basis": [{"law": "安全生产法", "article": "第六十五条", "level": "law"}],
        "published_on": "2026-06-10",
        "valid_from": "2026-01-01",
        "valid_to": "2026-06-30",
        **changes,
    }
    return {"inspection_list": [row]}


_ROUTINE = _planned(item="J-1", cause="routine")
_PAPER = {"law": "检查工作方案", "article": "第一条", "level": "normative_document"}

RULE = Rule(
    id="R58-no-basis-no-inspection",
    subject=("inspection_planned",),
    require=Check(
        row_exists(
            "inspection_list",
            "item",
            field("item"),
            where=all_of(it("agency").eq(agency()), _BASED_IN_LAW, _PUBLISHED),
        )
    ),
    gate=True,
    breach_zh="检查没有法定依据或未列入清单",
    duty_zh="检查事项应有法律、法规或者规章依据；日常检查的事项应列入已经公布的检查清单",
    remedy_zh="请取消检查，或者先把有法定依据的事项列入清单并公布。",
    kinds=("inspection",),
    examples=(
        Example("清单当日公布的日常检查", "met", (_ROUTINE,), "2026-06-20", _listed()),
        Example("清单次日才公布", "breached", (_ROUTINE,), "2026-06-20", _listed(published_on="2026-06-11")),
        Example("清单没有公布", "breached", (_ROUTINE,), "2026-06-20", _listed(published_on=None)),
        Example(
            "投诉举报的检查，清单没有公布",
            "met",
            (_planned(item="J-1", cause="complaint"),),
            "2026-06-20",
            _listed(published_on=None),
        ),
        Example("依据只是规范性文件", "breached", (_ROUTINE,), "2026-06-20", _listed(basis=[_PAPER])),
        Example("没有依据", "breached", (_ROUTINE,), "2026-06-20", _listed(basis=[])),
        Example(
            "依据之一是规章",
            "met",
            (_ROUTINE,),
            "2026-06-20",
            _listed(basis=[_PAPER, {"law": "检查办法", "article": "第三条", "level": "department_rule"}]),
        ),
        Example(
            "清单中没有该事项",
            "breached",
            (_planned(item="J-2", cause="complaint"),),
            "2026-06-20",
            _listed(),
        ),
        Example("检查主体是其他机关", "breached", (_ROUTINE,), "2026-06-20", _listed(agency="B-1")),
        *(
            Example(
                f"清单事项{when}",
                verdict,
                (_planned(on, item="J-1", cause="complaint"),),
                "2026-07-10",
                _listed(),
            )
            for when, verdict, on in (
                ("有效的最后一日", "met", "2026-06-30"),
                ("失效第一日", "breached", "2026-07-01"),
            )
        ),
        Example("没有报送检查清单", "unknown", (_ROUTINE,), "2026-06-20"),
        Example("没有填报检查事项", "unknown", (_planned(cause="routine"),), "2026-06-20", _listed()),
        Example(
            "清单没有公布，检查原因没有填报",
            "unknown",
            (_planned(item="J-1"),),
            "2026-06-20",
            _listed(published_on=None),
        ),
        Example("清单已经公布，检查原因没有填报", "met", (_planned(item="J-1"),), "2026-06-20", _listed()),
        Example(
            "文件施行前",
            "not_applicable",
            (_planned("2015-07-28", item="J-1"),),
            "2015-09-01",
            {"inspection_list": []},
        ),
    ),
)
