"""The register of coverage as the pages show it, and as a workbook: every row of the lawbook and what becomes of it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from plumbline.lawbook import coverage, remembered, rule_facts
from plumbline.lawbook.covered import STATES
from plumbline.packs.penalty.procedures import PROCEDURES
from plumbline.platform import clock
from plumbline.platform.ui.components import Tag
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.platform.workbooks import open_workbook

TAGS = {
    "implemented": Tag("已实现", "grn"),
    "needs_a_human": Tag("须人判断", "blu"),
    "not_computable": Tag("无法计算", "gry", "–"),
    "switched_off": Tag("未启用", "amb"),
}


@dataclass(frozen=True)
class Asked:
    """Where the product asks whoever has to judge."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Line:
    """A row of the register of rules, or one only remembered (``U-…``), which has no law and no page."""

    id: str
    state: str
    what: str
    source: str = ""
    area: str = ""
    tier: str = ""
    core: bool = False
    why: str = ""
    asked: tuple[Asked, ...] = ()
    url: str = ""

    @property
    def tag(self) -> Tag:
        return TAGS[self.state]


def lines() -> list[Line]:
    """All rows in the order of the register, then what is only remembered, as switched off."""
    book, facts_of = rule_book().by_id, rule_facts()
    found = []
    for row in coverage().values():
        facts = facts_of[row.id]
        rule = book.get(row.of or row.id)
        why = row.reason
        if row.how == "overlay":
            why = f"代替规则 {row.of}"
        elif row.how == "calendar":
            why = "工作日历和期间计算的性质，由测试证明"
        found.append(
            Line(
                row.id,
                row.state,
                rule.duty_zh if rule else facts.area,
                facts.law + facts.article,
                facts.area,
                facts.tier,
                facts.core,
                why,
                tuple(_asked(each) for each in row.asked_at),
                reverse("rule", args=[row.id]),
            )
        )
    return found + [
        Line(each.id, "switched_off", each.about, why=each.reason, area="凭记忆") for each in remembered()
    ]


def _asked(told: str) -> Asked:
    kind, _, key = told.partition(" ")
    if kind == "step":
        for procedure in PROCEDURES:
            if key in procedure.steps:
                return Asked(f"{procedure.label}：{procedure.steps[key].label}")
        return Asked(key)
    try:
        return Asked(PAGES_ZH.get(key, key), reverse(key))
    except NoReverseMatch:
        return Asked(PAGES_ZH.get(key, key))  # the page of one object


PAGES_ZH = {
    "publication": "公示预览",
    "rights": "权限",
    "case": "案件页",
    "case-reading": "查阅案件",
    "alert-issue": "制发监督文书",
    "case-review": "法制审核",
    "alert": "预警",
    "order": "监督文书",
    "competent": "谁有权管",
    "documents": "文书",
    "evidence-verify": "证据核实",
    "case-request": "审批",
    "alerts": "预警",
    "powers": "执法事项",
}


def counted(rows: Iterable[Line]) -> dict[str, int]:
    counts = Counter(row.state for row in rows)
    return {state: counts[state] for state in STATES}


def chosen(
    rows: Sequence[Line], *, state: str = "", area: str = "", core: bool = False, text: str = ""
) -> list[Line]:
    words = text.lower().split()
    return [
        row
        for row in rows
        if (not state or row.state == state)
        and (not area or row.area == area)
        and (not core or row.core)
        and all(word in f"{row.id} {row.what} {row.source} {row.why}".lower() for word in words)
    ]


def workbook(rows: Sequence[Line], *, said: str, by: str) -> bytes:
    """The rows as XLSX with a cover that says what they are; text that looks like a formula stays text."""
    sink = io.BytesIO()
    book = open_workbook(sink)
    cover, sheet = book.add_worksheet("说明"), book.add_worksheet("规则覆盖")
    for number, (name, value) in enumerate(
        (
            ("筛选", said or "无"),
            ("截至", clock.now().strftime("%Y-%m-%d %H:%M")),
            ("行数", f"共 {len(rows)} 行，全部导出"),
            ("导出人", by),
        )
    ):
        cover.write_string(number, 0, name)
        cover.write_string(number, 1, value)
    headings = ("编号", "状态", "义务或者内容", "出处", "方面", "核心", "原因", "在哪里询问")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 26)
    sheet.set_column(2, 3, 44)
    sheet.set_column(6, 7, 44)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading)
    for number, row in enumerate(rows, 1):
        values = (
            row.id,
            row.tag.word,
            row.what,
            row.source,
            row.area,
            "是" if row.core else "",
            row.why,
            "、".join(each.label for each in row.asked),
        )
        for column, value in enumerate(values):
            sheet.write_string(number, column, value)
    book.close()
    return sink.getvalue()
