"""The first letters by which the search box finds what is written in Chinese."""

from __future__ import annotations

import pytest

from plumbline.platform.bigrams import INITIALS, grams_of
from plumbline.platform.initials import TABLE, initials_of, words_of_initials

from .initials import table


def test_the_table_is_the_librarys() -> None:
    assert TABLE.read_text(encoding="utf-8") == table()


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("江阳筑工", "jyzg"),
        ("重庆银行（新洲）", "cqyhxz"),
        ("曾国强", "zgq"),
        ("曾经沧海", "cjch"),
        ("ＡＢ餐饮店２号", "abcyd2h"),
        ("㛃䶮𬱖", "jyd"),
        ("—", ""),
    ],
)
def test_the_letters_of_a_text(text: str, letters: str) -> None:
    assert initials_of(text) == letters


def test_letters_are_kept_by_threes_alone() -> None:
    words = words_of_initials("江阳筑工", "江阳筑工", "张三")
    assert words == f"{INITIALS}jyzg"
    assert grams_of(words) == ["jyz", "yzg"]
