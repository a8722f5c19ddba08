"""Loading statute texts: articles, their numbers and the fingerprints citations pin."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plumbline.law.texts import (
    article_number,
    citations_in,
    number_of,
    read_statute,
    read_statutes,
    short_title,
    text_hash,
)
from plumbline.lawbook import rule_facts
from plumbline.lawbook.titles import text_titles

INVENTED = """# 中华人民共和国示例法

- 标题: 中华人民共和国示例法（节录）
- 施行日期 date: 2026-01-01

## 第一章 总则

第一条　为了示范，
制定本例。

（一）第一项；

## 第二章 附则

第二条之一 本例自公布之日起施行。
第一百二十条 到此为止。
---
第三条以外的说明不是条文。
"""
_ROOT = Path(__file__).parents[2]
LAWS = Path(os.environ.get("PLUMBLINE_SHARED", _ROOT.parent / "shared")) / "laws"


def test_articles_are_read_in_order() -> None:
    statute = read_statute(INVENTED)
    assert statute is not None
    assert statute.title == "中华人民共和国示例法"
    assert statute.short_title == "示例法"
    assert statute.facts["施行日期"] == "2026-01-01"
    assert [a.number for a in statute.articles] == ["第一条", "第二条之一", "第一百二十条"]
    assert statute.articles[0].text == "为了示范，\n制定本例。\n（一）第一项；"
    assert statute.articles[2].text == "到此为止。"


def test_fingerprint_ignores_white_space_and_nothing_else() -> None:
    assert text_hash("应当\n 听证　") == text_hash("应当听证")
    assert text_hash("应当听证") != text_hash("可以听证")


@pytest.mark.parametrize("text", ["", "no title", "# 词汇表\n\n- 用语: 解释\n"])
def test_what_is_no_statute_is_passed_over(text: str) -> None:
    assert read_statute(text) is None


@pytest.mark.parametrize(
    ("citation", "number"),
    [("第五十八条第一款", "第五十八条"), ("第二条之一", "第二条之一"), ("附则", "附则")],
)
def test_article_of_a_citation(citation: str, number: str) -> None:
    assert article_number(citation) == number


def test_short_title() -> None:
    assert short_title("《中华人民共和国行政处罚法》") == "行政处罚法"


def test_a_short_name_and_a_document_number_lead_to_the_text() -> None:
    assert short_title("国办发〔2018〕118号").startswith("国务院办公厅关于全面推行行政执法公示制度")
    assert short_title("行政复议法(2017)") == "行政复议法（2017修正，已被替代）"
    assert set(text_titles()) - {facts.law for facts in rule_facts().values()} <= {"行政复议法实施条例(2007)"}


def test_a_document_without_articles_is_read_by_its_points() -> None:
    text = "# 意见\n\n- 标题: 示例意见\n\n---\n前言。\n一、总体要求\n（一）目标。到期\n完成。\n二、措施\n（二）公开。\n"
    statute = read_statute(text)
    assert statute is not None
    assert [(a.number, a.text) for a in statute.articles] == [
        ("（一）", "目标。到期\n完成。"),
        ("（二）", "公开。"),
    ]


def test_an_excerpt_says_its_paragraph_and_its_part() -> None:
    text = "# 例\n\n- 标题: 示例法典 第一编 总则（节录）\n\n第十八条（第二款） 节录。\n"
    statute = read_statute(text)
    assert statute is not None
    assert (statute.short_title, statute.articles[0].number) == ("示例法典", "第十八条")


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("行政处罚法第五十一条、第五十二条", ["行政处罚法 第五十一条", "行政处罚法 第五十二条"]),
        ("行政处罚法第九条至第十一条", ["行政处罚法 第九条", "行政处罚法 第十条", "行政处罚法 第十一条"]),
        ("行政处罚法第六十一条、民事诉讼法第九十五条", ["行政处罚法 第六十一条", "民事诉讼法 第九十五条"]),
        ("二年内未被发现的，不再给予处罚（行政处罚法第三十六条第一款）。", ["行政处罚法 第三十六条"]),
        ("依照行政处罚法第四条办理", ["行政处罚法 第四条"]),
        ("《个人信息保护法》第八条：保证质量", ["个人信息保护法 第八条"]),
        ("草稿不产生法律效果；第三条", []),
    ],
)
def test_the_articles_a_sentence_cites(sentence: str, found: list[str]) -> None:
    known = frozenset({"行政处罚法"})
    assert [f"{law} {article}" for law, article in citations_in(sentence, known)] == found


@pytest.mark.parametrize(
    ("article", "number"),
    [("第十条", 10), ("第二十一条", 21), ("第一百零五条", 105), ("第一千零五十四条", 1054)],
)
def test_the_number_of_an_article(article: str, number: int) -> None:
    assert number_of(article) == number


def test_loaded_texts_number_their_articles_once() -> None:
    if not LAWS.is_dir():
        pytest.skip(f"法规原文未检查 STATUTE TEXTS NOT CHECKED: no folder {LAWS}; set PLUMBLINE_SHARED")
    statutes = [statute for statute in read_statutes(LAWS) if statute.articles]
    assert "行政处罚法" in {statute.short_title for statute in statutes}
    for statute in statutes:
        numbers = [article.number for article in statute.articles]
        twice = {number for number in numbers if numbers.count(number) > 1}
        assert not twice, (statute.title, twice)
        assert all(article.text for article in statute.articles)
