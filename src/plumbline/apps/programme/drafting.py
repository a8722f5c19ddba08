"""The words and tables of a monthly report and of the results report, from what stands in the programme on a day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from .models import Directive, Paper, Rectification, SelfCheck
from .reading import Board, TaskLine, board_of
from .scoring import latest_checks
from .standing import ORDER, STATES

PARTS: dict[str, dict[str, str]] = {
    Paper.Kind.MONTH: {
        "overview": "总体进展",
        "done": "本月完成",
        "open": "逾期、退回和受阻",
        "next": "下月安排",
    },
    Paper.Kind.RESULTS: {
        "overview": "试点工作总体情况",
        "results": "主要成果",
        "stages": "自查、验收和整改",
        "problems": "存在的问题",
        "proposals": "全面加强协调监督工作体系建设的意见",
    },
}


def reporting_day(paper: Paper) -> date:
    """The day a report speaks of: the end of its month, or the programme's own day when that comes first."""
    today = paper.programme.today()
    if paper.kind == Paper.Kind.RESULTS:
        return today
    return min(_month(paper.period)[1], today)


def _month(period: str) -> tuple[date, date]:
    first = date.fromisoformat(f"{period}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def draft(paper: Paper) -> dict[str, str]:
    """A first text; what only people can say is left to be written."""
    day = reporting_day(paper)
    board = board_of(paper.programme, on=day)
    if paper.kind == Paper.Kind.MONTH:
        return {
            "overview": _overview(board),
            "done": _done(board, *_month(paper.period)),
            "open": _open(board),
            "next": _next(board, _month(paper.period)[1]),
        }
    return {
        "overview": _overview(board),
        "results": _results(board),
        "stages": _stages(paper, day),
        "problems": _open(board),
        "proposals": "",
    }


def _overview(board: Board) -> str:
    states = Counter(line.state for line in board.annex)
    named = "，".join(f"{STATES[s][0]} {states[s]} 项" for s in reversed(ORDER) if states[s])
    said = f"截至 {board.day:%Y 年 %-m 月 %-d 日}，附件任务 {len(board.annex)} 项：{named}。"
    own = [line for line in board.body if line.units]
    begun = sum(1 for line in own if line.state != "none")
    said += f"只在正文中的要求 {len(own)} 项，已经有进展的 {begun} 项。"
    said += f"责任部门和责任人已报 {len(board.responsible)} 个单位。"
    said += _directed(board)
    if board.open_conflicts:
        codes = "、".join(each["code"] for each in board.open_conflicts)
        said += f"正文与附件不一致、还没有确认的 {len(board.open_conflicts)} 处（{codes}）。"
    return said


def _directed(board: Board) -> str:
    """How often the leading group met or looked into things, and what became of what it gave units to do."""
    found = Directive.objects.filter(programme=board.programme, on__lte=board.day)
    number = found.count()
    if not number:
        return ""
    rows = Rectification.objects.unscoped("汇总交办事项").filter(directive__in=found)
    over = rows.filter(proofs__accepted=True, proofs__verified_on__lte=board.day).distinct().count()
    said = f"领导小组会议、批示、调研和统筹事项登记 {number} 件"
    return f"{said}，交办 {rows.count()} 项，已办结 {over} 项。" if rows.exists() else f"{said}。"


def _through(line: TaskLine) -> str:
    return f"{line.code} {line.term.title}"


def _done(board: Board, first: date, last: date) -> str:
    rows = [line for line in board.annex if line.done_on and first <= line.done_on <= last]
    said = [f"{_through(line)}（{line.done_on:%m-%d}）。" for line in rows]
    partly = [
        (line, sum(1 for s in line.standings if s.done_on and first <= s.done_on <= last))
        for line in board.annex
        if line not in rows
    ]
    said += [f"{_through(line)}：本月又有 {count} 个单位完成。" for line, count in partly if count]
    return "\n".join(said) or "本月没有任务全部完成。"


def _open(board: Board) -> str:
    said = []
    for line in board.lines:
        for unit in line.units:
            if unit.state in {"late", "returned", "stuck", "owed"}:
                last = unit.last
                because = f"：{last.opinion or last.text}" if last else "，还没有报告"
                said.append(f"{line.code} {unit.share.agency.short_name}，{unit.tag.word}{because}。")
    return "\n".join(said).replace("。。", "。") or "没有逾期、退回和受阻的任务。"


def _next(board: Board, last: date) -> str:
    until = (last + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    rows = [
        (due, line)
        for line in board.lines
        for due in line.term.due
        if line.units and last < due <= until and line.state != "done"
    ]
    said = [f"{due:%m-%d}　{_through(line)}（{line.owners}）。" for due, line in sorted(rows, key=_by_due)]
    for line in board.annex:
        promised = {s.expected_on for s in line.standings if s.expected_on and s.expected_on > board.day}
        if promised:
            said.append(f"{min(promised):%m-%d}　{_through(line)}：单位承诺完成。")
    return "\n".join(said) or "下月没有到期的任务。"


def _by_due(row: tuple[date, TaskLine]) -> tuple[date, int]:
    return row[0], row[1].task.order


def _results(board: Board) -> str:
    sections: dict[str, list[str]] = {}
    for line in board.annex:
        latest = line.latest
        if line.state == "done":
            made = f"{line.term.deliverable}，{line.files} 份成果" if line.files else line.term.deliverable
            sections.setdefault(line.term.section, []).append(f"{_through(line)}：{made}")
        elif latest is not None:
            sections.setdefault(line.term.section, []).append(f"{_through(line)}：{line.said}")
    return "\n".join(f"{name}：{'；'.join(said)}。" for name, said in sections.items()) or "还没有成果。"


def _stages(paper: Paper, day: date) -> str:
    programme = paper.programme
    checks = SelfCheck.objects.unscoped("总结各单位自查").filter(programme=programme, submitted_on__lte=day)
    units = {row.agency_id: row for row in checks.order_by("number")}
    said = [f"自查：{len(units)} 个单位报送，{sum(1 for r in units.values() if r.accepted)} 个通过审阅。"]
    found = latest_checks(programme, day)
    if found:
        score, full = sum(r.score for r in found.values()), sum(r.full for r in found.values())
        said.append(f"验收：已验收 {len(found)} 项，得 {score} 分（满分 {full} 分）。")
    rows = Rectification.objects.unscoped("总结整改").filter(
        check_row__programme=programme, opened_on__lte=day
    )
    total = rows.count()
    passed = rows.filter(proofs__accepted=True, proofs__verified_on__lte=day).distinct().count()
    said.append(f"整改：{total} 项，已通过核实 {passed} 项。" if total else "整改：没有需要整改的扣分。")
    return "\n".join(said)


def facts_of(paper: Paper, day: date) -> dict[str, Any]:
    """The figures and the task table that stand behind a report, as they are frozen."""
    board = board_of(paper.programme, on=min(day, reporting_day(paper)))
    return {
        "number": paper.programme.number,
        "as_of": board.day.isoformat(),
        "tasks": [
            {
                "code": line.code,
                "title": line.term.title,
                "owners": "、".join(line.term.units),
                "due": "、".join(str(each) for each in line.term.due),
                "state": line.tag.word,
                "said": line.said,
                "files": line.files,
            }
            for line in board.annex
        ],
    }
