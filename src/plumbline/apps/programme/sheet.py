"""The annex on one A3 sheet: every task with its units, deadline, status in words and months, for the wall and the meeting."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from plumbline.platform import clock
from plumbline.platform.printing.coverage import undrawable
from plumbline.platform.printing.pdf_form import FACES, KNOWN
from plumbline.platform.printing.typesetting import families, typeset

from .gantt import Months, planned
from .reading import Board, TaskLine

TEMPLATE = Path(__file__).parent / "board.typ"
_ONE_DAY, _FOUR_DAYS = timedelta(days=1), timedelta(days=4)
#: Sizes of type in points, tried in turn until the sheet holds everything; below the last nobody reads it.
SIZES = (12, 11, 10, 9, 8, 7, 6)


def board_pdf(board: Board, *, printed_by: str) -> bytes:
    """One A3 sheet; a programme of very many tasks goes on to further sheets at the smallest size."""
    data = _data(board, printed_by)
    archival = not undrawable(str(data))
    made = b""
    for size in SIZES:
        made = typeset(TEMPLATE, {**data, "size": size}, archival=archival)
        if len(PdfReader(io.BytesIO(made)).pages) == 1:
            return made
    return made


def _data(board: Board, printed_by: str) -> dict[str, Any]:
    months = Months.of(board.programme)
    sections: dict[str, list[dict[str, Any]]] = {}
    for line in board.annex:
        sections.setdefault(line.term.section, []).append(_row(board, months, line))
    week, done = board.this_week, sum(1 for line in board.annex if line.state == "done")
    late = sum(1 for line in board.annex if line.state == "late")
    return {
        "title": f"{board.programme.title}任务清单",
        "day": [board.day.year, board.day.month, board.day.day],
        "fonts": [*(name for name in KNOWN if name in families()), *FACES],
        "about": f"{board.programme.number} · 数据截至 {board.day} · 附件任务 {len(board.annex)} 项，完成 {done} 项，逾期 {late} 项，本周应完成 {len(week)} 项",
        "months": months.labels,
        "lines": [months.share(day) for day in _month_starts(months)],
        "today": months.share(board.day),
        "sections": [{"name": name, "rows": rows} for name, rows in sections.items()],
        "foot": f"打印：{printed_by} · {clock.now():%Y-%m-%d %H:%M} · 准绳{'' if board.programme.shown_on is None else ' · 演示数据，按 ' + str(board.programme.shown_on) + ' 展示'}",
        "legend": "浅条 计划期间　深条 已报告的进展（斜线 逾期）　◆ 时限　竖线 数据截至日　时限早于印发日的为待补报，不计逾期",
    }  # fmt: skip


def _month_starts(months: Months) -> list[Any]:
    found, at = [], months.first
    while (at := (at.replace(day=28) + _FOUR_DAYS).replace(day=1)) <= months.last:
        found.append(at)
    return found


def _row(board: Board, months: Months, line: TaskLine) -> dict[str, Any]:
    begin, last = planned(board, line)
    bars = [{"css": "plan", "from": months.share(begin), "to": months.share(last + _ONE_DAY)}]
    begun, done = line.begun_on, line.done_on
    if begun is not None:
        end = done or board.day
        bars.append(
            {
                "css": "done" if done else "part",
                "from": months.share(min(begin, done) if done else begun),
                "to": months.share(end + _ONE_DAY),
            }
        )
    over = [s.due for s in line.standings if s.state in {"late", "owed"} and s.due]
    if over and done is None:
        bars.append(
            {"css": "late", "from": months.share(min(over)), "to": months.share(board.day + _ONE_DAY)}
        )
    tag = line.tag
    return {
        "code": line.code,
        "title": line.term.title,
        "owners": "、".join(line.term.units),
        "due": "\n".join(str(d) for d in line.term.due),
        "state": f"{tag.mark} {tag.word}",
        "said": line.said,
        "conflict": "".join(f" ≠{code}" for code in line.conflicts),
        "bars": bars,
        "dues": [months.share(d + _ONE_DAY) for d in line.term.due],
    }
