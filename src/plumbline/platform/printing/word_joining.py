"""Where a fact meets the words around it: one full stop where the sentence ends, none in the middle of it.

Whoever writes a reason ends it with a full stop or does not; the template goes on after it with a comma, a full stop or
the next sentence. A mark left behind every fact while the template is filled tells where it ended; here the marks go.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .word_styles import q

# Private characters that no typed text keeps: the end of a name or a number, and where sentences begin and end.
WORD_END, SENTENCE_END, SENTENCE_START = "\ue0f2", "\ue0f3", "\ue0f4"
MARKS = WORD_END + SENTENCE_END + SENTENCE_START
_STOPS = "。；，、;,"
_GOES_ON = "，。；、："
_CASE = "一案"
_CLOSED = "。！？…："


def join_facts(root: Any) -> None:
    """Take the marks out of every paragraph below ``root`` and set the punctuation at each."""
    for paragraph in root.iter(q("p")):
        texts = [each for each in paragraph.iter(q("t")) if each.text]
        if any(mark in each.text for each in texts for mark in MARKS):
            _join(texts, running=not any(True for _ in paragraph.iterancestors(q("tc"))))


def _join(texts: list[Any], *, running: bool) -> None:
    """``running`` text ends its sentences; a cell of a form keeps what was typed."""
    whole = "".join(each.text for each in texts)
    out = [""] * len(texts)
    said = ""
    led = False  # whether words of the template led to the sentence, as 「理由：」
    for at, (index, char) in enumerate(_characters(texts)):
        if char == SENTENCE_START:
            led = bool(said.strip())
            continue
        if char not in MARKS:
            out[index] += char
            said += char
            continue
        rest = whole[at + 1 :].lstrip(MARKS)
        after = rest[:1]
        if rest.startswith(_CASE) and said.endswith(_CASE[-1]):
            # 「遗撒案」 and 「一案」 make 「遗撒一案」.
            _cut(out, index, 1)
            said = said[:-1]
        elif after and after in _GOES_ON:
            kept = said.rstrip(_STOPS)
            _cut(out, index, len(said) - len(kept))
            said = kept
        elif char == SENTENCE_END and running and (after or led):
            kept = said.rstrip(_STOPS.replace("。", ""))
            _cut(out, index, len(said) - len(kept))
            said = kept
            if said and said[-1] not in _CLOSED and not (said[-1] in "”』」" and said[-2:-1] in _CLOSED):
                out[index] += "。"
                said += "。"
    for each, text in zip(texts, out, strict=True):
        each.text = text


def _characters(texts: list[Any]) -> Iterator[tuple[int, str]]:
    for index, each in enumerate(texts):
        for char in each.text:
            yield index, char


def _cut(out: list[str], index: int, count: int) -> None:
    """Take the last ``count`` characters back, from this piece and those before it."""
    while count > 0 and index >= 0:
        taken = min(count, len(out[index]))
        out[index] = out[index][: len(out[index]) - taken]
        count -= taken
        index -= 1
