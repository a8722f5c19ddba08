"""The workbook of a plan: the template to fill in, a programme written out in it, and what a filled-in one says.

Four sheets: 方案 (one value a line), 阶段, 任务, 单位分组; 不一致 may stay empty. Every fault names sheet, row and column and
says what to do; nothing is taken over while there is one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, Final

from django.urls import NoReverseMatch, reverse

from plumbline.platform.identity.models import Agency
from plumbline.platform.lists.cells import CellFault, Day, tidy
from plumbline.platform.lists.sheets import BROKEN, FORMULA, Sheet, open_book
from plumbline.platform.workbooks import guarded, open_workbook

from .models import Kind, Nature, Stage
from .plan import Plan, PlanConflict, PlanPhase, PlanTask

HEAD: Final = {
    "key": "编码", "title": "名称", "number": "文号", "issuer": "印发机关", "issued_on": "印发日", "from_on": "起", "to_on": "止",
}  # fmt: skip
HEAD_EXAMPLES: Final = (
    "xz-2023-05", "2023 年行政执法质量提升行动", "新政办〔2023〕5号", "区人民政府办公室", "2023-03-20", "2023-03-01", "2023-11-30",
)  # fmt: skip
PHASES: Final = ("编号", "名称", "起", "止", "内容", "节点")
TASKS: Final = (
    "编号", "类别", "部分", "任务", "责任主体", "时限", "成果", "要求", "性质", "对应", "先完成", "每年期限", "分值", "由哪项记录完成",
    "单位由谁写明", "平台页面", "成果的要素",
)  # fmt: skip
GROUPS: Final = ("分组名称", "单位")
CONFLICTS: Final = ("编号", "涉及", "不一致之处", "建议")
SHEETS: Final = {
    "方案": ("项目", "内容"),
    "阶段": PHASES,
    "任务": TASKS,
    "单位分组": GROUPS,
    "不一致": CONFLICTS,
}
EXAMPLES: Final = {
    "阶段": ("P1", "动员部署", "2023-03-01", "2023-04-30", "制定方案；明确分工", "启动会=2023-03-10"),
    "任务": ("T1", "附件任务", "规范执法", "编制行政检查事项清单", "区司法局；各街道办事处", "2023-06-30", "行政检查事项清单", "每个单位一份", "一次完成", "B1", "", "", "10", "", "方案", "registers=清单总览", "依据；程序"),
    "单位分组": ("各街道办事处", "邾城街道；阳逻街道；仓埠街道"),
    "不一致": ("C1", "T1；B1", "正文写 5 月，附件写 6 月", "两个时限都显示"),
}  # fmt: skip
#: Whether the notice names the units of a task, or 区司法局 reads it so.
STATED: Final = {"方案": True, "区司法局理解": False}
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-.]{0,19}")
_KEY = re.compile(r"[a-z0-9][a-z0-9\-]{1,39}")
MOST_TASKS = 500


@dataclass(frozen=True)
class Fault:
    """What is wrong in a workbook, where, and what to do."""

    sheet: str
    row: int
    column: str
    message: str


class _Reader:
    """Reads the cells of one sheet by heading and gathers what is wrong."""

    def __init__(self, sheet: Sheet | None, name: str, headings: Sequence[str], faults: list[Fault]) -> None:
        self.name, self.faults, self.rows = name, faults, []
        if sheet is None:
            faults.append(Fault(name, 0, "", f"没有“{name}”表。请用从本页下载的模板填写。"))
            return
        lines = list(sheet.rows())
        if not lines:
            faults.append(Fault(name, 1, "", "表是空的。请保留表头。"))
            return
        places = {tidy(each).rstrip(" *"): at for at, each in enumerate(lines[0][1])}
        absent = [each for each in headings if each not in places]
        if absent:
            faults.append(Fault(name, 1, "、".join(absent), "缺少这些列。请不要改动模板的表头。"))
            return
        for number, texts in lines[1:]:
            raw = {each: texts[places[each]] if places[each] < len(texts) else "" for each in headings}
            for heading, said in raw.items():
                if said in {FORMULA, BROKEN}:
                    self.fault(number, heading, "是公式或者错误值。请粘贴为数值。")
            row = {each: tidy(said) for each, said in raw.items()}
            if any(row.values()) and not next(iter(row.values())).startswith("示例"):
                self.rows.append((number, row))

    rows: list[tuple[int, dict[str, str]]]

    def fault(self, row: int, column: str, message: str) -> None:
        self.faults.append(Fault(self.name, row, column, message))

    def day(self, number: int, column: str, said: str) -> date | None:
        if not said:
            self._missing(number, column)
            return None
        try:
            return date.fromisoformat(Day().read(said))
        except CellFault as wrong:
            self.fault(number, column, f"{wrong}。")
            return None

    def text(self, number: int, column: str, said: str, most: int, *, needed: bool = True) -> str:
        if needed and not said:
            self._missing(number, column)
        if len(said) > most:
            self.fault(number, column, f"有 {len(said)} 个字，最多 {most} 个。请缩短。")
        return said

    def _missing(self, number: int, column: str) -> None:
        self.fault(number, column, "没有填写。")


def several(said: str) -> list[str]:
    return [each.strip() for each in re.split(r"[；;\n]", said) if each.strip()]


def read_plan(source: BinaryIO) -> tuple[Plan | None, list[Fault]]:
    """What a workbook says, or everything that is wrong with it."""
    sheets = {sheet.name.strip(): sheet for sheet in open_book(source)}
    faults: list[Fault] = []
    readers = {
        name: _Reader(sheets.get(name), name, headings, faults)
        for name, headings in SHEETS.items()
        if name != "不一致" or name in sheets
    }
    if faults:
        return None, faults
    units = {
        word: agency.code
        for agency in Agency.objects.all()
        for word in (agency.code, agency.name, agency.short_name)
    }
    groups = _groups(readers["单位分组"], units)
    head = _head(readers["方案"])
    tasks = _tasks(readers["任务"], groups, units)
    plan_groups = groups | {
        name: (units[name],) for task in tasks for name in task.units if name in units and name not in groups
    }
    codes = {task.code for task in tasks}
    phases = _phases(readers["阶段"])
    conflicts = _conflicts(readers["不一致"], codes) if "不一致" in readers else ()
    if faults or head is None:
        return None, faults
    if head["from_on"] > head["to_on"]:
        faults.append(Fault("方案", 0, "止", "止日早于起日。"))
        return None, faults
    return Plan(**head, phases=phases, tasks=tasks, conflicts=conflicts, groups=plan_groups), []


def _head(reader: _Reader) -> dict[str, Any] | None:
    said = {row["项目"].rstrip(" *"): (number, row["内容"]) for number, row in reader.rows}
    found: dict[str, Any] = {}
    for name, label in HEAD.items():
        number, value = said.get(label, (0, ""))
        if name.endswith("_on"):
            found[name] = reader.day(number, label, value)
        else:
            found[name] = reader.text(number, label, value, 120 if name == "title" else 60)
    if found["key"] and not _KEY.fullmatch(found["key"]):
        reader.fault(said["编码"][0], "编码", "只用小写字母、数字和 -，例如 xz-2023-05。")
    return found if all(found.values()) else None


def _phases(reader: _Reader) -> tuple[PlanPhase, ...]:
    found: list[PlanPhase] = []
    for number, row in reader.rows:
        begins, ends = (reader.day(number, each, row[each]) for each in ("起", "止"))
        name = reader.text(number, "名称", row["名称"], 30)
        if begins and ends:
            if ends < begins:
                reader.fault(number, "止", "止日早于起日。")
            found.append(
                PlanPhase(
                    row["编号"] or f"P{len(found) + 1}",
                    name,
                    begins,
                    ends,
                    tuple(several(row["内容"])),
                    _milestones(reader, number, row["节点"]),
                )
            )
    return tuple(found)


def _milestones(reader: _Reader, number: int, said: str) -> tuple[tuple[str, date], ...]:
    """Named days of a phase, written as 名称=日期."""
    found = []
    for each in several(said):
        name, between, when = (part.strip() for part in each.partition("="))
        if not (name and between):
            reader.fault(
                number, "节点", f"“{each}”请写成 名称=日期，例如 启动会=2023-03-10；几个之间用“；”隔开。"
            )
        elif (day := reader.day(number, "节点", when)) is not None:
            found.append((name, day))
    return tuple(found)


def _links(reader: _Reader, number: int, said: str) -> tuple[tuple[str, str], ...]:
    """Pages of this platform where a task is delivered, written as 页面=说明."""
    found = []
    for each in several(said):
        page, between, words = (part.strip() for part in each.partition("="))
        try:
            reverse(page)
        except NoReverseMatch:
            reader.fault(number, "平台页面", f"平台没有“{page}”这个页面。请照导出的方案填写，或者留空。")
            continue
        if not (between and words):
            reader.fault(number, "平台页面", f"“{each}”请写成 页面=说明，例如 registers=清单总览。")
        found.append((page, words))
    return tuple(found)


def _groups(reader: _Reader, units: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for number, row in reader.rows:
        name = reader.text(number, "分组名称", row["分组名称"], 40)
        members = several(row["单位"])
        unknown = [each for each in members if each not in units]
        if unknown:
            reader.fault(number, "单位", f"名册中没有：{'、'.join(unknown)}。请写机关的全称、简称或者编码。")
        if not members:
            reader.fault(number, "单位", "没有填写。各单位之间用“；”隔开。")
        found[name] = tuple(dict.fromkeys(units[each] for each in members if each in units))
    return found


def _tasks(
    reader: _Reader, groups: Mapping[str, Sequence[str]], units: Mapping[str, str]
) -> tuple[PlanTask, ...]:
    kinds = {label: value for value, label in Kind.choices}
    natures = {label: value for value, label in Nature.choices}
    stages = {label: value for value, label in Stage.choices}
    codes = [row["编号"] for _, row in reader.rows]
    if not codes:
        reader.fault(2, "编号", "至少要有一项任务。")
    if len(codes) > MOST_TASKS:
        reader.fault(0, "编号", f"有 {len(codes)} 项，最多 {MOST_TASKS} 项。请分成几个方案。")
        return ()
    found = []
    for number, row in reader.rows:
        code = row["编号"]
        if not _CODE.fullmatch(code):
            reader.fault(number, "编号", "只用字母、数字和 -，例如 T1-1。")
        elif codes.count(code) > 1:
            reader.fault(number, "编号", f"编号 {code} 重复。")
        if row["类别"] not in kinds:
            reader.fault(number, "类别", f"请选：{'、'.join(kinds)}。")
        nature = row["性质"] or Nature.ONE_OFF.label
        if nature not in natures:
            reader.fault(number, "性质", f"请选：{'、'.join(natures)}。")
        if row["由哪项记录完成"] and row["由哪项记录完成"] not in stages:
            reader.fault(number, "由哪项记录完成", f"请留空，或者选：{'、'.join(stages)}。")
        if row["单位由谁写明"] and row["单位由谁写明"] not in STATED:
            reader.fault(number, "单位由谁写明", f"请留空，或者选：{'、'.join(STATED)}。")
        named = several(row["责任主体"])
        unknown = [each for each in named if each not in groups and each not in units]
        if not named:
            reader.fault(number, "责任主体", "没有填写。")
        if unknown:
            reader.fault(
                number,
                "责任主体",
                f"名册和单位分组中都没有：{'、'.join(unknown)}。请先在“单位分组”表中列出。",
            )
        for column in ("对应", "先完成"):
            absent = [each for each in several(row[column]) if each not in codes]
            if absent:
                reader.fault(number, column, f"本表没有编号：{'、'.join(absent)}。")
        due = [day for each in several(row["时限"]) if (day := reader.day(number, "时限", each))]
        points = row["分值"]
        if points and not (points.isdecimal() and int(points) <= 100):
            reader.fault(number, "分值", "请填 0 至 100 的整数。")
            points = ""
        if row["每年期限"] and not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", row["每年期限"]):
            reader.fault(number, "每年期限", "请写成 01-31 的样式。")
        kind, refs = kinds.get(row["类别"], Kind.ANNEX), tuple(several(row["对应"]))
        found.append(
            PlanTask(
                code=code, kind=kind, section=reader.text(number, "部分", row["部分"], 60),
                title=reader.text(number, "任务", row["任务"], 200), units=tuple(named), due=tuple(sorted(due)),
                deliverable=reader.text(number, "成果", row["成果"], 200, needed=False),
                demand=reader.text(number, "要求", row["要求"], 400, needed=False), recurs=row["每年期限"],
                nature=natures.get(nature, Nature.ONE_OFF), refs=refs, after=tuple(several(row["先完成"])),
                body_only=kind == Kind.BODY and not refs, points=int(points or 0), stage=stages.get(row["由哪项记录完成"], ""),
                unit_stated=STATED.get(row["单位由谁写明"], True), links=_links(reader, number, row["平台页面"]),
                elements=tuple(several(row["成果的要素"])),
            )
        )  # fmt: skip
    return tuple(found)


def _conflicts(reader: _Reader, codes: set[str]) -> tuple[PlanConflict, ...]:
    found = []
    for number, row in reader.rows:
        about = several(row["涉及"])
        absent = [each for each in about if each not in codes]
        if absent:
            reader.fault(number, "涉及", f"“任务”表没有编号：{'、'.join(absent)}。")
        text = reader.text(number, "不一致之处", row["不一致之处"], 300)
        found.append(
            PlanConflict(reader.text(number, "编号", row["编号"], 10), tuple(about), text, row["建议"])
        )
    return tuple(found)


def plan_workbook(plan: Plan | None = None) -> bytes:
    """The template with one example a sheet, or ``plan`` written out so that it can be changed and taken in again."""
    sink = io.BytesIO()
    book = open_workbook(sink)
    head = book.add_format({"bold": True, "bg_color": "#E8EEF5", "border": 1, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    pale = book.add_format({"italic": True, "font_color": "#5B6673", "text_wrap": True, "valign": "top"})
    for name, headings in SHEETS.items():
        sheet = book.add_worksheet(name)
        for at, heading in enumerate(headings):
            sheet.write_string(0, at, heading, head)
            wide = heading in {"内容", "任务", "责任主体", "要求", "单位", "不一致之处", "建议", "成果"}
            sheet.set_column(at, at, 40 if wide else 14, wrap)
        if plan is None and name != "方案":
            example = EXAMPLES[name]
            for at, said in enumerate(example):
                sheet.write_string(1, at, f"示例：{said}" if at == 0 else said, pale)
        for number, row in enumerate(_rows(plan, name), start=1):
            for at, said in enumerate(row):
                sheet.write_string(number, at, guarded(said))
        sheet.freeze_panes(1, 1)
    tasks = book.get_worksheet_by_name("任务")
    for column, offered in (
        ("类别", Kind.labels),
        ("性质", Nature.labels),
        ("由哪项记录完成", Stage.labels),
        ("单位由谁写明", tuple(STATED)),
    ):
        at = TASKS.index(column)
        tasks.data_validation(
            1, at, MOST_TASKS, at, {"validate": "list", "source": list(offered), "ignore_blank": True}
        )
    book.close()
    return sink.getvalue()


def _rows(plan: Plan | None, name: str) -> Iterable[Sequence[str]]:
    if name == "方案":
        values = HEAD_EXAMPLES if plan is None else [str(getattr(plan, each)) for each in HEAD]
        return [
            (label, "" if plan is None else value) for label, value in zip(HEAD.values(), values, strict=True)
        ]
    if plan is None:
        return []
    return {"阶段": _phase_rows, "任务": _task_rows, "单位分组": _group_rows, "不一致": _conflict_rows}[name](
        plan
    )


def _phase_rows(plan: Plan) -> list[tuple[str, ...]]:
    return [
        (p.code, p.name, str(p.from_on), str(p.to_on), "；".join(p.contents), _pairs(p.milestones))
        for p in plan.phases
    ]


def _task_rows(plan: Plan) -> list[tuple[str, ...]]:
    return [
        (
            t.code, Kind(t.kind).label, t.section, t.title, "；".join(t.units), "；".join(str(d) for d in t.due),
            t.deliverable, t.demand, Nature(t.nature).label, "；".join(t.refs), "；".join(t.after), t.recurs, str(t.points or ""), Stage(t.stage).label if t.stage else "",
            next(word for word, stated in STATED.items() if stated == t.unit_stated), _pairs(t.links), "；".join(t.elements),
        )
        for t in plan.tasks
    ]  # fmt: skip


def _pairs(told: Iterable[tuple[str, object]]) -> str:
    return "；".join(f"{name}={value}" for name, value in told)


def _group_rows(plan: Plan) -> list[tuple[str, ...]]:
    return [(name, "；".join(codes)) for name, codes in plan.groups.items()]


def _conflict_rows(plan: Plan) -> list[tuple[str, ...]]:
    return [(c.code, "；".join(c.about), c.text, c.proposal) for c in plan.conflicts]
