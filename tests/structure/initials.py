"""The table of first letters, from pypinyin. ``python -m tests.structure.initials`` writes it anew."""

from __future__ import annotations

import unicodedata
from collections import defaultdict

from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

from plumbline.platform.initials import TABLE


def _letter(reading: str) -> str:
    return unicodedata.normalize("NFD", reading.strip())[0]


def table() -> str:
    """A line for each letter with its characters, by their first and so usual reading; then pairs that are read otherwise."""
    usual = {chr(code): _letter(readings.split(",")[0]) for code, readings in pinyin_dict.items()}
    lines: dict[str, list[str]] = defaultdict(list)
    for character in sorted(usual):
        lines[usual[character]].append(character)
    pairs: dict[str, list[str]] = defaultdict(list)
    for phrase, readings in sorted(phrases_dict.items()):
        letters = "".join(_letter(each[0]) for each in readings)
        if len(phrase) == len(letters) == 2 and letters != "".join(usual[each] for each in phrase):
            pairs[letters].append(phrase)
    told = [f"{letter} {''.join(lines[letter])}" for letter in sorted(lines)]
    return "\n".join(told + [f"{letters} {' '.join(pairs[letters])}" for letters in sorted(pairs)]) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
