"""One full stop where a sentence ends, none in the middle, whatever was typed."""

from __future__ import annotations

import pytest

from plumbline.platform.printing.blocks import Block, Cell, Paragraph, Row, Run, Sheet, Table, text_of
from plumbline.platform.printing.word_filling import Gap, Sentence, fill_word
from plumbline.platform.printing.word_reading import read_word
from plumbline.platform.printing.word_writing import as_word


def filled(words: str, value: object, *, in_cell: bool = False) -> str:
    paragraph = Paragraph((Run(words),))
    block: Block = Table((1.0,), (Row((Cell((paragraph,)),)),)) if in_cell else paragraph
    foot = (Paragraph((Run("{{ 理由 }}"),)),)
    sheet = read_word(fill_word(as_word(Sheet((block,), footer=foot)), {"理由": value}))  # type: ignore[dict-item]
    assert not any(0xE000 <= ord(each) <= 0xF8FF for p in sheet.footer for each in p.text)
    return text_of(sheet).strip()


@pytest.mark.parametrize("typed", ["尚在检测", "尚在检测。", "尚在检测；", "尚在检测，"])
def test_a_sentence_goes_on_or_ends_however_it_was_typed(typed: str) -> None:
    assert filled("因{{ 理由 }}，决定延长。", Sentence(typed)) == "因尚在检测，决定延长。"
    assert filled("因{{ 理由 }}。", Sentence(typed)) == "因尚在检测。"
    assert filled("{{ 理由 }}依照规定", Sentence(typed)) == "尚在检测。依照规定"
    assert filled("理由：{{ 理由 }}", Sentence(typed)) == "理由：尚在检测。"


@pytest.mark.parametrize("typed", ["他说“好。”", "不行！", "见附页……"])
def test_what_has_ended_gets_no_second_stop(typed: str) -> None:
    assert filled("理由：{{ 理由 }}", Sentence(typed)) == f"理由：{typed}"


def test_a_cell_and_a_paragraph_of_its_own_keep_what_was_typed() -> None:
    assert filled("理由：{{ 理由 }}", Sentence("无"), in_cell=True) == "理由：无"
    assert filled("{{ 理由 }}", Sentence("问：何时\n答：昨天")) == "问：何时\n答：昨天"


def test_a_name_takes_no_stop_but_gives_one_away() -> None:
    assert filled("依照{{ 理由 }}和本法", "某条例第三条") == "依照某条例第三条和本法"
    assert filled("携带：{{ 理由 }}。", "身份证。") == "携带：身份证。"
    assert filled("办理{{ 理由 }}一案", "沿途遗撒案") == "办理沿途遗撒一案"


def test_gaps_and_empty_facts_stay_as_they_are() -> None:
    assert filled("因{{ 理由 }}，决定。", Gap("理由")) == "因（缺：理由），决定。"
    assert filled("理由：{{ 理由 }}", Sentence("")) == "理由："
