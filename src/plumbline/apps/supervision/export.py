"""Alerts as a workbook. Text that could be read as a formula is written as text."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.workbooks import list_book, open_workbook

HEADINGS = ("等级", "状态", "单位", "事项", "规则", "依据", "事实", "期限", "出现", "处置人", "处置理由")


def workbook(actor: Actor, rows: Any, filters: Any) -> bytes:
    said = "、".join(f"{name}={value}" for name, value in filters.items() if value) or "未了结"
    return list_book(
        title="预警", headings=HEADINGS, rows=map(_columns, rows.iterator(chunk_size=1000)), actor=actor,
        content="预警", filtered=said, widths={6: 60},
    )  # fmt: skip


def _columns(row: Any) -> tuple[str, ...]:
    return (
        row.severity,
        row.get_state_display(),
        row.agency.short_name,
        row.matter_id,
        row.rule,
        f"{row.law}{row.article}",
        row.facts,
        row.due_on.isoformat() if row.due_on else "",
        row.created_at.astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M"),
        row.decided_label,
        row.reason,
    )


LEDGER = (
    ("机关", "agency"), ("未销号", "running"), ("十日内", "age10"), ("十一至三十日", "age30"), ("三十一至六十日", "age60"),
    ("六十日以上", "more"), ("待审核", "replied"), ("已逾期", "late"), ("最长逾期（日）", "oldest"), ("计分", "points"),
)  # fmt: skip


def ledger_workbook(rows: list[dict[str, Any]], today: date, who: str) -> bytes:
    """The debt ledger as it stands on a day."""
    sink = io.BytesIO()
    book = open_workbook(sink)
    sheet = book.add_worksheet("监督欠账")
    sheet.write(0, 0, f"监督欠账，截至 {today}，{who} 导出")
    for at, (zh, name) in enumerate(LEDGER):
        sheet.write(2, at, zh)
        for line, row in enumerate(rows, start=3):
            sheet.write(line, at, row[name].name if name == "agency" else row[name])
    book.close()
    return sink.getvalue()
