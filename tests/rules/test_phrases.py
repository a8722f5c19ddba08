"""What a rule asks is said as an official says it: 不晚于 of days, 不超过 of sums in yuan, 甲的应当乙 of conditions."""

from __future__ import annotations

import pytest

from plumbline.rules import RuleBook
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.language import Field
from plumbline.rules.nodes.any_of import AnyOf
from plumbline.rules.nodes.compare import Compare
from plumbline.rules.nodes.literal import Literal
from plumbline.rules.nodes.negation import Negation

BOOK = RuleBook.load(STANDARD_PACKS)


@pytest.mark.parametrize(
    ("rule", "said", "not_said"),
    [
        ("APL-51-cap", "罚款数额不超过200 元", "20000"),
        ("APL-58-reviewer-qualified", "不晚于", "不超过"),
        ("APL-45-review-statement", "早于", "先后次序"),
        ("APL-47-whole-process", "有“立案”的，应当", "没有："),
        ("APL-67-separation", "“缴纳罚款”", "fine_paid"),
    ],
)
def test_the_words_of_a_rule(rule: str, said: str, not_said: str) -> None:
    require = BOOK.by_id[rule].require
    part = getattr(require, "part", require)
    asked = part.phrase() if hasattr(part, "phrase") else "；".join(p.phrase() for p in part.children())
    assert said in asked and not_said not in asked


def test_a_condition_and_what_follows_make_one_sentence() -> None:
    a, b = (Compare("eq", Field("penalty.fine"), Literal(each)) for each in (1, 2))
    assert AnyOf((Negation(a), b)).phrase().count("应当") == 1
