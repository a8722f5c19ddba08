"""工作台账: everything of a programme as a workbook, a row an entry, files by their fingerprints."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from plumbline.platform.identity.actor import Actor
from plumbline.platform.workbooks import guarded, open_workbook

from .models import Directive, Merit, Rectification, SelfCheck
from .reading import Board, TaskLine

Table = tuple[str, Sequence[str], list[Sequence[Any]]]


def ledger(board: Board, actor: Actor) -> bytes:
    """As the reader may see it; the first sheet says what it is and how many rows each sheet has."""
    tables = [
        _tasks("附件任务", board, board.annex),
        _tasks("正文要求", board, board.body),
        _progress(board),
        _files(board),
        _people(board),
        _conflicts(board),
        _self_checks(board, actor),
        _acceptance(board),
        _rectifications(board, actor),
        _directives(board),
        _merits(board, actor),
    ]
    sink = io.BytesIO()
    book = open_workbook(sink)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    cover = book.add_worksheet("说明")
    cover.set_column(0, 0, 16)
    cover.set_column(1, 1, 80)
    about = [
        ("台账", f"{board.programme.title}工作台账"),
        ("文号", board.programme.number),
        ("数据截至", board.day.isoformat()),
        ("导出人", actor.label),
        *((name, f"{len(rows)} 行") for name, _, rows in tables),
    ]
    for at, (label, said) in enumerate(about):
        cover.write_string(at, 0, label, bold)
        cover.write_string(at, 1, said, wrap)
    for name, heads, rows in tables:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, list(heads), bold)
        for at, head in enumerate(heads):
            long = head in {
                "任务",
                "进展情况",
                "指纹",
                "意见",
                "要求",
                "事由",
                "不一致之处",
                "处理",
                "整改要求",
            }
            sheet.set_column(at, at, 40 if long else 14)
        for at, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(at, place, value)
                elif value not in (None, ""):
                    sheet.write_string(at, place, guarded(str(value)))
        if rows:
            sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    book.close()
    return sink.getvalue()


def _tasks(name: str, board: Board, lines: Iterable[TaskLine]) -> Table:
    heads = (
        "编号",
        "部分",
        "任务",
        "责任主体",
        "成果",
        "时限",
        "状态",
        "已确认单位",
        "单位数",
        "成果文件",
        "不一致",
        "先完成",
    )
    rows = [
        (
            line.code, line.term.section, line.term.title, "、".join(line.term.units), line.term.deliverable,
            "、".join(str(d) for d in line.term.due) or line.term.recurs, board.tag(line).word, line.done, len(line.units),
            line.files, "、".join(line.conflicts), "、".join(line.term.after),
        )
        for line in lines
    ]  # fmt: skip
    return name, heads, list(rows)


def _progress(board: Board) -> Table:
    heads = (
        "编号",
        "单位",
        "次数",
        "报告日",
        "进展",
        "进展情况",
        "下一步",
        "承诺完成日",
        "报告人",
        "处理",
        "意见",
        "补正期限",
        "处理日",
        "处理人",
        "登记时刻",
    )
    rows = [
        (
            line.code, unit.share.agency.short_name, row.round, row.on, row.get_state_display(), row.text, row.next_step,
            row.expected_on or "", row.by_label, _answer(row.accepted), row.opinion, row.redo_by or "",
            row.reviewed_on or "", row.reviewed_label, f"{row.at:%Y-%m-%d %H:%M}",
        )
        for line in board.lines for unit in line.units for row in unit.rows
    ]  # fmt: skip
    return "进展报告", heads, list(rows)


def _answer(accepted: bool | None) -> str:
    return "" if accepted is None else "确认" if accepted else "退回"


def _files(board: Board) -> Table:
    rows = [
        (line.code, unit.share.agency.short_name, f.title, f.version, f.name, f.size, f.sha256, f.on)
        for line in board.lines
        for unit in line.units
        for f in unit.files
    ]
    return "成果文件", ("编号", "单位", "名称", "版本", "文件名", "字节", "指纹", "报送日"), list(rows)


def _people(board: Board) -> Table:
    rows = [
        (row.agency.name, row.department, row.person, row.position, row.since_on, row.by_label)
        for row in board.responsible.values()
    ]
    return "责任人名单", ("单位", "责任部门", "责任人", "职务", "起", "报送人"), list(rows)


def _conflicts(board: Board) -> Table:
    rows = []
    for each in board.programme.conflicts:
        kept = board.settlements.get(each["code"])
        said = (kept.decision, kept.on, kept.by_label) if kept else ("还没有确认", "", "")
        rows.append((each["code"], "、".join(each["about"]), each["text"], each["proposal"], *said))
    return "不一致", ("编号", "涉及", "不一致之处", "建议", "处理", "确认日", "确认人"), list(rows)


def _self_checks(board: Board, actor: Actor) -> Table:
    found = (
        SelfCheck.objects.visible_to(actor)
        .filter(programme=board.programme, submitted_on__lte=board.day)
        .select_related("agency")
    )
    rows = [
        (r.agency.short_name, r.number, r.submitted_on, item["code"], item["full"], item["score"], item["words"],
         "；".join(f["sha256"] for f in item["files"]), _answer(r.accepted))
        for r in found for item in r.content.get("items", ())
    ]  # fmt: skip
    return "自查", ("单位", "次数", "报送日", "编号", "满分", "自评", "意见", "指纹", "审阅"), list(rows)


def _acceptance(board: Board) -> Table:
    found = board.programme.acceptance.filter(on__lte=board.day).select_related("task")
    rows = [
        (
            r.task.code,
            r.on,
            r.inspectors,
            r.full,
            r.score,
            r.finding,
            "；".join(e["sha256"] for e in r.evidence),
        )
        for r in found
    ]
    return "验收", ("编号", "验收日", "验收人员", "满分", "得分", "意见", "指纹"), list(rows)


def _rectifications(board: Board, actor: Actor) -> Table:
    found = (
        Rectification.objects.visible_to(actor)
        .filter(Rectification.within(board.programme), opened_on__lte=board.day)
        .select_related("check_row__task", "directive", "agency")
    )
    rows: list[Sequence[Any]] = []
    for each in found:
        proofs = list(each.proofs.visible_to(actor).filter(on__lte=board.day)) or [None]
        for proof in proofs:
            shown = (
                (proof.on, proof.text, proof.sha256, _answer(proof.accepted)) if proof else ("", "", "", "")
            )
            rows.append((each.source, each.agency.short_name, each.demand, each.due_on, *shown))
    return "整改和交办", ("编号", "单位", "整改要求", "整改期限", "报送日", "进展情况", "指纹", "核实"), rows


def _directives(board: Board) -> Table:
    found = Directive.objects.filter(programme=board.programme, on__lte=board.day)
    rows = [(d.on, d.get_kind_display(), d.title, d.text, d.name, d.sha256, d.by_label) for d in found]
    return "领导小组和统筹", ("日期", "种类", "标题", "内容", "文件", "指纹", "登记人"), list(rows)


def _merits(board: Board, actor: Actor) -> Table:
    found = Merit.objects.visible_to(actor).filter(programme=board.programme, on__lte=board.day)
    rows = [
        (m.agency.short_name, m.get_kind_display(), m.person, points_said(m.points_tenths), m.reason, m.basis, m.on,
         f"{m.withdrawn_on} 撤回：{m.withdrawn_because}" if m.withdrawn_on else "")
        for m in found.select_related("agency")
    ]  # fmt: skip
    return "加分和追责", ("单位", "种类", "个人", "分值", "事由", "依据", "登记日", "撤回"), list(rows)


def points_said(tenths: int | None) -> str:
    return "" if tenths is None else f"{tenths / 10:+g}"
