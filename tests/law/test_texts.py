"""Loading statute texts: articles, their numbers and the fingerprints citations pin."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plumbline.law.texts import article_number, read_statute, read_statutes, short_title, text_hash

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


def test_loaded_texts_number_their_articles_once() -> None:
    if not LAWS.is_dir():
        pytest.skip(f"法规原文未检查 STATUTE TEXTS NOT CHECKED: no folder {LAWS}; set PLUMBLINE_SHARED")
    # Opinions and notices are divided into points, not articles: nothing of them can be cited by article.
    statutes = [statute for statute in read_statutes(LAWS) if statute.articles]
    assert "行政处罚法" in {statute.short_title for statute in statutes}
    for statute in statutes:
        numbers = [article.number for article in statute.articles]
        twice = {number for number in numbers if numbers.count(number) > 1}
        assert not twice, (statute.title, twice)
        assert all(article.text for article in statute.articles)
