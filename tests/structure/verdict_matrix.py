"""Writes ``docs/reference/verdict_matrix.md``: which verdicts each rule can give, and how many examples show each.

``python -m tests.structure.verdict_matrix``. What a rule can give is read off its form (``tests.rules.verdict_kinds``), its
limits likewise (``tests.rules.limits``); that the examples truly show it is proved by ``tests/rules/test_verdict_matrix.py``.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from plumbline.rules import Rule, RuleBook
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.forms.outcome import BREACHED, MET, NOT_APPLICABLE, PENDING, UNKNOWN
from tests.rules.limits import limits_of
from tests.rules.verdict_kinds import KINDS, kinds_it_can_give

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "verdict_matrix.md"
ZH = {MET: "符合", BREACHED: "违反", PENDING: "待定", UNKNOWN: "无法判断", NOT_APPLICABLE: "不适用"}
#: Why a verdict cannot occur, whichever the rule.
WHY_NOT = {
    MET: "适用条件成立时要求必然不成立",
    BREACHED: "适用条件成立时要求必然成立",
    PENDING: "要求在所看的事件发生时已经可以判断，没有等待的阶段",
    UNKNOWN: "所读的事实都是合同规定必填的，计算也不用日历和时刻",
    NOT_APPLICABLE: "规则自始适用",
}
FORM_ZH = {
    "Within": "期限内作为",
    "Ahead": "提前作为",
    "Wait": "等待期满",
    "Fixed": "确定日期前作为",
    "Promptly": "及时作为",
    "TwoStage": "两段期限",
    "Right": "期限内的权利",
    "Check": "事实检查",
    "Decide": "依次判断",
    "ByCase": "分情形",
}
HEAD = """\
<!-- Written by: python -m tests.structure.verdict_matrix. Change the examples beside the rules, not this page. -->

# 结论矩阵

每条规则能够给出哪些结论，各由几个示例展示。能够给出的结论从规则的形式推出，不是手写的清单；每个示例都由逐件
计算和批量计算两种方法判断，答案必须相同。“—”表示按规则的形式不可能出现。

每个期限和数额都有示例从两侧展示：把它改大一或者改小一，至少有一个历史的结论会改变
（示例本身，或者把示例移到期限最后一刻、最后一刻之后）。替换规则的期限与一般规定不同的，另行列出。
"""


def page() -> str:
    """The page as the loaded rules make it."""
    book = RuleBook.load(STANDARD_PACKS)
    possible = {rule.id: kinds_it_can_give(rule) for rule in book.rules}
    lines = [HEAD, "| 结论 | 能够给出的规则 | 示例 | 不能给出的原因 |", "| --- | --- | --- | --- |"]
    shown = Counter(example.verdict for rule in book.rules for example in rule.examples)
    for kind in KINDS:
        can = sum(kind in kinds for kinds in possible.values())
        why = WHY_NOT[kind] if can < len(book.rules) else ""
        lines.append(f"| {ZH[kind]} | {can} | {shown[kind]} | {why} |")
    limits = sum(len(limits_of(rule)) for rule in book.rules)
    lines += ["", f"规则 {len(book.rules)} 条，示例 {shown.total()} 个，期限和数额 {limits} 个。", ""]
    lines += ["| 编号 | 形式 | " + " | ".join(ZH[kind] for kind in KINDS) + " | 期限和数额 |"]
    lines += ["| --- | --- | " + "--- | " * len(KINDS) + "--- |"]
    lines += [_line(rule, possible[rule.id]) for rule in book.rules]
    return "\n".join(lines) + "\n"


def _line(rule: Rule, possible: frozenset[str]) -> str:
    shown = Counter(example.verdict for example in rule.examples)
    cells = [str(shown[kind]) if kind in possible else "—" for kind in KINDS]
    form = FORM_ZH[type(rule.require).__name__]
    return f"| `{rule.id}` | {form} | {' | '.join(cells)} | {_limits(rule)} |"


def _limits(rule: Rule) -> str:
    """The limits of the general text, then those of an overlay that the general text has not."""
    found = limits_of(rule)
    own = [limit for limit in found if limit.text == rule.id]
    known = {(limit.n, limit.unit) for limit in own}
    told = [limit.zh for limit in own]
    told += [f"{limit.zh}（`{limit.text}`）" for limit in found if (limit.n, limit.unit) not in known]
    return "、".join(told)


def main() -> int:
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.relative_to(PAGE.parents[2]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
