"""The agencies' catalogues of major decisions that need legal review, the benchmarks, and the duties of supervision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plumbline.platform import clock
from plumbline.platform.lists import (
    Basis,
    Choice,
    Choices,
    Code,
    Column,
    DatedTable,
    Lines,
    Money,
    Register,
    Text,
    Values,
    register,
)
from plumbline.platform.lists.cells import yuan_of

from .cells import Steps
from .lists import penalty_kinds
from .models import Benchmark, LegalReviewEntry, SupervisionDuty
from .street_lists import items_on_lists


def entry_title(row: LegalReviewEntry) -> str:
    """The name of an entry; of one without, what it says."""
    if row.title:
        return row.title
    said = f"罚没 {yuan_of(row.fine_from)} 元以上" if row.fine_from is not None else ""
    words = penalty_kinds()
    kinds = "、".join(words.get(each, each) for each in row.kinds or ())
    return f"{row.item or ''}{'；'.join(part for part in (kinds, said) if part) or '全部处罚'}的决定"


def _read_review(row: Any) -> Values:
    return {
        "title": entry_title(row),
        "item": row.item or None,
        "kinds": row.kinds or None,
        "fine_from": row.fine_from,
        "basis": row.basis,
        "materials": row.materials,
        "focus": row.focus,
    }


def _write_review(values: Values) -> dict[str, Any]:
    return {
        "title": values["title"],
        "item": values.get("item") or "",
        "kinds": values.get("kinds") or None,
        "fine_from": values.get("fine_from"),
        "basis": values.get("basis") or [],
        "materials": values.get("materials") or [],
        "focus": values.get("focus") or "",
    }


REVIEW = register(
    Register(
        key="legal-review",
        links=(("全区目录和冲突", "/lists/legal-review"),),
        title="重大执法决定法制审核目录",
        owner="agency",
        basis="行政处罚法第五十八条",
        about="各机关的目录合并为全区目录。公布后，符合任何一行的处罚决定必须先通过法制审核。",
        unit="项",
        order=30,
        columns=(
            Column("title", "决定项目", Text(200), required=True, example="罚没二万元以上的处罚决定"),
            Column("item", "事项", Choice(items_on_lists), help="空着是全部事项"),
            Column("kinds", "处罚种类", Choices(penalty_kinds), help="含任一种类即须审核；空着不按种类", example="责令停产停业、吊销许可证件"),
            Column("fine_from", "罚没数额", Money(), help="达到即须审核（元）；空着不按数额。种类和数额都空着，该事项的处罚都须审核", example="2 万元"),
            Column("basis", "依据", Basis(levels=False), required=True, shown=False, example="《行政处罚法》第五十八条"),
            Column("materials", "应提交的材料", Lines(), shown=False, example="调查终结报告；拟作出的决定；证据目录"),
            Column("focus", "审核重点", Text(500, many_lines=True), shown=False, example="权限、事实和证据、裁量是否符合基准"),
        ),
        keys=("title",),
        table=DatedTable(
            LegalReviewEntry, read=_read_review, write=_write_review, key=lambda values: {"title": values["title"]},
            order=("agency_id", "item", "pk"), told_to_rules=True,
        ),
    )
)  # fmt: skip


def _read_benchmark(row: Any) -> Values:
    return {"item": row.item, "number": row.number, "steps": row.steps}


def _write_benchmark(values: Values) -> dict[str, Any]:
    # Published with the list (行政处罚法第三十四条): the rule on benchmarks reads this day.
    return {
        "item": values["item"],
        "number": values["number"],
        "steps": values["steps"] or [],
        "published_on": clock.today(),
    }


def _check_benchmark(values: Values, agency: str) -> Mapping[str, str]:
    """Cases cite a benchmark by its number, so a number says one thing for ever."""
    same = Benchmark.objects.filter(number=values["number"]).first()
    if same is None:
        return {}
    if (same.maker_id, same.item) != (agency, values["item"]):
        return {"number": "这个编号已由别的基准使用。请换一个编号。"}
    if same.steps != values["steps"]:
        return {"number": "案件按编号引用基准。改了阶次请用新的编号，旧编号仍指原来的阶次。"}
    return {}


BENCHMARKS = register(
    Register(
        key="benchmarks",
        title="行政处罚裁量基准",
        owner="agency",
        basis="行政处罚法第三十四条",
        unit="项",
        order=34,
        may_keep={"level": "district"},
        columns=(
            Column("item", "事项", Choice(items_on_lists), required=True),
            Column("number", "基准编号", Code(50), required=True, example="B-CG-101-2"),
            Column("steps", "阶次", Steps(), required=True, example="S1 较轻 5000 至 20000｜初次被查处\nS2 一般 20000 至 50000"),
        ),
        keys=("item",),
        table=DatedTable(
            Benchmark, read=_read_benchmark, write=_write_benchmark, key=lambda values: {"item": values["item"]},
            agency="maker_id", order=("item", "pk"), told_to_rules=True,
        ),
        check=_check_benchmark,
        row_url=lambda values: f"/lists/powers/{values['item']}",
    )
)  # fmt: skip

_DUTY = ("code", "duty", "basis", "way", "post", "responsibility")
DUTIES = register(
    Register(
        key="supervision-duties",
        title="行政执法协调监督权责清单",
        owner="agency",
        basis="新政办[2022]14号 二(一)",
        about="每个单位在行政执法协调监督中负什么责、怎么履行、由哪个岗位负责。",
        unit="项",
        order=12,
        columns=(
            Column("code", "编号", Code(50), required=True, example="XD-01"),
            Column("duty", "权责事项", Text(300), required=True, example="组织本单位行政执法案卷评查"),
            Column("basis", "依据", Basis(levels=False), required=True, shown=False, example="《行政处罚法》第七十五条"),
            Column("way", "履行方式", Text(500, many_lines=True), required=True, example="每半年抽查一次，形成评查报告"),
            Column("post", "责任岗位", Text(100), required=True, example="法制审核岗"),
            Column("responsibility", "工作责任", Text(500, many_lines=True), required=True, example="发现问题十日内督促改正"),
        ),
        keys=("code",),
        table=DatedTable(
            SupervisionDuty, read=lambda row: {name: getattr(row, name) for name in _DUTY},
            write=lambda values: {name: values[name] for name in _DUTY}, key=lambda values: {"code": values["code"]},
            order=("agency_id", "code", "pk"),
        ),
    )
)  # fmt: skip
