"""A verdict as a row of a table, for people who work in a spreadsheet. CSV and XLSX share the columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plumbline.law import Unit

from ..explain import FLAGS_ZH
from ..verdict import Verdict
from ..words import path_zh
from .base import SEVERITIES_ZH, VERDICTS_ZH, About, agency_of, days_over

#: A cell that begins so is taken for a formula by some spreadsheet (the full-width ones by some settings of the keyboard).
FORMULA_MARKS = frozenset("=+-@\t\r\n＝＋－＠")
LONGEST = 32_767  # characters in a cell of a workbook

Cell = str | int | date | datetime | None


@dataclass(frozen=True)
class Column:
    heading: str
    width: int
    value: Callable[[Verdict, About], Cell]


def guarded(text: str) -> str:
    """Text that a spreadsheet would take for a formula is made plain text by a leading apostrophe."""
    return f"'{text}" if text[:1] in FORMULA_MARKS else text


def row_of(verdict: Verdict, about: About) -> tuple[Cell, ...]:
    return tuple(column.value(verdict, about) for column in COLUMNS)


def _unit(verdict: Verdict, _: About) -> str:
    return Unit(verdict.unit).zh.removeprefix("个") if verdict.unit else ""


def _happened(verdict: Verdict, about: About) -> str:
    return about.vocabulary.activity_zh(verdict.event.activity) if verdict.event else ""


def _day(verdict: Verdict, _: About) -> Cell:
    return verdict.event.on if verdict.event else None


def _law(verdict: Verdict, _: About) -> str:
    return verdict.facts.law + verdict.facts.article


def _missing(verdict: Verdict, _: About) -> str:
    return "、".join(path_zh(path) for path in verdict.missing)


def _flags(verdict: Verdict, _: About) -> str:
    return "；".join(FLAGS_ZH.get(flag, flag) for flag in verdict.flags)


def _of(name: str) -> Callable[[Verdict, About], Any]:
    return lambda verdict, _: getattr(verdict, name)


COLUMNS = (
    Column("事项", 22, _of("matter")),
    Column("结论", 10, lambda verdict, _: VERDICTS_ZH[verdict.verdict]),
    Column("规则", 24, _of("rule")),
    Column("义务", 44, lambda verdict, _: verdict.definition.duty_zh),
    Column("依据", 30, _law),
    Column("事件号", 24, lambda verdict, _: verdict.subject or ""),
    Column("事实", 20, _happened),
    Column("事实日期", 12, _day),
    Column("机关", 24, lambda verdict, about: about.agency_zh(agency_of(verdict))),
    Column("期满", 17, _of("due")),
    Column("已用", 8, _of("days_used")),
    Column("期限", 8, _of("days_limit")),
    Column("单位", 8, _unit),
    Column("超出", 8, lambda verdict, _: days_over(verdict)),
    Column("等级", 6, lambda verdict, _: SEVERITIES_ZH.get(verdict.severity, verdict.severity)),
    Column("领域规定", 22, lambda verdict, _: verdict.overlay or ""),
    Column("缺少的事实", 30, _missing),
    Column("提示", 30, _flags),
    Column("有关事件", 30, lambda verdict, _: " ".join(verdict.events)),
    Column("说明", 80, _of("explanation_zh")),
    Column("原文", 60, lambda verdict, _: verdict.citation.quote),
    Column("代码", 15, _of("verdict")),
)
