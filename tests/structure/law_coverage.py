"""Writes ``docs/reference/coverage.md``: what becomes of every row of the register of rules. ``python -m tests.structure.law_coverage``"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from plumbline.lawbook import Coverage, coverage, remembered, rule_facts
from plumbline.lawbook.covered import HOW, STATES
from plumbline.rules import RuleBook
from plumbline.rules.book import STANDARD_PACKS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "coverage.md"
HEAD = """\
<!-- Written by: python -m tests.structure.law_coverage. Change src/plumbline/lawbook/coverage.yaml, not this page. -->

# 规则覆盖表

规则登记册（`src/plumbline/lawbook/rules.yaml`）的每一条在本产品中的下落，依次序排列。

| 状态 | 条数 | 含义 |
| --- | --- | --- |
"""
MEANING = {
    "implemented": "规则、替换规则或者期间计算的性质，均有测试",
    "needs_a_human": "要由人判断，产品在所列步骤或者页面询问",
    "not_computable": "没有事件或者登记册载明所需的事实",
    "switched_off": "日期或者原文未经核实，不运行",
}


def page() -> str:
    """The page as the register and the loaded rules make it."""
    rows, facts = coverage(), rule_facts()
    duties = {rule.id: rule.duty_zh for rule in RuleBook.load(STANDARD_PACKS).rules}
    counts = Counter(row.state for row in rows.values())
    lines = [HEAD.rstrip("\n")]
    lines += [f"| {zh} | {counts[state]} | {MEANING[state]} |" for state, zh in STATES.items()]
    lines += [f"| 合计 | {len(rows)} | |", "", "## 各条", ""]
    lines += ["| 编号 | 依据 | 状态 | 说明 |", "| --- | --- | --- | --- |"]
    lines += [
        f"| `{row.id}` | {facts[row.id].law}{facts[row.id].article} | {_state(row)} | {_told(row, duties)} |"
        for row in rows.values()
    ]
    lines += ["", "## 只凭记忆、没有原文的事项", "", "不在登记册之列，一条也不运行。", ""]
    lines += ["| 编号 | 事项 | 缺什么 |", "| --- | --- | --- |"]
    lines += [f"| `{each.id}` | {each.about} | {each.reason} |" for each in remembered()]
    return "\n".join(lines) + "\n"


def _state(row: Coverage) -> str:
    return f"{STATES[row.state]}（{HOW[row.how]}）" if row.how else STATES[row.state]


def _told(row: Coverage, duties: dict[str, str]) -> str:
    if row.how == "rule":
        return duties.get(row.id, "")
    if row.how == "overlay":
        return f"在本领域、本时段替换 `{row.of}`"
    if row.how == "calendar":
        return f"`{row.test}`"
    asked = "、".join(f"`{each}`" for each in row.asked_at)
    return f"{row.reason}。询问处：{asked}" if asked else row.reason


def main() -> int:
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    counts = Counter(row.state for row in coverage().values())
    print(", ".join(f"{state} {counts[state]}" for state in STATES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
